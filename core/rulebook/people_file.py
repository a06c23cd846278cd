"""Reading `people.toml`: persons, the posts they hold, what leaders are in charge of."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.acts import SYSTEM
from core.agency import Agency
from core.errors import RulebookInvalid
from core.names import search_keys
from core.people import Oversight, Person, Span, Staff, Tenure
from core.rulebook.faults import Sheet
from core.rulebook.positions import Place
from core.rulebook.tables import Table
from core.rulebook.texts import read_text
from core.rulebook.vocabulary import Staffing, named


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What a people file says."""

    people: tuple[Person, ...]
    tenures: tuple[Tenure, ...]
    oversights: tuple[Oversight, ...]


def load_people(path: Path, agency: Agency) -> PeopleFile:
    """The people that a file lists. Raises RulebookInvalid with every fault in it."""
    return read_people(read_text(path), agency, path.name)


def read_people(text: str, agency: Agency, path: str = "people.toml") -> PeopleFile:
    """The people that a text lists; `path` is how faults name it. Raises RulebookInvalid."""
    sheet = Sheet(path, text)
    values = sheet.parse()
    if values is None:
        raise RulebookInvalid(sheet.faults)
    whole = Table(sheet, (), values)
    people = _people(whole)
    names = {key: person.name for key, person in people.items()}
    staffing = Staffing.of(agency)
    found = PeopleFile(
        tuple(people.values()),
        _tenures(whole, names, staffing),
        tuple(_oversight(each, names, staffing) for each in whole.tables("oversight")),
    )
    whole.close("人员文件")
    if sheet.faults:
        raise RulebookInvalid(sorted(sheet.faults))
    return found


def _people(whole: Table) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for table in whole.tables("person"):
        keyed, named_so = table.needed("key", "人员"), table.needed("name", "人员")
        key, name = table.text("key"), table.text("name")
        if keyed and key in people:
            table.fault("key", f"人员编号“{key}”前面已经用过（{people[key].name}）")
        if key == SYSTEM:
            table.fault("key", f"“{key}”是程序自己留痕用的名字，不能作人员编号")
        staff = table.choice("staff", Staff, Staff.ESTABLISHED)
        table.close("人员")
        if keyed and named_so:
            people.setdefault(key, Person(key, name, staff, search_keys(name)))
    return people


def _tenures(whole: Table, names: Mapping[str, str], staffing: Staffing) -> tuple[Tenure, ...]:
    tenures: list[Tenure] = []
    for table in whole.tables("tenure"):
        for key in ("person", "post", "unit"):
            table.needed(key, "任职")
        tenure = Tenure(
            person=table.read("person", lambda raw: named("人员编号", str(raw), names), ""),
            post=table.read("post", lambda raw: staffing.post(str(raw)), ""),
            unit=table.read("unit", lambda raw: staffing.unit(str(raw)), ""),
            span=table.span(),
        )
        table.close("任职")
        if any(_same(tenure, other) for other in tenures):
            table.fault("", f"{names.get(tenure.person, tenure.person)}的这一任职与前面的重复，日期有重叠")
        tenures.append(tenure)
    return tuple(tenures)


def _same(one: Tenure, other: Tenure) -> bool:
    post = one.post and (one.person, one.post, one.unit) == (other.person, other.post, other.unit)
    return bool(post) and _overlap(one.span, other.span)


def _overlap(one: Span, other: Span) -> bool:
    return one.since <= other.until and other.since <= one.until


def _oversight(table: Table, names: Mapping[str, str], staffing: Staffing) -> Oversight:
    table.needed("person", "分管")
    if not table.has("units") and not table.has("functions"):
        table.fault("", "分管要用“units”写明科室，或用“functions”写明职能")
    for key, check in (("units", staffing.unit), ("functions", staffing.function)):
        for number, name in enumerate(table.texts(key)):
            place: Place = (*table.place, key, number)
            try:
                check(name)
            except ValueError as error:
                table.sheet.fault(place, f"“{key}”{error}")
    oversight = Oversight(
        person=table.read("person", lambda raw: named("人员编号", str(raw), names), ""),
        units=table.texts("units"),
        functions=table.texts("functions"),
        span=table.span(),
    )
    table.close("分管")
    return oversight

"""What the books and the national tables say: how often, what is looked at, who is on the roll, how old a thing is."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from core.consulted import Consulted
from core.days.recurrence import Frequency, Recurrence
from core.fields import Value
from core.matter import Matter, State
from core.records import Entry

PATROL, INSPECTION, EQUIPMENT = "防火巡查", "防火检查", "设施器材检查"
EXTINGUISHER = "灭火器"
SOUND = "在位、完好、有效"
PLACED, MOVED, LENT, BROUGHT_BACK, DISPOSED = "配置", "调动", "借用", "归还", "报废"
LEVELS = RESPONSIBLE, MANAGING, OF_UNIT, OF_POST = "消防安全责任人", "消防安全管理人", "科室责任人", "岗位责任人"
EXTINGUISHERS = ("水基型", "干粉", "洁净气体", "二氧化碳")
"""The types the national tables give days for."""

_FREQUENCIES = {
    "每日": Frequency.DAILY_WORKDAYS,
    "每周": Frequency.WEEKLY,
    "每月": Frequency.MONTHLY,
    "每季度": Frequency.QUARTERLY,
    "每半年": Frequency.HALF_YEARLY,
    "每年": Frequency.YEARLY,
}
_TABLES = {PATROL: ("fire.patrol", "fire.grade"), INSPECTION: ("fire.inspection", "fire.sector")}


def allowed(office: Consulted, kind: str) -> tuple[tuple[str, ...], str]:
    """The frequencies the country allows for a kind of round, and the document; no frequencies where it names none."""
    table, setting = _TABLES.get(kind, ("fire.equipment-check", "fire.sector"))
    national = office.national(table)
    return national.listed(str(office.setting(setting))), national.reference


def skipped(office: Consulted, kind: str, before: date, day: date) -> tuple[str, str]:
    """The first period between two days that went by without what the country demands in each, and the document."""
    national = office.national(f"fire.{kind}")
    listed = national.listed(str(office.setting("fire.grade")))
    if not listed:
        return "", ""
    periods = list(Recurrence(_FREQUENCIES[listed[-1]]).periods(before, day, office.calendar))
    return (periods[1].title, national.reference) if len(periods) > 2 else ("", "")


def arrangement(office: Consulted, kind: str, day: date) -> Matter | None:
    """The arrangement of a kind of round that holds on a day: the last one filed of those begun."""
    found = office.matters("fire.arrangement", state=State.SETTLED, kind=kind)
    return next((each for each in found if (each.day("since") or day) <= day), None)


def points(office: Consulted, kind: str, day: date) -> list[tuple[str, str]]:
    """Every place with everything that is looked at there."""
    if kind == EQUIPMENT:
        return [(labelled(each), SOUND) for each in in_service(office)]
    arranged = arrangement(office, kind, day)
    if arranged is None:
        return []
    places = [str(row["place"]) for row in arranged.rows("places")]
    return [(place, str(row["point"])) for place in places for row in arranged.rows("points")]


def standing(office: Consulted, ledger: str, **values: str) -> list[Entry]:
    """The lines of a ledger, newest first, those reversed and those that reverse left out."""
    lines = office.entries(ledger, limit=10_000, **values)
    reversed_lines = {each.corrects for each in lines}
    return [each for each in lines if not each.corrects and each.number not in reversed_lines]


def in_service(office: Consulted) -> list[Entry]:
    """The latest line of every facility that has not been disposed of, by its number."""
    latest: dict[str, Entry] = {}
    for entry in standing(office, "fire.equipment"):
        latest.setdefault(str(entry.values["number"]), entry)
    return [latest[key] for key in sorted(latest) if latest[key].values["event"] != DISPOSED]


def history(office: Consulted, facility: Matter) -> list[Entry]:
    """What became of a facility, newest first."""
    number = facility.text("number")
    found = standing(office, "fire.equipment", number=number)
    begun = next((at for at, line in enumerate(found) if line.matter == facility.number), len(found) - 1)
    return found[: begun + 1]


def home(office: Consulted, facility: Matter) -> Mapping[str, Value]:
    """Where a facility belongs: where it was last put or moved for good, loans left aside."""
    return next(line.values for line in history(office, facility) if line.values["event"] in (PLACED, MOVED))


def labelled(entry: Entry) -> str:
    """`MH-01 灭火器（三楼走廊）`: a facility as a round names it."""
    return f"{entry.values['number']} {entry.values['kind']}（{entry.values['place']}）"


def years_later(day: date, years: int) -> date:
    """The same day so many years on; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def life(office: Consulted, values: Mapping[str, Value], serviced: date | None = None) -> dict[str, date]:
    """When an extinguisher is to be serviced next and by when disposed of; nothing for other facilities."""
    made, kind = values.get("made_on"), values.get("type")
    if values.get("kind") != EXTINGUISHER or not isinstance(made, date) or not isinstance(kind, str):
        return {}
    table = "fire.extinguisher-next-service" if serviced else "fire.extinguisher-first-service"
    years = int(office.national(table).amount(kind))
    scrap = years_later(made, int(office.national("fire.extinguisher-life").amount(kind)))
    return {"service_by": min(years_later(serviced or made, years), scrap), "scrap_by": scrap}


def staff(office: Consulted) -> list[str]:
    """Everyone who holds a post, in the order of the people's register."""
    return [person.key for person in office.organisation.staff(office.day)]


def expected_at(office: Consulted, matter: Matter) -> list[str]:
    """Who is to be on a roll: everyone, or at a make-up session those who were absent from the first."""
    first = office.matter(matter.text("makes_up"))
    if first is None:
        return staff(office)
    absent = [str(row["person"]) for row in first.rows("people") if row.get("present") is not True]
    return [person for person in absent if office.organisation.tenures_of(person, office.day)]


def named(office: Consulted, level: str, unit: str = "", place: str = "") -> str:
    """Who answers for a level, a unit or a post, still in service; empty when nobody does."""
    keys = {"unit": unit} if level == OF_UNIT else {"place": place} if level == OF_POST else {}
    for entry in standing(office, "fire.responsibilities", level=level, **keys):
        person = str(entry.values["person"])
        return person if office.organisation.tenures_of(person, office.day) else ""
    return ""


def responsibilities(office: Consulted) -> Iterator[dict[str, Any]]:
    """A line for every level, unit and post that must have somebody, with him where there is one."""
    for level in (RESPONSIBLE, MANAGING):
        yield _line(level, named(office, level))
    for unit in office.organisation.units:
        if office.organisation.heads(unit, office.day):
            yield _line(OF_UNIT, named(office, OF_UNIT, unit), unit=unit)
    for place in office.setting("fire.posts"):
        yield _line(OF_POST, named(office, OF_POST, place=place), place=place)


def _line(level: str, person: str, **keys: str) -> dict[str, Any]:
    return {"level": level, **keys, **({"person": person} if person else {})}


def clock(text: str) -> time | None:
    """A time of day such as 08:30; None for anything else."""
    try:
        return time.fromisoformat(text) if len(text) == 5 else None
    except ValueError:
        return None

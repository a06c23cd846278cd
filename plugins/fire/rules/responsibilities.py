"""Rules about who answers: every level, unit and post has somebody in service, who belongs to what he answers for."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.wording import titled, written
from plugins.fire import figures

_LIST = ("fire.responsibility-list",)


@dataclass(frozen=True, slots=True)
class NoParameters:
    """Nothing to choose."""


@rule("fire.nobody-missing", "层层有人负责", NoParameters, matters=_LIST)
def nobody_missing(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Every level, unit and post has somebody who answers for it, and the list says the same as the books."""
    organisation = proposal.office.organisation
    said = {_key(row): row.get("person") for row in proposal.matter.rows("lines")}
    for line in figures.responsibilities(proposal.office):
        unit = organisation.units.get(line.get("unit", ""))
        name = line["level"] + (f"（{unit.title}）" if unit else "") + line.get("place", "")
        if "person" not in line:
            yield Problem(f"{name}还没有在岗的责任人", f"先办理消防安全责任登记，确定{name}", "lines")
        elif said.get(_key(line)) != line["person"]:
            person = organisation.described(line["person"], proposal.office.day)
            yield Problem(f"清单上的{name}与台账不符", f"{name}一行填{person}", "lines")


def _key(row: object) -> tuple[str, ...]:
    cells = row if isinstance(row, dict) else {}
    return tuple(str(cells.get(key) or "") for key in ("level", "unit", "place"))


@rule("fire.head-answers", "科室责任人为科室负责人", NoParameters, matters=("fire.responsibility",))
def head_answers(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever leads a unit answers for it; at a post, the post or room is named."""
    matter, office = proposal.matter, proposal.office
    if matter.text("level") == figures.OF_POST and not matter.text("place"):
        yield Problem("岗位责任人没有写明岗位或房间", "填写岗位或房间", "place")
    heads = office.organisation.heads(matter.text("unit"), office.day)
    if matter.text("level") == figures.OF_UNIT and matter.text("person") not in heads:
        who = "、".join(office.organisation.name(each) for each in heads)
        remedy = f"责任人改填{who}" if who else "该科室没有负责人，请先办理任职登记"
        yield Problem(f"{written(proposal, 'person')}，不是该科室的负责人", remedy, "person")


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The blanks of the person and of the unit he must belong to."""

    person: FieldKey
    unit: FieldKey


@rule("fire.person-of-unit", "责任人属于责任部门", OfUnit)
def person_of_unit(parameters: OfUnit, proposal: Proposal) -> Iterator[Problem]:
    """Who answers for a thing belongs to the unit that answers for it."""
    matter, office = proposal.matter, proposal.office
    person, unit = matter.text(parameters.person), matter.text(parameters.unit)
    held = [each.unit for each in office.organisation.tenures_of(person, office.day)]
    if person and unit and unit not in held:
        title = titled(proposal, parameters.person)
        yield Problem(
            f"{written(proposal, parameters.person)}，{written(proposal, parameters.unit)}",
            f"“{title}”改填该部门的人，或改正“{titled(proposal, parameters.unit)}”",
            parameters.person,
        )


@rule("fire.key-places-manned", "重点部位有人负责", NoParameters, matters=_LIST)
def key_places_manned(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """There is a list of key places, and each has somebody who is still there."""
    office = proposal.office
    latest: dict[str, str] = {}
    for entry in figures.standing(office, "fire.key-places"):
        latest.setdefault(str(entry.values["place"]), str(entry.values["person"]))
    if not latest:
        yield Problem("还没有登记消防安全重点部位", "先办理消防安全重点部位登记")
    for place, person in latest.items():
        if not office.organisation.tenures_of(person, office.day):
            name = office.organisation.name(person)
            yield Problem(f"重点部位“{place}”的责任人{name}已不在岗", f"重新登记“{place}”，写明现在的责任人")


KINDS = (nobody_missing, head_answers, person_of_unit, key_places_manned)

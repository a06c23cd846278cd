"""Rules about who calls, chairs and records a meeting, and who takes part."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.consulted import everyone
from core.finding import Problem
from core.rule_kinds import BodyKey, FieldKey, Proposal, Selector, UnitKey, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people, titled
from plugins.meetings import agenda
from plugins.meetings.plans.matters import UNIT_PLAN
from plugins.meetings.routine.matters.attendance import SIGN_IN
from plugins.meetings.routine.matters.calling import ATTENDING, CALL, CHANGE
from plugins.meetings.routine.matters.preparations import DUTY_LEADER, FILE_KEEPER, WEEKLY_REPORT
from plugins.meetings.routine.matters.proceedings import PROCEEDINGS
from plugins.meetings.routine.matters.requests import REQUEST

_APPLICANT = FieldKey("")
"""Whoever files the form is meant."""


@rule("meetings.duty-chair", "值班领导主持", NoParameters, matters=(CALL, CHANGE, PROCEEDINGS))
def duty_chair(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is chaired by the leader on duty in its month."""
    matter, office = proposal.matter, proposal.office
    day = matter.day("planned_on") or matter.day("held_on") or office.day
    found = office.matters(DUTY_LEADER, limit=1, month=f"{day:%Y-%m}")
    if not found:
        yield Problem(f"{day:%Y-%m} 没有安排值班领导", "先登记《值班领导安排》", "chair")
    elif matter.text("chair") != found[0].text("leader"):
        leader = people(proposal, [found[0].text("leader")])
        yield Problem(f"主持人：{people(proposal, [matter.text('chair')])}", f"“主持人”改填{leader}", "chair")


@dataclass(frozen=True, slots=True)
class ChairedBy:
    """Selectors of those who may chair; `unit-head` is the head of the unit that holds the meeting."""

    by: tuple[Selector, ...]


def _selected(proposal: Proposal, selector: str) -> tuple[str, ...]:
    office = proposal.office
    if selector == "unit-head":
        return office.organisation.heads(proposal.matter.text("unit"), office.day)
    return office.selected(selector)


@rule("meetings.chaired-by", "规定的主持人", ChairedBy, matters=(CALL, PROCEEDINGS))
def chaired_by(parameters: ChairedBy, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is chaired by one of those whom the clause names."""
    able = [person for selector in parameters.by for person in _selected(proposal, selector)]
    chair = proposal.matter.text("chair")
    if chair not in able:
        remedy = f"“主持人”改填{people(proposal, able)}" if able else "规定的主持人目前空缺，先办理任职登记"
        yield Problem(f"主持人：{people(proposal, [chair])}", remedy, "chair")


@dataclass(frozen=True, slots=True)
class FromUnit:
    """The units whose people do it; without one, the unit that holds the meeting. `blank` names who does it."""

    units: tuple[UnitKey, ...] = ()
    blank: FieldKey = _APPLICANT


_DONE_BY_UNITS = (CALL, PROCEEDINGS, SIGN_IN, UNIT_PLAN, WEEKLY_REPORT, FILE_KEEPER)


@rule("meetings.from-unit", "由规定的科室办理", FromUnit, matters=_DONE_BY_UNITS)
def from_unit(parameters: FromUnit, proposal: Proposal) -> Iterator[Problem]:
    """A task at or about a meeting is done by somebody of the unit that it belongs to."""
    matter, office = proposal.matter, proposal.office
    units = parameters.units or (UnitKey(matter.text("unit")),)
    person = matter.text(parameters.blank) if parameters.blank else matter.applicant
    held = {each.unit for each in office.organisation.tenures_of(person, office.day)}
    if held.intersection(units):
        return
    titles = "、".join(office.organisation.units[each].title for each in units if each in office.organisation.units)
    if not parameters.blank:
        yield Problem(f"办理人：{people(proposal, [person])}", f"请由{titles}的人员办理")
    else:
        said = people(proposal, [person]) if person else "没有填写"
        title = titled(proposal, parameters.blank)
        yield Problem(f"{title}：{said}", f"“{title}”填{titles}的人员", parameters.blank)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The meetings that the agency has."""

    bodies: tuple[BodyKey, ...]


@rule("meetings.kinds", "会议种类", Kinds, matters=(CALL, REQUEST))
def kinds(parameters: Kinds, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is one of the kinds that the clause lists."""
    office, body = proposal.office, proposal.matter.text("body")
    if body in parameters.bodies:
        return
    found = [office.body(each) for each in (*parameters.bodies, body)]
    titles = [each.title if each else "" for each in found]
    yield Problem(f"“{titles[-1]}”不在会议类别之内", f"改为：{'、'.join(titles[:-1])}", "body")


@dataclass(frozen=True, slots=True)
class Invited:
    """Selectors of those who are told of a meeting, and as what."""

    by: tuple[Selector, ...]
    role: str = ATTENDING


@rule("meetings.invites", "规定的参加人员", Invited, matters=(CALL,))
def invites(parameters: Invited, proposal: Proposal) -> Iterator[Problem]:
    """Everyone whom the clause names is told of the meeting in his capacity."""
    matter, office = proposal.matter, proposal.office
    told = {str(row.get("person")) for row in matter.rows("invited") if row.get("role") == parameters.role}
    body = office.body(matter.text("body"))
    if body is not None and parameters.role == ATTENDING:
        told.update(agenda.members(office, body))
    wanted = everyone(office, parameters.by)
    if missing := [each for each in wanted if each not in told]:
        facts = f"没有通知{people(proposal, missing)}{parameters.role}"
        yield Problem(facts, f"在“另外通知的人”中加上，身份填“{parameters.role}”", "invited")


@dataclass(frozen=True, slots=True)
class Depending:
    """Selectors of those who come only where the content asks for it."""

    by: tuple[Selector, ...]


@rule("meetings.invited-for", "按会议内容确定参加", Depending, matters=(CALL,))
def invited_for(parameters: Depending, proposal: Proposal) -> Iterator[Problem]:
    """Whoever comes only where the content asks for it is invited with the content named."""
    able = everyone(proposal.office, parameters.by)
    for number, row in enumerate(proposal.matter.rows("invited"), 1):
        if row.get("person") in able and not row.get("why"):
            facts = f"{people(proposal, [str(row['person'])])}是否参加由会议内容确定，没有写明是哪一项内容"
            yield Problem(facts, "写明“与会议内容的关系”，或从名单中去掉", f"invited.{number}.why")


@dataclass(frozen=True, slots=True)
class Attended:
    """Whether only the people of the unit that holds the meeting are due, rather than all members."""

    own_unit: bool = False


@rule("meetings.absentees", "应到人员", Attended, matters=(PROCEEDINGS,))
def absentees(parameters: Attended, proposal: Proposal) -> Iterator[Problem]:
    """Everyone who is due counts as present unless noted as absent; nobody else is noted."""
    matter, office = proposal.matter, proposal.office
    organisation, unit, body = office.organisation, matter.text("unit"), office.body(matter.text("body"))
    members = agenda.members(office, body) if body else []
    if parameters.own_unit:
        held = {each: {tenure.unit for tenure in organisation.tenures_of(each, office.day)} for each in members}
        members = [each for each in members if unit in held[each]] + list(organisation.overseers(office.day, unit=unit))
    for number, row in enumerate(matter.rows("absent"), 1):
        if row.get("person") not in members:
            facts = f"{people(proposal, [str(row.get('person'))])}不是应到人员"
            yield Problem(facts, "从缺席人员中去掉", f"absent.{number}.person")
    if matter.text("chair") in {row.get("person") for row in matter.rows("absent")}:
        yield Problem("主持人写成了缺席", "核对主持人和缺席人员", "absent")


@rule("meetings.guided", "分管领导到会指导", NoParameters, matters=(PROCEEDINGS,))
def guided(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The leader in charge attends a section's meeting and gives it guidance, unless he is noted as absent."""
    matter, office = proposal.matter, proposal.office
    leaders = office.organisation.overseers(office.day, unit=matter.text("unit"))
    absent = {row.get("person") for row in matter.rows("absent")}
    if not matter.text("guidance") and not absent.issuperset(leaders):
        facts = f"没有{people(proposal, leaders)}的指导意见"
        yield Problem(facts, "写明“分管领导的指导意见”；没有到会的，写进缺席人员", "guidance")


@rule("meetings.file-kept-by", "会务专人", NoParameters, matters=(PROCEEDINGS,))
def file_kept_by(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A section's meeting is recorded by the person whom the section has named for it."""
    matter, office = proposal.matter, proposal.office
    named = office.matters(FILE_KEEPER, limit=1, unit=matter.text("unit"))
    if not named:
        yield Problem("本科室还没有明确会务专人", "先办理《会务专人登记》", "unit")
    elif matter.applicant != named[0].text("person"):
        keeper = people(proposal, [named[0].text("person")])
        yield Problem(f"登记人：{people(proposal, [matter.applicant])}", f"请由会务专人{keeper}登记")


KINDS = (
    duty_chair,
    chaired_by,
    from_unit,
    kinds,
    invites,
    invited_for,
    absentees,
    guided,
    file_kept_by,
)

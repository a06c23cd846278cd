"""Rules about the development of members: every step in its turn, ages, gaps, sponsors, votes, examinations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people, titled
from plugins.party import attending, roll
from plugins.party.matters.development import STEP, stages, taken

_STEP = (STEP.key,)


@rule("party.next-stage", "依次办理", NoParameters, matters=_STEP)
def next_stage(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """No step of a member's development is skipped, repeated or dated before the one it follows."""
    matter, office = proposal.matter, proposal.office
    order, before, day = stages(office), taken(office, matter.text("person")), matter.day("day")
    if len(before) >= len(order):
        yield Problem("各个环节都已办完", "不用再登记", "stage")
        return
    if matter.text("stage") != order[len(before)]:
        last = f"已办到“{before[-1].values['stage']}”" if before else "还没有开始"
        yield Problem(f"{last}，不能办理“{matter.text('stage')}”", f"先办理“{order[len(before)]}”", "stage")
    if before and day and day < before[-1].on:
        yield Problem(f"日期 {day} 早于上一个环节 {before[-1].on}", f"日期改为 {before[-1].on} 或以后", "day")


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure of the national table `party.development` (years), counted from a step, or from birth without one."""

    figure: str
    since: str = ""


@rule("party.stage-gap", "年龄和间隔", Gap, matters=_STEP)
def stage_gap(parameters: Gap, proposal: Proposal) -> Iterator[Problem]:
    """So many years lie between two steps, or between birth and the first."""
    matter, office = proposal.matter, proposal.office
    day = matter.day("day")
    years = int(office.national("party.development", day or office.day).amount(parameters.figure))
    before = {str(each.values["stage"]): each.on for each in taken(office, matter.text("person"))}
    start = before.get(parameters.since) if parameters.since else matter.day("born_on")
    if start is None:
        if not parameters.since:
            yield Problem("出生日期未填写", "填写出生日期", "born")
        return
    earliest = roll.years_after(start, years)
    if day and day < earliest:
        said = parameters.since or "出生"
        yield Problem(
            f"{said} {start}，{parameters.figure} {years}，{day} 早于 {earliest}", f"{earliest} 起才能办理", "day"
        )


@dataclass(frozen=True, slots=True)
class WithinMonths:
    """A figure of the national table `party.development` (months), counted from a step."""

    figure: str
    since: str


@rule("party.stage-within", "办理期限", WithinMonths, matters=_STEP)
def stage_within(parameters: WithinMonths, proposal: Proposal) -> Iterator[Problem]:
    """A step is taken within so many months of an earlier one."""
    matter, office = proposal.matter, proposal.office
    day = matter.day("day")
    months = int(office.national("party.development", day or office.day).amount(parameters.figure))
    found = (each.on for each in taken(office, matter.text("person")) if each.values["stage"] == parameters.since)
    start = next(found, None)
    if start and day and day > (latest := roll.years_after(start, 0, months)):
        yield Problem(
            f"{parameters.since} {start}，{parameters.figure} {months}，{day} 晚于 {latest}",
            "写明超期的原因后继续",
            "day",
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the national table `party.development` that a blank reaches."""

    figure: str
    field: FieldKey


@rule("party.stage-figure", "人数和天数", Figure, matters=_STEP)
def stage_figure(parameters: Figure, proposal: Proposal) -> Iterator[Problem]:
    """So many sponsors, all of them full members, or so many days of training."""
    matter, office = proposal.matter, proposal.office
    least = int(office.national("party.development", office.day).amount(parameters.figure))
    rows, title = matter.rows(parameters.field), titled(proposal, parameters.field)
    named = {str(row.get("person")) for row in rows}
    count = len(named) if rows else matter.count(parameters.field)
    if count < least:
        yield Problem(f"{title} {count} < {least}", f"{title}不少于 {least}", parameters.field)
    members = roll.members(office, named)
    full = {person for person, found in members.items() if found.standing == roll.FULL}
    if others := sorted(named - full):
        yield Problem(f"{people(proposal, others)}不是正式党员", "由正式党员担任", parameters.field)


@rule("party.branch-passed", "支部大会通过", NoParameters, matters=_STEP)
def branch_passed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The members' meeting of the branch has voted for this person."""
    matter = proposal.matter
    meeting = proposal.office.matter(matter.text("meeting"))
    if meeting is None or not _voted_for(meeting, matter):
        facts = f"没有支部党员大会通过{people(proposal, [matter.text('person')])}的记录"
        yield Problem(facts, "先由支部党员大会表决通过，议定事项中写明涉及的党员", "meeting")


def _voted_for(meeting: Matter, matter: Matter) -> bool:
    rows = meeting.rows("decisions")
    passed = any(row.get("about") == matter.text("person") and row.get("outcome") == "通过" for row in rows)
    held: date | None = meeting.day("held_on")
    day = matter.day("day")
    return bool(
        passed
        and meeting.kind == attending.MEMBERS
        and meeting.text("unit") == matter.text("unit")
        and held
        and day
        and held <= day
    )


@rule("party.becomes", "身份的变化", NoParameters, matters=_STEP)
def becomes(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Approval makes a probationary member first and a full member only of one who is probationary."""
    matter = proposal.matter
    known = roll.member(proposal.office, matter.text("person"))
    wanted = roll.FULL if known and known.standing == roll.PROBATIONARY else roll.PROBATIONARY
    if matter.text("becomes") != wanted:
        said = matter.text("becomes") or "未填写"
        yield Problem(f"批准以后的身份：{said}", f"填写“{wanted}”", "becomes")


@dataclass(frozen=True, slots=True)
class Backed:
    """The blank that must name a settled matter about the same person."""

    field: FieldKey


@rule("party.backed", "须有考察或审查", Backed, matters=_STEP)
def backed(parameters: Backed, proposal: Proposal) -> Iterator[Problem]:
    """The step rests on an examination of the same person."""
    matter, title = proposal.matter, titled(proposal, parameters.field)
    found = proposal.office.matter(matter.text(parameters.field))
    if found is None or found.state is not State.SETTLED or found.text("person") != matter.text("person"):
        yield Problem(
            f"没有{people(proposal, [matter.text('person')])}的{title}", f"先办理{title}，填写编号", parameters.field
        )


@rule("party.planned", "先有计划", NoParameters, matters=_STEP)
def planned(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A branch develops members by its plan of the year."""
    matter, office = proposal.matter, proposal.office
    day = matter.day("day") or office.day
    if not office.matters(
        "party.development-plan", state=State.SETTLED, unit=matter.text("unit"), period=str(day.year)
    ):
        yield Problem(f"没有 {day.year} 年发展党员计划", "先办理发展党员计划", "unit")


KINDS = (
    next_stage,
    stage_gap,
    stage_within,
    stage_figure,
    branch_passed,
    becomes,
    backed,
    planned,
)

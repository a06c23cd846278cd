"""Rules about the centre group: long enough, the right people, a speaker, enough of them there, nobody away unasked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.wording import people, written
from plugins.study import figures
from plugins.study.matters.centre import ON_LEAVE, PRESENT

_ATTENDANCE, _SESSION = ("study.attendance",), ("study.session",)


@dataclass(frozen=True, slots=True)
class NoParameters:
    """Nothing to choose."""


@dataclass(frozen=True, slots=True)
class Least:
    """The fewest half-days."""

    half_days: int


def in_days(half_days: int) -> str:
    """`2.5 天`: half-days as people say them."""
    return f"{half_days // 2}{'.5' if half_days % 2 else ''} 天"


@rule("study.planned-days", "计划的学习时间", Least, matters=("study.plan",))
def planned_days(parameters: Least, proposal: Proposal) -> Iterator[Problem]:
    """A plan holds at least so much study together."""
    half_days = proposal.matter.count("half_days")
    if half_days < parameters.half_days:
        least = in_days(parameters.half_days)
        yield Problem(f"计划集中学习 {in_days(half_days)} < {least}", f"补足到 {least}以上", "lines")


@rule("study.speaker-on-roll", "中心发言人在学习之列", NoParameters, matters=_SESSION)
def speaker_on_roll(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever speaks and whoever chairs studies with the group."""
    matter = proposal.matter
    on_roll = figures.members(proposal.office)
    for key in () if matter.flag("extended") else ("speaker", "chair"):
        if matter.text(key) and matter.text(key) not in on_roll:
            yield Problem(f"{written(proposal, key)}，不是中心组成员", "改为中心组成员，或改为扩大学习", key)


@rule("study.by-the-plan", "按计划安排", NoParameters, matters=_SESSION)
def by_the_plan(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A session is arranged beforehand, by a plan that has been approved and that names its topic."""
    matter, office = proposal.matter, proposal.office
    plan, day = office.matter(matter.text("plan")), matter.day("starts_on")
    if plan and plan.state is not State.SETTLED:
        yield Problem(f"学习计划 {plan.number} {plan.state.title}", "计划批准后再安排", "plan")
    topics = [str(row.get("topic")) for row in plan.rows("lines")] if plan else []
    if plan and matter.text("topic") not in topics:
        yield Problem(f"计划中没有专题“{matter.text('topic')}”", f"改为计划中的专题：{'、'.join(topics)}", "topic")
    if day and day < office.day:
        yield Problem(f"开始日期 {day} 已经过去", "学习之前先安排", "starts_on")


@rule("study.on-the-roll", "应到人员齐全", NoParameters, matters=_ATTENDANCE)
def on_the_roll(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The roll holds every member once, and others only where the session was widened."""
    matter, office = proposal.matter, proposal.office
    session, members = office.matter(matter.text("session")), figures.members(office)
    listed = [str(row.get("person")) for row in matter.rows("people")]
    if missing := [each for each in members if each not in listed]:
        yield Problem(f"名单缺成员：{people(proposal, missing)}", "每位成员填一行", "people")
    if twice := [each for each in dict.fromkeys(listed) if listed.count(each) > 1]:
        yield Problem(f"名单重复：{people(proposal, twice)}", "每人只填一行", "people")
    others = [each for each in listed if each not in members]
    if others and session and not session.flag("extended"):
        yield Problem(f"不是中心组成员：{people(proposal, others)}", "删去这些人；扩大学习的，先在安排中写明", "people")
    for other in office.matters("study.attendance", session=matter.text("session")):
        if other.number != matter.number and other.state is State.SETTLED:
            yield Problem(f"{matter.text('session')} 已由 {other.number} 登记考勤", "无需重复登记", "session")
    if session and (day := session.day("starts_on")) and day > office.day:
        yield Problem(f"学习 {day} 开始，还没有到", "学习之后再登记考勤", "session")


@rule("study.each-once", "每人一行", NoParameters, matters=("study.collective",))
def each_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nobody is counted twice at one study session, and nobody who does not serve there."""
    organisation, day = proposal.office.organisation, proposal.office.day
    listed = [str(row.get("person")) for row in proposal.matter.rows("people")]
    for number, person in enumerate(listed, 1):
        if person in listed[: number - 1]:
            yield Problem(f"{people(proposal, [person])}写了两行", "删去重复的一行", f"people.{number}.person")
        elif not organisation.tenures_of(person, day):
            yield Problem(f"{people(proposal, [person])}不在职", "从名单中去掉", f"people.{number}.person")


@dataclass(frozen=True, slots=True)
class Share:
    """The smallest share of those due who are there."""

    least: Fraction


@rule("study.attendance-share", "每次出席率", Share, matters=_ATTENDANCE)
def attendance_share(parameters: Share, proposal: Proposal) -> Iterator[Problem]:
    """So many of those due at a session are there."""
    rows = proposal.matter.rows("people")
    present = sum(row.get("present") == PRESENT for row in rows)
    if rows and Fraction(present, len(rows)) < parameters.least:
        least = f"{float(parameters.least):.0%}"
        yield Problem(
            f"应到 {len(rows)} 人，实到 {present} 人，出席率 {present / len(rows):.0%} < {least}",
            "写明出席不足的原因和补课安排后继续", "people",
        )  # fmt: skip


@rule("study.leave-granted", "请假须经批准", NoParameters, matters=_ATTENDANCE)
def leave_granted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only whose leave was granted counts as on leave."""
    matter, office = proposal.matter, proposal.office
    found = office.matters("study.leave", state=State.SETTLED, session=matter.text("session"))
    granted = {each.applicant for each in found}
    for number, row in enumerate(matter.rows("people"), 1):
        person = str(row.get("person"))
        if row.get("present") == ON_LEAVE and person not in granted:
            yield Problem(
                f"{office.organisation.name(person)}没有获准的学习请假", "先办理学习请假；没有获准的，填“缺席”",
                f"people.{number}.present",
            )  # fmt: skip


@rule("study.leave-ahead", "学习之前请假", NoParameters, matters=("study.leave",))
def leave_ahead(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Leave from a session is asked for before it is over, by one who is to attend."""
    matter, office = proposal.matter, proposal.office
    session = office.matter(matter.text("session"))
    if session and not session.flag("extended") and matter.applicant not in figures.members(office):
        name = office.organisation.name(matter.applicant)
        yield Problem(f"{name}不是中心组成员，{session.number} 没有扩大范围", "不参加这次学习，无需请假", "session")
    if session and (day := session.day("starts_on")) and day < office.day:
        yield Problem(f"学习已在 {day} 开始", "学习之前请假；已经缺席的，由考勤登记人填“缺席”", "session")


class HandedIn(StrEnum):
    """What a participant hands in."""

    NOTES = "notes"
    TASK = "task"
    REFLECTION = "reflection"
    OUTLINE = "outline"


_TITLES = {
    HandedIn.NOTES: "学习笔记",
    HandedIn.TASK: "学习任务",
    HandedIn.REFLECTION: "心得体会",
    HandedIn.OUTLINE: "发言提纲",
}


@dataclass(frozen=True, slots=True)
class Handing:
    """What everyone who was there hands in."""

    columns: tuple[HandedIn, ...]


@rule("study.handed-in", "学习材料交齐", Handing, matters=_ATTENDANCE)
def handed_in(parameters: Handing, proposal: Proposal) -> Iterator[Problem]:
    """Everyone who was there has handed in what he was to."""
    for column in parameters.columns:
        lacking = [
            str(row.get("person"))
            for row in proposal.matter.rows("people")
            if row.get("present") == PRESENT and row.get(column.value) is not True
        ]
        if lacking:
            title = _TITLES[column]
            remedy = f"收齐{title}；确实没有的，写明原因后继续"
            yield Problem(f"{title}没有交：{people(proposal, lacking)}", remedy, "people")


KINDS = (
    planned_days, speaker_on_roll, by_the_plan, on_the_roll, each_once, attendance_share, leave_granted, leave_ahead,
    handed_in,
)  # fmt: skip

"""Rules about who is at a meeting: roll call, quorum, chair, leave, observers, the recorder."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, Selector, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda, integrity
from plugins.meetings.agenda import LEAVE, OPENING, Meeting
from plugins.meetings.matters import ballots, handing, session
from plugins.meetings.matters.topics import ENLARGED
from plugins.meetings.sitting import DEFERRED, EXCUSED, PRESENT, Event, enough

_AT_ITEMS = (
    session.REPORT_KEY,
    session.STATEMENT_KEY,
    session.VOTE_KEY,
    session.BALLOT_KEY,
    ballots.VOTING_KEY,
    ballots.DEPOSIT_KEY,
    agenda.CONCLUSION,
)


def at_meeting(proposal: Proposal) -> Meeting | None:
    """The meeting a step belongs to."""
    return agenda.meeting_of(proposal.office, proposal.matter)


def begun_at(proposal: Proposal) -> Meeting | None:
    """The meeting a step belongs to once its roll was called; before, that it was not is all that is told."""
    meeting = at_meeting(proposal)
    return meeting if meeting is not None and meeting.sitting.opened else None


def unheard(item: int) -> Problem:
    """An item is taken up by its report; nobody takes part in it before."""
    return Problem(f"第 {item} 项还没有听取汇报", "先登记《议题汇报》；不再议的，结论记为“暂缓”", "item")


@rule("meetings.notified", "事前通知", NoParameters, matters=(OPENING,))
def notified(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting opens on its day, once, after every member has been told of its time and topics."""
    meeting, day = at_meeting(proposal), proposal.office.day
    if meeting is None:
        return
    notice = meeting.notice
    if notice.state is not State.SETTLED:
        facts = f"会议通知{notice.number}{notice.state.title}，还没有发给班子成员"
        yield Problem(facts, "等通知审定发出以后再开会", "meeting")
    if meeting.appointment.off:
        yield Problem("会议已经取消", "另发会议通知", "meeting")
    elif meeting.appointment.held_on != day:
        facts = f"通知的会议日期是 {meeting.appointment.held_on}，今天是 {day}"
        yield Problem(facts, "在通知的日期开会，或先办理《会议变更》", "meeting")
    if meeting.sitting.opened:
        yield Problem("会议已经签到", "有人到会、离会的，登记《到会变动》", "meeting")


@rule("meetings.roll", "全体成员签到", NoParameters, matters=(OPENING,))
def roll(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Every member is accounted for, once, and nobody else is counted as one."""
    meeting = at_meeting(proposal)
    if meeting is None:
        return
    members = agenda.members(proposal.office, meeting.body)
    listed = [str(row.get("person")) for row in proposal.matter.rows("roll")]
    if missing := [each for each in members if each not in listed]:
        yield Problem(f"应到人员中没有{people(proposal, missing)}", "逐人写明到会、请假还是缺席", "roll")
    if others := [each for each in listed if each not in members]:
        yield Problem(f"{people(proposal, others)}不是成员", "改记在列席人员中", "roll")
    if len(set(listed)) < len(listed):
        yield Problem("应到人员中有人写了两次", "每人只写一行", "roll")


@dataclass(frozen=True, slots=True)
class Quorum:
    """The share of the members due who must be there: more than it (`over`), or at least it."""

    share: Fraction
    over: bool = False


@rule("meetings.quorum", "到会人数", Quorum, matters=(OPENING, *_AT_ITEMS))
def quorum(parameters: Quorum, proposal: Proposal) -> Iterator[Problem]:
    """Nothing is done at a meeting without enough members; one that loses them can only put an item off."""
    matter = proposal.matter
    meeting = at_meeting(proposal) if matter.kind == OPENING else begun_at(proposal)
    if meeting is None or matter.text("outcome") == DEFERRED:
        return
    item = matter.count("item")
    if matter.kind == OPENING:
        due = len(agenda.members(proposal.office, meeting.body))
        present = sum(row.get("state") == PRESENT for row in matter.rows("roll"))
    elif matter.kind != session.REPORT_KEY and not meeting.item(item).heard:
        yield unheard(item)
        return
    elif matter.kind == session.REPORT_KEY:
        due, present = meeting.due(item), len(meeting.sitting.present - meeting.item(item).recused)
    else:
        due, present = meeting.due(item), len(meeting.item(item).here)
    if enough(present, due, parameters.share, over=parameters.over):
        return
    bound = "须超过" if parameters.over else "须达到"
    share = f"{parameters.share.numerator}/{parameters.share.denominator}"
    what = f"第 {item} 项应到" if item else "应到"
    remedy = "到会人数足够后再进行；会上人数不够的，结论记为“暂缓”" if item else "到会人数足够后再开会，或改期"
    yield Problem(
        f"{what} {due} 人，到会 {present} 人，{bound}应到人数的 {share}", remedy, "roll" if not item else "item"
    )


@rule("meetings.chair", "主持人", NoParameters, matters=(OPENING, session.REPORT_KEY))
def chair(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The first of the chair's holders presides; another of them only on his behalf: named in the notice that he has
    approved, or as his stand-in. No item is taken up when whoever presides has left.
    """
    meeting, office = at_meeting(proposal), proposal.office
    if meeting is None:
        return
    if proposal.matter.kind != OPENING:
        presiding = meeting.sitting.chair
        if presiding and presiding not in meeting.sitting.present:
            facts = f"主持人{people(proposal, [presiding])}已经离会"
            following = people(proposal, integrity.successors(office, meeting)[:1])
            handed = f"登记《会上交接》，由{following}主持" if following else "等主持人回来"
            yield Problem(facts, f"{handed}；不再议的，结论记为“暂缓”", "item")
        return
    person, day = proposal.matter.text("chair"), office.day
    ladder = [each for selector in meeting.body.chair for each in office.selected(selector)]
    never = {each for selector in meeting.body.never_chair for each in office.selected(selector)}
    able = [each for each in ladder if each not in never]
    entrusted = {meeting.notice.text("convener")}
    for first in able[:1]:
        entrusted |= {first, *(each.stand_in for each in office.organisation.stand_ins(first, OPENING, day))}
    present = [str(row["person"]) for row in proposal.matter.rows("roll") if row.get("state") == PRESENT]
    if person not in able or person not in entrusted:
        facts = f"主持人：{people(proposal, [person])}，没有受委托主持"
        yield Problem(facts, f"由{people(proposal, able[:1])}主持，或先登记由其委托的代理人", "chair")
    elif person not in present:
        yield Problem(f"主持人{people(proposal, [person])}没有到会", "由到会的人主持", "chair")


@rule("meetings.excused", "请假须准", NoParameters, matters=(OPENING,))
def excused(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever is noted as excused has been given leave from this meeting beforehand."""
    meeting, office = at_meeting(proposal), proposal.office
    if meeting is None:
        return
    given = office.matters(LEAVE, state=State.SETTLED, meeting=meeting.notice.number)
    on_leave = {each.applicant for each in given}
    for number, row in enumerate(proposal.matter.rows("roll"), 1):
        if row.get("state") == EXCUSED and row.get("person") not in on_leave:
            facts = f"{people(proposal, [str(row['person'])])}没有获准的《会议请假》"
            yield Problem(facts, "改记为“缺席”；事先已请假的，等准假后再签到", f"roll.{number}.state")


@dataclass(frozen=True, slots=True)
class Watchers:
    """Selectors of those who are asked to watch a meeting where its notice says so; any of their unit may come."""

    watchers: tuple[Selector, ...]


def _watching(parameters: Watchers, proposal: Proposal, person: str) -> bool:
    office = proposal.office
    units = {
        office.organisation.unit_of(each, office.day)
        for selector in parameters.watchers
        for each in office.selected(selector)
    }
    return office.organisation.unit_of(person, office.day) in units


@rule("meetings.invited", "邀请监督", Watchers, matters=(OPENING,))
def invited(parameters: Watchers, proposal: Proposal) -> Iterator[Problem]:
    """Where the notice invites someone to watch, he or one of his own is there without a vote."""
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None or not meeting.notice.flag("discipline"):
        return
    if not any(_watching(parameters, proposal, str(row.get("person"))) for row in matter.rows("others")):
        asked = [each for selector in parameters.watchers for each in proposal.office.selected(selector)]
        facts = f"通知邀请派人监督，列席人员中没有{people(proposal, asked)}或其派员"
        yield Problem(facts, "等来人列席后签到", "others")


@rule("meetings.observers", "指定列席", Watchers, matters=(OPENING, session.ATTENDANCE_KEY))
def observers(parameters: Watchers, proposal: Proposal) -> Iterator[Problem]:
    """Besides the members only those attend whom the body, the notice or an item asks for; a widened meeting is open
    to others, who do not vote either.
    """
    meeting, office, matter = at_meeting(proposal), proposal.office, proposal.matter
    if meeting is None or meeting.notice.text("form") == ENLARGED:
        return
    asked = {each for selector in meeting.body.attendees for each in office.selected(selector)}
    asked |= {str(row["person"]) for row in meeting.notice.rows("observers")}
    asked |= {each.reporter for each in meeting.items} | {matter.text("recorder")}
    asked |= {str(row["instead"]) for row in matter.rows("roll") if row.get("instead")}
    asked |= set(meeting.sitting.ranked) | meeting.sitting.attending | {meeting.sitting.recorder}
    watched = meeting.notice.flag("discipline")
    come = [(str(row.get("person")), f"others.{number}.person") for number, row in enumerate(matter.rows("others"), 1)]
    if matter.text("change") == Event.ARRIVES.value:
        come.append((matter.text("person"), "person"))
    for person, at in come:
        if person not in asked and not (watched and _watching(parameters, proposal, person)):
            facts = f"{people(proposal, [person])}没有被指定列席"
            yield Problem(facts, "从列席人员中去掉；需要扩大范围的，以扩大会议另发通知", at)


@rule("meetings.no-proxy", "不得代会", NoParameters, matters=(OPENING,))
def no_proxy(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nobody takes a member's place, save where it is urgent; and then he only listens."""
    for number, row in enumerate(proposal.matter.rows("roll"), 1):
        if row.get("instead") and not row.get("urgent"):
            facts = (
                f"{people(proposal, [str(row['instead'])])}代{people(proposal, [str(row['person'])])}参会，没有紧急缘由"
            )
            yield Problem(facts, "去掉代会人；确属紧急的，写明紧急缘由", f"roll.{number}.instead")


@rule("meetings.observer-leaves", "列席至议题结束", NoParameters, matters=(session.ATTENDANCE_KEY,))
def observer_leaves(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever attends for an item stays until it is dealt with, and may leave then."""
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None or matter.text("change") != Event.LEAVES.value:
        return
    person = matter.text("person")
    wanted = [int(row["item"]) for row in meeting.notice.rows("observers") if row.get("person") == person]
    left = [number for number in wanted if not meeting.item(number).result]
    if left:
        items = "、".join(f"第 {number} 项" for number in left)
        yield Problem(f"{people(proposal, [person])}列席的{items}还没有讨论完", "等议题结束后退席", "person")


@dataclass(frozen=True, slots=True)
class Recorder:
    """Selectors of those who keep the record of a meeting."""

    by: tuple[Selector, ...]


@rule("meetings.recorder", "记录人", Recorder, matters=(OPENING, session.ATTENDANCE_KEY, handing.HANDING_KEY))
def recorder(parameters: Recorder, proposal: Proposal) -> Iterator[Problem]:
    """The record is kept by the one whom the clause names, who stays from beginning to end."""
    matter, office = proposal.matter, proposal.office
    taking_over = matter.kind == handing.HANDING_KEY and matter.text("role") == handing.RECORDS
    if matter.kind == OPENING or taking_over:
        blank = "person" if taking_over else "recorder"
        able = [each for selector in parameters.by for each in office.selected(selector)]
        named = (each.stand_in for keeper in able for each in integrity.stand_ins(office, keeper))
        able = list(dict.fromkeys([*able, *named]))
        if matter.text(blank) not in able:
            facts = f"记录人：{people(proposal, [matter.text(blank)])}"
            yield Problem(facts, f"由{people(proposal, able)}担任记录人", blank)
        return
    meeting = at_meeting(proposal)
    if meeting and matter.text("change") == Event.LEAVES.value and matter.text("person") == meeting.sitting.recorder:
        yield Problem("记录人要全程参加", "不登记离会；先闭会", "person")


KINDS = (
    notified,
    roll,
    quorum,
    chair,
    excused,
    invited,
    observers,
    no_proxy,
    observer_leaves,
    recorder,
)

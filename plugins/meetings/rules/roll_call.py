"""Rules about the roll call: who must have been told, who is due, how many must be there."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.agenda import LEAVE, OPENING
from plugins.meetings.matters import session
from plugins.meetings.rules.steps import ON_THE_FLOOR, at_meeting, begun_at, unheard
from plugins.meetings.sitting import DEFERRED, EXCUSED, PRESENT, enough


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


@rule("meetings.quorum", "到会人数", Quorum, matters=(OPENING, *ON_THE_FLOOR))
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


@rule("meetings.no-proxy", "不得代会", NoParameters, matters=(OPENING,))
def no_proxy(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nobody takes a member's place, save where it is urgent; and then he only listens."""
    for number, row in enumerate(proposal.matter.rows("roll"), 1):
        if row.get("instead") and not row.get("urgent"):
            facts = (
                f"{people(proposal, [str(row['instead'])])}代{people(proposal, [str(row['person'])])}参会，没有紧急缘由"
            )
            yield Problem(facts, "去掉代会人；确属紧急的，写明紧急缘由", f"roll.{number}.instead")


KINDS = (
    notified,
    roll,
    quorum,
    excused,
    no_proxy,
)

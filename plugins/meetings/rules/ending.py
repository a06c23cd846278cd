"""Rules about the end of a meeting: every item concluded, papers kept, minutes drawn from the record."""

from collections.abc import Iterator

from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.meetings import agenda
from plugins.meetings.agenda import CLOSING, RELEASE
from plugins.meetings.matters.results import TAKEN
from plugins.meetings.matters.topics import TAKING_AWAY
from plugins.meetings.rules.steps import at_meeting


@rule("meetings.dealt-with", "逐项有结论再闭会", NoParameters, matters=(CLOSING,))
def dealt_with(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting ends with a conclusion on every item of its notice."""
    meeting = at_meeting(proposal)
    if meeting is None:
        return
    left = [f"第 {each.number} 项" for each in meeting.unsettled()]
    if left:
        yield Problem(f"{'、'.join(left)}还没有结论", "逐项议完；来不及议的，结论记为“暂缓”")


@rule("meetings.papers-kept", "材料不得带走", NoParameters, matters=(CLOSING,))
def papers_kept(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Papers leave a meeting only with leave."""
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None or matter.text("papers") != TAKEN:
        return
    given = proposal.office.matters(RELEASE, state=State.SETTLED, meeting=meeting.notice.number)
    if not any(each.text("purpose") == TAKING_AWAY for each in given):
        facts = f"没有获准的《会议内容外传审批》（{TAKING_AWAY}）"
        yield Problem(facts, "收回全部材料，或先经批准", "papers")


@rule("meetings.minuted", "会后成文", NoParameters, matters=(agenda.MINUTES,))
def minuted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Minutes are written from the record of a meeting that has ended."""
    meeting = at_meeting(proposal)
    if meeting is not None and not meeting.sitting.closed:
        yield Problem("会议还没有闭会归档", "闭会归档以后再整理纪要", "meeting")


KINDS = (
    dealt_with,
    papers_kept,
    minuted,
)

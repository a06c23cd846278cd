"""The steps at a meeting that rules judge, and the meeting that each belongs to."""

from core.finding import Problem
from core.rule_kinds import Proposal
from plugins.meetings import agenda
from plugins.meetings.agenda import Meeting
from plugins.meetings.matters import handing, session, voting

COUNTED = (session.VOTE_KEY, session.BALLOT_KEY)
"""A member's open vote, and the count of a secret one."""
VOTING = (*COUNTED, voting.VOTING_KEY, voting.DEPOSIT_KEY)
"""Whatever a vote begins with or is given by."""
ON_THE_FLOOR = (session.REPORT_KEY, session.STATEMENT_KEY, *VOTING, agenda.CONCLUSION)
"""What the members do about an item."""
AT_AN_ITEM = (*ON_THE_FLOOR, voting.WATCH_KEY, voting.UNSEALING_KEY, voting.REVOTE_KEY)
"""Every step about an item that is open."""
AT_THE_MEETING = (
    *AT_AN_ITEM, session.ATTENDANCE_KEY, session.OBJECTION_KEY, session.ANSWER_KEY, handing.HANDING_KEY,
    handing.ROLL_KEY, agenda.CLOSING,
)  # fmt: skip
"""Every step of a meeting from the roll call to its end."""


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

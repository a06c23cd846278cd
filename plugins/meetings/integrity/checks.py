"""Every act that bears on a meeting, held against what no text of an agency can change."""

from collections.abc import Callable, Iterator, Mapping

from core.acts import Verb
from core.finding import Problem
from core.rule_kinds import Proposal
from plugins.meetings import agenda
from plugins.meetings.agenda import CONCLUSION, Meeting
from plugins.meetings.integrity import records, votes
from plugins.meetings.ledgers import RECORD
from plugins.meetings.matters import handing, session, voting

_ONLY_WHILE_IT_SITS = frozenset(
    {
        session.REPORT_KEY, session.STATEMENT_KEY, session.ATTENDANCE_KEY, session.OBJECTION_KEY, session.ANSWER_KEY,
        agenda.CLOSING,
    }
)  # fmt: skip
"""Steps of which nothing holds everywhere but that the meeting must sit."""

_JUDGES: Mapping[str, Callable[[Proposal, Meeting], Iterator[Problem]]] = {
    session.VOTE_KEY: votes.vote,
    session.BALLOT_KEY: votes.count,
    session.RECUSAL_KEY: votes.recusal,
    voting.VOTING_KEY: votes.voting,
    voting.WATCH_KEY: votes.watch,
    voting.DEPOSIT_KEY: votes.deposit,
    voting.UNSEALING_KEY: votes.unseal,
    voting.REVOTE_KEY: votes.revote,
    CONCLUSION: votes.conclusion,
    handing.HANDING_KEY: records.handing,
    handing.ROLL_KEY: records.roll,
}


def problems(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A record is not reversed line by line; a vote counts once; where a body decides at its meetings, no resolution is
    made by hand.
    """
    if proposal.act.verb is Verb.SUBMIT:
        yield from (("general/ballot", problem) for problem in _at_a_meeting(proposal))
    if proposal.matter.kind == "core.correction" and proposal.matter.text("ledger") == RECORD:
        yield "general/correction", Problem("会议记录不用红字冲销", "记错的，闭会后另附《会议记录更正》", "ledger")
    if proposal.act.verb is Verb.RESOLVE:
        yield from _by_meeting(proposal)


def _at_a_meeting(proposal: Proposal) -> Iterator[Problem]:
    """What is wrong with a step at a meeting in itself."""
    judge = _JUDGES.get(proposal.matter.kind)
    at_one = judge is not None or proposal.matter.kind in _ONLY_WHILE_IT_SITS
    meeting = agenda.meeting_of(proposal.office, proposal.matter) if at_one else None
    if meeting is None:
        return
    if not meeting.sitting.opened or meeting.sitting.closed:
        yield Problem("会议还没有签到，或者已经闭会", "在会议进行期间办理", "meeting")
        return
    if judge is not None:
        yield from judge(proposal, meeting)


def _by_meeting(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A resolution is the conclusion that a meeting of the body came to on this very matter, and is used once."""
    step, office = proposal.step, proposal.office
    body = office.body(step.body) if step and step.body in office.setting("meetings.only-by-meeting") else None
    if body is None:
        return
    conclusion = office.matter(proposal.act.target)
    number = str(proposal.given.get("number", ""))
    ours = conclusion is not None and conclusion.kind == agenda.CONCLUSION
    if conclusion is None or not ours or conclusion.text("subject") != proposal.matter.number:
        facts = f"{body.title}的决议由会议记录产生，不能按编号登记"
        yield "general/quorum", Problem(facts, f"列入{body.title}的议题，在会上作出结论", "number")
    elif any(each.number == number for each in office.resolutions(proposal.matter.number)):
        yield "general/quorum", Problem(f"{number}号决议已经用过", "由会议另作结论", "number")

"""Meetings: topics, notices, roll call, order of speaking, votes, resolutions and what comes of them."""

from collections.abc import Iterator

from core.acts import Verb
from core.family import Family
from core.finding import Problem
from core.hookspec import hookimpl
from core.rule_kinds import Proposal
from plugins.meetings import agenda, integrity, routine, seats, to_superiors
from plugins.meetings.ledgers import LEDGERS, RECORD
from plugins.meetings.matters import (
    ballots,
    changes,
    follow_up,
    handing,
    minuting,
    results,
    session,
    topics,
)
from plugins.meetings.overviews import OVERVIEWS
from plugins.meetings.papers import PAPERS
from plugins.meetings.plans import costs
from plugins.meetings.plans import matters as plans
from plugins.meetings.plans import rules as plan_rules
from plugins.meetings.rules import attending, deciding, entrusting, presiding, turns
from plugins.meetings.rules import ballots as ballot_rules
from plugins.meetings.rules import follow_up as follow_up_rules
from plugins.meetings.rules import topics as topic_rules
from plugins.meetings.secret_ballot.unseen import said_beside
from plugins.meetings.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The meetings family."""
    return Family(
        key="meetings",
        title="会议",
        matters=(
            *topics.MATTERS,
            *minuting.MATTERS,
            *changes.MATTERS,
            *said_beside(*session.MATTERS, *ballots.MATTERS),
            *handing.MATTERS,
            *results.MATTERS,
            *plans.MATTERS,
            *to_superiors.MATTERS,
            *follow_up.MATTERS,
            *routine.MATTERS,
        ),
        rules=(
            *topic_rules.KINDS,
            *attending.KINDS,
            *turns.KINDS,
            *deciding.KINDS,
            *ballot_rules.KINDS,
            *entrusting.KINDS,
            *presiding.KINDS,
            *plan_rules.KINDS,
            *costs.KINDS,
            *follow_up_rules.KINDS,
            *routine.KINDS,
            *to_superiors.KINDS,
        ),
        ledgers=LEDGERS,
        settings=SETTINGS,
        overviews=OVERVIEWS,
        calls=seats.call,
        papers=PAPERS,
    )


@hookimpl
def guizhang_check(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A record is not reversed line by line; a vote counts once; where a body decides at its meetings, no resolution is
    made by hand.
    """
    if proposal.act.verb is Verb.SUBMIT:
        yield from (("general/ballot", problem) for problem in integrity.problems(proposal))
    if proposal.matter.kind == "core.correction" and proposal.matter.text("ledger") == RECORD:
        yield "general/correction", Problem("会议记录不用红字冲销", "记错的，闭会后另附《会议记录更正》", "ledger")
    if proposal.act.verb is Verb.RESOLVE:
        yield from _by_meeting(proposal)
    yield from routine.unreadable_times(proposal)


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

"""Meetings: topics, notices, roll call, order of speaking, votes, resolutions and what comes of them."""

from collections.abc import Iterator

from core.family import Family
from core.finding import Problem
from core.hookspec import hookimpl
from core.rule_kinds import Proposal
from plugins.meetings import routine, to_superiors
from plugins.meetings.integrity import checks
from plugins.meetings.ledgers import LEDGERS
from plugins.meetings.matters import changes, follow_up, handing, minuting, results, session, topics, voting
from plugins.meetings.overviews import OVERVIEWS
from plugins.meetings.papers import PAPERS
from plugins.meetings.plans import costs
from plugins.meetings.plans import matters as plans
from plugins.meetings.plans import rules as plan_rules
from plugins.meetings.rules import concluding, ending, observers, presiding, reporting, roll_call, turns
from plugins.meetings.rules import follow_up as follow_up_rules
from plugins.meetings.rules import topics as topic_rules
from plugins.meetings.rules import voting as voting_rules
from plugins.meetings.secret_ballot.unseen import said_beside
from plugins.meetings.settings import SETTINGS
from plugins.meetings.views import seat


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
            *said_beside(*session.MATTERS, *voting.MATTERS),
            *handing.MATTERS,
            *results.MATTERS,
            *plans.MATTERS,
            *to_superiors.MATTERS,
            *follow_up.MATTERS,
            *routine.MATTERS,
        ),
        rules=(
            *topic_rules.KINDS,
            *presiding.KINDS,
            *roll_call.KINDS,
            *observers.KINDS,
            *reporting.KINDS,
            *turns.KINDS,
            *voting_rules.KINDS,
            *concluding.KINDS,
            *ending.KINDS,
            *follow_up_rules.KINDS,
            *plan_rules.KINDS,
            *costs.KINDS,
            *routine.KINDS,
            *to_superiors.KINDS,
        ),
        ledgers=LEDGERS,
        settings=SETTINGS,
        overviews=OVERVIEWS,
        calls=seat.call,
        papers=PAPERS,
    )


@hookimpl
def guizhang_check(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """What holds of every meeting, and times of day that can be read."""
    yield from checks.problems(proposal)
    yield from routine.unreadable_times(proposal)

"""The Party: dues to the fen, organisational life, appraisal, development of members, ties and care, disclosure."""

from collections.abc import Iterator

from core.family import Family
from core.finding import Problem
from core.hookspec import hookimpl
from core.rule_kinds import Proposal
from plugins.party.holdings import holdings
from plugins.party.ledgers import LEDGERS
from plugins.party.matters import care, development, meetings, members, preparing
from plugins.party.matters import dues as dues_matters
from plugins.party.overviews import OVERVIEWS
from plugins.party.papers import PAPERS
from plugins.party.rules import backing
from plugins.party.rules import development as development_rules
from plugins.party.rules import dues as dues_rules
from plugins.party.rules import meetings as meeting_rules
from plugins.party.rules import members as member_rules
from plugins.party.rules.fitting import fits
from plugins.party.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The Party family."""
    return Family(
        key="party",
        title="党建",
        matters=(
            *members.MATTERS,
            *meetings.MATTERS,
            *preparing.MATTERS,
            *dues_matters.MATTERS,
            *development.MATTERS,
            *care.MATTERS,
        ),
        rules=(*dues_rules.KINDS, *meeting_rules.KINDS, *member_rules.KINDS, *development_rules.KINDS, *backing.KINDS),
        ledgers=LEDGERS,
        settings=SETTINGS,
        holdings=holdings,
        papers=PAPERS,
        overviews=OVERVIEWS,
    )


@hookimpl
def guizhang_check(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """What is filed fits the calendar and the duty it is filed for."""
    yield from fits(proposal)

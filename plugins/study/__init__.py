"""Study: the centre group's plans, sessions and attendance; everybody's plans, writings and hours; how each stands."""

from collections.abc import Iterator

from core.family import Family
from core.finding import Problem
from core.hookspec import hookimpl
from core.rule_kinds import Proposal
from plugins.study.matters import centre, everybody
from plugins.study.matters import statements as statement_matters
from plugins.study.overviews import OVERVIEWS
from plugins.study.papers import PAPERS
from plugins.study.rules import chairing, sessions, statements
from plugins.study.rules.fitting import fits
from plugins.study.settings import LEDGERS, SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The study family."""
    return Family(
        key="study",
        title="学习",
        matters=(*centre.MATTERS, *everybody.MATTERS, *statement_matters.MATTERS),
        rules=(*sessions.KINDS, *statements.KINDS, *chairing.KINDS),
        ledgers=LEDGERS,
        settings=SETTINGS,
        papers=PAPERS,
        overviews=OVERVIEWS,
    )


@hookimpl
def guizhang_check(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """What is filed fits the calendar."""
    yield from fits(proposal)

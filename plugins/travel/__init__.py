"""Travel: trips asked for before leaving, claimed by standards after coming back, paid or set off against loans."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.travel.checks import guizhang_check
from plugins.travel.matters import LEDGERS, MATTERS
from plugins.travel.papers import PAPERS
from plugins.travel.rules import claims, paying, standards, trips
from plugins.travel.settings import SETTINGS

__all__ = ["guizhang_check", "guizhang_family"]


@hookimpl
def guizhang_family() -> Family:
    """The travel family."""
    rules = (*trips.KINDS, *standards.KINDS, *claims.KINDS, *paying.KINDS)
    return Family("travel", "差旅", MATTERS, rules, LEDGERS, SETTINGS, papers=PAPERS)

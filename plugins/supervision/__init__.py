"""Supervision: what is handed down and what meetings decide, given a section and a day, urged on, explained, closed."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.supervision.ledgers import LEDGERS
from plugins.supervision.matters import MATTERS
from plugins.supervision.rules import KINDS
from plugins.supervision.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The supervision family."""
    return Family("supervision", "督查", MATTERS, KINDS, LEDGERS, SETTINGS)

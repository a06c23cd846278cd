"""Seals: kept by named persons, used after approval, every impression counted, taken out only for one use."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.seals.ledgers import LEDGERS
from plugins.seals.matters import books as book_matters
from plugins.seals.matters import keeping, using
from plugins.seals.overviews import OVERVIEWS
from plugins.seals.papers import PAPERS
from plugins.seals.rules import books, registering, sealing
from plugins.seals.settings import SETTINGS


@hookimpl
def guizhang_family() -> Family:
    """The seals family."""
    return Family(
        key="seals",
        title="印章",
        matters=(*using.MATTERS, *keeping.MATTERS, *book_matters.MATTERS),
        rules=(*registering.KINDS, *sealing.KINDS, *books.KINDS),
        ledgers=LEDGERS,
        settings=SETTINGS,
        papers=PAPERS,
        overviews=OVERVIEWS,
    )

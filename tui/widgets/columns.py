"""The columns of a list, and how they share a line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tui.text import cells, fit

_GAP = 1


@dataclass(frozen=True)
class Column:
    """A column ``width`` cells wide; one that grows takes the room left over, the least important leave first.

    One that is read ``whole`` is never cut while it is there: it is as wide as the longest text seen in it.
    """

    title: str
    width: int
    right: bool = False
    grows: bool = False
    importance: int = 1
    whole: bool = False


def widened(columns: tuple[Column, ...], texts: Sequence[str]) -> tuple[Column, ...]:
    """The columns with room for these texts where they are read whole; the same ones where they had it."""
    short = {at: cells(text) for at, (column, text) in enumerate(zip(columns, texts, strict=False)) if column.whole}
    short = {at: width for at, width in short.items() if width > columns[at].width}
    if not short:
        return columns
    return tuple(replace(column, width=short.get(at, column.width)) for at, column in enumerate(columns))


@lru_cache(maxsize=64)
def widths(columns: tuple[Column, ...], room: int) -> tuple[int, ...]:
    """A width for every column so that together they fill ``room`` cells; zero for one left out."""
    if not columns:
        return ()
    growing = next((place for place, column in enumerate(columns) if column.grows), len(columns) - 1)
    shares = [column.width for column in columns]
    others = [place for place in range(len(columns)) if place != growing]
    leaving = sorted(others, key=lambda place: (columns[place].importance, -place))
    for place in leaving:
        if _taken(shares) <= room:
            break
        shares[place] = 0
    shares[growing] = max(0, shares[growing] + room - _taken(shares))
    return tuple(shares)


def _taken(shares: Sequence[int]) -> int:
    kept = [share for share in shares if share]
    return sum(kept) + _GAP * max(0, len(kept) - 1)


def row_text(columns: tuple[Column, ...], texts: Sequence[str], room: int) -> str:
    """One line of exactly ``room`` cells with each text in its column."""
    pieces = [
        fit(text, share, right=column.right)
        for text, share, column in zip(texts, widths(columns, room), columns, strict=False)
        if share
    ]
    return fit((" " * _GAP).join(pieces), room)

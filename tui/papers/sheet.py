"""What stands on a printed form, before it is laid out: lines, tables, passages, opinions, receipts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A blank of the form with what is written in it."""

    label: str
    text: str
    wide: bool = False
    """Whether it takes a line of its own where the form does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on the form: the rows of one blank; `total` is a last row, empty where nothing is added up."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    """Places of the columns of amounts and numbers, which stand to the right."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody, or a body, decided at a step."""

    step: str
    text: str
    who: str
    post: str
    on: str


@dataclass(frozen=True, slots=True)
class Part:
    """Lines and tables that belong together under a heading; the form itself has none."""

    heading: str
    lines: tuple[tuple[Cell, ...], ...]
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A slip to be cut off."""

    title: str
    number: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A matter as it is printed."""

    agency: str
    title: str
    number: str
    state: str
    parts: tuple[Part, ...]
    passages: tuple[Cell, ...]
    """Running text; the label is its heading, empty where it has none."""
    opinions_title: str
    opinions: tuple[Opinion, ...]
    signatures: tuple[str, ...]
    note: str
    receipts: tuple[Receipt, ...]
    proof: str
    """The newest journal entry on the matter, and the day it was printed."""

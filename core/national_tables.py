"""Figures that hold in every agency, in dated tables, each with the document it is taken from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.people import Span

Cell = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NationalTable:
    """One table as it holds for a span of days: a cell for each name, and one for every name that has none."""

    key: str
    """`file.table`, such as `travel.meals`."""
    title: str
    reference: str
    """The published document, with its number."""
    span: Span
    rows: Mapping[str, Cell]
    otherwise: Cell = ""

    def amount(self, name: str = "") -> Decimal:
        """The figure for a name, in the table's own unit; LookupError where the table has none."""
        cell = self.rows.get(name, self.otherwise)
        if not isinstance(cell, str) or not cell:
            raise LookupError(f"“{self.title}”中没有“{name}”的数额")
        return Decimal(cell)

    def listed(self, name: str) -> tuple[str, ...]:
        """What the table lists for a name; empty where it has nothing."""
        cell = self.rows.get(name, self.otherwise)
        return cell if isinstance(cell, tuple) else (cell,) if cell else ()


class NoFigures(LookupError):
    """The standard that is asked for was not in force on that day; the message says when it was."""


@dataclass(frozen=True, slots=True)
class NationalTables:
    """All tables, at all their dates."""

    tables: tuple[NationalTable, ...] = ()

    @classmethod
    def of(cls, tables: Iterable[NationalTable]) -> "NationalTables":
        return cls(tuple(tables))

    def on(self, key: str, day: date) -> NationalTable:
        """The table of a key as it holds on a day; NoFigures where it holds on others only, LookupError where there
        is none.
        """
        of_key = [table for table in self.tables if table.key == key]
        for table in of_key:
            if table.span.holds(day):
                return table
        if of_key:
            spans = "、".join(f"{table.span.since} 至 {table.span.until}" for table in of_key)
            raise NoFigures(f"全国统一的“{of_key[0].title}”施行于 {spans}，没有 {day} 的")
        known = "、".join(sorted({table.key for table in self.tables})) or "没有"
        raise LookupError(f"{day} 没有全国统一的标准“{key}”（现有：{known}）")

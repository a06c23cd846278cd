"""Pages of a table in index order, found by the key of the row before or after them, never by counting rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.store.columns import Columns
from core.store.document import StoreDocument
from core.store.paths import split

Key = tuple[object, ...]
"""Where a row stands: the values of the order fields, then its id."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in display order, with the keys from which to read on in either direction.

    `next` is None at the end. `previous` is None at the beginning, or when paging began there.
    """

    rows: list[StoreDocument]
    next: Key | None
    previous: Key | None


class Stretch(NamedTuple):
    """One contiguous range of an index: a condition, its parameters, and the order to read it in."""

    sql: str
    parameters: list[object]
    order: str


class Order:
    """The order of a page: by fields, then by id, all ascending or all descending.

    A null or absent field stands before every number, every number before every text. Fields that the condition
    fixes to one value order nothing; left in, they would make SQLite sort.
    """

    def __init__(
        self, columns: Columns, paths: Sequence[str], *, descending: bool, fixed: frozenset[str] = frozenset()
    ) -> None:
        self.fields = [columns.value(split(path)) for path in paths]
        self.descending = descending
        self._free = [number for number, field in enumerate(self.fields) if field not in fixed]

    def stretches(self, after: Key | None) -> list[Stretch]:
        """The ranges that together hold all rows after the key, in order; each is one seek in the index.

        Raises `ValueError` for a key of another order.
        """
        if after is None:
            return [Stretch("1=1", [], self._by(0))]
        if len(after) != len(self.fields) + 1 or not isinstance(after[-1], int):
            raise ValueError("翻页位置与列表的排序不符，请从头翻起")
        free = len(self._free)
        same, parameters = self._same(after, free)
        found = [Stretch(f"{same} AND id{self._sign}?", [*parameters, after[-1]], self._by(free))]
        for depth in reversed(range(free)):
            found += self._beyond(depth, after)
        return found

    @property
    def _sign(self) -> str:
        return "<" if self.descending else ">"

    def _beyond(self, depth: int, key: Key) -> list[Stretch]:
        number = self._free[depth]
        field, edge, order = self.fields[number], key[number], self._by(depth)
        same, parameters = self._same(key, depth)
        further = Stretch(f"{same} AND {field}{self._sign}?", [*parameters, edge], order)
        if not self.descending:
            return [Stretch(f"{same} AND {field} IS NOT NULL", parameters, order) if edge is None else further]
        nulls = Stretch(f"{same} AND {field} IS NULL", parameters, self._by(depth + 1))
        return [] if edge is None else [further, nulls]

    def _same(self, key: Key, depth: int) -> tuple[str, list[object]]:
        parts: list[str] = ["1=1"]
        parameters: list[object] = []
        for number in self._free[:depth]:
            edge = key[number]
            parts.append(f"{self.fields[number]} IS NULL" if edge is None else f"{self.fields[number]}=?")
            parameters += [] if edge is None else [edge]
        return " AND ".join(parts), parameters

    def _by(self, depth: int) -> str:
        direction = " DESC" if self.descending else ""
        return ", ".join(f"{field}{direction}" for field in [*(self.fields[n] for n in self._free[depth:]), "id"])

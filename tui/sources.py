"""Rows for lists, read from the store by key, never by counting past rows."""

from collections.abc import Callable, Sequence

from tinydb.queries import QueryInstance

from core.store.document import StoreDocument
from core.store.pages import Key
from core.store.pages import Page as StorePage
from core.store.table import StoreTable
from tui.widgets.rows import Record

_STEP = 64


class TableSource:
    """The documents of a table that meet a condition, in the order of an index, each made a row by `record`."""

    def __init__(
        self,
        table: StoreTable,
        query: QueryInstance | None,
        record: Callable[[StoreDocument], Record],
        *,
        order: Sequence[str] = (),
        descending: bool = False,
    ) -> None:
        self._table, self._query, self._record = table, query, record
        self._order, self._descending = tuple(order), descending
        self._total: int | None = None
        self._after: dict[int, Key | None] = {0: None}
        self._before: dict[int, Key | None] = {}

    def count(self) -> int:
        """How many documents meet the condition."""
        if self._total is None:
            self._total = len(self._table) if self._query is None else self._table.count(self._query)
        return self._total

    def page(self, start: int, size: int) -> Sequence[Record]:
        """At most `size` rows from row number `start`; read from the nearest place whose key is known."""
        size = min(size, self.count() - start)
        if size <= 0:
            return []
        if start not in self._after and start + size not in self._before:
            self._approach(start, size)
        if start in self._after:
            return [self._record(row) for row in self._forward(start, size).rows]
        return [self._record(row) for row in self._backward(start, size)]

    def _approach(self, start: int, size: int) -> None:
        """Step from the nearest known place until the page borders on a known key."""
        behind = max(place for place in self._after if place <= start)
        ahead = min((place for place in self._before if place >= start + size), default=self.count())
        if start - behind <= ahead - (start + size):
            while behind < start:
                step = min(_STEP, start - behind)
                self._forward(behind, step)
                behind += step
        else:
            while ahead > start + size:
                step = min(_STEP, ahead - start - size)
                self._backward(ahead - step, step)
                ahead -= step

    def _forward(self, start: int, size: int) -> StorePage:
        page = self._table.page(
            self._query, order=self._order, descending=self._descending, limit=size, after=self._after[start]
        )
        if page.next is not None:
            self._after[start + len(page.rows)] = page.next
        return page

    def _backward(self, start: int, size: int) -> list[StoreDocument]:
        end = start + size
        if end >= self.count():
            page = self._table.page(self._query, order=self._order, descending=not self._descending, limit=size)
            self._before[start] = page.next
            return page.rows[::-1]
        page = self._table.page(
            self._query, order=self._order, descending=self._descending, limit=size, before=self._before[end]
        )
        self._before[start] = page.previous
        return page.rows

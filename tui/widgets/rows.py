"""Where a list's rows come from: any source that counts them and hands them out by pages."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

_PAGE_ROWS = 64
_PAGES_KEPT = 7


class Record(NamedTuple):
    """One row: the key that names the record everywhere, and a text for each column."""

    key: str
    cells: tuple[str, ...]


class Source(Protocol):
    """Where rows come from; their order must stay the same between `RecordList.show` and the next."""

    def count(self) -> int:
        """How many rows there are."""

    def page(self, start: int, size: int) -> Sequence[Record]:
        """At most ``size`` rows from row number ``start``, counted from zero."""


class FixedSource:
    """Rows that are all at hand."""

    def __init__(self, rows: Iterable[Record] = ()) -> None:
        self._rows = tuple(rows)

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def page(self, start: int, size: int) -> Sequence[Record]:
        """The rows of one page."""
        return self._rows[start : start + size]


class Window:
    """The rows of a source seen last, never more than a few pages of them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pages: OrderedDict[int, Sequence[Record]] = OrderedDict()
        self.count = source.count()

    def row(self, index: int) -> Record | None:
        """The row of that number, None when there is none (any more)."""
        if not 0 <= index < self.count:
            return None
        number, offset = divmod(index, _PAGE_ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._source.page(number * _PAGE_ROWS, _PAGE_ROWS)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

"""Stretches of ledgers as far as they have been read; since lines are only ever added, the next look reads on."""

from collections import OrderedDict
from collections.abc import Hashable

from tinydb.queries import QueryLike

from core.codec import entry_from_document
from core.family import LedgerType
from core.records import Entry
from core.store.table import StoreTable

_KEPT = 16
"""How many stretches are kept, the latest asked for."""
_EVERYTHING = 1 << 30


class ReadOn:
    """Entries oldest first, each read from the store once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[Entry, ...]] = OrderedDict()

    def entries(
        self, key: Hashable, table: StoreTable, ledger: LedgerType, query: QueryLike | None
    ) -> tuple[Entry, ...]:
        """All entries that match; `key` names the ledger and the condition."""
        known = self._kept.pop(key, ())
        after = (known[-1].number - 1,) if known else None
        read = [
            entry_from_document(row, row.doc_id, ledger)
            for row in table.page(query, limit=_EVERYTHING, after=after).rows
        ]
        if known and read[:1] != [known[-1]]:
            # The last line is gone: it was read in a transaction that came to nothing, and others may be too.
            return self.entries(key, table, ledger, query)
        found = (*known, *read[1:]) if known else tuple(read)
        self._kept[key] = found
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

"""The store: TinyDB's database on one SQLite file, shared by all sessions and written through the journal."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from tinydb import TinyDB

from core.store.copying import copy_store
from core.store.entitlement import Entitlement
from core.store.indexes import index_names
from core.store.links import microseconds, recorded_time
from core.store.opening import FORMAT
from core.store.storage import SqliteStorage
from core.store.table import StoreTable
from core.store.transaction import Transaction

LONE_WRITE = "table"
"""The act under which a lone write is recorded where the store records them by itself."""


class Store(TinyDB):
    """A store of documents with TinyDB's interface; one thread uses one `Store`.

    `path` is a file, made with mode 0600 when absent, or ``:memory:``. `timeout` is how many seconds a writer waits
    for the others before `StoreBusy`. With ``recording="automatic"`` a write outside a transaction is recorded on
    its own; otherwise it raises `Unrecorded`. A store of an earlier format than `oldest` is not opened. Opening raises
    `StoreTooNew`, `StoreTooOld` or `StoreFailed`.
    """

    table_class = StoreTable  # type: ignore[assignment]  # TinyDB declares the plain one
    default_storage_class = SqliteStorage  # type: ignore[assignment]  # likewise
    _storage: SqliteStorage

    def __init__(
        self,
        path: str | Path,
        *,
        synchronous: str = "FULL",
        timeout: float = 30.0,
        recording: Literal["required", "automatic"] = "required",
        oldest: int = FORMAT,
    ) -> None:
        super().__init__(path, synchronous, timeout, oldest)
        if recording == "automatic":
            self._storage.unattended = lambda: self._begin("", LONE_WRITE)

    def transaction(
        self,
        actor: str,
        act: str,
        *,
        on_behalf: str = "",
        matter: str = "",
        session: str = "",
        rulebook: str = "",
        at: datetime | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> AbstractContextManager[Transaction]:
        """One act: everything written in the block and its journal entry are committed together or not at all.

        `at` without a zone is Beijing time. Inside another transaction this one joins it and its header is not used.
        Entering raises `StoreBusy`, and `NotEntitled` where the actor may not act; leaving raises `StoreError` when a
        step failed although its error was caught, and `StoreFailed` when the disk refuses.
        """
        outer = self._storage.current
        if outer is not None:
            return outer.step
        return self._begin(
            actor, act, on_behalf=on_behalf, matter=matter, session=session, rulebook=rulebook, at=at, detail=detail
        )

    @contextmanager
    def before(self, actor: str, *, session: str = "", at: datetime) -> Iterator[None]:
        """The store as it is at one moment, for a look at what an act would come to; raises `NotEntitled` likewise."""
        with self._storage.snapshot():
            Entitlement(self, actor, session, recorded_time(microseconds(at)).date())
            yield

    def table(self, name: str, **options: Any) -> StoreTable:
        """The table of that name; it comes into being with its first document."""
        found = super().table(name, **options)
        assert isinstance(found, StoreTable)
        return found

    def tables(self) -> set[str]:
        """The names of all tables."""
        return set(self._storage.table_names())

    def drop_table(self, name: str) -> None:
        """Removes a table with all its documents; the journal keeps them."""
        self.table(name).drop()
        del self._tables[name]

    def indexes(self) -> frozenset[str]:
        """The names of all indexes, as `Index.name` gives them."""
        return index_names(self._storage)

    def meta(self, key: str) -> str | None:
        """One of the store's own settings, set by `Transaction.set_meta`; None when it was never set."""
        found = self._storage.rows("SELECT value FROM meta WHERE key=?", (key,))
        return str(found[0][0]) if found else None

    def backup(self, path: str | Path) -> None:
        """Writes a complete, checked copy to a new file while the store stays in use.

        Raises `StoreError` when the file exists, `StoreFailed` when it cannot be written or does not check.
        """
        copy_store(self._storage, Path(path))

    @property
    def storage(self) -> SqliteStorage:
        """The engine beneath."""
        return self._storage

    def _begin(self, actor: str, act: str, **header: Any) -> Transaction:
        entitled = partial(Entitlement, self)
        return Transaction(self._storage, actor, act, entitled=entitled, **header)

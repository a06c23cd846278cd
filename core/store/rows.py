"""The rows of one table of documents; every change leaves its image with the transaction."""

import sqlite3
from collections.abc import Iterable, Iterator

from core.errors import Conflict
from core.store.engine import Engine, Row, sql_name
from core.store.transaction import Transaction
from core.store.values import check_text

_BATCH = 500
_LOWEST_ID = -(2**63) + 1


class Rows:
    """Row-level access to the SQL table behind one TinyDB table. Writing methods need the current transaction."""

    def __init__(self, engine: Engine, name: str) -> None:
        check_text(name, "表名")
        self.engine = engine
        self.name = name
        self.sql = sql_name("d_", name)
        self.select = f"SELECT id, rev, doc FROM {self.sql}"
        self._insert = f"INSERT INTO {self.sql}(id, rev, doc) VALUES (?,1,?)"
        self._replace = f"UPDATE {self.sql} SET doc=?, rev=rev+1 WHERE id=? AND rev=?"
        self._delete = f"DELETE FROM {self.sql} WHERE id=?"

    def one(self, doc_id: int) -> Row | None:
        """Id, revision and text of the document, or None."""
        found = self.engine.rows(f"{self.select} WHERE id=?", (doc_id,))
        return found[0] if found else None

    def every(self) -> Iterator[Row]:
        """All rows by id, read in batches so that writes in between neither wait nor disturb."""
        last = _LOWEST_ID - 1
        while batch := self.engine.rows(f"{self.select} WHERE id>? ORDER BY id LIMIT {_BATCH}", (last,)):
            yield from batch
            last = batch[-1][0]

    def total(self) -> int:
        """How many documents there are."""
        found = self.engine.rows(f"SELECT count(*) FROM {self.sql}")
        return int(found[0][0]) if found else 0

    def ensure(self) -> None:
        """Creates the SQL table unless it is there."""
        if self.name not in self.engine.known_tables:
            self.engine.execute(
                f"CREATE TABLE IF NOT EXISTS {self.sql}"
                "(id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER NOT NULL, doc TEXT NOT NULL)"
            )
            self.engine.known_tables.add(self.name)

    def add(self, transaction: Transaction, doc_id: int | None, text: str) -> int:
        """Adds a document, under its own id if it brings one; returns the id.

        Raises `ValueError` for an id already in use and `Conflict` for a second document under a unique index.
        """
        self.ensure()
        try:
            added = self.engine.execute(self._insert, (doc_id, text)).lastrowid
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
                raise ValueError(f"{self.name}中已有编号 {doc_id} 的记录，请换一个编号") from None
            raise self._duplicate() from error
        if added is None:
            raise AssertionError("SQLite names the row of every insert")
        transaction.record(self.name, added, 1, text)
        return added

    def replace(self, transaction: Transaction, doc_id: int, revision: int, text: str) -> None:
        """Writes the next revision; raises `Conflict` when the document is no longer at that revision."""
        try:
            changed = self.engine.execute(self._replace, (text, doc_id, revision)).rowcount
        except sqlite3.IntegrityError as error:
            raise self._duplicate() from error
        if changed != 1:
            raise Conflict(f"{self.name}第 {doc_id} 号记录已被其他人改动或删除，请重新打开后再办理")
        transaction.record(self.name, doc_id, revision + 1, text)

    def remove(self, transaction: Transaction, targets: Iterable[tuple[int, int]]) -> None:
        """Removes the documents given by id and revision."""
        for doc_id, revision in targets:
            self.engine.execute(self._delete, (doc_id,))
            transaction.record(self.name, doc_id, revision + 1, None)

    def clear(self, transaction: Transaction) -> None:
        """Removes every document and begins counting ids anew."""
        self.ensure()
        self.remove(transaction, self.engine.rows(f"SELECT id, rev FROM {self.sql}"))
        self.engine.execute("DELETE FROM sqlite_sequence WHERE name=?", (self.sql.strip('"').replace('""', '"'),))

    def drop(self, transaction: Transaction) -> None:
        """Removes every document and the table itself."""
        self.clear(transaction)
        self.engine.execute(f"DROP TABLE {self.sql}")
        self.engine.known_tables.discard(self.name)

    def _duplicate(self) -> Conflict:
        return Conflict(f"{self.name}中已有相同编号或相同内容的记录，不能重复登记，请核对")

"""The rows of one table of documents; every change leaves its image with the transaction."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from core.errors import Conflict
from core.store.columns import NO_COLUMNS, TABLE_PREFIX, Columns, Held, column_name
from core.store.document import StoreDocument
from core.store.engine import Engine, Row
from core.store.names import sql_name, stored_name
from core.store.paths import Path, value
from core.store.transaction import Transaction
from core.store.values import check_text, decode, encode_document
from core.store.words import Words

_BATCH = 500
_LOWEST_ID = -(2**63) + 1


class Rows:
    """Row-level access to the SQL table behind one TinyDB table. Writing methods need the current transaction."""

    def __init__(self, engine: Engine, name: str) -> None:
        check_text(name, "表名")
        self.engine = engine
        self.name = name
        self._stored_name = stored_name(TABLE_PREFIX, name)
        self.sql = sql_name(self._stored_name)
        self.select = f"SELECT id, rev, doc FROM {self.sql}"
        self.words = Words(engine, name)
        self._delete = f"DELETE FROM {self.sql} WHERE id=?"

    @property
    def columns(self) -> Columns:
        """The columns that the table has now."""
        return self.engine.columns(self._stored_name) or NO_COLUMNS

    def document(self, doc_id: int, revision: int, text: str) -> StoreDocument:
        """The document of a row; read within a transaction it remembers what it was read from."""
        document = StoreDocument(decode(text), doc_id, revision)
        if self.engine.current is not None:
            document.read = (self.columns, text)
        return document

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

    def disagreeing(self) -> int | None:
        """The id of a document of which a column holds something else than the document; None where all agree."""
        columns = self.columns
        if not columns.names:
            return None
        differs = " OR ".join(
            f"{name} IS NOT {value(path)} OR typeof({name})<>typeof({value(path)})"
            for name, path in zip(columns.names, columns.paths, strict=True)
        )
        # SQLite may read a number of the text differently in its last place, so Python has the last word.
        for doc_id, text, *held in self.engine.stream(
            f"SELECT id, doc, {','.join(columns.names)} FROM {self.sql} WHERE {differs}"
        ):
            if _changed(columns, tuple(held), columns.held(decode(text))):
                return int(doc_id)
        return None

    def total(self) -> int:
        """How many documents there are."""
        found = self.engine.rows(f"SELECT count(*) FROM {self.sql}")
        return int(found[0][0]) if found else 0

    def ensure(self) -> None:
        """Creates the SQL table unless it is there."""
        if self.engine.columns(self._stored_name) is None:
            self.engine.restructure(
                f"CREATE TABLE IF NOT EXISTS {self.sql}"
                "(id INTEGER PRIMARY KEY AUTOINCREMENT, rev INTEGER NOT NULL, doc TEXT NOT NULL)"
            )

    def add_columns(self, paths: Iterable[Path]) -> None:
        """Gives each of the fields a column of its own unless it has one, filled from the documents there are."""
        self.ensure()
        before = self.columns.paths
        added = [path for path in dict.fromkeys(paths) if path not in before]
        for path in added:
            self.engine.restructure(f"ALTER TABLE {self.sql} ADD COLUMN {column_name(path)}")
        if added:
            fill = Columns(added)
            sql = f"UPDATE {self.sql} SET {','.join(f'{name}=?' for name in fill.names)} WHERE id=?"
            for doc_id, _, text in self.every():
                self.engine.execute(sql, (*fill.held(decode(text)), doc_id))

    def keep_words(self, paths: Sequence[Path]) -> None:
        """Keeps the words of the fields from now on, those of the documents there are first of all."""
        self.add_columns(paths)
        self.words.create(paths)
        columns = self.columns
        for doc_id, _, text in self.every():
            self.words.add(columns, doc_id, columns.held(decode(text)))

    def add(self, transaction: Transaction, doc_id: int | None, document: Mapping[str, Any]) -> int:
        """Adds a document, under its own id if it brings one; returns the id.

        Raises `ValueError` for an id already in use and `Conflict` for a second document under a unique index.
        """
        self.ensure()
        text, columns = encode_document(document), self.columns
        held = columns.held(document)
        names = "".join(f",{name}" for name in columns.names)
        sql = f"INSERT INTO {self.sql}(id,rev,doc{names}) VALUES (?,1,?{',?' * len(columns.names)})"
        try:
            added = self.engine.execute(sql, (doc_id, text, *held)).lastrowid
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
                raise ValueError(f"{self.name}中已有编号 {doc_id} 的记录，请换一个编号") from None
            raise self._duplicate() from error
        if added is None:
            raise AssertionError("SQLite names the row of every insert")
        if columns.searched:
            self.words.add(columns, added, held)
        transaction.record(self.name, added, 1, text)
        return added

    def replace(
        self,
        transaction: Transaction,
        doc_id: int,
        revision: int,
        document: Mapping[str, Any],
        read: tuple[Columns, str] | None = None,
    ) -> None:
        """Writes the next revision; raises `Conflict` when the document is no longer at that revision.

        Of the columns only those are written that no longer hold what was `read`, so that no other index is touched.
        """
        text, columns = encode_document(document), self.columns
        held = columns.held(document)
        same = read is not None and read[0] is columns
        before = columns.held(decode(read[1])) if read and same else self._kept(columns, doc_id)
        changed = _changed(columns, before, held)
        sets = "".join(f", {name}=?" for name in changed)
        sql = f"UPDATE {self.sql} SET doc=?, rev=rev+1{sets} WHERE id=? AND rev=?"
        try:
            written = self.engine.execute(sql, (text, *changed.values(), doc_id, revision)).rowcount
        except sqlite3.IntegrityError as error:
            raise self._duplicate() from error
        if written != 1:
            raise Conflict(f"{self.name}第 {doc_id} 号记录已被其他人改动或删除，请重新打开后再办理")
        if columns.searched and columns.searchable(before) != columns.searchable(held):
            self.words.remove(columns, doc_id, before)
            self.words.add(columns, doc_id, held)
        transaction.record(self.name, doc_id, revision + 1, text)

    def _kept(self, columns: Columns, doc_id: int) -> Held:
        """What the columns of a document hold; nothing where there is no such document."""
        if not columns.names:
            return ()
        found = self.engine.rows(f"SELECT {','.join(columns.names)} FROM {self.sql} WHERE id=?", (doc_id,))
        return found[0] if found else columns.held({})

    def remove(self, transaction: Transaction, targets: Iterable[tuple[int, int]]) -> None:
        """Removes the documents given by id and revision."""
        columns = self.columns
        for doc_id, revision in targets:
            if columns.searched:
                self.words.remove(columns, doc_id, self._kept(columns, doc_id))
            self.engine.execute(self._delete, (doc_id,))
            transaction.record(self.name, doc_id, revision + 1, None)

    def clear(self, transaction: Transaction) -> None:
        """Removes every document and begins counting ids anew."""
        self.ensure()
        self.remove(transaction, self.engine.rows(f"SELECT id, rev FROM {self.sql}"))
        self.engine.execute("DELETE FROM sqlite_sequence WHERE name=?", (self._stored_name,))

    def drop(self, transaction: Transaction) -> None:
        """Removes every document and the table itself."""
        self.clear(transaction)
        if self.columns.searched:
            self.words.drop()
        self.engine.restructure(f"DROP TABLE {self.sql}")

    def _duplicate(self) -> Conflict:
        return Conflict(f"{self.name}中已有相同编号或相同内容的记录，不能重复登记，请核对")


def _changed(columns: Columns, before: Held, now: Held) -> dict[str, object]:
    """What each column that has to be written is to hold."""
    return {
        name: new
        for name, old, new in zip(columns.names, before, now, strict=True)
        if old != new or type(old) is not type(new)
    }

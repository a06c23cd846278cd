"""TinyDB's table on rows of SQLite: the same calls, one document read or written at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any

from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from core.store.document import StoreDocument
from core.store.engine import Engine
from core.store.indexes import create_index, create_words, lacks_words
from core.store.listing import Listing
from core.store.pages import Key, Page
from core.store.rows import Rows
from core.store.storage import SqliteStorage
from core.store.values import encode

Change = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]

_PAGE = 500
"""How many documents are read at once where all are wanted."""


class StoreTable(Table):
    """A table of documents, shared by all sessions.

    Results are always fresh copies; nothing is cached, since another session may write at any time. Every writing
    call is all or nothing, and outside a transaction raises `Unrecorded` unless the store records lone writes.
    """

    document_class = StoreDocument
    default_query_cache_capacity = 0

    def __init__(self, storage: SqliteStorage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size=0)
        self._engine: Engine = storage
        self._rows = Rows(storage, name)
        self._listing = Listing(self._rows)
        if persist_empty:
            with self._engine.writing():
                self._rows.ensure()

    def __iter__(self) -> Iterator[StoreDocument]:
        return (self._rows.document(*row) for row in self._rows.every())

    def __len__(self) -> int:
        return self._rows.total()

    def all(self) -> list[StoreDocument]:  # type: ignore[override]  # a list of what TinyDB lists, and more
        """All documents by id."""
        return list(self)

    def search(self, cond: QueryLike) -> list[StoreDocument]:  # type: ignore[override]  # likewise
        """All matching documents by id."""
        return self._listing.matching(cond)

    def get(
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: Iterable[int] | None = None
    ) -> Any:
        """The document of that id or the first match, or None; with `doc_ids`, the list of those that exist."""
        if doc_id is not None:
            row = self._rows.one(doc_id)
            return None if row is None else self._rows.document(*row)
        if doc_ids is not None:
            wanted = encode([int(each) for each in doc_ids])
            where = f"{self._rows.select} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
            return [self._rows.document(*row) for row in self._engine.rows(where, (wanted,))]
        if cond is not None:
            return self._listing.first(cond)
        raise RuntimeError("查一份记录，须给出条件或者编号")

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """Whether there is a document of that id, or a match."""
        if cond is not None and doc_id is None:
            return self._listing.any(cond)
        return self.get(cond, doc_id) is not None

    def count(self, cond: QueryLike) -> int:
        """How many documents match."""
        return self._listing.count(cond)

    def total(self, path: str, cond: QueryLike | None = None) -> int:
        """The sum of an integer field over the matching documents; absent and null count nothing.

        Raises `ValueError` when a matching document holds anything but an integer there.
        """
        return self._listing.total(path, cond)

    def values(self, cond: QueryLike | None, *paths: str) -> list[tuple[object, ...]]:
        """Plain fields (texts, numbers) of all matching documents, in no order; much faster than the documents."""
        return self._listing.values(cond, paths)

    def page(
        self,
        cond: QueryLike | None = None,
        *,
        order: Sequence[str] = (),
        descending: bool = False,
        limit: int = 50,
        after: Sequence[object] | None = None,
        before: Sequence[object] | None = None,
    ) -> Page:
        """Up to `limit` matches in the order of the fields named and the id, after or before a row's key."""
        return self._listing.page(cond, order, descending, limit, _key(after), _key(before))

    def each(
        self, cond: QueryLike | None = None, *, order: Sequence[str] = (), descending: bool = False
    ) -> Iterator[StoreDocument]:
        """Every match in the order of the fields named and the id, read page by page and never held whole."""
        after = None
        while True:
            page = self.page(cond, order=order, descending=descending, limit=_PAGE, after=after)
            yield from page.rows
            after = page.next
            if after is None:
                return

    def explain(
        self,
        cond: QueryLike | None = None,
        *,
        order: Sequence[str] = (),
        descending: bool = False,
        after: Sequence[object] | None = None,
    ) -> list[str]:
        """SQLite's plan for a page, one line a step; ``SCAN`` without an index means reading the whole table."""
        return self._listing.explain(cond, order, descending, _key(after))

    def index(self, *paths: str, unique: bool = False, sparse: bool = False) -> None:
        """Makes one index over the fields named, in that order, unless it is there; dots lead into mappings.

        With `unique`, a second document with the same values raises `Conflict`. With `sparse`, only documents that
        have the last field are in it: it serves whoever asks for a value of that field, and orders nothing.
        """
        create_index(self._rows, paths, unique=unique, sparse=sparse)

    def searchable(self, *paths: str) -> None:
        """Keeps the words of the fields named, once for a table, so that `find` need not read all documents.

        Nothing where this machine's SQLite has no FTS5.
        """
        create_words(self._rows, paths)

    @property
    def lacks_words(self) -> bool:
        """Whether `find` reads all documents though the words of their fields could be kept."""
        return lacks_words(self._rows)

    def find(self, text: str, *paths: str, cond: QueryLike | None = None, limit: int = 50) -> list[StoreDocument]:
        """Up to `limit` documents, newest first, of which one of the fields named is a text that holds `text`.

        Where the words of these fields are not kept, only the newest thousands of documents are looked at.
        """
        return self._listing.find(text, paths, cond, limit)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Adds a document and returns its id."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Adds documents, all or none, and returns their ids; a `Document` keeps the id it brings."""
        added = []
        with self._engine.writing() as transaction:
            for document in documents:
                if not isinstance(document, Mapping):
                    raise ValueError("要保存的不是一份记录，请给出字段与值")
                own_id = document.doc_id if isinstance(document, Document) else None
                added.append(self._rows.add(transaction, own_id, document))
        return added

    def put(self, document: StoreDocument) -> None:
        """Writes back a document that was read from this table; raises `Conflict` if it has changed since."""
        with self._engine.writing() as transaction:
            self._rows.replace(transaction, document.doc_id, document.rev, document, document.read)
        document.rev, document.read = document.rev + 1, None

    def update(self, fields: Change, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Changes every matching document and returns their ids."""
        with self._engine.writing() as transaction:
            targets = self._targets(cond, doc_ids)
            for document in targets:
                if callable(fields):
                    fields(document)
                else:
                    document.update(fields)
                self._rows.replace(transaction, document.doc_id, document.rev, document, document.read)
        return [document.doc_id for document in targets]

    def update_multiple(self, updates: Iterable[tuple[Change, QueryLike]]) -> list[int]:
        """Applies each change to the documents matching its condition, all or nothing."""
        with self._engine.writing():
            return [doc_id for fields, cond in updates for doc_id in self.update(fields, cond)]

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Changes the matching documents, or adds the document when none matches."""
        with self._engine.writing():
            if cond is not None:
                return self.update(document, cond) or [self.insert(document)]
            if isinstance(document, Document):
                return self.update(document, doc_ids=[document.doc_id]) or [self.insert(document)]
            raise ValueError("更新或新增，须给出条件或者带编号的记录")

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Removes the matching documents and returns their ids; the journal keeps that they were removed."""
        if cond is None and doc_ids is None:
            raise RuntimeError("删除全部记录请用清空")
        with self._engine.writing() as transaction:
            targets = [(document.doc_id, document.rev) for document in self._targets(cond, doc_ids)]
            self._rows.remove(transaction, targets)
        return [doc_id for doc_id, _ in targets]

    def truncate(self) -> None:
        """Removes every document and counts ids from 1 again."""
        with self._engine.writing() as transaction:
            self._rows.clear(transaction)

    def drop(self) -> None:
        """Removes every document and the table itself."""
        with self._engine.writing() as transaction:
            self._rows.drop(transaction)

    def _targets(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[StoreDocument]:
        if doc_ids is not None:
            found = [self._rows.one(int(doc_id)) for doc_id in dict.fromkeys(doc_ids)]
            return [self._rows.document(*row) for row in found if row is not None]
        return self._listing.matching(cond)


def _key(given: Sequence[object] | None) -> Key | None:
    return None if given is None else tuple(given)

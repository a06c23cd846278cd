"""Reading a table by condition and order: searches, pages, counts and sums."""

from collections.abc import Iterable, Sequence
from itertools import islice

from tinydb.queries import QueryLike

from core.store.document import StoreDocument
from core.store.engine import Row
from core.store.pages import Key, Order, Page, Stretch
from core.store.paths import kind, split
from core.store.pushdown import Narrowed, narrow
from core.store.rows import Rows
from core.store.words import holds, sought

_LOOKED_AT = 2000
"""Documents, newest first, that a search for a text looks at where no words are kept."""


class Listing:
    """The reading side of one table."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._engine = rows.engine

    def matching(self, cond: QueryLike | None) -> list[StoreDocument]:
        """All matching documents by id."""
        clause = narrow(cond, self._rows.columns)
        # Sorted here, since sorting in SQL would tempt the planner away from the condition's index.
        found = sorted(self._engine.rows(f"{self._rows.select} WHERE {clause.sql}", clause.parameters))
        documents = [self._rows.document(*row) for row in found]
        if clause.exact or cond is None:
            return documents
        return [document for document in documents if cond(document)]

    def first(self, cond: QueryLike) -> StoreDocument | None:
        """The matching document of the lowest id."""
        clause = narrow(cond, self._rows.columns)
        sql = f"{self._rows.select} WHERE {clause.sql} ORDER BY id"
        if clause.exact:
            found = self._engine.rows(f"{sql} LIMIT 1", clause.parameters)
            return self._rows.document(*found[0]) if found else None
        candidates = (self._rows.document(*row) for row in self._engine.stream(sql, clause.parameters))
        return next((document for document in candidates if cond(document)), None)

    def any(self, cond: QueryLike) -> bool:
        """Whether a document matches."""
        clause = narrow(cond, self._rows.columns)
        if not clause.exact:
            return self.first(cond) is not None
        return bool(self._engine.rows(f"SELECT 1 FROM {self._rows.sql} WHERE {clause.sql} LIMIT 1", clause.parameters))

    def count(self, cond: QueryLike) -> int:
        """How many documents match."""
        clause = narrow(cond, self._rows.columns)
        if not clause.exact:
            return len(self.matching(cond))
        found = self._engine.rows(f"SELECT count(*) FROM {self._rows.sql} WHERE {clause.sql}", clause.parameters)
        return int(found[0][0]) if found else 0

    def total(self, path: str, cond: QueryLike | None) -> int:
        """The sum of an integer field over the matching documents."""
        fields = split(path)
        columns = self._rows.columns
        clause = narrow(cond, columns)
        if clause.exact:
            sql = (
                f"SELECT coalesce(sum({columns.value(fields)}) FILTER (WHERE {kind(fields)}='integer'), 0), "
                f"count(*) FILTER (WHERE {kind(fields)} NOT IN ('integer','null')) "
                f"FROM {self._rows.sql} WHERE {clause.sql}"
            )
            found = self._engine.rows(sql, clause.parameters)
            amount, strangers = found[0] if found else (0, 0)
        else:
            held = [_field(document, fields) for document in self.matching(cond)]
            strangers = sum(not (each is None or type(each) is int) for each in held)
            amount = sum(each for each in held if type(each) is int)
        if strangers:
            raise ValueError(f"{self._rows.name}有 {strangers} 份记录的“{path}”不是整数，不能合计，请先更正")
        return int(amount)

    def values(self, cond: QueryLike | None, paths: Sequence[str]) -> list[tuple[object, ...]]:
        """The fields named of every match, without the documents; null where one is absent."""
        fields = [split(path) for path in paths]
        columns = self._rows.columns
        clause = narrow(cond, columns)
        if not clause.exact:
            return [tuple(_field(document, field) for field in fields) for document in self.matching(cond)]
        wanted = ", ".join(columns.value(field) for field in fields)
        return self._engine.rows(f"SELECT {wanted} FROM {self._rows.sql} WHERE {clause.sql}", clause.parameters)

    def page(
        self,
        cond: QueryLike | None,
        order: Sequence[str],
        descending: bool,
        limit: int,
        after: Key | None,
        before: Key | None,
    ) -> Page:
        """Up to `limit` matches after or before a key."""
        if limit < 1 or (after is not None and before is not None):
            raise ValueError("每页至少一行，且只能朝一个方向翻页")
        columns = self._rows.columns
        clause = narrow(cond, columns)
        reading = Order(columns, order, descending=descending ^ (before is not None), fixed=clause.fixed)
        found = self._read(cond, clause, reading, after if before is None else before, limit + 1)
        more = len(found) > limit
        del found[limit:]
        if before is not None:
            found.reverse()
        keys = [key for key, _ in found]
        onward = keys[-1] if keys and (more or before is not None) else None
        back = keys[0] if keys and (after is not None if before is None else more) else None
        return Page([document for _, document in found], onward, back)

    def find(self, text: str, paths: Sequence[str], cond: QueryLike | None, limit: int) -> list[StoreDocument]:
        """Up to `limit` matches of which one of the fields holds the text, newest first."""
        columns, fields = self._rows.columns, [split(path) for path in paths]
        clause = narrow(cond, columns)
        if text and set(fields) <= set(columns.searched_paths):
            words = self._rows.words.sql
            sql = (
                f"SELECT id, rev, doc FROM {words} CROSS JOIN {self._rows.sql} ON id={words}.rowid "
                f"WHERE {words} MATCH ? AND ({clause.sql}) ORDER BY {words}.rowid DESC"
            )
            found = self._engine.stream(sql, (sought(text), *clause.parameters))
        else:
            sql = f"{self._rows.select} WHERE {clause.sql} ORDER BY id DESC LIMIT {_LOOKED_AT}"
            found = self._engine.stream(sql, clause.parameters)
        documents = (self._rows.document(*row) for row in found)
        matching = (each for each in documents if holds(each, fields, text))
        return list(islice((each for each in matching if clause.exact or cond is None or cond(each)), limit))

    def explain(self, cond: QueryLike | None, order: Sequence[str], descending: bool, after: Key | None) -> list[str]:
        """SQLite's plan for a page, one line a step."""
        columns = self._rows.columns
        clause = narrow(cond, columns)
        reading = Order(columns, order, descending=descending, fixed=clause.fixed)
        lines = []
        for stretch in reading.stretches(after):
            sql, parameters = self._query(clause, reading, stretch)
            lines += [str(row[-1]) for row in self._engine.rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]
        return lines

    def _read(
        self, cond: QueryLike | None, clause: Narrowed, order: Order, after: Key | None, limit: int
    ) -> list[tuple[Key, StoreDocument]]:
        found: list[tuple[Key, StoreDocument]] = []
        for stretch in order.stretches(after):
            sql, parameters = self._query(clause, order, stretch)
            rows: Iterable[Row] = (
                self._engine.rows(f"{sql} LIMIT {limit - len(found)}", parameters)
                if clause.exact
                else self._engine.stream(sql, parameters)
            )
            for doc_id, revision, text, *fields in rows:
                document = self._rows.document(doc_id, revision, text)
                if clause.exact or cond is None or cond(document):
                    found.append(((*fields, doc_id), document))
                    if len(found) == limit:
                        return found
        return found

    def _query(self, clause: Narrowed, order: Order, stretch: Stretch) -> tuple[str, list[object]]:
        fields = "".join(f", {field}" for field in order.fields)
        sql = (
            f"SELECT id, rev, doc{fields} FROM {self._rows.sql} "
            f"WHERE ({clause.sql}) AND {stretch.sql} ORDER BY {stretch.order}"
        )
        return sql, [*clause.parameters, *stretch.parameters]


def _field(document: StoreDocument, path: tuple[str, ...]) -> object:
    held: object = document
    for part in path:
        held = held.get(part) if isinstance(held, dict) else None
    return held

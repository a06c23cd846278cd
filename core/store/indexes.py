"""Indexes over the fields of a table."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from core.errors import Conflict
from core.store.columns import column_name
from core.store.engine import Engine
from core.store.names import sql_name, stored_name
from core.store.paths import split
from core.store.rows import Rows


@dataclass(frozen=True, slots=True)
class Index:
    """An index over fields of the documents of a table, in that order.

    A sparse one holds only the documents that have the last field, and is written only with them.
    """

    table: str
    paths: tuple[str, ...]
    unique: bool = False
    sparse: bool = False

    @property
    def name(self) -> str:
        """What it is called in the store."""
        prefix = "u_" if self.unique else "p_" if self.sparse else "i_"
        return stored_name(prefix, f"{self.table}:{','.join(self.paths)}")


def index_names(engine: Engine) -> frozenset[str]:
    """The names of all indexes there are."""
    return frozenset(str(name) for (name,) in engine.rows("SELECT name FROM sqlite_master WHERE type='index'"))


def create_index(rows: Rows, paths: Sequence[str], *, unique: bool, sparse: bool) -> None:
    """Makes one index over the fields, unless it is there; each field is kept in a column of its own from then on.

    A sparse one takes the place of a full one over the same fields. An index changes no document and leaves no
    journal entry. Raises `Conflict` when a unique one finds documents that are already alike.
    """
    if not paths:
        raise ValueError("建立索引须指明字段")
    fields = [split(path) for path in paths]
    name, full = Index(rows.name, tuple(paths), unique, sparse).name, Index(rows.name, tuple(paths)).name
    engine = rows.engine
    if engine.rows("SELECT 1 FROM sqlite_master WHERE type='index' AND name=?", (name,)):
        return
    columns, kind = ",".join(map(column_name, fields)), "UNIQUE INDEX" if unique else "INDEX"
    held = f" WHERE {column_name(fields[-1])} IS NOT NULL" if sparse else ""
    try:
        with _building(engine):
            rows.add_columns(fields)
            engine.restructure(f"CREATE {kind} IF NOT EXISTS {sql_name(name)} ON {rows.sql}({columns}){held}")
            if sparse:
                engine.restructure(f"DROP INDEX IF EXISTS {sql_name(full)}")
    except sqlite3.IntegrityError as error:
        raise Conflict(f"{rows.name}中已有重复的“{'、'.join(paths)}”，不能设为唯一，请先更正") from error


def create_words(rows: Rows, paths: Sequence[str]) -> None:
    """Keeps the words of the fields, unless words of the table are kept; nothing where SQLite has no FTS5."""
    if not paths:
        raise ValueError("设定查找须指明字段")
    fields = [split(path) for path in paths]
    if not lacks_words(rows):
        return
    with _building(rows.engine):
        if not rows.columns.searched:
            rows.keep_words(fields)


def lacks_words(rows: Rows) -> bool:
    """Whether no words of the table are kept though this machine's SQLite could."""
    if rows.columns.searched:
        return False
    return bool(rows.engine.rows("SELECT 1 FROM pragma_module_list WHERE name='fts5'"))


@contextmanager
def _building(engine: Engine) -> Iterator[None]:
    """Within the act under way, or all or nothing by itself."""
    if engine.current is not None:
        yield
        return
    engine.begin()
    try:
        yield
    except BaseException:
        engine.rollback()
        raise
    engine.commit()

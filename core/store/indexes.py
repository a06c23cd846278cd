"""Indexes over the fields of a table."""

import sqlite3
from collections.abc import Sequence

from core.errors import Conflict
from core.store.columns import column_name
from core.store.names import sql_name, stored_name
from core.store.paths import split
from core.store.rows import Rows


def create_index(rows: Rows, paths: Sequence[str], *, unique: bool) -> None:
    """Makes one index over the fields, unless it is there; each field is kept in a column of its own from then on.

    An index changes no document and leaves no journal entry. Raises `Conflict` when a unique one finds documents
    that are already alike.
    """
    if not paths:
        raise ValueError("建立索引须指明字段")
    fields = [split(path) for path in paths]
    name = stored_name("u_" if unique else "i_", f"{rows.name}:{','.join(paths)}")
    engine = rows.engine
    if engine.rows("SELECT 1 FROM sqlite_master WHERE type='index' AND name=?", (name,)):
        return
    columns = ",".join(map(column_name, fields))
    lone = engine.current is None
    if lone:
        engine.begin()
    try:
        rows.add_columns(fields)
        kind = "UNIQUE INDEX" if unique else "INDEX"
        engine.restructure(f"CREATE {kind} IF NOT EXISTS {sql_name(name)} ON {rows.sql}({columns})")
    except BaseException as error:
        if lone:
            engine.rollback()
        if isinstance(error, sqlite3.IntegrityError):
            raise Conflict(f"{rows.name}中已有重复的“{'、'.join(paths)}”，不能设为唯一，请先更正") from error
        raise
    if lone:
        engine.commit()

"""Expression indexes over the fields of a table."""

import sqlite3
from collections.abc import Sequence

from core.errors import Conflict
from core.store.engine import sql_name
from core.store.paths import split, value
from core.store.rows import Rows


def create_index(rows: Rows, paths: Sequence[str], *, unique: bool) -> None:
    """Makes one index over the fields, unless it is there.

    An index changes no document and leaves no journal entry. Raises `Conflict` when a unique one finds documents
    that are already alike.
    """
    if not paths:
        raise ValueError("建立索引须指明字段")
    fields = ",".join(value(split(path)) for path in paths)
    name = sql_name("u_" if unique else "i_", f"{rows.name}:{','.join(paths)}")
    engine = rows.engine
    plain = name[1:-1].replace('""', '"')
    if engine.rows("SELECT 1 FROM sqlite_master WHERE type='index' AND name=?", (plain,)):
        return
    lone = engine.current is None
    if lone:
        engine.begin()
    try:
        rows.ensure()
        engine.execute(f"CREATE {'UNIQUE ' if unique else ''}INDEX IF NOT EXISTS {name} ON {rows.sql}({fields})")
    except BaseException as error:
        if lone:
            engine.rollback()
        if isinstance(error, sqlite3.IntegrityError):
            raise Conflict(f"{rows.name}中已有重复的“{'、'.join(paths)}”，不能设为唯一，请先更正") from error
        raise
    if lone:
        engine.commit()

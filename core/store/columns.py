"""The indexed fields of a table, each kept in a column of its own beside the document.

An index over a column is written only when that field changes; one over an expression of the document would be
written with every change of the document.
"""

import sqlite3
from collections.abc import Mapping, Sequence

from core.store.names import sql_name, stored_name, told_name
from core.store.paths import Path, split, value
from core.store.values import decode, encode

TABLE_PREFIX, WORDS_PREFIX = "d_", "s_"
"""Stand before the name of every table of documents, and of the words of their texts."""

_FIELD, _WORDS = "f_", "w_"
_PLAIN = frozenset({str, int, float, type(None)})

Held = tuple[object, ...]
"""What a document puts into the columns of its table, in their order."""


class Columns:
    """The columns of one table as they stand, by the path of the field that each keeps; which of them are searched."""

    def __init__(self, paths: Sequence[Path] = (), searched: Sequence[Path] = ()) -> None:
        self.paths = tuple(paths)
        self.names = tuple(column_name(path) for path in self.paths)
        self.searched_paths = tuple(searched)
        self.searched = tuple(words_name(path) for path in self.searched_paths)
        self._by_path = dict(zip(self.paths, self.names, strict=True))
        self._places = [self.paths.index(path) for path in self.searched_paths]

    def value(self, path: Path) -> str:
        """The SQL for a field's value: its column, or an expression of the document where it has none."""
        return self._by_path.get(path) or value(path)

    def held(self, document: Mapping[str, object]) -> Held:
        """What the columns hold for a document: the same as the expressions of its text would give."""
        found = []
        for key, *further in self.paths:
            value: object = document.get(key)
            for part in further:
                value = value.get(part) if isinstance(value, dict) else None
            found.append(value if type(value) in _PLAIN else _stored(value))
        return tuple(found)

    def searchable(self, held: Held) -> Held:
        """Of what the columns hold, what is searched for words."""
        return tuple([held[place] for place in self._places])


NO_COLUMNS = Columns()
"""A table without indexes."""


class Schema:
    """Which tables there are and what columns they have; read once, and again when any session has changed them."""

    def __init__(self) -> None:
        self._version = -1
        self.known: dict[str, Columns | None] = {}
        """The columns of each table asked for so far, None where there is no such table."""

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Forgets what is known if the schema is no longer as it was."""
        version = connection.execute("PRAGMA schema_version").fetchone()[0]
        if version != self._version:
            self._version = version
            self.known.clear()

    def forget(self) -> None:
        """Makes the next question be read from the store."""
        self._version = -1
        self.known.clear()

    def columns(self, connection: sqlite3.Connection, table: str) -> Columns | None:
        """The columns of the table with that SQL name; None when there is no such table."""
        if table not in self.known:
            names = _names(connection, table)
            self.known[table] = Columns(_paths(names, _FIELD), _searched(connection, table)) if names else None
        return self.known[table]


def _names(connection: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[1]) for row in connection.execute(f"PRAGMA table_info({sql_name(table)})")]


def _paths(names: Sequence[str], prefix: str) -> list[Path]:
    return [split(told_name(name, prefix)) for name in names if name.startswith(prefix)]


def _searched(connection: sqlite3.Connection, table: str) -> list[Path]:
    """The fields of which the words are kept; none where this machine's SQLite has no FTS5."""
    try:
        return _paths(_names(connection, f"{WORDS_PREFIX}{table.removeprefix(TABLE_PREFIX)}"), _WORDS)
    except sqlite3.OperationalError as error:
        if str(error).startswith("no such module"):
            return []
        raise


def column_name(path: Path) -> str:
    """The quoted name of the column that keeps a field."""
    return sql_name(stored_name(_FIELD, ".".join(path)))


def words_name(path: Path) -> str:
    """The quoted name, among the words of a table, of those of one field."""
    return sql_name(stored_name(_WORDS, ".".join(path)))


def _stored(value: object) -> object:
    """What SQLite makes of a value that is not plainly a text or a number."""
    if isinstance(value, bool):
        return int(value)
    text = encode(value)
    return text if isinstance(plain := decode(text), list | dict) else plain

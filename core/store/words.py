"""Words within the texts of a table, found by an index of every two characters that stand together.

SQLite's own tokenizers know no words of Chinese. Here each pair of neighbouring characters is one term of an FTS5
table beside the documents; a search asks for all pairs of what is sought, and Python decides on what comes back.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from core.store.columns import WORDS_PREFIX, Columns, Held, words_name
from core.store.engine import Engine
from core.store.names import sql_name, stored_name
from core.store.paths import Path

_OPTIONS = "content='', columnsize=0, detail=none"


class Words:
    """The words of one table's searchable fields. Writing needs the current transaction."""

    def __init__(self, engine: Engine, table: str) -> None:
        self._engine = engine
        self.sql = sql_name(stored_name(WORDS_PREFIX, table))

    def create(self, paths: Sequence[Path]) -> None:
        """Makes the index over the fields, empty."""
        names = map(words_name, paths)
        self._engine.restructure(f"CREATE VIRTUAL TABLE {self.sql} USING fts5({','.join(names)}, {_OPTIONS})")

    def add(self, columns: Columns, doc_id: int, held: Held) -> None:
        """Takes up the words of a document that is new, or was taken out before."""
        names, marks = ",".join(columns.searched), ",?" * len(columns.searched)
        terms = [_terms(each) for each in columns.searchable(held)]
        self._engine.execute(f"INSERT INTO {self.sql}(rowid,{names}) VALUES (?{marks})", (doc_id, *terms))

    def remove(self, columns: Columns, doc_id: int, held: Held) -> None:
        """Takes out the words of a document, given what its columns hold."""
        names, marks = ",".join(columns.searched), ",?" * len(columns.searched)
        terms = [_terms(each) for each in columns.searchable(held)]
        sql = f"INSERT INTO {self.sql}({self.sql},rowid,{names}) VALUES ('delete',?{marks})"
        self._engine.execute(sql, (doc_id, *terms))

    def clear(self) -> None:
        """Takes out the words of every document."""
        self._engine.execute(f"INSERT INTO {self.sql}({self.sql}) VALUES ('delete-all')")

    def drop(self) -> None:
        """Removes the index."""
        self._engine.restructure(f"DROP TABLE {self.sql}")


def sought(text: str) -> str:
    """The FTS5 expression for every text that may hold `text`, which is not empty."""
    if len(text) == 1:
        return f"{_term(text, '')}*"
    return " AND ".join(dict.fromkeys(_term(one, other) for one, other in pairwise(text)))


def holds(document: Mapping[str, object], paths: Sequence[Path], text: str) -> bool:
    """Whether one of the fields of a document is a text that holds `text`."""
    for path in paths:
        held: object = document
        for part in path:
            held = held.get(part) if isinstance(held, Mapping) else None
        if isinstance(held, str) and text in held:
            return True
    return False


def _terms(held: object) -> str:
    """The terms of what a column holds: its pairs of characters, the last character alone."""
    if not isinstance(held, str):
        return ""
    return " ".join(_term(one, other) for one, other in pairwise((*held, "")))


def _term(one: str, other: str) -> str:
    # Spelt in digits, so that no tokenizer folds, joins or drops a character.
    return f"{ord(one):x}g{ord(other):x}" if other else f"{ord(one):x}g"

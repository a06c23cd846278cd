"""A stored document: its fields, its id, and the revision at which it was read."""

from collections.abc import Mapping
from typing import Any

from tinydb.table import Document

from core.store.columns import Columns


class StoreDocument(Document):
    """TinyDB's document with the revision that `put` compares; 0 for one that was not read from the store."""

    def __init__(self, value: Mapping[Any, Any], doc_id: int, rev: int = 0) -> None:
        super().__init__(value, doc_id)
        self.rev = rev
        self.read: tuple[Columns, str] | None = None
        """The columns and the text it had when it was read in order to be changed; None where that is not known."""

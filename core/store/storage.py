"""TinyDB's storage protocol over the engine: the whole store as one mapping, for import, export and old plug-ins."""

from collections.abc import Mapping
from typing import Any

from tinydb.storages import Storage

from core.store.engine import Engine
from core.store.rows import Rows
from core.store.transaction import Transaction
from core.store.values import decode, encode_document

Everything = dict[str, dict[str, Any]]


class SqliteStorage(Engine, Storage):
    """An engine that also answers TinyDB's whole-database calls; tables never use them."""

    def read(self) -> Everything | None:
        """Every document of every table by its id as text; None for a store without tables."""
        everything = {
            name: {str(doc_id): decode(text) for doc_id, _, text in Rows(self, name).every()}
            for name in self.table_names()
        }
        return everything or None

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Makes the documents those given; only what differs is written, and all of that is recorded."""
        with self.writing() as transaction:
            for name in self.table_names():
                if name not in data:
                    Rows(self, name).drop(transaction)
            for name, documents in data.items():
                _write_table(Rows(self, name), transaction, documents)


def _write_table(rows: Rows, transaction: Transaction, documents: Mapping[Any, Mapping[str, Any]]) -> None:
    rows.ensure()
    wanted = {int(doc_id): document for doc_id, document in documents.items()}
    present = {doc_id: (revision, text) for doc_id, revision, text in rows.every()}
    rows.remove(transaction, [(doc_id, present[doc_id][0]) for doc_id in present if doc_id not in wanted])
    for doc_id, document in wanted.items():
        if doc_id not in present:
            rows.add(transaction, doc_id, document)
        elif present[doc_id][1] != encode_document(document):
            rows.replace(transaction, doc_id, present[doc_id][0], document)

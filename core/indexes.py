"""The indexes that an office's lists and look-ups read by; made when the office is set up, and when it lacks any."""

from collections.abc import Iterator

from core.desk import ledger_table
from core.host import Host
from core.store.database import Store
from core.store.indexes import Index

INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "matters": (("applicant",), ("kind",), ("state",), ("submitted",)),
    "inbox": (("person", "due"), ("matter",)),
    "duties": (("done",), ("evidence",), ("due",), ("matter",), ("period", "due")),
    "notices": (("state",),),
    "resolutions": (("matter",), ("body", "number")),
    "acknowledgements": (("regulation", "person"),),
    "copies": (("person",), ("matter",)),
    "phrases": (("person",),),
}
UNIQUE: dict[str, str] = {
    "matters": "number",
    "duties": "key",
    "notices": "key",
    "rulebooks": "digest",
    "tokens": "token",
}
"""Tables whose documents are found by a name of their own."""
SEARCHED: dict[str, tuple[str, ...]] = {"matters": ("number", "subject")}
"""Tables whose documents are found by words of their texts."""


def prepare(store: Store, host: Host) -> None:
    """Make every index the office reads by, unless it is there; done within a transaction."""
    for each in _wanted(host):
        store.table(each.table).index(*each.paths, unique=each.unique, sparse=each.sparse)
    for table, paths in SEARCHED.items():
        store.table(table).searchable(*paths)


def lacking(store: Store, host: Host) -> tuple[str, ...]:
    """The names of what the office reads by and the store has not: a family was enabled since, or is of a later
    version.
    """
    there = store.indexes()
    return (
        *(each.name for each in _wanted(host) if each.name not in there),
        *(table for table in SEARCHED if store.table(table).lacks_words),
    )


def _wanted(host: Host) -> Iterator[Index]:
    for table, field in UNIQUE.items():
        yield Index(table, (field,), unique=True)
    for table, indexes in INDEXES.items():
        for paths in indexes:
            yield Index(table, paths)
    for kind in host.matter_types.values():
        for key in kind.indexed:
            # Few kinds have the field: in a full index every other matter would be written too.
            yield Index("matters", ("kind", f"values.{key}"), sparse=True)
    for ledger in host.ledgers.values():
        yield Index(ledger_table(ledger.key), ("on",))
        for keys in (*((key,) for key in ledger.indexed), *ledger.together):
            yield Index(ledger_table(ledger.key), tuple(f"values.{key}" for key in keys))

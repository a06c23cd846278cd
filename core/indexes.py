"""The indexes that an office's lists and look-ups read by; made when the office is set up."""

from core.desk import ledger_table
from core.host import Host
from core.store.database import Store

INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "matters": (("applicant",), ("kind",), ("state",), ("submitted",)),
    "inbox": (("person", "due"), ("matter",)),
    "duties": (("done",), ("evidence",), ("due",), ("period", "due")),
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
    """Make every index the office reads by; done within a transaction."""
    for table, field in UNIQUE.items():
        store.table(table).index(field, unique=True)
    for table, indexes in INDEXES.items():
        for paths in indexes:
            store.table(table).index(*paths)
    for table, paths in SEARCHED.items():
        store.table(table).searchable(*paths)
    for kind in host.matter_types.values():
        for key in kind.indexed:
            store.table("matters").index("kind", f"values.{key}")
    for ledger in host.ledgers.values():
        table_name = ledger_table(ledger.key)
        store.table(table_name).index("on")
        for key in ledger.indexed:
            store.table(table_name).index(f"values.{key}")

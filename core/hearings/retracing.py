"""What an act left behind beside its matter, as the journal tells."""

from core.desk import Desk, ledger_table
from core.journal import Journal
from core.matter import Mark, Matter

_OWN = frozenset({"matters", "inbox", "tokens"})
_TITLES = {"duties": "例行事项", "notices": "公示", "resolutions": "决议"}


def followed(desk: Desk, matter: Matter, mark: Mark) -> str:
    """What followed from an act of the course: 台账登记、例行事项…; empty where nothing did.

    An act whose journal entry is not to be found counts as one from which something followed.
    """
    entries = [
        entry
        for entry in Journal(desk.store).for_matter(matter.number)
        if entry.actor == mark.by and entry.act == mark.verb.value
    ]
    if not entries:
        return "其他登记"
    tables = {image.table for image in entries[-1].documents} - _OWN
    ledgers = {ledger_table(key): ledger.title for key, ledger in desk.host.ledgers.items()}
    return "、".join(sorted({_TITLES.get(table, ledgers.get(table, "其他登记")) for table in tables}))

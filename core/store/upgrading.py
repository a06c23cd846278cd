"""Bringing a store of an earlier format to the present one: each step is one recorded act, done whole or not at all."""

from core.store.database import Store
from core.store.links import UNDELETED
from core.store.opening import FORMAT
from core.store.transaction import Receipt

OLDEST = 2
"""The earliest format that can be brought to the present one."""
UPGRADING_ACT = "升级记录库"
_STEPS: dict[int, tuple[str, ...]] = {
    # Entries that lie in a sealed volume may leave the journal.
    2: ("DROP TRIGGER journal_undeleted", UNDELETED),
}
"""What changes a store of each format into the next."""


def upgrade(store: Store, actor: str) -> list[Receipt]:
    """Take every step that is still to be taken; killed in between, it goes on where it was.

    The store must have been opened with `oldest=OLDEST`. Raises `StoreTooNew` when somebody else upgrades it meanwhile.
    """
    done, engine = [], store.storage
    while engine.format < FORMAT:
        before = engine.format
        with store.transaction(actor, UPGRADING_ACT, detail={"from": before, "to": before + 1}) as transaction:
            for statement in _STEPS[before]:
                engine.restructure(statement)
            transaction.set_meta("format", str(before + 1))
        engine.format = before + 1
        done.append(transaction.receipt)
    return done

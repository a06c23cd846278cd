"""Comings and goings: who signed in with which key, from where, on which terminal, and when he left."""

from dataclasses import dataclass

from core.access.factor import CLOSED_ACT, FAILED_ACT, PASSED_ACT, SET_ACT
from core.access.keys import ADDING_ACT, REVOKING_ACT, PersonKey
from core.acts import ADMINISTERING
from core.journal import Entry, Journal
from core.store.database import Store
from core.store.transaction import Receipt

ACCOUNT_ACTS = frozenset(
    {ADDING_ACT, REVOKING_ACT, PASSED_ACT, FAILED_ACT, CLOSED_ACT, SET_ACT, *(verb.value for verb in ADMINISTERING)}
)
"""Acts on accounts and keys, of which the auditor reads the particulars: they say nothing of business."""
LOGIN_ACT = "登录"
LOGOUT_ACT = "退出"


@dataclass(frozen=True, slots=True)
class Visit:
    """One connection: the key it was opened with, the client's address, its terminal, and the verb it asked for.

    `terminal` is empty where there is none, `verb` for the screen.
    """

    key: PersonKey
    address: str
    terminal: str = ""
    verb: str = ""


def log_in(store: Store, visit: Visit) -> Receipt:
    """Record that a person signed in."""
    return _record(store, visit, LOGIN_ACT, "")


def log_out(store: Store, visit: Visit, why: str = "") -> Receipt:
    """Record that he left, and why, where it was not his own doing."""
    return _record(store, visit, LOGOUT_ACT, why)


def comings(journal: Journal, limit: int, person: str = "") -> list[Entry]:
    """Who came and went, newest first, with key, address and terminal; what was tried in vain included. With a
    `person`, his own alone.
    """
    return journal.of_acts((LOGIN_ACT, LOGOUT_ACT, FAILED_ACT, CLOSED_ACT), limit, person)


def _record(store: Store, visit: Visit, act: str, why: str) -> Receipt:
    detail = {"address": visit.address, "terminal": visit.terminal, "verb": visit.verb, "why": why}
    told = {name: value for name, value in detail.items() if value}
    with store.transaction(visit.key.person, act, session=visit.key.fingerprint, detail=told) as transaction:
        pass
    return transaction.receipt

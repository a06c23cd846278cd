"""What somebody is told when he signs in: when he was here last, and what has been done in his name since."""

from dataclasses import dataclass
from datetime import datetime

from core.access.factor import FAILED_ACT
from core.access.keys import ADDING_ACT, PersonKey, key_of
from core.access.logins import LOGIN_ACT, comings
from core.journal import Journal
from core.store.database import Store

_MOST = 500
"""Entries looked through at most, of comings and goings and of added keys."""


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The last time somebody signed in, and from where; since then: vain proofs, and keys added in his name."""

    at: datetime
    address: str
    failed: int
    keys: tuple[PersonKey, ...]


def last_visit(store: Store, person: str) -> LastVisit | None:
    """What is told to somebody who signs in now; None where he was never here.

    Asked before the present sign-in is recorded.
    """
    journal, failed = Journal(store), 0
    for each in comings(journal, _MOST, person):
        failed += each.act == FAILED_ACT
        if each.act == LOGIN_ACT:
            added = [one.detail for one in journal.of_acts((ADDING_ACT,), _MOST, after=each.sequence)]
            found = (key_of(store, str(one["fingerprint"])) for one in added if one.get("person") == person)
            keys = tuple(key for key in found if key is not None)
            return LastVisit(each.at, str(each.detail.get("address", "")), failed, keys)
    return None

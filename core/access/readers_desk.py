"""What one person may look up: the office's desk without that which the clauses keep from him."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from core.access.reading import Readers
from core.codec import entry_from_document
from core.desk import Desk
from core.fields import Value
from core.finding import Finding
from core.matter import Matter
from core.records import Duty, Entry, Holding, Notice, Resolution
from core.store.document import StoreDocument


class ReadersDesk(Desk):
    """Answers one person's own questions; `person` is empty for whoever has not said who he is.

    What he may not read is not there for him, as if it had never been recorded; `kept_back` says why. Rules and
    families judge at the office's own desk, which nothing is kept from.
    """

    def __init__(self, whole: Desk, person: str) -> None:
        # It asks the same store, people and duties as the whole desk, and takes nothing apart.
        vars(self).update(vars(whole))
        self._whole, self._person, self._readers = whole, person, Readers(whole)
        self._shut_out = tuple(self._readers.shut_out(person))

    def kept_back(self, number: str) -> tuple[Finding, ...]:
        """Why a matter is kept from the reader: nothing where he may read it, or where there is none."""
        if self._shut_out:
            return self._shut_out
        matter = self._whole.matter(number)
        return tuple(self._readers.against_matter(self._person, matter)[0]) if matter else ()

    def readable(self, name: str = "") -> QueryInstance | None:
        if self._shut_out:
            return self._among("nothing", lambda _: False)
        among = [name] if name else sorted(self._readers.restricted.intersection(self.host.matter_types))
        partly = [each for each in among if not self._readers.reads_all(self._person, each)]
        if not partly:
            return None
        at_hand = self._readers.at_hand(self._person)
        if name in self.host.ledgers:
            return self._among(f"line {name}", self._line_read(name, at_hand))
        mine = self._among("matters", self._one_of_many(at_hand))
        return mine if name else ~where("kind").one_of(partly) | mine

    def _among(self, what: str, test: Callable[[Any], bool]) -> QueryInstance:
        return QueryInstance(test, ("may be read", what, self._person))

    def _matter_read(self, row: StoreDocument) -> bool:
        return not self._readers.against_matter(self._person, self._whole.to_matter(row))[0]

    def _one_of_many(self, at_hand: frozenset[str]) -> Callable[[StoreDocument], bool]:
        return lambda row: self._readers.reads_matter(self._person, self._whole.to_matter(row), at_hand)

    def _line_read(self, ledger: str, at_hand: frozenset[str]) -> Callable[[StoreDocument], bool]:
        declared, person = self.host.ledgers[ledger], self._person

        def read(row: StoreDocument) -> bool:
            return self._readers.reads_entry(person, entry_from_document(row, row.doc_id, declared), at_hand)

        return read

    def _entry_read(self, entry: Entry) -> bool:
        return not self._readers.against_entry(self._person, entry)[0]

    def matter_document(self, number: str) -> StoreDocument | None:
        found = super().matter_document(number)
        return found if found is not None and self._matter_read(found) else None

    def entry(self, ledger: str, number: int) -> Entry | None:
        found = super().entry(ledger, number)
        return found if found is not None and self._entry_read(found) else None

    def whole(self, ledger: str, /, **values: Value) -> tuple[Entry, ...]:
        found = self._whole.whole(ledger, **values)
        return found if self.readable(ledger) is None else tuple(each for each in found if self._entry_read(each))

    def awaiting(self, body: str) -> list[Matter]:
        return [each for each in self._whole.awaiting(body) if not self.kept_back(each.number)]

    def resolutions(self, matter: str) -> list[Resolution]:
        return [] if self.kept_back(matter) else self._whole.resolutions(matter)

    def resolution_numbered(self, body: str, number: str) -> list[Resolution]:
        found = self._whole.resolution_numbered(body, number)
        return [each for each in found if not self.kept_back(each.matter)]

    def duties(self, person: str = "", until: date | None = None) -> list[Duty]:
        return [each for each in self._whole.duties(person, until) if self.duty_readable(each)]

    def duties_from(self, matter: str, *, done: bool = False) -> list[Duty]:
        return [each for each in self._whole.duties_from(matter, done=done) if self.duty_readable(each)]

    def duty(self, key: str) -> Duty | None:
        found = self._whole.duty(key)
        return found if found is not None and self.duty_readable(found) else None

    def duties_done(self, limit: int = 200) -> list[Duty]:
        return [each for each in self._whole.duties_done(limit) if self.duty_readable(each)]

    def notices(self, limit: int = 200) -> list[Notice]:
        return [] if self._shut_out else self._whole.notices(limit)

    def notice(self, key: str) -> Notice | None:
        return None if self._shut_out else self._whole.notice(key)

    def duty_readable(self, duty: Duty) -> bool:
        if self._shut_out:
            return False
        return not duty.matter or self._person in duty.owners or not self.kept_back(duty.matter)

    def holdings(self, person: str) -> list[Holding]:
        """What somebody has in hand; of a matter that is kept from the reader, no more than its number."""
        found = self._whole.holdings(person)
        return [replace(each, title="") if self.kept_back(each.key) else each for each in found]

"""The people of the agency as the store keeps them, read once and again when they change."""

from tinydb import where

from core.agency import Agency
from core.codec import (
    absence_from_document,
    absence_to_document,
    delegation_from_document,
    delegation_to_document,
    oversight_from_document,
    oversight_to_document,
    person_from_document,
    person_to_document,
    recusal_from_document,
    recusal_to_document,
    tenure_from_document,
    tenure_to_document,
)
from core.people import Absence, Delegation, Organisation, Oversight, Person, Recusal, Tenure
from core.records import EndAbsence, EndTenure
from core.store.database import Store
from core.store.document import StoreDocument
from core.store.transaction import Transaction

REVISION = "organisation"
"""Name of the number in the store that grows with every change of people."""

_UNKNOWN = -1

Change = Person | Tenure | EndTenure | Oversight | Delegation | Absence | EndAbsence | Recusal


class Roll:
    """Reads the organisation from the store; `current` is as fresh as the store."""

    def __init__(self, agency: Agency, store: Store) -> None:
        self._agency, self._store = agency, store
        self._revision = _UNKNOWN
        self._read_in: Transaction | None = None
        self._changed_in: Transaction | None = None
        self._organisation = Organisation(agency.units, agency.posts, agency.functions)

    @property
    def current(self) -> Organisation:
        transaction = self._store.storage.current
        if transaction is not None and transaction is self._read_in:
            return self._organisation
        revision = int(self._store.meta(REVISION) or 0)
        if revision != self._revision:
            self._organisation, self._revision = self._read(), revision
        if transaction is not None and transaction is self._changed_in:
            self._revision = _UNKNOWN  # it may yet be undone
        self._read_in = transaction
        return self._organisation

    def _read(self) -> Organisation:
        table, agency = self._store.table, self._agency
        return Organisation(
            agency.units,
            agency.posts,
            agency.functions,
            {each["key"]: person_from_document(each) for each in table("people")},
            tuple(tenure_from_document(each) for each in table("tenures")),
            tuple(oversight_from_document(each) for each in table("oversights")),
            tuple(delegation_from_document(each) for each in table("delegations")),
            tuple(absence_from_document(each) for each in table("absences")),
            tuple(recusal_from_document(each) for each in table("recusals")),
        )

    def write(self, change: Change, transaction: Transaction) -> None:
        """Record one change of people, inside the act's transaction."""
        table = self._store.table
        match change:
            case Person():
                self._put_person(change)
            case Tenure():
                table("tenures").insert(tenure_to_document(change))
            case EndTenure():
                for document in self._open_tenures(change):
                    document["until"] = change.last_day.isoformat()
                    table("tenures").put(document)
            case Oversight():
                self._end_oversights(change)
                table("oversights").insert(oversight_to_document(change))
            case Delegation():
                table("delegations").insert(delegation_to_document(change))
            case Absence():
                table("absences").insert(absence_to_document(change))
            case EndAbsence():
                for document in table("absences").search(where("person") == change.person):
                    if isinstance(document, StoreDocument) and document["since"] == change.since.isoformat():
                        document["until"] = change.last_day.isoformat()
                        table("absences").put(document)
            case Recusal():
                table("recusals").insert(recusal_to_document(change))
        self._changed_in, self._read_in, self._revision = transaction, None, _UNKNOWN
        transaction.set_meta(REVISION, str(int(self._store.meta(REVISION) or 0) + 1))

    def _put_person(self, person: Person) -> None:
        table = self._store.table("people")
        stored = table.get(where("key") == person.key)
        if isinstance(stored, StoreDocument):
            table.update(person_to_document(person), doc_ids=[stored.doc_id])
        else:
            table.insert(person_to_document(person))

    def _open_tenures(self, change: EndTenure) -> list[StoreDocument]:
        held = [each for each in self._store.table("tenures") if each["person"] == change.person]
        return [
            each
            for each in held
            if each["post"] == change.post
            and change.unit in ("", each["unit"])
            and each["since"] <= change.last_day.isoformat()
            and (not each["until"] or each["until"] > change.last_day.isoformat())
        ]

    def _end_oversights(self, change: Oversight) -> None:
        """A leader's new division of work ends his earlier one the day before."""
        since = change.span.since.isoformat()
        for document in self._store.table("oversights"):
            if document["person"] == change.person and (not document["until"] or document["until"] >= since):
                document["until"] = (change.span.since.fromordinal(change.span.since.toordinal() - 1)).isoformat()
                self._store.table("oversights").put(document)

"""The writing side of an office: what one act leaves in the store, inside its transaction."""

from collections.abc import Iterable
from dataclasses import asdict, replace

from tinydb import where

from core.access.account import Account, Grant
from core.access.accounts import write_account, write_grant
from core.chains.actors import lawful
from core.chains.signatures import still_to_sign
from core.chains.steps import StepKind
from core.codec import (
    duty_to_document,
    entry_to_document,
    matter_to_document,
    notice_to_document,
    resolution_to_document,
)
from core.desk import Desk, ledger_table
from core.matter import Matter, State, urged_on
from core.people import Absence, Delegation, Oversight, Person, Recusal, Tenure
from core.records import (
    Copy,
    Discharge,
    Duty,
    Effect,
    EndAbsence,
    EndTenure,
    Entry,
    Notice,
    Phrase,
    Resolution,
    Resolved,
)
from core.store.document import StoreDocument
from core.store.transaction import Transaction


class Writing:
    """Writes the matter, its place in people's inboxes, and whatever follows from an act."""

    def __init__(self, desk: Desk, transaction: Transaction) -> None:
        self._desk, self._transaction = desk, transaction
        self._table = desk.store.table

    def number(self, prefix: str) -> str:
        """The next number of a kind this year: 费支-2026-0042."""
        name = f"number.{prefix}-{self._desk.day.year}"
        last = int(self._desk.store.meta(name) or 0) + 1
        self._transaction.set_meta(name, str(last))
        return f"{prefix}-{self._desk.day.year}-{last:04d}"

    def new_matter(self, matter: Matter) -> None:
        kind = self._desk.host.matter_types[matter.kind]
        self._keep_rulebook(matter.rulebook)
        self._table("matters").insert(matter_to_document(matter, kind))
        self.project(matter)

    def changed_matter(self, matter: Matter, stored: StoreDocument) -> None:
        """The matter as it stands now; raises `Conflict` when someone else changed it since it was read."""
        kind = self._desk.host.matter_types[matter.kind]
        if matter.rulebook != stored["rulebook"]:
            self._keep_rulebook(matter.rulebook)
        stored.clear()
        stored.update(matter_to_document(matter, kind))
        self._table("matters").put(stored)
        self.project(matter)

    def _keep_rulebook(self, digest: str) -> None:
        """The texts a matter is judged by are kept for as long as the matter is."""
        rulebook = self._desk.rulebook_of(digest)
        if not self._table("rulebooks").contains(where("digest") == digest):
            self._table("rulebooks").insert({"digest": digest, "files": dict(rulebook.files)})

    def project(self, matter: Matter) -> None:
        """Put the matter into the inbox of everyone who may act on it now, and of nobody else."""
        inbox = self._table("inbox")
        wanted = list(self._inbox_rows(matter))
        spare = []
        for row in inbox.search(where("matter") == matter.number):
            if row in wanted:
                wanted.remove(dict(row))
            else:
                spare.append(row)
        for row, fresh in zip(spare, wanted, strict=False):
            row.clear()
            row.update(fresh)
            inbox.put(row)
        if surplus := spare[len(wanted) :]:
            inbox.remove(doc_ids=[row.doc_id for row in surplus])
        inbox.insert_multiple(wanted[len(spare) :])

    def _inbox_rows(self, matter: Matter) -> Iterable[dict[str, str]]:
        desk = self._desk
        kind = desk.host.matter_types[matter.kind]
        common: dict[str, str] = {
            "matter": matter.number,
            "kind": matter.kind,
            "subject": kind.about(matter.values),
            "applicant": matter.applicant,
            "arrived": matter.arrived.isoformat() if matter.arrived else "",
            "due": matter.due.isoformat() if matter.due else "9999-12-31",
        }
        if urged := urged_on(matter):
            common["urged"] = urged.isoformat()
        if matter.state is State.RETURNED:
            yield {**common, "person": matter.applicant, "on_behalf": "", "step": "重新提交"}
        step = matter.step
        if step is None or step.kind is StepKind.NOTICE:
            return
        found = lawful(step, matter.at, matter, desk.organisation, desk.day)
        for actor in still_to_sign(step, found, matter.signed(matter.at)):
            yield {**common, "person": actor.person, "on_behalf": actor.on_behalf, "step": step.title}
        for each in found.withheld:
            yield {**common, "person": each.asked, "on_behalf": "", "step": f"{step.title}（答复意见）"}

    def project_all(self) -> None:
        """After a change of people: every matter under way finds its lawful actors anew."""
        for document in self._table("matters").search(where("state") == State.RUNNING.value):
            matter = self._desk.matter(document["number"])
            if matter is not None:
                self.project(matter)

    def effects(self, effects: Iterable[Effect], matter: str = "") -> None:
        """Write what follows from an act; a change of people re-projects all inboxes once."""
        people_changed = False
        for effect in effects:
            match effect:
                case Entry():
                    self._entry(replace(effect, matter=effect.matter or matter))
                case Duty():
                    self._duty(effect)
                case Discharge():
                    self.discharge(effect, matter)
                case Notice():
                    self.notice(effect)
                case Resolved():
                    continue  # An act of its own, which the office hears.
                case Resolution():
                    self._table("resolutions").insert(resolution_to_document(effect))
                case Copy():
                    self._copy(effect)
                case Phrase():
                    self._phrase(effect)
                case Account():
                    write_account(self._desk.store, effect)
                case Grant():
                    write_grant(self._desk.store, effect)
                case (
                    Person()
                    | Tenure()
                    | EndTenure()
                    | Oversight()
                    | Delegation()
                    | Absence()
                    | EndAbsence()
                    | Recusal()
                ):
                    self._desk.roll.write(effect, self._transaction)
                    people_changed = True
                case _:
                    raise TypeError(f"不认识的办理结果：{type(effect).__name__}")
        if people_changed:
            self.project_all()

    def _entry(self, entry: Entry) -> None:
        ledger = self._desk.host.ledgers[entry.ledger]
        self._table(ledger_table(entry.ledger)).insert(entry_to_document(entry, ledger))

    def _duty(self, duty: Duty) -> None:
        """A duty is owed once, however often a matter passes the step it follows from."""
        if not self._table("duties").contains(where("key") == duty.key):
            self._table("duties").insert(duty_to_document(duty))

    def _copy(self, copy: Copy) -> None:
        self._table("copies").insert({**asdict(copy), "on": copy.on.isoformat()})

    def _phrase(self, phrase: Phrase) -> None:
        table = self._table("phrases")
        if phrase.kept:
            table.insert({"person": phrase.person, "text": phrase.text})
        else:
            table.remove((where("person") == phrase.person) & (where("text") == phrase.text))

    def notice(self, notice: Notice) -> None:
        """Publish a notice, or record how a published one stands now."""
        table = self._table("notices")
        stored = table.get(where("key") == notice.key)
        if isinstance(stored, StoreDocument):
            table.update(notice_to_document(notice), doc_ids=[stored.doc_id])
        else:
            table.insert(notice_to_document(notice))

    def discharge(self, effect: Discharge, by: str) -> None:
        """A duty is done: one that was stored is marked, a recurring one is stored as done."""
        duty = self._desk.duty(effect.duty)
        if duty is None or duty.done:
            return
        done = replace(duty, done=self._desk.day, done_by=by, note=effect.note)
        table = self._table("duties")
        stored = table.get(where("key") == duty.key)
        if isinstance(stored, StoreDocument):
            table.update(duty_to_document(done), doc_ids=[stored.doc_id])
        else:
            table.insert(duty_to_document(done))

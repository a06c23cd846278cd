"""The reading side of an office: everything that rules, families, screens and the command line may ask."""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from core.agency import Agency, Body
from core.chains.selectors import Scope, select
from core.chains.steps import Chain, Step
from core.codec import (
    entry_from_document,
    matter_from_document,
    notice_from_document,
    resolution_from_document,
)
from core.days.calendar import Calendar
from core.days.clock import Clock
from core.days.duty_book import DutyBook
from core.family import MatterType
from core.fields import Kind, Sought, Value, to_json
from core.holdings import held, waiting_on
from core.host import Host
from core.ledger_reading import ReadOn
from core.matter import Matter, State
from core.money import from_fen, to_fen
from core.national_tables import NationalTable
from core.people import Organisation
from core.records import Copy, Duty, Entry, Holding, Notice, Resolution
from core.remembering import once_a_hearing
from core.roll import Roll
from core.rulebook.model import Rulebook
from core.store.database import Store
from core.store.document import StoreDocument


def ledger_table(ledger: str) -> str:
    """The store's table of a ledger."""
    return f"ledger.{ledger}"


class Desk:
    """Answers questions about one agency's records; implements `core.consulted.Consulted`."""

    def __init__(
        self,
        agency: Agency,
        rulebook: Rulebook,
        host: Host,
        store: Store,
        calendar: Calendar,
        clock: Clock,
        earlier: Callable[[Mapping[str, str]], Rulebook],
    ) -> None:
        self.agency, self.rulebook, self.host, self.store = agency, rulebook, host, store
        self.calendar, self.clock = calendar, clock
        self._earlier = earlier
        self.remembered: dict[Any, Any] | None = None
        self._rulebooks = {rulebook.digest: rulebook}
        self._roll = Roll(agency, store)
        self._supposed: Organisation | None = None
        self._read_on = ReadOn()
        self._duty_book = DutyBook(rulebook, agency, store, calendar)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def day(self) -> date:
        return self.now.date()

    @property
    def organisation(self) -> Organisation:
        return self._supposed or self._serving()

    @once_a_hearing
    def _serving(self) -> Organisation:
        return self._roll.current

    def supposing(self, organisation: Organisation) -> "Desk":
        """A desk that answers as if the people were as given."""
        desk = copy(self)
        desk._supposed = organisation
        desk.remembered = None if self.remembered is None else {}
        return desk

    @property
    def roll(self) -> Roll:
        return self._roll

    def readable(self, name: str = "") -> QueryInstance | None:
        """What of a kind of matters (of all matters), or of a ledger, may be read here; None where all of it may."""
        return None

    def duty_readable(self, duty: Duty) -> bool:
        """Whether a duty may be read here: one that comes from a matter is read with it."""
        return True

    def setting(self, key: str) -> Any:
        """The value of `family.key`: what a clause sets, else the declared default; KeyError for an unknown key."""
        return self.rulebook.settings.get(key, self.host.settings[key].default)

    def national(self, key: str, day: date | None = None) -> NationalTable:
        """The national table `file.table` as it holds on a day (today); LookupError where there is none."""
        return self.rulebook.national.on(key, day or self.day)

    def rulebook_of(self, digest: str) -> Rulebook:
        """The rulebook that a digest names: today's, or an earlier one from the texts kept in the store."""
        if digest not in self._rulebooks:
            kept = self.store.table("rulebooks").get(where("digest") == digest)
            if not isinstance(kept, StoreDocument):
                return self.rulebook
            self._rulebooks[digest] = self._earlier(kept["files"])
        return self._rulebooks[digest]

    def kind_named(self, named: str) -> str:
        """The key of the kind of matter that has this key or title; empty where there is none."""
        kinds = self.host.matter_types
        return named if named in kinds else next((key for key, kind in kinds.items() if kind.title == named), "")

    def matter_type(self, kind: str) -> MatterType | None:
        """The declaration of a kind of matter; None when its family is not in use."""
        return self.host.matter_types.get(kind)

    def body(self, key: str) -> Body | None:
        """A body of the agency; None when there is none of that key."""
        return self.agency.bodies.get(key)

    def bodies(self) -> tuple[Body, ...]:
        """Every body of the agency."""
        return tuple(self.agency.bodies.values())

    def awaiting(self, body: str) -> list[Matter]:
        """The matters that wait for a body's resolution, in the order they came to wait."""
        secretaries = [each for selector in self.agency.bodies[body].secretary for each in self.selected(selector)]
        inbox = self.store.table("inbox")
        rows = [row for each in dict.fromkeys(secretaries) for row in inbox.search(where("person") == each)]
        found = [self.matter(number) for number in dict.fromkeys(row["matter"] for row in rows)]
        waiting = [each for each in found if each and each.step and each.step.body == body]
        return sorted(waiting, key=lambda each: (each.arrived or each.submitted, each.number))

    def steps_of(self, kind: str, digest: str, chain: int) -> tuple[Step, ...]:
        """The steps of the chain that a matter was submitted under."""
        chains = self.rulebook_of(digest).chains(kind)
        return chains[chain][0].steps if 0 <= chain < len(chains) else ()

    def chain_of(self, matter: Matter) -> Chain | None:
        """The chain that a matter follows, as the rulebook it was filed under states it; None for a register."""
        chains = self.rulebook_of(matter.rulebook).chains(matter.kind)
        return chains[matter.chain][0] if 0 <= matter.chain < len(chains) else None

    def matter_document(self, number: str) -> StoreDocument | None:
        found = self.store.table("matters").get(where("number") == number)
        return found if isinstance(found, StoreDocument) else None

    def to_matter(self, document: StoreDocument) -> Matter:
        kind = self.host.matter_types.get(document["kind"])
        steps = self.steps_of(document["kind"], document["rulebook"], document["chain"])
        return matter_from_document(document, document.rev, kind, steps)

    @once_a_hearing
    def matter(self, number: str) -> Matter | None:
        document = self.matter_document(number)
        return self.to_matter(document) if document is not None else None

    @once_a_hearing
    def matters(self, kind: str, /, *, state: State | None = None, limit: int = 200, **values: Value) -> list[Matter]:
        """Matters of a kind whose indexed values are as given, newest first."""
        tests = [where("kind") == kind]
        if (readable := self.readable(kind)) is not None:
            tests.append(readable)
        if state:
            tests.append(where("state") == state.value)
        tests += [where("values")[key] == to_json(value) for key, value in values.items()]
        page = self.store.table("matters").page(reduce(and_, tests), descending=True, limit=limit)
        return [self.to_matter(row) for row in page.rows if isinstance(row, StoreDocument)]

    def _ledger_query(self, ledger: str, values: Mapping[str, Sought]) -> QueryInstance | None:
        columns = {column.key: column for column in self.host.ledgers[ledger].columns}
        readable = self.readable(ledger)
        tests = [readable] if readable is not None else []
        for key, value in values.items():
            if isinstance(value, tuple):
                tests.append(where("values")[key].one_of(value))
                continue
            raw = to_fen(value) if columns[key].kind is Kind.MONEY and isinstance(value, Decimal) else to_json(value)
            tests.append(where("values")[key] == raw)
        return reduce(and_, tests) if tests else None

    @once_a_hearing
    def entries(self, ledger: str, /, *, limit: int = 200, **values: Sought) -> list[Entry]:
        """Entries of a ledger whose indexed columns are as given, newest first."""
        query = self._ledger_query(ledger, values)
        page = self.store.table(ledger_table(ledger)).page(query, descending=True, limit=limit)
        return [entry_from_document(row, row.doc_id, self.host.ledgers[ledger]) for row in page.rows]

    @once_a_hearing
    def whole(self, ledger: str, /, **values: Value) -> tuple[Entry, ...]:
        """Every entry of a ledger whose indexed columns are as given, oldest first; kept, and read on next time."""
        query = self._ledger_query(ledger, values)
        table = self.store.table(ledger_table(ledger))
        return self._read_on.entries((ledger, *sorted(values.items())), table, self.host.ledgers[ledger], query)

    def entry(self, ledger: str, number: int) -> Entry | None:
        """One line of a ledger by its number."""
        if ledger not in self.host.ledgers:
            return None
        found = self.store.table(ledger_table(ledger)).get(doc_id=number)
        return (
            entry_from_document(found, number, self.host.ledgers[ledger]) if isinstance(found, StoreDocument) else None
        )

    def reversed(self, entry: Entry) -> dict[str, Value]:
        """The values that cancel an entry: sums and numbers negated, the rest as it was."""
        kinds = {column.key: column.kind for column in self.host.ledgers[entry.ledger].columns}
        return {
            key: -value
            if isinstance(value, Decimal) or (kinds.get(key) is Kind.NUMBER and isinstance(value, int))
            else value
            for key, value in entry.values.items()
        }

    @once_a_hearing
    def total(self, ledger: str, column: str, /, **values: Sought) -> Decimal:
        """The sum of a money or number column over the entries as given."""
        found = self.store.table(ledger_table(ledger)).total(f"values.{column}", self._ledger_query(ledger, values))
        return self._told(ledger, column)(found)

    @once_a_hearing
    def totals(
        self, ledger: str, column: str, by: tuple[str, ...], /, **values: Sought
    ) -> Mapping[tuple[str, ...], Decimal]:
        """The sums of a money or number column over the entries as given, by the texts of other columns."""
        query, sums = self._ledger_query(ledger, values), dict[tuple[str, ...], int]()
        paths = (f"values.{key}" for key in (*by, column))
        for *of, amount in self.store.table(ledger_table(ledger)).values(query, *paths):
            if isinstance(amount, int):
                key = tuple(map(str, of))
                sums[key] = sums.get(key, 0) + amount
        told = self._told(ledger, column)
        return {key: told(amount) for key, amount in sums.items()}

    def _told(self, ledger: str, column: str) -> Callable[[int], Decimal]:
        """How a sum of a column is told: money, which the store holds in fen, in yuan."""
        kinds = {each.key: each.kind for each in self.host.ledgers[ledger].columns}
        return from_fen if kinds[column] is Kind.MONEY else Decimal

    @once_a_hearing
    def resolutions(self, matter: str) -> list[Resolution]:
        """What bodies decided on a matter, oldest first."""
        found = self.store.table("resolutions").search(where("matter") == matter)
        return [resolution_from_document(each) for each in found]

    def resolution_numbered(self, body: str, number: str) -> list[Resolution]:
        """The decisions recorded under one number of one body."""
        query = (where("body") == body) & (where("number") == number)
        return [resolution_from_document(each) for each in self.store.table("resolutions").search(query)]

    def duties(self, person: str = "", until: date | None = None) -> list[Duty]:
        """What is owed and not done, soonest first; of one person, what he owes and what he files for those who owe it.
        With a later day, what will be owed by then.
        """
        owed = self._duty_book.owed(self.organisation, until or self.day, person)
        filed = self._filed_by(person, until or self.day) if person else []
        return sorted([*owed, *filed], key=lambda duty: (duty.due, duty.key)) if filed else owed

    def _filed_by(self, person: str, until: date) -> list[Duty]:
        """What others owe that this person's own form does away with."""
        kinds = (kind.key for kind in self.host.matter_types.values() if kind.filed_by is not None)
        owed = (duty for kind in kinds for duty in self._duty_book.owed(self.organisation, until, evidence=kind))
        found, filers = [], dict[tuple[str, str, str], tuple[str, ...]]()
        for duty in owed:
            # Of one kind the turns are many, and whoever files one of a unit's files them all.
            alike = (duty.evidence, duty.matter, duty.unit)
            if alike not in filers:
                filers[alike] = self.filers(duty)
            if person not in duty.owners and person in filers[alike]:
                found.append(duty)
        return found

    def acted_on(self, duty: Duty) -> Matter | None:
        """The matter that a duty is to act on by a day, rather than to file anything; None for every other duty."""
        matter = self.matter(duty.matter) if duty.matter and not duty.done else None
        return matter if matter is not None and matter.kind == duty.evidence and matter.state.open else None

    def filers(self, duty: Duty) -> tuple[str, ...]:
        """Who files the form that does away with a duty, where that need not be whoever owes it; else nobody."""
        kind = self.host.matter_types.get(duty.evidence)
        return kind.filed_by(self, duty) if kind is not None and kind.filed_by is not None and not duty.done else ()

    def duties_awaiting(self, evidence: str, periods: Collection[str]) -> list[Duty]:
        """The recurring duties of these periods, not done, for which a kind of matter is the evidence."""
        return self._duty_book.awaiting(self.organisation, self.day, evidence, periods)

    def duties_from(self, matter: str, *, done: bool = False) -> list[Duty]:
        """What is owed because of a matter, soonest first; what is done already only where it is asked for."""
        return self._duty_book.following_from(matter, done=done)

    def duty(self, key: str) -> Duty | None:
        """One duty, done or not."""
        return self._duty_book.find(key, self.organisation, self.day)

    def duties_done(self, limit: int = 200) -> list[Duty]:
        """What has been done, latest first."""
        return self._duty_book.done(limit)

    def duties_following(self, matter: Matter, completed: str, settled: bool) -> list[Duty]:
        """The duties that a matter's completed step, or its settling, brings about."""
        return self._duty_book.following(matter, completed, settled, self.organisation, self.day)

    def readers(self, matter: str) -> tuple[str, ...]:
        """To whom a matter was sent to read, first first."""
        return tuple(row["person"] for row in self.store.table("copies").search(where("matter") == matter))

    def copies(self, person: str, limit: int = 200) -> list[Copy]:
        """What was sent to a person to read, newest first."""
        page = self.store.table("copies").page(where("person") == person, descending=True, limit=limit)
        return [Copy(row["person"], row["matter"], row["by"], date.fromisoformat(row["on"])) for row in page.rows]

    def phrases(self, person: str) -> tuple[str, ...]:
        """The stock phrases a person keeps, oldest first."""
        return tuple(row["text"] for row in self.store.table("phrases").search(where("person") == person))

    def notices(self, limit: int = 200) -> list[Notice]:
        """Publications, newest first."""
        page = self.store.table("notices").page(descending=True, limit=limit)
        return [notice_from_document(row) for row in page.rows]

    def notice(self, key: str) -> Notice | None:
        found = self.store.table("notices").get(where("key") == key)
        return notice_from_document(found) if isinstance(found, StoreDocument) else None

    def holdings(self, person: str) -> list[Holding]:
        """What somebody must take over before this person can leave."""
        return list(held(self, person))

    def waiting_on(self, person: str) -> list[str]:
        """The numbers of matters at whose present step nobody but this person may act."""
        return waiting_on(self, person)

    def selected(self, selector: str, applicant: str = "") -> tuple[str, ...]:
        """The persons a selector names today."""
        organisation = self.organisation
        unit = organisation.unit_of(applicant, self.day) if applicant else ""
        return select(selector, Scope(organisation, self.day, applicant, unit))

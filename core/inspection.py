"""What an inspection asks for: every clause with its class, what carries it out, and the evidence behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tinydb import where
from tinydb.queries import QueryInstance

from core.condition import Condition
from core.days.compliance import ComplianceYear, Standing
from core.desk import Desk, ledger_table
from core.matter import State
from core.records import Duty
from core.rule_kinds import matter_facts
from core.rulebook.model import GENERAL, Clause, Regulation

Kinds = Mapping[str, Sequence[Condition | None]]
"""Kinds of matters, each with the conditions of which one must be met; None is no condition."""

_NAMED = 20
"""Matters named beside a clause; all of them stand in the list of matters."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A matter submitted in the period."""

    number: str
    kind: str
    clause: str
    """The clause (`regulation/no`) whose chain it follows; empty for a register."""
    state: State
    applicant: str
    on: date
    subject: str
    facts: Mapping[str, Any]
    """What conditions of clauses compare; empty where no clause on matters of this kind has any."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty due in the period, and how it stands."""

    duty: Duty
    standing: Standing


@dataclass(frozen=True, slots=True)
class Kept:
    """A ledger: how many lines of it are dated in the period, and the first and last of them."""

    ledger: str
    lines: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Line:
    """One clause and its evidence."""

    regulation: Regulation
    clause: Clause
    matters: Counter[State]
    named: tuple[str, ...]
    """The first matters by number, as many as stand on a line."""
    duties: Counter[Standing]
    ledgers: tuple[Kept, ...]
    decisions: int
    """How often a body decided whose quorum the clause sets."""
    acknowledged: int
    """How many persons signed that they have read the regulation."""


@dataclass
class Inspection:
    """The evidence of one period. Everything is read by the day it is dated."""

    desk: Desk
    since: date
    until: date
    regulation: str = ""
    """The one regulation asked for; all of the agency's own where it is empty."""
    matters: list[Filed] = field(init=False)
    duties: list[Owed] = field(init=False)
    ledgers: dict[str, Kept] = field(init=False)

    def __post_init__(self) -> None:
        clauses = self._clauses()
        carried_out = self._carried_out()
        named = ((f"{each.id}/{clause.no}", clause) for each, clause in clauses)
        self._kinds = {key: self._kinds_of(clause, carried_out[key]) for key, clause in named}
        books = {key for _, clause in clauses for key in clause.records if key in self.desk.host.ledgers}
        self.matters = sorted(self._filed(), key=lambda each: (each.kind, each.number))
        self.duties = sorted(self._owed(), key=lambda each: (each.duty.clause, each.duty.due, each.duty.key))
        self.ledgers = {key: self._kept(key) for key in self.desk.host.ledgers if key in books}

    def lines(self) -> Iterator[Line]:
        """A line for every clause, in the order of the documents."""
        by_kind: dict[str, list[Filed]] = defaultdict(list)
        by_clause: dict[str, list[Filed]] = defaultdict(list)
        for each in self.matters:
            by_kind[each.kind].append(each)
            by_clause[each.clause].append(each)
        standings: dict[str, Counter[Standing]] = defaultdict(Counter)
        for owed in self.duties:
            standings[owed.duty.clause][owed.standing] += 1
        signed = {each.id: self._acknowledged(each.id) for each, _ in self._clauses()}
        for regulation, clause in self._clauses():
            key = f"{regulation.id}/{clause.no}"
            kinds = self._kinds[key]
            found = by_clause[key]
            if kinds:
                found = [each for kind in sorted(kinds) for each in by_kind[kind] if _concerned(kinds[kind], each)]
            yield Line(
                regulation,
                clause,
                Counter(each.state for each in found),
                tuple(each.number for each in found[:_NAMED]),
                standings[key],
                tuple(self.ledgers[each] for each in clause.records if each in self.ledgers),
                sum(self._decided(body.key) for body in self.desk.agency.bodies.values() if body.clause == key),
                signed[regulation.id],
            )

    def _clauses(self) -> list[tuple[Regulation, Clause]]:
        return [
            (regulation, clause)
            for regulation, clause in self.desk.rulebook.clauses()
            if (regulation.id == self.regulation if self.regulation else regulation.id != GENERAL)
        ]

    def _carried_out(self) -> dict[str, set[str]]:
        """The kinds of matters whose chains have a step that carries out a clause, by clause."""
        found: dict[str, set[str]] = defaultdict(set)
        for regulation, clause in self.desk.rulebook.clauses():
            for chain in clause.chains:
                for step in chain.steps:
                    key = step.clause if "/" in step.clause else f"{regulation.id}/{step.clause}"
                    found[key].add(chain.matter)
        return found

    def _kinds_of(self, clause: Clause, carried_out: set[str]) -> Kinds:
        """The kinds of matters a clause has its say in, each with the conditions under which it has; none where it
        only gives some of them their chain.
        """
        types = self.desk.host.matter_types
        whole = carried_out | {kind for kind in types for key in clause.records if key.startswith(f"{kind}.")}
        whole |= {duty.evidence for duty in clause.duties if duty.evidence}
        whole |= {duty.after.matter for duty in clause.duties if duty.after}
        kinds: dict[str, list[Condition | None]] = {kind: [None] for kind in whole}
        for use in clause.rules:
            for kind in use.matters:
                kinds.setdefault(kind, []).append(use.when)
        for chain in clause.chains if kinds else ():
            kinds.setdefault(chain.matter, []).append(chain.when)
        return kinds

    def _within(self, path: str) -> QueryInstance:
        # A moment's text goes on after its day's.
        return (where(path) >= self.since.isoformat()) & (where(path) <= f"{self.until.isoformat()}~")

    def _filed(self) -> Iterator[Filed]:
        """The matters submitted in the period that may be read and that any of these clauses has to do with."""
        desk, asked = self.desk, self._within("submitted")
        readable = desk.readable()
        kinds = {kind for found in self._kinds.values() for kind in found}
        asked_of = {kind for found in self._kinds.values() for kind, conditions in found.items() if any(conditions)}
        paths = ("number", "kind", "clause", "state", "applicant", "submitted", "subject")
        for row in desk.store.table("matters").values(asked if readable is None else asked & readable, *paths):
            number, kind, clause, state, applicant, submitted, subject = (str(each or "") for each in row)
            if kind in kinds or clause in self._kinds:
                on = date.fromisoformat(submitted[:10])
                facts = self._facts(number, on) if kind in asked_of else {}
                yield Filed(number, kind, clause, State(state), applicant, on, subject, facts)

    def _facts(self, number: str, day: date) -> Mapping[str, Any]:
        matter = self.desk.matter(number)
        return matter_facts(matter, self.desk.organisation, day) if matter else {}

    def _owed(self) -> Iterator[Owed]:
        for number in range(self.since.year, self.until.year + 1):
            year = ComplianceYear(self.desk, number)
            for duty in year.every():
                hidden = duty.matter and self.desk.matter(duty.matter) is None
                if duty.clause not in self._kinds or hidden or not self.since <= duty.due <= self.until:
                    continue
                done = duty.done.isoformat() if duty.done else ""
                yield Owed(duty, year.standing(duty.due, duty.opens, done))

    def _kept(self, ledger: str) -> Kept:
        table = self.desk.store.table(ledger_table(ledger))
        asked, readable = self._within("on"), self.desk.readable(ledger)
        query = asked if readable is None else asked & readable
        first, last = (table.page(query, order=["on"], descending=back, limit=1).rows for back in (False, True))
        return Kept(ledger, table.count(query), *(rows[0].doc_id if rows else 0 for rows in (first, last)))

    def _decided(self, body: str) -> int:
        return self.desk.store.table("resolutions").count((where("body") == body) & self._within("held_on"))

    def _acknowledged(self, regulation: str) -> int:
        found = self.desk.store.table("acknowledgements").search(where("regulation") == regulation)
        return len({row["person"] for row in found if row["on"] <= self.until.isoformat()})


def _concerned(conditions: Sequence[Condition | None], filed: Filed) -> bool:
    """Whether a clause has its say in a matter."""
    return any(condition is None or condition.met(filed.facts) for condition in conditions)

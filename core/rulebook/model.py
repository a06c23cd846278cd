"""Regulations, clauses and what enforces them, once loaded and checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

from core.chains.steps import Chain
from core.condition import Condition
from core.days.recurrence import DueRule, Recurrence
from core.finding import Citation, Level
from core.national_tables import NationalTables
from core.rule_kinds import RuleKind

GENERAL = "general"
"""The built-in regulation: principles that the program itself holds in every agency."""


class ClauseClass(Enum):
    """What becomes of a clause. Every clause is in exactly one class."""

    ENFORCED = "enforced"
    TRACKED = "tracked"
    RECORDED = "recorded"
    MANUAL = "manual"

    @property
    def title(self) -> str:
        return {"enforced": "强制", "tracked": "跟踪", "recorded": "留痕", "manual": "人工"}[self.value]


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A clause's use of a rule kind, with its parameters. `matters` are the types it is judged for."""

    id: str
    """`finance.within-budget@finance/4(b)`; with `#2` for a second use of a kind in one clause."""
    kind: RuleKind
    parameters: Any
    matters: tuple[str, ...]
    when: Condition | None = None
    level: Level = Level.REFUSE
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class RecurringDuty:
    """Something owed again and again (`every`), or once for each matter that reaches a point (`after`)."""

    id: str
    title: str
    by: str
    """Selector of the owners; with `per_unit` asked for each unit."""
    every: Recurrence | None = None
    due: DueRule | None = None
    notice_days: int = 7
    """How many days before the due day it is shown as due."""
    to: tuple[str, ...] = ()
    evidence: str = ""
    evidence_when: Condition | None = None
    """What must hold of a matter of the kind `evidence` for it to count as evidence."""
    per_unit: bool = False
    units: tuple[str, ...] = ()
    """The units it is owed for, one duty each; a post in `by` is then the one held in that unit."""
    after: "After | None" = None
    when: Condition | None = None
    per_person: bool = False
    """Whether each of the persons that `by` names owes his own."""


EVENT = "event"
"""What a duty's days are counted from, where it is the day of the event itself."""


@dataclass(frozen=True, slots=True)
class After:
    """The event a duty follows: a matter of a kind completes a step (by its title) or, with none named, settles.

    `counted_from` names date blanks, and `EVENT`: the first that holds a date counts. Where none does there is nothing
    to count from, and the duty does not arise.
    """

    matter: str
    step: str = ""
    counted_from: tuple[str, ...] = (EVENT,)
    days: int = 0
    workdays: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Who may read matters of some kinds, or lines of some ledgers, beside those who have a part in them."""

    matters: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    """Selectors; see `core.access.reading.READERS` for those that only a reading takes."""
    persons: tuple[str, ...] = ()
    """Blanks that name persons: `person`, `rows.person`, or `meeting.rows.person` of the matter that a blank names."""
    when: Condition | None = None
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause in our own words, with what enforces, tracks or records it. `kind` is the inventory's."""

    no: str
    kind: str
    text: str
    rules: tuple[RuleUse, ...] = ()
    chains: tuple[Chain, ...] = ()
    duties: tuple[RecurringDuty, ...] = ()
    records: tuple[str, ...] = ()
    """`matter.blank` or ledger keys without which the fact cannot be recorded."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    note: str = ""
    """How an opening or a conflict in the text is read."""
    manual: str = ""
    since: date = date.min
    until: date = date.max
    line: int = 0
    name: str = ""
    """What it is called to people: the place of the document that it is part of (`第六条（一）`)."""
    cited_by_steps: bool = False
    """Whether a chain step, the quorum of a body or the program itself carries it out."""

    def in_force(self, day: date) -> bool:
        return self.since <= day <= self.until

    @property
    def classed(self) -> ClauseClass:
        """The class it falls in: duties lead where the clause is an obligation, deadline or publicity."""
        enforced = bool(self.chains or self.readings or self.cited_by_steps)
        enforced = enforced or any(not use.kind.recorded for use in self.rules)
        if self.duties and (self.kind in ("obligation", "deadline", "publicity") or not enforced):
            return ClauseClass.TRACKED
        if enforced:
            return ClauseClass.ENFORCED
        if self.records or self.rules or self.settings:
            return ClauseClass.RECORDED
        return ClauseClass.MANUAL


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation of an agency, its clauses in the order of the document."""

    id: str
    title: str
    family: str
    clauses: tuple[Clause, ...]
    path: str = ""


@dataclass(frozen=True)
class Rulebook:
    """All regulations of one agency at one state of their text. `digest` names that state."""

    agency: str
    title: str
    regulations: Mapping[str, Regulation]
    settings: Mapping[str, Any]
    """What clauses set, by `family.key`."""
    digest: str
    files: Mapping[str, str] = field(default_factory=dict)
    """The texts it was read from, by path: kept in the store, so that old matters are explained by them."""
    national: NationalTables = field(default_factory=NationalTables)
    """The figures that hold in every agency."""

    @cached_property
    def _uses(self) -> Mapping[str, tuple[tuple[RuleUse, Regulation, Clause], ...]]:
        found: dict[str, list[tuple[RuleUse, Regulation, Clause]]] = {}
        for regulation, clause in self.clauses():
            for use in clause.rules:
                for matter in use.matters:
                    found.setdefault(matter, []).append((use, regulation, clause))
        return {matter: tuple(uses) for matter, uses in found.items()}

    @cached_property
    def _chains(self) -> Mapping[str, tuple[tuple[Chain, Regulation, Clause], ...]]:
        found: dict[str, list[tuple[Chain, Regulation, Clause]]] = {}
        for regulation, clause in self.clauses():
            for chain in clause.chains:
                found.setdefault(chain.matter, []).append((chain, regulation, clause))
        return {matter: tuple(chains) for matter, chains in found.items()}

    @cached_property
    def _duties(self) -> tuple[tuple[RecurringDuty, Regulation, Clause], ...]:
        return tuple((duty, regulation, clause) for regulation, clause in self.clauses() for duty in clause.duties)

    @cached_property
    def _readings(self) -> Mapping[str, tuple[tuple[Reading, Regulation, Clause], ...]]:
        found: dict[str, list[tuple[Reading, Regulation, Clause]]] = {}
        for regulation, clause in self.clauses():
            for reading in clause.readings:
                for name in (*reading.matters, *reading.ledgers):
                    found.setdefault(name, []).append((reading, regulation, clause))
        return {name: tuple(readings) for name, readings in found.items()}

    @cached_property
    def _index(self) -> Mapping[str, tuple[Regulation, Clause]]:
        return {f"{regulation.id}/{clause.no}": (regulation, clause) for regulation, clause in self.clauses()}

    def clauses(self) -> Iterator[tuple[Regulation, Clause]]:
        for regulation in self.regulations.values():
            for clause in regulation.clauses:
                yield regulation, clause

    def uses(self, matter: str) -> tuple[tuple[RuleUse, Regulation, Clause], ...]:
        """The rule uses judged for a matter type."""
        return self._uses.get(matter, ())

    def chains(self, matter: str) -> tuple[tuple[Chain, Regulation, Clause], ...]:
        """The chains declared for a matter type, in the order of the documents."""
        return self._chains.get(matter, ())

    def chain_for(self, matter: str, facts: Mapping[str, Any], day: date) -> tuple[int, str, Chain] | None:
        """The first chain in force whose condition the facts meet: its place, its clause (`regulation/no`), itself."""
        for place, (chain, regulation, clause) in enumerate(self.chains(matter)):
            if clause.in_force(day) and (chain.when is None or chain.when.met(facts)):
                return place, f"{regulation.id}/{clause.no}", chain
        return None

    def duties(self) -> tuple[tuple[RecurringDuty, Regulation, Clause], ...]:
        """Every duty with the clause it comes from, in the order of the documents."""
        return self._duties

    def readings(self, name: str) -> tuple[tuple[Reading, Regulation, Clause], ...]:
        """What clauses say on who may read a kind of matter or a ledger."""
        return self._readings.get(name, ())

    @property
    def restricted(self) -> frozenset[str]:
        """The kinds of matters and the ledgers that clauses do not let everybody read."""
        return frozenset(self._readings)

    def find(self, key: str) -> tuple[Regulation, Clause] | None:
        """The clause named `regulation/no`."""
        return self._index.get(key)

    def cite(self, key: str) -> Citation:
        """The citation of `regulation/no`; KeyError when there is no such clause."""
        regulation, clause = self._index[key]
        return Citation(self.agency, regulation.id, clause.no, regulation.title, clause.text, clause.name)

    def called(self, key: str) -> str:
        """How people cite `regulation/no`; the key itself where this state of the text has no such clause."""
        return self.cite(key).label if key in self._index else key

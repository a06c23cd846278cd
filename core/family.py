"""What a regulation family declares: matter types, rule kinds, ledgers, settings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.chains.steps import Step
from core.consulted import Consulted
from core.days.terms import Term, period_written
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.papers import Paper
from core.records import Duty, Effect, Holding
from core.rule_kinds import Proposal, RuleKind
from core.unseen import Unseen


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act came to, for `MatterType.follows`: the matter after it, and the step it completed, if any."""

    proposal: Proposal
    matter: Matter
    completed: Step | None = None
    settled: bool = False

    @property
    def office(self) -> Consulted:
        return self.proposal.office


@dataclass(frozen=True, slots=True)
class Booked:
    """A ledger that a kind of matter writes to, and how its lines can be told from the matter.

    Once it has settled there is at least one line; with `rows`, one for each row of that blank. Where `blank` is named
    (`form.blank` for one of a step's own form), the lines' `column` adds up to it.
    """

    ledger: str
    rows: str = ""
    column: str = ""
    blank: str = ""
    early: bool = False
    """Whether lines are written before it has settled or been performed."""
    always: bool = True
    """Whether one that has settled must have lines there."""


@dataclass(frozen=True, slots=True)
class MatterType:
    """A kind of matter. A `register` settles when it is submitted; any other needs a chain in the rulebook."""

    key: str
    title: str
    prefix: str
    """Head of its numbers: 用印 in 用印-2026-0042."""
    fields: tuple[Field, ...]
    subject: str = ""
    """Key of the blank that names it in lists."""
    amount: str = ""
    """Key of the money blank shown in lists."""
    register: bool = False
    step_forms: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    follows: Callable[[Outcome], Iterable[Effect]] | None = None
    """What follows from any act on such a matter; asked after each."""
    prepare: Callable[[Consulted, str, Duty | None], Mapping[str, Value]] | None = None
    """What the form starts with, for a person (and a duty it is to discharge)."""
    prepare_step: Callable[[Consulted, Matter, str], Mapping[str, Value]] | None = None
    """What a step's own form, named as in `step_forms`, starts with."""
    filed_by: Callable[[Consulted, Duty], tuple[str, ...]] | None = None
    """Who files it to do away with a duty, where that need not be whoever owes it; nobody: whoever owes it."""
    own: str = ""
    """Key of the blank that names a person; he may file it for himself whoever else may."""
    indexed: tuple[str, ...] = ()
    """Blanks by which matters of this kind are looked up."""
    help: str = ""
    books: tuple[Booked, ...] = ()
    """The ledgers it is booked in."""
    derived: tuple[Field, ...] = ()
    """Facts that nobody fills in: worked out from the form when it is filed, kept with it, compared by conditions."""
    derive: Callable[[Consulted, Matter], Mapping[str, Value]] | None = None
    """Works out the derived facts; what it leaves out stays unknown."""
    unseen: Unseen | None = None
    """What whoever files it says beside it that is recorded nowhere."""

    @property
    def facts(self) -> tuple[Field, ...]:
        """Everything the matter holds: its blanks, and what is derived from them."""
        return (*self.fields, *self.derived)

    def blank(self, key: str) -> Field | None:
        return next((blank for blank in self.facts if blank.key == key), None)

    def about(self, values: Mapping[str, Value]) -> str:
        """What names a matter with these values in lists; a period as people read it."""
        blank, said = self.blank(self.subject), str(values.get(self.subject, ""))
        return period_written(said) if blank is not None and blank.kind is Kind.PERIOD else said

    def place(self, at: str) -> str:
        """Where a finding belongs, in words: `vouchers.1.kind` is 票据第 1 行票据种类; as it is for no blank."""
        first, *rest = at.split(".")
        steps = [blank for fields in self.step_forms.values() for blank in fields]
        blank = next((blank for blank in (*self.facts, *steps) if blank.key == first), None)
        if blank is None:
            return at
        columns = {column.key: column.title for column in blank.columns}
        row = f"第 {rest[0]} 行" if rest else ""
        return blank.title + row + "".join(columns.get(each, each) for each in rest[1:])


@dataclass(frozen=True, slots=True)
class LedgerType:
    """A register of entries. `indexed` are the columns it is filtered and summed by; `together` those of them that are
    asked for at once, such as a person's month: without it one of them alone narrows a book of years.
    """

    key: str
    title: str
    columns: tuple[Field, ...]
    indexed: tuple[str, ...] = ()
    help: str = ""
    together: tuple[tuple[str, ...], ...] = ()
    told: str = ""
    """The column that whoever's act is booked is told, such as the numbers it was given."""


def blanks_of(declared: MatterType | LedgerType) -> Mapping[str, Field]:
    """The blanks of a matter, or the columns of a ledger, by key."""
    return {each.key: each for each in (declared.facts if isinstance(declared, MatterType) else declared.columns)}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document leaves open: a value with a default, read as `family.key`. A list holds choices."""

    key: str
    title: str
    kind: Kind
    default: Any
    many: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """A table worked out from the records for a stretch of time, each time it is looked at."""

    key: str
    title: str
    columns: tuple[Field, ...]
    rows: Callable[[Consulted, Term], Iterable[Mapping[str, Value]]]
    """The lines, by the columns' keys; asked at the desk of whoever looks."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """One regulation family: pure data and pure functions."""

    key: str
    title: str
    matters: tuple[MatterType, ...] = ()
    rules: tuple[RuleKind, ...] = ()
    ledgers: tuple[LedgerType, ...] = ()
    settings: tuple[Setting, ...] = ()
    holdings: Callable[[Consulted, str], Iterable[Holding]] | None = None
    """What a person has in hand by this family's books, for when he leaves."""
    overviews: tuple[Overview, ...] = ()
    calls: Callable[[Consulted, str], Iterable[str]] | None = None
    """What calls a person away from his desk right now, each in a line: a vote that is open."""
    emergency: Callable[[Consulted], Iterable[str]] | None = None
    """What anybody does at once when it comes to the worst, one thing a line; one key away from every screen."""
    papers: tuple[Paper, ...] = ()
    """The printed forms of its own; everything else prints by the common layout."""

"""What a regulation family declares: matter types, rule kinds, ledgers, settings."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NewType, Protocol

from core.acts import Act, Verb
from core.agency import Body
from core.chains.steps import Step
from core.days.calendar import Calendar
from core.days.terms import Term
from core.fields import Field, Kind, Sought, Value
from core.finding import Problem
from core.matter import Matter, State
from core.national_tables import NationalTable
from core.papers import Paper
from core.people import Organisation
from core.records import Duty, Effect, Entry, Holding, Resolution
from core.unseen import Unseen

FieldKey = NewType("FieldKey", str)
"""A rule's parameter that names a blank of the matter's form; checked at load."""
PostKey = NewType("PostKey", str)
BodyKey = NewType("BodyKey", str)
UnitKey = NewType("UnitKey", str)
FunctionKey = NewType("FunctionKey", str)
LedgerKey = NewType("LedgerKey", str)
MatterKey = NewType("MatterKey", str)
Selector = NewType("Selector", str)
"""Who: see `core.chains.steps.Step.by`."""


class Consulted(Protocol):
    """What rules and families may ask of the office; they never write."""

    remembered: dict[Any, Any] | None
    """What has been asked while one act is judged; `core.remembering.once_a_hearing` keeps it."""

    @property
    def now(self) -> datetime: ...
    @property
    def day(self) -> date: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def organisation(self) -> Organisation: ...

    def matter_type(self, kind: str) -> "MatterType | None":
        """The declaration of a kind of matter."""
        ...

    def kind_named(self, named: str) -> str:
        """The key of the kind of matter that has this key or title; empty where there is none."""
        ...

    def setting(self, key: str) -> Any:
        """The value of `family.key`: the agency's, else the declared default."""
        ...

    def national(self, key: str, day: date | None = None) -> NationalTable:
        """The national table `file.table` as it holds on a day (today); LookupError where there is none."""
        ...

    def body(self, key: str) -> Body | None:
        """A body of the agency."""
        ...

    def bodies(self) -> tuple[Body, ...]:
        """Every body of the agency."""
        ...

    def awaiting(self, body: str) -> list[Matter]:
        """The matters that wait for a body's resolution, oldest first."""
        ...

    def matter(self, number: str) -> Matter | None: ...

    def matters(self, kind: str, /, *, state: State | None = None, limit: int = 200, **values: Value) -> list[Matter]:
        """Matters of a kind whose indexed values are as given, newest first."""
        ...

    def entries(self, ledger: str, /, *, limit: int = 200, **values: Sought) -> list[Entry]:
        """Entries of a ledger whose indexed columns are as given, newest first."""
        ...

    def whole(self, ledger: str, /, **values: Value) -> tuple[Entry, ...]:
        """Every entry of a ledger whose indexed columns are as given, oldest first; kept, and read on next time."""
        ...

    def entry(self, ledger: str, number: int) -> Entry | None: ...

    def reversed(self, entry: Entry) -> dict[str, Value]:
        """The values that cancel an entry: sums and numbers negated, the rest as it was."""
        ...

    def total(self, ledger: str, column: str, /, **values: Sought) -> Decimal:
        """The sum of a money or number column over the entries as given."""
        ...

    def totals(
        self, ledger: str, column: str, by: tuple[str, ...], /, **values: Sought
    ) -> Mapping[tuple[str, ...], Decimal]:
        """The sums of a money or number column over the entries as given, by the texts of other columns."""
        ...

    def resolutions(self, matter: str) -> list[Resolution]: ...

    def duties(self, person: str = "", until: date | None = None) -> list[Duty]:
        """What is owed and not done (by one person), soonest first; with a later day, what will be owed by then."""
        ...

    def duties_awaiting(self, evidence: str, periods: Collection[str]) -> list[Duty]:
        """The recurring duties of these periods, not done, for which a kind of matter is the evidence."""
        ...

    def duty(self, key: str) -> Duty | None:
        """One duty, done or not."""
        ...

    def duties_from(self, matter: str, *, done: bool = False) -> list[Duty]:
        """What is owed because of a matter, soonest first; what is done already only where it is asked for."""
        ...

    def holdings(self, person: str) -> list[Holding]:
        """What somebody must take over before this person can leave."""
        ...

    def waiting_on(self, person: str) -> list[str]:
        """The numbers of matters at whose present step nobody but this person may act."""
        ...

    def selected(self, selector: str, applicant: str = "") -> tuple[str, ...]:
        """The persons a selector names today."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act as it is judged: the matter as it would stand, the step acted at, and the office to consult."""

    act: Act
    matter: Matter
    office: Consulted
    step: Step | None = None
    given: Mapping[str, Value] = field(default_factory=dict)
    """What was filled in at this step's own form."""

    @property
    def facts(self) -> dict[str, Any]:
        """Named facts for conditions: the form's values and the applicant's unit, posts, rank and staff kind."""
        return matter_facts(self.matter, self.office.organisation, self.office.day)


APPLICANT_FACTS = {
    "applicant.unit": ("申请人科室", Kind.UNIT),
    "applicant.post": ("申请人职务", Kind.POST),
    "applicant.rank": ("申请人职级序", Kind.NUMBER),
    "applicant.staff": ("申请人身份", Kind.TEXT),
}
"""Facts every matter has, beside its own blanks: title and kind."""


def matter_facts(matter: Matter, organisation: Organisation, day: date) -> dict[str, Any]:
    """The facts that conditions compare."""
    facts: dict[str, Any] = dict(matter.values)
    facts["applicant.unit"] = matter.unit
    held = organisation.tenures_of(matter.applicant, day)
    if held:
        facts["applicant.post"] = held[0].post
        facts["applicant.rank"] = organisation.posts[held[0].post].rank
    if person := organisation.people.get(matter.applicant):
        facts["applicant.staff"] = person.staff.value
    return facts


Judge = Callable[[Any, Proposal], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A kind of rule a clause can use: its parameters (a frozen dataclass), when it is judged, its judgement.

    `matters` are the matter types it is judged for unless the use names one; `verbs` the acts it judges, where
    `SUBMIT` includes `RESUBMIT`. `recorded` says it only makes sure that a fact is there.
    """

    key: str
    title: str
    parameters: type
    judge: Judge
    verbs: frozenset[Verb]
    matters: tuple[str, ...] = ()
    recorded: bool = False
    deferred: bool = False
    """Whether what it asks for may follow afterwards where a clause lets a matter be performed first (先办后补)."""


def rule(
    key: str,
    title: str,
    parameters: type,
    *,
    matters: Iterable[str] = (),
    verbs: Iterable[Verb] = (Verb.SUBMIT,),
    recorded: bool = False,
    deferred: bool = False,
) -> Callable[[Judge], RuleKind]:
    """Make a judgement function a rule kind that clauses use by its key."""

    def declare(judge: Judge) -> RuleKind:
        return RuleKind(key, title, parameters, judge, frozenset(verbs), tuple(matters), recorded, deferred)

    return declare


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

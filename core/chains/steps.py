"""The ordered sign-offs a matter must pass, as the rulebook declares them."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from core.condition import Condition


class StepKind(StrEnum):
    """What a step waits for."""

    SIGN = "sign"
    RESOLUTION = "resolution"
    NOTICE = "notice"
    PERFORM = "perform"
    FILE = "file"


class Mode(StrEnum):
    """Whose signatures a sign step needs."""

    ONE = "one"
    """The first lawful actor's."""
    ALL = "all"
    """Everyone's (会签)."""
    ANY = "any"
    """Any one of several (或签)."""
    COUNT = "count"
    """At least `count` of them."""
    RATIO = "ratio"
    """At least the share `ratio` of all who hold a place at the step, those away included (票签)."""
    ORDER = "order"
    """Everyone's, one after the other (依次)."""
    GROUPS = "groups"
    """One from each of the selectors (每组一人)."""


class Otherwise(StrEnum):
    """What happens where a step has no ordinary actor; never that it passes by itself."""

    REFUSE = "refuse"
    """The matter is refused at submission, with the remedy."""
    WAIT = "wait"
    """The matter waits until he is back or a stand-in is named."""
    SUPERIOR = "superior"
    """The leader in charge of the actor's unit signs instead; above him the principal."""
    PRINCIPAL = "principal"
    """The principal signs instead."""
    INSTEAD = "instead"
    """Whoever the step's `instead` selectors name signs."""


class Repeat(StrEnum):
    """What a person does who has already signed this matter."""

    AGAIN = "again"
    """Signs again, in this step's capacity."""
    OTHER = "other"
    """Another actor of this step signs; where there is none the step falls to the superior."""
    ONCE = "once"
    """His earlier signature counts, and the course says so."""


@dataclass(frozen=True, slots=True)
class Due:
    """How long a step may take."""

    days: int
    workdays: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """What is done when the post is vacant, the holder away, the applicant himself, or has signed before."""

    vacant: Otherwise = Otherwise.REFUSE
    absent: Otherwise = Otherwise.WAIT
    applicant: Otherwise = Otherwise.SUPERIOR
    repeat: Repeat = Repeat.AGAIN
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """Who may decide in the place of a step's signers, by a clause that says so."""

    by: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Urgent:
    """Where a matter is urgent it may be performed before it is signed, and the signatures follow within `due`.

    `by` are those who may perform it then; the performing step's own actors where none are named.
    """

    clause: str
    due: Due
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `by` are selectors: a post key, `applicant`, `unit-head`, `supervising-leader`, `principal`,
    `head-of:UNIT`, `leader-of:UNIT`, `leader-of-function:FUNCTION`, `person:KEY`, `chosen:FIELD`.
    """

    kind: StepKind
    title: str
    by: tuple[str, ...] = ()
    mode: Mode = Mode.ONE
    count: int = 0
    when: Condition | None = None
    body: str = ""
    due: Due | None = None
    policy: Policy = Policy()
    form: str = ""
    """Key of the blanks (`MatterType.step_forms`) that are filled in at this step."""
    clause: str = ""
    """Number of the clause this step carries out; the chain's own clause when empty."""
    opinion: bool = False
    """Whether an approval too needs a written opinion; a rejection or return always does."""
    ratio: Fraction = Fraction(0)
    override: Override | None = None
    singly: bool = False
    """Whether it is read and signed by itself, never in a batch."""
    again: bool = False
    """Whether what is performed here may be sent back to be done once more (返工)."""

    def needed(self, places: int) -> int:
        """How many of the holders must sign where a number or a share is asked for; nought in every other mode."""
        if self.mode is Mode.RATIO:
            return max(1, ceil(self.ratio * places))
        return self.count if self.mode is Mode.COUNT else 0


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of one kind of matter, by one clause; `when` picks among several chains of the same kind."""

    matter: str
    clause: str
    steps: tuple[Step, ...]
    when: Condition | None = None
    urgent: Urgent | None = None

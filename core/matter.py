"""A matter: a typed form that takes a course."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from core.acts import Verb
from core.attachments.attachment import Attachment
from core.chains.changes import Added, Asked, Handed
from core.chains.steps import Step
from core.fields import Value


class State(Enum):
    """Where a matter stands."""

    RUNNING = "running"
    RETURNED = "returned"
    SETTLED = "settled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def title(self) -> str:
        return _TITLES[self]

    @property
    def open(self) -> bool:
        return self in (State.RUNNING, State.RETURNED)


_TITLES = {
    State.RUNNING: "办理中",
    State.RETURNED: "已退回",
    State.SETTLED: "已办结",
    State.REJECTED: "未通过",
    State.WITHDRAWN: "已撤回",
}


ONWARD = frozenset({Verb.APPROVE, Verb.PERFORM, Verb.FILE, Verb.RESOLVE, Verb.OVERRIDE, Verb.URGENT})
"""The acts by which a step counts as done."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One act in a matter's course."""

    verb: Verb
    by: str
    at: datetime
    step: int = -1
    """Index of the step it was done at; -1 outside of any step."""
    on_behalf: str = ""
    """The person a stand-in acted for."""
    basis: str = ""
    """Why this person was lawful: a delegation, a fallback, an earlier signature that counts."""
    opinion: str = ""
    reason: str = ""
    """Why he went on in the face of a warning."""
    void: bool = False
    """A signature that no longer counts: the form changed, the matter was returned past it, or it was taken back."""
    persons: tuple[str, ...] = ()
    """To whom it was handed, who was asked, added, removed or sent a copy."""
    carried: bool = False
    """An earlier signature that counts again by the step's policy, rather than an act."""


_ARRIVING = ONWARD | {Verb.SUBMIT, Verb.RESUBMIT, Verb.RETURN, Verb.EXPIRE}


def urged_on(matter: "Matter") -> date | None:
    """When it was last urged on at the step it waits at; None when it was not."""
    for mark in reversed(matter.course):
        if mark.verb is Verb.URGE:
            return mark.at.date()
        if mark.verb in _ARRIVING and mark.step != matter.at:
            return None
    return None


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter as it stands. `at` is the index of the step it waits at; `resume` where it goes after a return."""

    number: str
    kind: str
    applicant: str
    unit: str
    submitted: datetime
    values: Mapping[str, Value]
    rulebook: str
    clause: str
    """The clause (`regulation/no`) whose chain it follows; empty for a register."""
    chain: int = -1
    """Which of the rulebook's chains for its kind it follows."""
    steps: tuple[Step, ...] = ()
    state: State = State.RUNNING
    at: int = 0
    resume: int = -1
    arrived: datetime | None = None
    """When it came to the present step."""
    due: date | None = None
    """By when the present step is to be done."""
    course: tuple[Mark, ...] = ()
    duty: str = ""
    version: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What the steps' own forms recorded, by step form key."""
    moved: date | None = None
    """When it was moved to the rulebook it follows, if it was filed under another."""
    added: tuple[Added, ...] = ()
    handed: tuple[Handed, ...] = ()
    asked: tuple[Asked, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def step(self) -> Step | None:
        """The step it waits at."""
        return self.steps[self.at] if self.state is State.RUNNING and 0 <= self.at < len(self.steps) else None

    @property
    def ruled_on(self) -> date:
        """The day whose clauses it is judged by."""
        return self.moved or self.submitted.date()

    def signed(self, index: int) -> tuple[Mark, ...]:
        """The approvals at a step that still count."""
        return tuple(mark for mark in self.course if mark.step == index and mark.verb in ONWARD and not mark.void)

    @property
    def performed(self) -> bool:
        """Whether what it asks for has been done, by whichever way; a return does not undo that."""
        return any(mark.verb in (Verb.PERFORM, Verb.URGENT) for mark in self.course)

    def carried_out_from(self, index: int) -> Step | None:
        """The first step from `index` on, before the one it waits at, that has been performed; None where none has."""
        done = {mark.step for mark in self.course if mark.verb in (Verb.PERFORM, Verb.URGENT) and not mark.void}
        return next((self.steps[place] for place in range(index, self.at) if place in done), None)

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def money(self, key: str) -> Decimal:
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else Decimal(0)

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def count(self, key: str) -> int:
        value = self.values.get(key)
        return value if isinstance(value, int) else 0

    def flag(self, key: str) -> bool:
        return self.values.get(key) is True

    def rows(self, key: str) -> tuple[Mapping[str, Any], ...]:
        value = self.values.get(key)
        return value if isinstance(value, tuple) else ()

    def with_mark(self, mark: Mark) -> "Matter":
        return replace(self, course=(*self.course, mark))

"""A kind of rule that clauses use: its parameters, what it is judged on, and its judgement."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NewType

from core.acts import Act, Verb
from core.chains.steps import Step
from core.consulted import Consulted
from core.fields import Kind, Value
from core.finding import Problem
from core.matter import Matter
from core.people import Organisation

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

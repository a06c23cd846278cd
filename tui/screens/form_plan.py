"""What a form asks for and which act it becomes, for each verb that needs one."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from core.acts import Act, Verb
from core.chains.additions import performing_step
from core.chains.steps import Step, StepKind
from core.condition import settled_by
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.hearings.signing import RESOLUTION_FORM
from core.hearings.standing import OBJECTION_FORM
from core.matter import Matter
from core.records import Duty
from tui.drafts import Draft, Task
from tui.session import Session
from tui.wording import raw_text

OPINION = "@opinion"
"""The blank for an opinion beside a step's own blanks; no declared blank can be called so."""

_OPINION = Field(OPINION, "意见", Kind.LONG, required=False)


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form: its heading and blanks, and what stands in them at first."""

    heading: str
    blanks: tuple[Field, ...]
    initial: Mapping[str, Any] = field(default_factory=dict)
    help: str = ""
    version: int = 0
    planned: bool = False
    """Whether the act has a course to show beside the form."""


def plan_form(session: Session, task: Task) -> FormPlan | None:
    """The form for a task; None when what it is about is no longer there."""
    match task.verb:
        case Verb.SUBMIT:
            return _filing(session, task)
        case Verb.SETTLE_OBJECTION:
            notice = session.desk.notice(task.target)
            return FormPlan(f"处理异议：{notice.title}", OBJECTION_FORM) if notice else None
        case _:
            matter = session.desk.matter(task.matter)
            return _on_matter(session, task, matter) if matter else None


def _filing(session: Session, task: Task) -> FormPlan | None:
    kind = session.desk.matter_type(task.kind)
    if kind is None:
        return None
    duty = session.desk.duty(task.duty) if task.duty else None
    initial: dict[str, Any] = _asked_by(session, kind, duty) if duty else {}
    if kind.prepare is not None:
        initial |= _prepared(partial(kind.prepare, session.desk, session.person, duty))
    asked = session.office.agency.asked(kind.key, kind.fields)
    return FormPlan(kind.title, asked, _begun(asked, initial), kind.help, planned=True)


def _begun(blanks: tuple[Field, ...], initial: Mapping[str, Any]) -> dict[str, Any]:
    """What stands at first in the blanks that are asked for."""
    return {blank.key: initial[blank.key] for blank in blanks if blank.key in initial}


def _prepared(prepare: Callable[[], Mapping[str, Value]]) -> dict[str, Any]:
    """What a family begins a form with; one that cannot leaves it empty, and its blanks can still be filled in."""
    with suppress(Exception):
        return {key: raw_text(value) for key, value in prepare().items()}
    return {}


def _asked_by(session: Session, kind: MatterType, duty: Duty) -> dict[str, Any]:
    """What a duty tells of the form it asks for: the period, what its clause asks for, the matter it comes from."""
    told: dict[str, Any] = {"period": duty.period} if duty.period and kind.blank("period") else {}
    if duty.evidence_when is not None:
        told |= {key: raw_text(value) for key, value in settled_by(duty.evidence_when).items()}
    matter = session.desk.matter(duty.matter) if duty.matter else None
    if matter is None:
        return told
    about = (each.key for each in kind.fields if each.kind is Kind.MATTER and each.matter == matter.kind)
    return {**told, **dict.fromkeys(about, matter.number)}


def _on_matter(session: Session, task: Task, matter: Matter) -> FormPlan | None:
    kind = session.desk.matter_type(matter.kind)
    if kind is None:
        return None
    if task.verb is Verb.RESUBMIT:
        heading = f"重新提交 {matter.number}"
        asked = _asked(session, matter, kind.key, kind.fields, matter.values)
        begun = _begun(asked, {key: raw_text(value) for key, value in matter.values.items()})
        return FormPlan(heading, asked, begun, kind.help, matter.version, planned=True)
    step = step_of(matter, task.verb)
    blanks = step_blanks(session, matter, task.verb)
    heading = f"{matter.number}　{step.title if step else ''}"
    own = () if task.verb is Verb.RESOLVE else (replace(_OPINION, required=task.verb is Verb.URGENT),)
    initial = {}
    if kind.prepare_step is not None and step is not None and step.form in kind.step_forms:
        initial = _begun(blanks, _prepared(partial(kind.prepare_step, session.desk, matter, step.form)))
    return FormPlan(heading, (*blanks, *own), initial, version=matter.version)


def step_of(matter: Matter, verb: Verb) -> Step | None:
    """The step that an act is done at: the one the matter waits at, or the one performed before its turn."""
    if verb is not Verb.URGENT:
        return matter.step
    at = performing_step(matter)
    return matter.steps[at] if at >= 0 else None


def step_blanks(session: Session, matter: Matter, verb: Verb) -> tuple[Field, ...]:
    """The blanks that are filled in with an act on a matter."""
    step, kind = step_of(matter, verb), session.desk.matter_type(matter.kind)
    if step is None or kind is None:
        return ()
    if step.kind is StepKind.RESOLUTION:
        return RESOLUTION_FORM
    blanks = (each for each in kind.step_forms.get(step.form, ()) if verb is Verb.URGENT or not each.urgent)
    return _asked(session, matter, f"{kind.key}/{step.form}", tuple(blanks))


def _asked(
    session: Session, matter: Matter, form: str, blanks: tuple[Field, ...], held: Mapping[str, Value] | None = None
) -> tuple[Field, ...]:
    """The blanks a form of a matter asks for: all of them where it follows a text in which a clause may need one."""
    office = session.office
    return office.agency.asked(form, blanks, held) if matter.rulebook == office.rulebook.digest else blanks


def act_of(session: Session, plan: FormPlan, draft: Draft, reason: str = "") -> Act:
    """The act that the form stands for as it is filled in."""
    task = draft.task
    given = {key: value for key, value in draft.values.items() if key != OPINION}
    if task.verb is not Verb.RESUBMIT:
        given = {key: value for key, value in given.items() if value}
    return Act(
        task.verb,
        session.person,
        kind=task.kind,
        matter=task.matter,
        values=given,
        opinion=str(draft.values.get(OPINION, "")),
        reason=reason,
        target=task.target,
        duty=task.duty,
        version=plan.version,
        token=draft.key,
    )

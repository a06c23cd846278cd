"""How a matter moves along its chain: pure transitions from one state to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from core.actors import complete, lawful
from core.acts import TO_APPLICANT, Verb
from core.calendar import Calendar, Deadline
from core.chain import Mode, Repeat, Step, StepKind
from core.family import matter_facts
from core.fields import Kind
from core.matter import Mark, Matter, State
from core.people import Organisation


@dataclass(frozen=True, slots=True)
class Setting:
    """What a transition happens in: the organisation, the calendar, the moment."""

    organisation: Organisation
    calendar: Calendar
    now: datetime

    @property
    def day(self) -> date:
        return self.now.date()


def applies(step: Step, facts: Mapping[str, Any]) -> bool:
    """Whether a step is part of the course, given the facts of the matter."""
    return step.when is None or step.when.met(facts)


def due_day(step: Step, since: date, calendar: Calendar) -> Deadline | None:
    """By when a step that a matter reaches on a day is to be done."""
    return calendar.add_days(since, step.due.days, workdays=step.due.workdays) if step.due else None


def _arrive(matter: Matter, index: int, setting: Setting) -> Matter:
    """The matter at the first step from `index` on that applies and is not already carried by an earlier signature."""
    facts = matter_facts(matter, setting.organisation, setting.day)
    while index < len(matter.steps):
        step = matter.steps[index]
        if not applies(step, facts):
            index += 1
            continue
        carried = _carried(matter, step, index, setting)
        if carried is None:
            break
        matter = matter.with_mark(carried)
        index += 1
    if index >= len(matter.steps):
        return replace(matter, state=State.SETTLED, at=len(matter.steps), resume=-1, arrived=setting.now, due=None)
    deadline = due_day(matter.steps[index], setting.day, setting.calendar)
    return replace(matter, state=State.RUNNING, at=index, arrived=setting.now, due=deadline.day if deadline else None)


def _carried(matter: Matter, step: Step, index: int, setting: Setting) -> Mark | None:
    """The mark by which an earlier signature counts for a step whose policy says so."""
    if step.policy.repeat is not Repeat.ONCE or step.kind is not StepKind.SIGN:
        return None
    actors = lawful(step, index, matter, setting.organisation, setting.day).actors
    for mark in reversed(matter.course):
        capacity = mark.on_behalf or mark.by
        counts = mark.verb is Verb.APPROVE and not mark.void and 0 <= mark.step < index
        if counts and actors and all(actor.capacity == capacity for actor in actors):
            earlier = matter.steps[mark.step].title
            return replace(mark, step=index, at=setting.now, basis=f"已在“{earlier}”环节签字，按规定合并计算")
    return None


def begin(matter: Matter, setting: Setting) -> Matter:
    """A submitted matter at its first step; a register is settled at once."""
    return _arrive(matter, 0, setting)


def signed(matter: Matter, mark: Mark, setting: Setting) -> tuple[Matter, Step | None]:
    """The matter after a signature, and the step that it completed, if it did."""
    step = matter.steps[mark.step]
    following = matter.resume if matter.resume > mark.step else mark.step + 1
    if step.kind is StepKind.SIGN and step.mode not in (Mode.ONE, Mode.ANY):
        marked = matter.with_mark(mark)
        found = lawful(step, mark.step, marked, setting.organisation, setting.day)
        if not complete(step, found, marked.signed(mark.step)):
            return marked, None
    return _arrive(replace(matter, course=(*matter.course, mark), resume=-1), following, setting), step


def rejected(matter: Matter, mark: Mark) -> Matter:
    """The matter ends, not passed."""
    return replace(matter.with_mark(mark), state=State.REJECTED, due=None)


def withdrawn(matter: Matter, mark: Mark) -> Matter:
    """The matter ends at the applicant's own wish."""
    return replace(matter.with_mark(mark), state=State.WITHDRAWN, due=None)


def returned(matter: Matter, mark: Mark, to: int, setting: Setting) -> Matter:
    """Back to the applicant or to an earlier step, remembering where it goes afterwards."""
    resume = max(matter.at, matter.resume)
    if to == TO_APPLICANT:
        return replace(matter.with_mark(mark), state=State.RETURNED, resume=resume, arrived=setting.now, due=None)
    course = tuple(replace(each, void=True) if each.step == to else each for each in matter.course)
    back = _arrive(replace(matter, course=course).with_mark(mark), to, setting)
    return replace(back, resume=resume)


def resubmitted(matter: Matter, changed: Matter, mark: Mark, kinds: Mapping[str, Kind], setting: Setting) -> Matter:
    """A returned matter with its form as changed.

    Where only wording changed it goes straight to the step that returned it and earlier signatures count. Where a
    sum, day, choice, person or row changed, what was signed is no longer what is asked for: the signatures are void
    and the course begins anew.
    """
    keys = set(matter.values) | set(changed.values)
    wording = (Kind.TEXT, Kind.LONG)
    same = all(matter.values.get(key) == changed.values.get(key) or kinds.get(key) in wording for key in keys)
    if same:
        ready = replace(changed.with_mark(mark), resume=-1)
        return _arrive(ready, max(matter.resume, 0), setting)
    course = tuple(replace(each, void=True) for each in changed.course)
    return _arrive(replace(changed, course=course, resume=-1).with_mark(mark), 0, setting)

"""How a matter moves along its chain: pure transitions from one state to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from core.acts import TO_APPLICANT, Position, Verb
from core.chains.actors import lawful
from core.chains.signatures import complete
from core.chains.steps import Mode, Repeat, Step, StepKind
from core.days.calendar import Calendar, Deadline
from core.fields import Kind
from core.matter import Mark, Matter, State
from core.people import Organisation
from core.rule_kinds import matter_facts


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


def arrive(matter: Matter, index: int, setting: Setting) -> Matter:
    """The matter at the first step from `index` on that applies and is not already carried by an earlier signature."""
    facts = matter_facts(matter, setting.organisation, setting.day)
    while index < len(matter.steps):
        step = matter.steps[index]
        if not applies(step, facts) or _performed_first(matter, index):
            index += 1
            continue
        carried = _carried(matter, step, index, setting)
        if carried is None:
            break
        matter = matter.with_mark(carried)
        index += 1
    if index >= len(matter.steps):
        end = len(matter.steps)
        return replace(matter, state=State.SETTLED, at=end, resume=-1, arrived=setting.now, due=None, asked=())
    return waiting_at(matter, index, setting)


def waiting_at(matter: Matter, index: int, setting: Setting) -> Matter:
    """The matter at a step, whoever has signed it before."""
    deadline = due_day(matter.steps[index], setting.day, setting.calendar)
    due = deadline.day if deadline else None
    return replace(matter, state=State.RUNNING, at=index, arrived=setting.now, due=due, asked=())


def _performed_first(matter: Matter, index: int) -> bool:
    """Whether a step was performed before its turn, so that it is passed when the turn comes."""
    return any(mark.verb is Verb.URGENT and mark.step == index and not mark.void for mark in matter.course)


def _carried(matter: Matter, step: Step, index: int, setting: Setting) -> Mark | None:
    """The mark by which an earlier signature counts for a step whose policy says so."""
    if step.policy.repeat is not Repeat.ONCE or step.kind is not StepKind.SIGN or joined(matter, index):
        return None
    actors = lawful(step, index, matter, setting.organisation, setting.day).actors
    for mark in reversed(matter.course):
        capacity = mark.on_behalf or mark.by
        counts = mark.verb is Verb.APPROVE and not mark.void and 0 <= mark.step < index
        if counts and actors and all(actor.capacity == capacity for actor in actors):
            earlier = matter.steps[mark.step].title
            basis = f"已在“{earlier}”环节签字，按规定合并计算"
            return replace(mark, step=index, at=setting.now, basis=basis, carried=True)
    return None


def joined(matter: Matter, index: int) -> bool:
    """Whether others were added to sign at a step too."""
    return any(added.index == index and added.position is Position.BESIDE for added in matter.added)


def begin(matter: Matter, setting: Setting) -> Matter:
    """A submitted matter at its first step; a register is settled at once."""
    return arrive(matter, 0, setting)


def signed(matter: Matter, mark: Mark, setting: Setting) -> tuple[Matter, Step | None]:
    """The matter after a signature, and the step that it completed, if it did."""
    step = matter.steps[mark.step]
    alone = step.mode in (Mode.ONE, Mode.ANY) and not (matter.added and joined(matter, mark.step))
    if step.kind is StepKind.SIGN and not alone:
        return completed(matter.with_mark(mark), mark.step, setting)
    return onward(matter.with_mark(mark), mark.step + 1, setting), step


def completed(matter: Matter, index: int, setting: Setting) -> tuple[Matter, Step | None]:
    """The matter past the step it waits at, with the step, if its signatures are complete; else as it was."""
    if not complete_at(matter, index, setting):
        return matter, None
    return onward(matter, index + 1, setting), matter.steps[index]


def complete_at(matter: Matter, index: int, setting: Setting) -> bool:
    """Whether a step has all it needs to be passed."""
    step, marks = matter.steps[index], matter.signed(index)
    if step.kind is not StepKind.SIGN or not marks:
        return bool(marks)
    return complete(step, lawful(step, index, matter, setting.organisation, setting.day), marks)


def onward(matter: Matter, index: int, setting: Setting) -> Matter:
    """The matter at the step where it goes on from `index`: the one that returned it, but none in between is passed
    whose signatures do not stand.
    """
    if matter.resume < 0:
        return arrive(matter, index, setting)
    if matter.resume <= index:
        return arrive(replace(matter, resume=-1), index, setting)
    facts = matter_facts(matter, setting.organisation, setting.day)
    for between in range(index, matter.resume):
        step = matter.steps[between]
        if step.kind is not StepKind.NOTICE and applies(step, facts) and not complete_at(matter, between, setting):
            return replace(arrive(matter, between, setting), resume=matter.resume)
    return arrive(replace(matter, resume=-1), matter.resume, setting)


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
        marked = matter.with_mark(mark)
        return replace(marked, state=State.RETURNED, resume=resume, arrived=setting.now, due=None, asked=())
    course = tuple(replace(each, void=True) if each.step == to else each for each in matter.course)
    return replace(waiting_at(replace(matter, course=course).with_mark(mark), to, setting), resume=resume)


def only_reworded(matter: Matter, changed: Matter, kinds: Mapping[str, Kind]) -> bool:
    """Whether nothing but wording differs, so that what was signed is still what is asked for."""
    keys = set(matter.values) | set(changed.values)
    wording = (Kind.TEXT, Kind.LONG)
    same = all(matter.values.get(key) == changed.values.get(key) or kinds.get(key) in wording for key in keys)
    return same and (matter.clause, matter.chain) == (changed.clause, changed.chain)


def resubmitted(matter: Matter, changed: Matter, mark: Mark, kinds: Mapping[str, Kind], setting: Setting) -> Matter:
    """A returned matter with its form as changed.

    Where only wording changed it goes straight to the step that returned it and earlier signatures count. Where a
    sum, day, choice, person or row changed, what was signed is no longer what is asked for: the signatures are void
    and the course begins anew.
    """
    if only_reworded(matter, changed, kinds):
        return onward(replace(changed.with_mark(mark), resume=max(matter.resume, 0)), 0, setting)
    course = tuple(replace(each, void=True) for each in changed.course)
    return arrive(replace(changed, course=course, resume=-1, handed=()).with_mark(mark), 0, setting)

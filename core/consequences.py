"""What follows from an act beyond the matter itself: duties opened and discharged, notices published."""

from collections.abc import Iterator
from dataclasses import replace

from tinydb import where

from core.acts import Verb
from core.chains.steps import Step, StepKind
from core.chains.urgency import paperwork, refused_afterwards, urgently_performed
from core.codec import duty_from_document
from core.days.awaited import awaiting
from core.desk import Desk
from core.family import Outcome
from core.matter import Matter, State
from core.records import Discharge, Duty, Effect, Notice
from core.registers.roster import ROSTER
from core.registers.roster_reading import read_roster


def effects_of(desk: Desk, outcome: Outcome) -> Iterator[Effect]:
    """Everything the matter type, the families and the rulebook make follow from an act."""
    matter = outcome.matter
    kind = desk.host.matter_types[matter.kind]
    if kind.follows is not None:
        yield from kind.follows(outcome)
    yield from desk.host.settled(outcome)
    yield from _gone_on(desk, outcome)
    completed = outcome.completed.title if outcome.completed else ""
    if completed or outcome.settled:
        yield from desk.duties_following(matter, completed, outcome.settled)
    if outcome.settled:
        yield from _discharges(desk, matter)
        yield from _roster_duties(desk, matter)
    if matter.state is State.REJECTED and urgently_performed(matter):
        yield from refused_afterwards(desk, matter)
    before = outcome.proposal.matter
    filed = outcome.proposal.act.verb in (Verb.SUBMIT, Verb.RESUBMIT)
    arrived = filed or (matter.at, matter.arrived) != (before.at, before.arrived)
    if arrived and matter.state is State.RUNNING and matter.step and matter.step.kind is StepKind.NOTICE:
        yield _notice(desk, matter, matter.step)


def _gone_on(desk: Desk, outcome: Outcome) -> Iterator[Discharge]:
    """The duties to act on a matter by a day, which await the very kind they follow from, once it has gone on."""
    before, matter = outcome.proposal.matter, outcome.matter
    filed = outcome.proposal.act.verb is Verb.SUBMIT
    if filed or (matter.at, matter.state) == (before.at, before.state):
        return
    owed = (where("evidence") == matter.kind) & (where("matter") == matter.number) & (where("done") == "")
    for document in desk.store.table("duties").search(owed):
        key = duty_from_document(document).key
        if key != paperwork(matter.number):  # That one is done when all of the course is.
            yield Discharge(key, matter.number)


def _roster_duties(desk: Desk, matter: Matter) -> Iterator[Duty]:
    """The duties that the lines of a roster bring about, each as the registration it equals."""
    if matter.kind == ROSTER.key:
        roster = read_roster(matter, desk.organisation, desk.day)
        for _, part, _ in roster.parts(matter, desk.organisation):
            yield from (replace(duty, matter=matter.number) for duty in desk.duties_following(part, "", True))


def _discharges(desk: Desk, matter: Matter) -> Iterator[Discharge]:
    """The duties that a settled matter discharges: the one it was filed for, and those that await its kind."""
    if matter.duty:
        yield Discharge(matter.duty, matter.number)
    if urgently_performed(matter):
        yield Discharge(paperwork(matter.number), matter.number)
    values = {value for value in matter.values.values() if isinstance(value, str)}
    for document in desk.store.table("duties").search((where("evidence") == matter.kind) & (where("done") == "")):
        duty = duty_from_document(document)
        if duty.matter in values and duty.key != matter.duty:
            yield Discharge(duty.key, matter.number)
    period = matter.text("period")
    if period and not matter.duty:
        yield from (Discharge(duty.key, matter.number) for duty in awaiting(desk, matter, (period,)))


def _notice(desk: Desk, matter: Matter, step: Step) -> Notice:
    kind = desk.host.matter_types[matter.kind]
    days = step.due.days if step.due else 0
    until = desk.calendar.add_workdays(desk.day, days).day
    subject = kind.about(matter.values)
    return Notice(
        f"{matter.number}-公示{matter.at + 1}",
        f"{kind.title}：{subject}",
        subject,
        matter.clause,
        desk.day,
        until,
        matter.number,
    )

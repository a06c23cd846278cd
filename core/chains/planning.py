"""The course of a matter as it lies ahead: each step with who, by when, by which clause."""

from core.acts import Verb
from core.chains.actors import lawful
from core.chains.course import Setting, applies, due_day
from core.chains.signatures import complete, still_to_sign
from core.chains.steps import StepKind
from core.desk import Desk
from core.finding import Citation
from core.matter import Matter, State
from core.people import Organisation
from core.rule_kinds import matter_facts
from core.verdict import Planned, Progress


def step_clause(desk: Desk, matter: Matter, index: int) -> Citation:
    """The clause that a step carries out: its own, else the chain's."""
    return cited(desk, matter, matter.steps[index].clause)


def cited(desk: Desk, matter: Matter, no: str) -> Citation:
    """A clause that a matter's chain names: of its own regulation where it names none, the chain's own when empty."""
    regulation = matter.clause.split("/")[0]
    return desk.rulebook_of(matter.rulebook).cite((no if "/" in no else f"{regulation}/{no}") if no else matter.clause)


def present_actors(desk: Desk, matter: Matter) -> tuple[str, ...]:
    """Everyone whom a matter waits for now: its actors, and those whose opinion was asked for."""
    if matter.state is State.RETURNED:
        return (matter.applicant,)
    if matter.step is None:
        return ()
    found = lawful(matter.step, matter.at, matter, desk.organisation, desk.day)
    waiting = still_to_sign(matter.step, found, matter.signed(matter.at))
    return tuple(dict.fromkeys((*(actor.person for actor in waiting), *(each.asked for each in found.withheld))))


_MARKED = {Verb.OVERRIDE: "特批", Verb.URGENT: "先办"}
"""What is said beside the name of one who acted out of the ordinary."""


def _actor_names(matter: Matter, index: int, organisation: Organisation, setting: Setting) -> tuple[str, ...]:
    names = []
    for mark in matter.signed(index):
        name = organisation.name(mark.by) + _MARKED.get(mark.verb, "")
        names.append(f"{name}代{organisation.name(mark.on_behalf)}" if mark.on_behalf else name)
    return tuple(names)


def plan(desk: Desk, matter: Matter) -> tuple[Planned, ...]:
    """Every step that applies, done, present and coming, with the days counted on from today."""
    organisation = desk.organisation
    setting = Setting(organisation, desk.calendar, desk.now)
    facts = matter_facts(matter, organisation, setting.day)
    planned = []
    reached = setting.day
    for index, step in enumerate(matter.steps):
        done = bool(matter.signed(index))
        present = matter.state is State.RUNNING and index == matter.at
        if not (done or present or applies(step, facts)):
            continue
        clause = step_clause(desk, matter, index)
        found = lawful(step, index, matter, organisation, setting.day)
        if (done and not present and complete(step, found, matter.signed(index))) or (done and index < matter.at):
            names = _actor_names(matter, index, organisation, setting)
            planned.append(Planned(index, step, (), names, clause, Progress.DONE))
            continue
        since = matter.arrived.date() if present and matter.arrived else reached
        deadline = due_day(step, since, desk.calendar)
        reached = deadline.day if deadline else reached
        actors = still_to_sign(step, found, matter.signed(index))
        names = tuple(
            organisation.described(actor.person, setting.day)
            + (f"代{organisation.name(actor.on_behalf)}" if actor.on_behalf else "")
            for actor in actors
        )
        names += tuple(
            f"{organisation.described(each.asked, setting.day)}答复{organisation.name(each.asker)}"
            for each in found.withheld
        )
        missing = "；".join(found.missing)
        if step.kind is StepKind.NOTICE:
            names, missing = ("公示期满自动进行",), ""
        planned.append(
            Planned(
                index,
                step,
                actors,
                names,
                clause,
                Progress.NOW if present else Progress.COMING,
                deadline.day if deadline else None,
                deadline.provisional if deadline else False,
                missing,
            )
        )
    return tuple(planned)

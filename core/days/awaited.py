"""The recurring duties that a matter does away with, however often they come round."""

from collections.abc import Collection, Iterator
from datetime import date

from core.consulted import Consulted
from core.days.recurrence import periods_holding
from core.family import Outcome
from core.matter import Matter
from core.records import Discharge, Duty
from core.rule_kinds import matter_facts


def awaiting(office: Consulted, matter: Matter, periods: Collection[str]) -> Iterator[Duty]:
    """The recurring duties of these periods (of all, where none is named) that a matter is the evidence for.

    It is of the unit and the person they are owed by, and such as their clause asks for. The one that it was filed
    for is not among them.
    """
    kind = office.matter_type(matter.kind)
    by, unit = matter.text(kind.own) if kind and kind.own else matter.applicant, matter.text("unit") or matter.unit
    facts = matter_facts(matter, office.organisation, office.day)
    for duty in office.duties_awaiting(matter.kind, periods):
        fits = duty.unit in ("", unit) and duty.person in ("", by) and duty.key != matter.duty
        if fits and (duty.evidence_when is None or duty.evidence_when.met(facts)):
            yield duty


def discharges(outcome: Outcome, day: date) -> Iterator[Discharge]:
    """For `MatterType.follows`: does away with what waits for such a matter in any period the day falls in.

    Nothing where the matter was filed for a duty of its own, or is not settled.
    """
    matter, office = outcome.matter, outcome.office
    if outcome.settled and not matter.duty:
        for duty in awaiting(office, matter, periods_holding(day, office.calendar)):
            yield Discharge(duty.key, matter.number)

"""The recurring duties that a matter does away with by the day it is about, however often they come round."""

from collections.abc import Iterator
from datetime import date

from core.days.recurrence import periods_holding
from core.family import Outcome
from core.records import Discharge


def discharges(outcome: Outcome, day: date) -> Iterator[Discharge]:
    """For `MatterType.follows`: the duties that wait for such a matter in any period the day falls in.

    None where the matter was filed for a duty of its own, or is not settled.
    """
    matter, office = outcome.matter, outcome.office
    if not outcome.settled or matter.duty:
        return
    for duty in office.duties_awaiting(matter.kind, periods_holding(day, office.calendar)):
        yield Discharge(duty.key, matter.number)

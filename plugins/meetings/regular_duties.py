"""Which of a body's regular duties a meeting does."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.agency import Body
from core.consulted import Consulted
from core.days.calendar import Calendar
from core.days.recurrence import periods_holding
from core.records import Discharge, Duty

_WEEK = timedelta(days=7)


def done_by(
    office: Consulted, evidence: str, body: Body, held_on: date, number: str, unit: str = ""
) -> Iterator[Discharge]:
    """The duties of a body, named in their titles, that are done by what was held on a day (in a unit).

    Where a clause asks for several in one period a meeting does one of them: the next to fall due, else the last.
    """
    regulation = body.clause.split("/")[0]
    owed: dict[tuple[str, str], list[Duty]] = {}
    for duty in office.duties_awaiting(evidence, periods(office.calendar, held_on)):
        if duty.clause.split("/")[0] == regulation and body.title in duty.title and duty.unit in ("", unit):
            owed.setdefault((duty.clause, duty.period), []).append(duty)
    for several in owed.values():
        ordered = sorted(several, key=lambda duty: duty.due)
        one = next((duty for duty in ordered if duty.due >= held_on), ordered[-1])
        yield Discharge(one.key, number)


def periods(calendar: Calendar, day: date) -> frozenset[str]:
    """The keys of the periods a day falls in; of two weeks, those reckoned from a Monday."""
    weeks = (day.isocalendar(), (day - _WEEK).isocalendar())
    fortnights = {f"{week.year:04d}-W{week.week:02d}-P2W" for week in weeks}
    return periods_holding(day, calendar) | fortnights

"""Lucheng's Party branches as the tests begin them: a roll, dues fixed, acts filed, duties looked up."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.office import Office
from core.records import Duty
from core.verdict import Result
from plugins.party import dues, roll

CONFIG = Path(__file__).parent.parent / "config"
SECRETARY, DEPUTY, COLLECTOR, PROBATIONER = "P013", "P017", "P015", "P016"
OTHER_SECRETARY, OTHER_COLLECTOR, GENERAL = "P029", "P030", "P005"
MEMBERS = (SECRETARY, DEPUTY, COLLECTOR, PROBATIONER)


def opened(day: date = date(2026, 1, 5)) -> Office:
    return office_factory(CONFIG, "lucheng")(FixedClock(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)))


def at(office: Office, day: date) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.set(datetime(day.year, day.month, day.day, 9, tzinfo=ZONE))


def file(office: Office, by: str, kind: str, values: object, duty: str = "") -> Result:
    assert isinstance(values, dict)
    return office.perform(Act(Verb.SUBMIT, by, kind, values=values, duty=duty))


def done(result: Result) -> Result:
    assert result.done, [finding.facts for finding in result.verdict.findings]
    return result


def clauses(result: Result) -> set[str]:
    return {finding.clause.key for finding in result.verdict.findings}


def enrol(office: Office, unit: str = "branch-1", by: str = COLLECTOR, people: tuple[str, ...] = MEMBERS) -> None:
    rows = [{"person": each, "standing": roll.FULL, "since": "2015-07-01"} for each in people]
    done(file(office, by, "party.roll", {"unit": unit, "lines": rows}))


def assess(office: Office, incomes: dict[str, Decimal]) -> dict[str, Decimal]:
    fixed = {
        person: dues.monthly(office.desk, dues.SERVING, income, date(2026, 1, 5)) for person, income in incomes.items()
    }
    rows = [
        {"person": person, "category": dues.SERVING, "income": str(income), "monthly": str(fixed[person])}
        for person, income in incomes.items()
    ]
    done(file(office, COLLECTOR, "party.dues-assessment", {"unit": "branch-1", "period": "2026", "lines": rows}))
    return fixed


def owed(office: Office, title: str, unit: str) -> list[Duty]:
    """What is shown as due of a title for a branch."""
    found = [duty for duty in office.desk.duties() if duty.title.startswith(title) and duty.unit == unit]
    return [duty for duty in found if duty.opens <= office.desk.day]

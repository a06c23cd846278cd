"""Acts of persons on an office as tests perform them, and what came of them."""

from datetime import date, datetime
from typing import Any

from core.acts import Act, Verb
from core.days.clock import ZONE, FixedClock
from core.finding import Level
from core.office import Office
from core.verdict import Result


def file(office: Office, by: str, kind: str, **values: Any) -> Result:
    """A form filed."""
    return office.perform(Act(Verb.SUBMIT, by, kind, values=values))


def sign(office: Office, by: str, matter: str, verb: Verb = Verb.APPROVE, **values: Any) -> Result:
    """A step of a matter signed or performed."""
    return office.perform(Act(verb, by, matter=matter, values=values))


def number(result: Result) -> str:
    """The number of a matter whose act was done."""
    assert result.done and result.matter is not None, [each.facts for each in result.verdict.findings]
    return result.matter.number


def clauses(result: Result, level: Level = Level.REFUSE) -> set[str]:
    """The clauses by which an act was refused, or warned of."""
    return {each.clause.key for each in result.verdict.findings if each.level is level}


def move_clock(office: Office, day: date, hour: int = 9, minute: int = 0) -> None:
    """Another time for everybody in the office."""
    assert isinstance(office.clock, FixedClock)
    office.clock.set(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE))


def inbox(sample: Any, matter: str) -> set[str]:
    """Who finds a matter in his inbox, in an office set up by a test."""
    return {row["person"] for row in sample.office.store.table("inbox") if row["matter"] == matter}

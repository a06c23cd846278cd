"""What each person is to be reminded of: duties and matters that are due soon or overdue, each with its clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tinydb import where

from core.chains.planning import step_clause
from core.office import Office


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one person is reminded of on a day, the most urgent first."""

    person: str
    overdue: tuple[str, ...]
    soon: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything as it is told."""
        told = (("已经逾期：", self.overdue), ("即将到期：", self.soon))
        return tuple(line for heading, each in told if each for line in (heading, *(f"  {text}" for text in each)))


def reminders(office: Office, days: int) -> list[Reminder]:
    """A reminder for everybody in post who has something overdue or due within so many days."""
    today = office.desk.day
    found = []
    for person in sorted(each.key for each in office.desk.organisation.staff(today)):
        due = sorted([*_duties(office, person, today + timedelta(days)), *_matters(office, person)])
        overdue = tuple(f"{text}，期限 {day}" for day, text in due if day < today)
        soon = tuple(f"{text}，期限 {day}" for day, text in due if today <= day <= today + timedelta(days))
        if overdue or soon:
            found.append(Reminder(person, overdue, soon))
    return found


def _duties(office: Office, person: str, until: date) -> Iterator[tuple[date, str]]:
    for duty in office.desk.duties(person, until):
        yield duty.due, f"{duty.title}（{office.rulebook.cite(duty.clause).label}）"


def _matters(office: Office, person: str) -> Iterator[tuple[date, str]]:
    """What waits for the person at a step that has a deadline."""
    for row in office.store.table("inbox").search(where("person") == person):
        matter = office.desk.matter(row["matter"])
        if matter is None or matter.due is None or matter.step is None:
            continue
        kind = office.host.matter_types.get(matter.kind)
        what = f"{matter.number} {kind.title if kind else matter.kind}，{row['step']}"
        yield matter.due, f"{what}（{step_clause(office.desk, matter, matter.at).label}）"

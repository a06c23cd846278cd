"""The turns of recurring duties: who owes what for which period, whether or not it has been done."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.agency import Agency
from core.chains.selectors import Scope, select
from core.days.calendar import Calendar, Deadline
from core.days.recurrence import LAST_DAY, Period
from core.people import Organisation
from core.records import Duty
from core.rulebook.model import RecurringDuty, Rulebook


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which turns are asked for; what is empty narrows nothing."""

    person: str = ""
    evidence: str = ""
    periods: Collection[str] = ()
    first_due: date = date.min
    last_due: date = date.max
    rule: str = ""

    def asks_for(self, duty: RecurringDuty) -> bool:
        """Whether any turn of a duty is asked for."""
        return self.rule in ("", duty.id) and self.evidence in ("", duty.evidence)


EVERY = Wanted()
"""All of them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One period of a recurring duty, in one unit where it is owed by units; one duty, or one of each owner's."""

    duty: RecurringDuty
    clause: str
    period: Period
    deadline: Deadline
    unit: str
    unit_title: str
    owners: tuple[str, ...]

    @property
    def opens(self) -> date:
        return self.deadline.day - timedelta(days=self.duty.notice_days)

    @property
    def key(self) -> str:
        """The duty's name in records; of each person's, what stands before the person."""
        return f"{self.duty.id}@{self.period.key}" + (f"@{self.unit}" if self.unit else "")

    def shares(self, person: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
        """The key of every duty of this turn, with who owes it; with a person, of his."""
        if not self.duty.per_person:
            yield self.key, self.owners
            return
        head = self.key
        for owner in (person,) if person else self.owners:
            yield f"{head}@{owner}", (owner,)

    def duties(self, organisation: Organisation, person: str = "") -> Iterator[Duty]:
        """The duties themselves; with one of the owners, his."""
        for key, owners in self.shares(person):
            whose = owners[0] if self.duty.per_person else ""
            place = self.unit_title or (organisation.name(whose) if whose else "")
            yield Duty(
                key,
                f"{self.duty.title}（{self.period.title}{'，' + place if place else ''}）",
                self.clause,
                owners,
                self.opens,
                self.deadline.day,
                self.deadline.derivation,
                self.duty.evidence,
                "",
                self.period.key,
                self.unit,
                person=whose,
                evidence_when=self.duty.evidence_when,
            )


class Turns:
    """Reckons the turns of an agency's recurring duties from its rulebook, its people and its calendar."""

    def __init__(self, rulebook: Rulebook, agency: Agency, calendar: Calendar) -> None:
        self._rulebook, self._agency, self._calendar = rulebook, agency, calendar
        self._organisation: Organisation | None = None
        self._selected: dict[tuple[str, date, str], tuple[str, ...]] = {}

    def between(
        self, opened: date, until: date, organisation: Organisation, today: date, wanted: Wanted = EVERY
    ) -> Iterator[Turn]:
        """Every turn due since the office opened that is shown as due by `until`, in the order of the documents.

        Who owes it is who holds the post on the last day for it, and today where that has not come.
        """
        for duty, regulation, clause in self._rulebook.duties():
            if duty.every is None or not wanted.asks_for(duty):
                continue
            since, citation = max(opened, clause.since), f"{regulation.id}/{clause.no}"
            for period in duty.every.periods(since, until + timedelta(days=duty.notice_days), self._calendar):
                if wanted.periods and period.key not in wanted.periods:
                    continue
                deadline = (duty.due or LAST_DAY).due(period, self._calendar)
                if deadline.day < since or not wanted.first_due <= deadline.day <= wanted.last_due:
                    continue
                for unit in duty.units or (self._agency.units if duty.per_unit else ("",)):
                    if duty.per_unit and not organisation.heads(unit, today):
                        continue
                    title = self._agency.units[unit].title if unit else ""
                    owners = self._owners(duty, unit, organisation, min(today, deadline.day))
                    if not wanted.person or wanted.person in owners:
                        yield Turn(duty, citation, period, deadline, unit, title, owners)

    def _owners(self, duty: RecurringDuty, unit: str, organisation: Organisation, day: date) -> tuple[str, ...]:
        by = f"{duty.by}@{unit}" if duty.units and duty.by in organisation.posts else duty.by
        if organisation is not self._organisation:
            self._organisation = organisation
            self._selected.clear()
        key = (by, day, unit)
        if key not in self._selected:
            self._selected[key] = select(by, Scope(organisation, day, unit=unit))
        return self._selected[key]

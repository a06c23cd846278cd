"""What is owed: recurring duties reckoned from the rulebook, and single ones that followed from matters."""

from collections.abc import Iterator
from datetime import date, timedelta

from tinydb import where
from tinydb.table import Document

from core.agency import Agency
from core.chains.selectors import Scope, select
from core.codec import duty_from_document
from core.days.calendar import Calendar
from core.days.recurrence import DueRule, Period
from core.family import matter_facts
from core.matter import Matter
from core.people import Organisation
from core.records import Duty
from core.rulebook.model import RecurringDuty, Rulebook
from core.store.database import Store

OPENED = "opened"
"""Name of the day in the store on which the office began; nothing was owed before it."""

_END_OF_PERIOD = DueRule()


class DutyBook:
    """Answers what is owed on a day. Recurring duties are never stored until they are done, so none can be missed."""

    def __init__(self, rulebook: Rulebook, agency: Agency, store: Store, calendar: Calendar) -> None:
        self._rulebook, self._agency, self._store, self._calendar = rulebook, agency, store, calendar
        self._known_done: set[str] = set()

    def owed(self, organisation: Organisation, day: date, person: str = "") -> list[Duty]:
        """Every duty not done that is due or will be shown as due, soonest first."""
        open_ones = self._store.table("duties").search(where("done") == "")
        owed = [duty_from_document(each) for each in open_ones]
        owed += [duty for duty in self._recurring(organisation, day) if not self._done(duty.key)]
        mine = [duty for duty in owed if not person or person in duty.owners]
        return sorted(mine, key=lambda duty: (duty.due, duty.key))

    def find(self, key: str, organisation: Organisation, day: date) -> Duty | None:
        """One duty, done or not; None when there is none of that key."""
        stored = self._store.table("duties").get(where("key") == key)
        if isinstance(stored, Document):
            return duty_from_document(stored)
        return next((duty for duty in self._recurring(organisation, day) if duty.key == key), None)

    def done(self, limit: int) -> list[Duty]:
        page = self._store.table("duties").page(where("done") > "", order=["done"], descending=True, limit=limit)
        return [duty_from_document(each) for each in page.rows]

    def following(
        self, matter: Matter, completed: str, settled: bool, organisation: Organisation, day: date
    ) -> list[Duty]:
        """The duties that a matter's completed step, or its settling, brings about."""
        found = []
        for duty, regulation, clause in self._rulebook.duties():
            after = duty.after
            if after is None or after.matter != matter.kind or not clause.in_force(day):
                continue
            if not (after.step == completed if after.step else settled):
                continue
            if duty.when is not None and not duty.when.met(matter_facts(matter, organisation, day)):
                continue
            start = (matter.day(after.counted_from) if after.counted_from else None) or day
            deadline = self._calendar.add_days(start, after.days, workdays=after.workdays)
            owners = select(duty.by, Scope(organisation, day, matter.applicant, matter.unit, matter.values))
            key = f"{duty.id}@{matter.number}"
            citation = f"{regulation.id}/{clause.no}"
            opens = deadline.day - timedelta(days=duty.notice_days)
            found.append(
                Duty(
                    key,
                    duty.title,
                    citation,
                    owners,
                    opens,
                    deadline.day,
                    deadline.derivation,
                    duty.evidence,
                    matter.number,
                )
            )
        return found

    def _done(self, key: str) -> bool:
        if key not in self._known_done and self._store.table("duties").contains(where("key") == key):
            self._known_done.add(key)
        return key in self._known_done

    def _opened(self, day: date) -> date:
        kept = self._store.meta(OPENED)
        return date.fromisoformat(kept) if kept else day

    def _recurring(self, organisation: Organisation, day: date) -> Iterator[Duty]:
        opened = self._opened(day)
        for duty, regulation, clause in self._rulebook.duties():
            if duty.every is None:
                continue
            since = max(opened, clause.since)
            for period in duty.every.periods(since, day + timedelta(days=duty.notice_days), self._calendar):
                citation = f"{regulation.id}/{clause.no}"
                yield from self._instances(duty, citation, period, since, organisation, day)

    def _instances(
        self, duty: RecurringDuty, citation: str, period: Period, since: date, organisation: Organisation, day: date
    ) -> Iterator[Duty]:
        deadline = (duty.due or _END_OF_PERIOD).due(period, self._calendar)
        if deadline.day < since:
            return
        opens = deadline.day - timedelta(days=duty.notice_days)
        for unit in duty.units or (self._agency.units if duty.per_unit else ("",)):
            by = f"{duty.by}@{unit}" if duty.units and duty.by in organisation.posts else duty.by
            owners = select(by, Scope(organisation, min(day, deadline.day), unit=unit))
            if duty.per_unit and not organisation.heads(unit, day):
                continue
            title = f"{duty.title}（{period.title}{'，' + self._agency.units[unit].title if unit else ''}）"
            key = f"{duty.id}@{period.key}" + (f"@{unit}" if unit else "")
            yield Duty(
                key,
                title,
                citation,
                owners,
                opens,
                deadline.day,
                deadline.derivation,
                duty.evidence,
                "",
                period.key,
                unit,
            )

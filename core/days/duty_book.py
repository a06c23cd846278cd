"""What is owed: recurring duties reckoned from the rulebook, and single ones that followed from matters."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from tinydb import where
from tinydb.table import Document

from core.agency import Agency
from core.chains.selectors import Scope, select
from core.codec import duty_from_document
from core.days.calendar import Calendar
from core.days.turns import EVERY, Turns, Wanted
from core.matter import ONWARD, Matter
from core.people import Organisation
from core.records import Duty
from core.rule_kinds import matter_facts
from core.rulebook.model import EVENT, RecurringDuty, Rulebook
from core.store.database import Store

OPENED = "opened"
"""Name of the day in the store on which the office began; nothing was owed before it."""

_AT_ONCE = 500
"""How many keys are looked up with one question."""
_PERIOD = 2
"""Where in the key of a recurring duty its period stands: `duty@clause@period`, then the unit or the person."""


class DutyBook:
    """Answers what is owed on a day. Recurring duties are never stored until they are done, so none can be missed."""

    def __init__(self, rulebook: Rulebook, agency: Agency, store: Store, calendar: Calendar) -> None:
        self._rulebook, self._agency, self._store, self._calendar = rulebook, agency, store, calendar
        self._turns = Turns(rulebook, agency, calendar)
        self._known_done: set[str] = set()

    def owed(self, organisation: Organisation, day: date, person: str = "", evidence: str = "") -> list[Duty]:
        """Every duty not done that is due or will be shown as due, soonest first; of one person, or done away with by
        one kind of matter.
        """
        asked = where("done") == ""
        if evidence:
            asked &= where("evidence") == evidence
        owed = [duty_from_document(each) for each in self._store.table("duties").search(asked)]
        owed += self._not_done(self._recurring(organisation, day, Wanted(person, evidence)))
        mine = [duty for duty in owed if not person or person in duty.owners]
        return sorted(mine, key=lambda duty: (duty.due, duty.key))

    def following_from(self, matter: str, *, done: bool = False) -> list[Duty]:
        """What is owed because of a matter, soonest first; what is done already only where it is asked for."""
        of_it = where("matter") == matter
        owed = self._store.table("duties").search(of_it if done else of_it & (where("done") == ""))
        return sorted(map(duty_from_document, owed), key=lambda duty: (duty.due, duty.key))

    def find(self, key: str, organisation: Organisation, day: date) -> Duty | None:
        """One duty, done or not; None when there is none of that key."""
        stored = self._store.table("duties").get(where("key") == key)
        if isinstance(stored, Document):
            return duty_from_document(stored)
        parts = key.split("@")
        person = parts[-1] if parts[-1] in organisation.people and len(parts) > _PERIOD + 1 else ""
        wanted = Wanted(person, periods=parts[_PERIOD : _PERIOD + 1], rule="@".join(parts[:_PERIOD]))
        return next((duty for duty in self._recurring(organisation, day, wanted) if duty.key == key), None)

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
            starts = (day if each == EVENT else matter.day(each) for each in after.counted_from)
            if (start := next(filter(None, starts), None)) is None:
                continue
            deadline = self._calendar.add_days(start, after.days, workdays=after.workdays)
            owners = select(duty.by, Scope(organisation, day, matter.applicant, matter.unit, matter.values))
            key = f"{duty.id}@{matter.number}{_again(duty, matter, completed)}"
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

    def awaiting(self, organisation: Organisation, day: date, evidence: str, periods: Collection[str]) -> list[Duty]:
        """The recurring duties of these periods, not done, for which a kind of matter is the evidence."""
        return list(self._not_done(self._recurring(organisation, day, Wanted(evidence=evidence, periods=periods))))

    def _not_done(self, duties: Iterable[Duty]) -> Iterator[Duty]:
        found = {duty.key: duty for duty in duties}
        asked = [key for key in found if key not in self._known_done]
        table = self._store.table("duties")
        for start in range(0, len(asked), _AT_ONCE):
            some = where("key").one_of(asked[start : start + _AT_ONCE])
            self._known_done.update(str(key) for (key,) in table.values(some, "key"))
        return (duty for key, duty in found.items() if key not in self._known_done)

    def _recurring(self, organisation: Organisation, until: date, wanted: Wanted = EVERY) -> Iterator[Duty]:
        opened = opening_day(self._store) or until
        for turn in self._turns.between(opened, until, organisation, until, wanted):
            yield from turn.duties(organisation, wanted.person)


def opening_day(store: Store) -> date | None:
    """The day on which an office began; None before."""
    kept = store.meta(OPENED)
    return date.fromisoformat(kept) if kept else None


def _again(duty: RecurringDuty, matter: Matter, completed: str) -> str:
    """What tells a duty to act on the matter itself apart from the one before: it is owed each time round."""
    if duty.evidence != matter.kind or not completed:
        return ""
    steps = [mark.step for mark in matter.course if mark.verb in ONWARD and mark.step >= 0]
    times = sum(matter.steps[step].title == completed for step in steps)
    return f"#{times}" if times > 1 else ""

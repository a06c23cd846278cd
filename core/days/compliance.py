"""How the duties of a year stand, month by month, by regulation, clause, unit and person; kept up act by act."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum, IntEnum

from tinydb import where
from tinydb.queries import QueryInstance

from core.codec import duty_from_document
from core.days.duty_book import opening_day
from core.days.turns import Turn, Turns, Wanted
from core.desk import Desk
from core.journal import Image, Journal
from core.records import Duty

_READ_AT_ONCE = 200
_PEOPLE = frozenset({"people", "tenures", "oversights", "delegations", "absences", "recusals"})
"""Tables by which it is decided who owes what."""


class Standing(IntEnum):
    """How one duty stands; a number, since a year counts hundreds of thousands."""

    DONE = 0
    LATE = 1
    OVERDUE = 2
    DUE = 3
    COMING = 4

    @property
    def title(self) -> str:
        return ("按期办结", "逾期办结", "逾期未办", "应办", "未到期")[self]


class Grouping(Enum):
    """By what the duties of a year are counted."""

    REGULATION = "regulation"
    CLAUSE = "clause"
    UNIT = "unit"
    PERSON = "person"

    @property
    def title(self) -> str:
        return {"regulation": "制度", "clause": "条款", "unit": "科室", "person": "人员"}[self.value]


class Tally:
    """How many duties stand how."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts = [0] * len(Standing)

    def __getitem__(self, standing: Standing) -> int:
        return self.counts[standing]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self.counts == other.counts

    @property
    def total(self) -> int:
        return sum(self.counts)

    def __add__(self, other: "Tally") -> "Tally":
        both = Tally()
        both.counts = [mine + its for mine, its in zip(self.counts, other.counts, strict=True)]
        return both


Months = list[Tally]
"""One tally for each month, January first."""


class ComplianceYear:
    """The duties due in one year, counted. `follow` brings the counts up to what has been recorded since."""

    def __init__(self, desk: Desk, year: int) -> None:
        self.year = year
        self._desk = desk
        self._journal = Journal(desk.store)
        self._until = 0
        self._count()

    def rows(self, grouping: Grouping) -> dict[str, Months]:
        """The months of every regulation, clause (`regulation/no`), unit or person that duties are due of."""
        if grouping is not Grouping.REGULATION:
            return {key: months for key, months in self._rows[grouping].items() if any(each.total for each in months)}
        found: dict[str, Months] = {}
        for clause, months in self.rows(Grouping.CLAUSE).items():
            regulation = clause.partition("/")[0]
            before = found.get(regulation, _empty_year())
            found[regulation] = [mine + its for mine, its in zip(before, months, strict=True)]
        return found

    def whole(self) -> Months:
        """The months of the whole agency."""
        sums = _empty_year()
        for months in self.rows(Grouping.CLAUSE).values():
            sums = [mine + its for mine, its in zip(sums, months, strict=True)]
        return sums

    def duties(self, grouping: Grouping, key: str, month: int = 0) -> list[Duty]:
        """The duties behind a row, of one month or of the whole year, by day."""
        found = (duty for duty in self.every() if not month or duty.due.month == month)
        return sorted(
            (duty for duty in found if key in self._keys(grouping, duty) and self._desk.duty_readable(duty)),
            key=lambda duty: duty.due,
        )

    def standing(self, due: date, opens: date, done: str) -> Standing:
        """How a duty stands today, by its days; `done` is the day it was done, as recorded."""
        if done:
            return Standing.DONE if done <= due.isoformat() else Standing.LATE
        if self._day > due:
            return Standing.OVERDUE
        return Standing.DUE if self._day >= opens else Standing.COMING

    def follow(self) -> bool:
        """Count what acts have changed since the last count, anew where the day or the people changed; whether any."""
        if self._desk.day != self._day:
            self._count()
            return True
        changed = False
        while entries := self._journal.entries(self._until, _READ_AT_ONCE):
            images = [image for entry in entries for image in entry.documents]
            if not _countable(images):
                self._count()
                return True
            for image in images:
                changed |= image.table == "duties" and self._apply(image)
            self._until = entries[-1].sequence
        return changed

    def _apply(self, image: Image) -> bool:
        if image.document is None:
            return False
        duty = duty_from_document(image.document)
        if duty.due.year != self.year:
            return False
        done = duty.done.isoformat() if duty.done else ""
        if duty.period or image.revision > 1:
            self._place(duty, self.standing(duty.due, duty.opens, ""), -1)
        self._place(duty, self.standing(duty.due, duty.opens, done), 1)
        return True

    def _place(self, duty: Duty, standing: Standing, count: int) -> None:
        for grouping in self._rows:
            for key in self._keys(grouping, duty):
                self._months(grouping, key)[duty.due.month - 1].counts[standing] += count

    def _keys(self, grouping: Grouping, duty: Duty) -> Iterable[str]:
        match grouping:
            case Grouping.REGULATION:
                return (duty.clause.partition("/")[0],)
            case Grouping.CLAUSE:
                return (duty.clause,)
            case Grouping.UNIT:
                return (duty.unit,) if duty.unit else {self._unit(owner, duty.due) for owner in duty.owners}
            case Grouping.PERSON:
                return duty.owners

    def _unit(self, person: str, due: date) -> str:
        day = min(due, self._day)
        key = (person, day)
        if key not in self._units:
            self._units[key] = self._desk.organisation.unit_of(person, day)
        return self._units[key]

    def _months(self, grouping: Grouping, key: str) -> Months:
        rows = self._rows[grouping]
        if key not in rows:
            rows[key] = _empty_year()
        return rows[key]

    def _count(self) -> None:
        """Count everything from the rulebook, the people and the records."""
        desk = self._desk
        self._day = desk.day
        head = self._journal.head()
        self._until = head.sequence if head else 0
        self._units: dict[tuple[str, date], str] = {}
        self._rows: dict[Grouping, dict[str, Months]] = {
            each: {} for each in Grouping if each is not Grouping.REGULATION
        }
        done = {str(key): str(day) for key, day in desk.store.table("duties").values(self._in_year, "key", "done")}
        for turn in self._turns():
            due, opens, month = turn.deadline.day, turn.opens, turn.deadline.day.month - 1
            standings: Counter[Standing] = Counter()
            units: Counter[tuple[str, Standing]] = Counter()
            for key, owners in turn.shares():
                standing = self.standing(due, opens, done.get(key, ""))
                standings[standing] += 1
                for owner in owners:
                    self._months(Grouping.PERSON, owner)[month].counts[standing] += 1
                for unit in (turn.unit,) if turn.unit else {self._unit(owner, due) for owner in owners}:
                    units[unit, standing] += 1
            for standing, count in standings.items():
                self._months(Grouping.CLAUSE, turn.clause)[month].counts[standing] += count
            for (unit, standing), count in units.items():
                self._months(Grouping.UNIT, unit)[month].counts[standing] += count
        for duty in self._single():
            self._place(duty, self.standing(duty.due, duty.opens, duty.done.isoformat() if duty.done else ""), 1)

    def _turns(self) -> Iterator[Turn]:
        desk = self._desk
        wanted = Wanted(first_due=date(self.year, 1, 1), last_due=date(self.year, 12, 31))
        opened = opening_day(desk.store) or self._day
        return Turns(desk.rulebook, desk.agency, desk.calendar).between(
            opened, wanted.last_due, desk.organisation, self._day, wanted
        )

    def _single(self) -> Iterator[Duty]:
        """The duties that followed from matters, done or not."""
        table = self._desk.store.table("duties")
        return (duty_from_document(each) for each in table.search(~where("period").exists() & self._in_year))

    @property
    def _in_year(self) -> QueryInstance:
        return (where("due") >= f"{self.year}-01-01") & (where("due") <= f"{self.year}-12-31")

    def every(self) -> Iterator[Duty]:
        """Every duty due in the year, as it was done or as it is owed."""
        table = self._desk.store.table("duties")
        stored = {each["key"]: duty_from_document(each) for each in table.search(self._in_year)}
        for turn in self._turns():
            for duty in turn.duties(self._desk.organisation):
                yield stored.pop(duty.key, duty)
        yield from (duty for duty in stored.values() if not duty.period)


def _empty_year() -> Months:
    return [Tally() for _ in range(12)]


def _countable(images: Iterable[Image]) -> bool:
    """Whether the counts can follow: a change of people, or a recurring duty recorded twice, asks to count anew."""
    return not any(
        image.table in _PEOPLE
        or (
            image.table == "duties"
            and image.document is not None
            and image.revision > 1
            and image.document.get("period")
        )
        for image in images
    )

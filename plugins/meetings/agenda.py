"""What a meeting is about: its notice, its items, the matters behind them, and its record so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.agency import Body
from core.consulted import Consulted, everyone
from core.fields import Value
from core.matter import Matter, State
from core.records import Entry
from core.remembering import once_a_hearing
from plugins.meetings.ledgers import RECORD
from plugins.meetings.record import read_on
from plugins.meetings.sitting import LOST, PASSED, Event, Item, Line, Sitting

TOPIC, RECONSIDERATION, NOTICE = "meetings.topic", "meetings.reconsideration", "meetings.notice"
LEAVE, OPENING, RELEASE = "meetings.leave", "meetings.opening", "meetings.release"
CHANGE = "meetings.notice-change"
CONCLUSION, CLOSING, MINUTES = "meetings.conclusion", "meetings.closing", "meetings.minutes"
CANCELS, MOVES = "取消", "改期或改地点"
LONGEST_RECORD = 20_000
"""Lines of one meeting's record; many times what a day's meeting can fill."""


@dataclass(frozen=True, slots=True)
class Announced:
    """One item of a notice: its number from 1, the matter it decides, who reports, its category, whom it concerns."""

    number: int
    matter: Matter
    reporter: str
    category: str
    concerned: frozenset[str]


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where a meeting is held, as it was announced or changed last; `off` says that it is not held."""

    held_on: date
    time: str
    place: str
    off: bool = False

    def counts_in(self, year: int) -> bool:
        """Whether it is one of the meetings of a year."""
        return not self.off and self.held_on.year == year


@dataclass(frozen=True, slots=True)
class Meeting:
    """An announced meeting with its body and its record so far."""

    notice: Matter
    body: Body
    sitting: Sitting
    items: tuple[Announced, ...]
    count_recused: bool
    appointment: Appointment

    def announced(self, number: int) -> Announced | None:
        return next((each for each in self.items if each.number == number), None)

    def item(self, number: int) -> Item:
        return self.sitting.item(number)

    def unsettled(self) -> Iterator[Announced]:
        """The items that have no conclusion yet, in their order."""
        return (each for each in self.items if not self.item(each.number).result)

    def due(self, number: int) -> int:
        """How many members are due on an item; on the meeting as a whole where the number is nought."""
        if not number:
            return len(self.sitting.ranked)
        return self.sitting.members_due(number, count_recused=self.count_recused)


def category_of(office: Consulted, matter: Matter) -> str:
    """The category by which a matter belongs to a body; one that waits for a resolution has the one it states as
    `agenda_category`, else the agency's for those.
    """
    if matter.kind == RECONSIDERATION:
        reconsidered = office.matter(matter.text("subject"))
        return reconsidered.text("category") if reconsidered else ""
    if matter.kind == TOPIC:
        return matter.text("category")
    return matter.text("agenda_category") or str(office.setting("meetings.waiting-category"))


def items_of(office: Consulted, notice: Matter) -> tuple[Announced, ...]:
    """The items of a notice, in their order; where a form cannot say whom it concerns, that is its applicant."""
    found = []
    for number, row in enumerate(notice.rows("items"), 1):
        matter = office.matter(str(row.get("subject", "")))
        if matter is None:
            continue
        concerned = {str(each["person"]) for each in matter.rows("concerned") if "person" in each}
        declared = office.matter_type(matter.kind)
        if declared is None or declared.blank("concerned") is None:
            concerned.add(matter.applicant)
        reporter = str(row.get("reporter", ""))
        found.append(Announced(number, matter, reporter, category_of(office, matter), frozenset(concerned)))
    return tuple(found)


def sitting_of(office: Consulted, notice: str) -> Sitting:
    """A meeting as its record tells it; not to be altered."""
    return _told_once(office.whole(RECORD, meeting=notice))


class _LastTold:
    """The record that was told last, with what it told: while one act is judged a dozen rules ask for the same.

    Of a record that has only grown since, the new lines alone are read.
    """

    def __init__(self) -> None:
        self._last: tuple[tuple[Entry, ...], Sitting] = ((), Sitting())

    def __call__(self, entries: tuple[Entry, ...]) -> Sitting:
        told, sitting = self._last
        if entries and told is entries:
            return sitting
        known = len(told)
        if not known or len(entries) < known or entries[known - 1] is not told[-1]:
            known, sitting = 0, Sitting()
        sitting = read_on(sitting, map(line_of, entries[known:]))
        self._last = (entries, sitting)
        return sitting


_told_once = _LastTold()


def line_of(entry: Entry) -> Line:
    """A line of the record as it was entered."""
    values = entry.values
    item = values.get("item")
    return Line(
        Event(str(values["event"])),
        item if isinstance(item, int) else 0,
        str(values.get("person", "")),
        str(values.get("value", "")),
        entry.matter,
    )


def meeting_of(office: Consulted, matter: Matter) -> Meeting | None:
    """The meeting that a matter names, or is the notice of."""
    return _meeting(office, matter) if matter.kind == NOTICE else meeting_noticed(office, matter.text("meeting"))


@once_a_hearing
def meeting_noticed(office: Consulted, number: str) -> Meeting | None:
    """The meeting of which that is the notice's number."""
    notice = office.matter(number)
    return _meeting(office, notice) if notice is not None and notice.kind == NOTICE else None


def _meeting(office: Consulted, notice: Matter) -> Meeting | None:
    body = office.body(notice.text("body"))
    if body is None:
        return None
    sitting = sitting_of(office, notice.number)
    count_recused = bool(office.setting("meetings.count-recused"))
    return Meeting(notice, body, sitting, items_of(office, notice), count_recused, appointment_of(office, notice))


def appointment_of(office: Consulted, notice: Matter) -> Appointment:
    """When and where a meeting is held by its notice and the last change of it."""
    held_on = notice.day("held_on") or date.max
    told = Appointment(held_on, notice.text("time"), notice.text("place"))
    for change in office.matters(CHANGE, state=State.SETTLED, limit=1, meeting=notice.number):
        off = change.text("change") == CANCELS
        moved = change.day("held_on") or held_on
        return Appointment(moved, change.text("time") or told.time, change.text("place") or told.place, off)
    return told


def members(office: Consulted, body: Body) -> list[str]:
    """A body's members today, the first in rank first; those of one rank as the body and their posts name them."""
    organisation, day = office.organisation, office.day
    named = everyone(office, body.members)

    def rank(person: str) -> int:
        held = organisation.tenures_of(person, day)
        return organisation.posts[held[0].post].rank if held else 10**6

    return sorted(named, key=rank)


def entry(office: Consulted, meeting: str, event: Event, item: int = 0, person: str = "", value: str = "") -> Entry:
    """One more line of a meeting's record."""
    values: dict[str, Value] = {"meeting": meeting, "event": event.value}
    values |= {"item": item} if item else {}
    values |= {"person": person} if person else {}
    values |= {"value": value} if value else {}
    return Entry(RECORD, office.day, values)


def outcomes(office: Consulted, matter: str, body: str) -> list[str]:
    """What a body has concluded on a matter, newest first."""
    return [each.text("outcome") for each in office.matters(CONCLUSION, subject=matter) if each.text("body") == body]


def spent(office: Consulted, matter: Matter, body: str) -> str:
    """The conclusion after which a topic does not come up again; empty while it may."""
    for outcome in outcomes(office, matter.number, body):
        again = body in office.setting("meetings.again")
        fresh = category_of(office, matter) in office.setting("meetings.personnel")
        if outcome == PASSED or (outcome == LOST and (fresh or not again)):
            return outcome
    return ""


def waiting(office: Consulted, body: Body) -> list[Matter]:
    """What may be put on a body's next agenda: every matter that waits for its resolution, and settled topics and
    requests to reconsider that are not spent; what stands on the agenda of a meeting to come is left out.
    """
    topics = [
        matter
        for kind in (TOPIC, RECONSIDERATION)
        for matter in reversed(office.matters(kind, state=State.SETTLED, body=body.key))
        if not spent(office, matter, body.key)
    ]
    taken = {str(row["subject"]) for notice in coming(office, body.key) for row in notice.rows("items")}
    return [matter for matter in (*office.awaiting(body.key), *topics) if matter.number not in taken]


def coming(office: Consulted, body: str) -> list[Matter]:
    """The notices of a body's meetings that are drawn up, sent, or sitting, soonest first; one whose day went by
    without a roll call has lapsed.
    """
    notices = [each for each in office.matters(NOTICE, body=body) if each.state in (State.RUNNING, State.SETTLED)]
    found = [each for each in notices if not ended(office, each)]
    return sorted(found, key=lambda each: (appointment_of(office, each).held_on, each.number))


def ended(office: Consulted, notice: Matter) -> bool:
    """Whether a meeting is over: closed, called off, or never opened on its day."""
    if office.matters(CLOSING, limit=1, meeting=notice.number):
        return True
    appointment = appointment_of(office, notice)
    gone = appointment.off or appointment.held_on < office.day
    return gone and not office.matters(OPENING, limit=1, meeting=notice.number)

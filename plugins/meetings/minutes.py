"""What the minutes of a meeting say, read from its record: who was there, and each item with what was decided on it."""

from dataclasses import dataclass
from datetime import date

from core.consulted import Consulted
from core.matter import Matter
from plugins.meetings import agenda
from plugins.meetings.ledgers import RECORD
from plugins.meetings.matters.results import CORRECTION_KEY
from plugins.meetings.sitting import PRESENT, Event, Item
from plugins.meetings.views.lines import subject


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be done by whom by when."""

    title: str
    owners: tuple[str, ...]
    due: date


@dataclass(frozen=True, slots=True)
class Decided:
    """One item of a meeting. Persons are keys, so that whoever prints them chooses how they are written."""

    number: int
    title: str
    reporter: str
    outcome: str
    decision: str
    votes: str
    """The count in words; empty where nobody voted. Nobody's own vote or words stand in minutes."""
    recused: tuple[str, ...]
    executor: str
    responsible: str
    finish_by: date | None
    duties: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The content of a meeting's minutes."""

    title: str
    number: str
    body: str
    held_on: date
    time: str
    place: str
    chair: str
    recorder: str
    present: tuple[str, ...]
    """The members who were there at any time, the first in rank first."""
    absent: tuple[tuple[str, str], ...]
    """The members who were not, each with how he was noted: 请假, 缺席."""
    observers: tuple[str, ...]
    items: tuple[Decided, ...]
    corrections: tuple[str, ...]
    """What was put right after the end, as it should read."""


def minutes_of(office: Consulted, notice: str) -> Minutes | None:
    """The minutes of the meeting of a notice; None where there is no such meeting or it was never opened."""
    announced = office.matter(notice)
    meeting = agenda.meeting_of(office, announced) if announced else None
    if meeting is None or not meeting.sitting.opened:
        return None
    sitting, when = meeting.sitting, meeting.appointment
    entries = office.whole(RECORD, meeting=notice)
    lines = [agenda.line_of(entry) for entry in entries]
    came = {line.person for line in lines if line.event is Event.ARRIVES}
    stayed = {each for each in sitting.ranked if sitting.roll[each] == PRESENT or each in came}
    observers = {line.person for line in lines if line.event is Event.ATTENDS} | came - set(sitting.ranked)
    conclusions = {each.count("item"): each for each in office.matters(agenda.CONCLUSION, meeting=notice)}
    corrections = reversed(office.matters(CORRECTION_KEY, meeting=notice))
    return Minutes(
        title=meeting.notice.text("title"),
        number=notice,
        body=meeting.body.title,
        held_on=when.held_on,
        time=when.time,
        place=when.place,
        chair=sitting.chair,
        recorder=sitting.recorder,
        present=tuple(each for each in sitting.ranked if each in stayed),
        absent=tuple((each, sitting.roll[each]) for each in sitting.ranked if each not in stayed),
        observers=tuple(sorted(observers)),
        items=tuple(
            _decided(office, each, meeting.item(each.number), conclusions.get(each.number)) for each in meeting.items
        ),
        corrections=tuple(each.text("right") for each in corrections),
    )


def _decided(office: Consulted, announced: agenda.Announced, item: Item, concluded: Matter | None) -> Decided:
    duties = office.duties_from(concluded.number) if concluded else []
    return Decided(
        number=announced.number,
        title=subject(office, announced.matter),
        reporter=announced.reporter,
        outcome=item.result,
        decision=concluded.text("decision") if concluded else "",
        votes=item.tally.text if item.voted else "",
        recused=tuple(sorted(item.recused)),
        executor=concluded.text("executor") if concluded else "",
        responsible=concluded.text("responsible") if concluded else "",
        finish_by=concluded.day("finish_by") if concluded else None,
        duties=tuple(Owed(each.title, each.owners, each.due) for each in duties),
    )

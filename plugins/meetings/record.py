"""How a meeting comes to stand as it does: its record, read line by line. Pure."""

from collections.abc import Iterable, Iterator

from plugins.meetings.sitting import PRESENT, Ballot, Event, Item, Line, Sitting, Tally


def read_on(sitting: Sitting, lines: Iterable[Line]) -> Sitting:
    """A meeting after further lines of its record; the meeting given stays as it is."""
    further = sitting.copy()
    for line in lines:
        _tell(further, line)
    return further


def _tell(sitting: Sitting, line: Line) -> None:
    match line.event:
        case Event.DUE | Event.ATTENDS | Event.CHAIR | Event.RECORDER | Event.ARRIVES | Event.LEAVES | Event.ROLL:
            _tell_attendance(sitting, line)
        case Event.CLOSES:
            sitting.closed = True
        case Event.OPENS | Event.WATCHES | Event.VOTES | Event.DEPOSITS | Event.UNSEALS | Event.COUNT | Event.VOIDS:
            _tell_vote(sitting.item(line.item), line)
        case _ if line.item:
            _tell_item(sitting, sitting.item(line.item), line)


def _tell_attendance(sitting: Sitting, line: Line) -> None:
    person = line.person
    match line.event:
        case Event.DUE:
            sitting.ranked.append(person)
            sitting.roll[person] = line.value
            if line.value == PRESENT:
                sitting.present.add(person)
        case Event.ATTENDS:
            sitting.attending.add(person)
        case Event.CHAIR:
            sitting.chair = person
        case Event.RECORDER:
            sitting.recorder = person
        case Event.ARRIVES:
            (sitting.present if person in sitting.ranked else sitting.attending).add(person)
        case Event.LEAVES:
            for each in (sitting.present, sitting.attending, *(item.here for item in _open(sitting))):
                each.discard(person)
        case _:
            sitting.roll[person] = line.value
            there = line.value == PRESENT
            (sitting.present.add if there else sitting.present.discard)(person)
            for item in _open(sitting):
                # The roll call was wrong from the start: he was there for the report, or never was.
                if there and person not in item.recused:
                    item.here.add(person)
                elif not there:
                    item.leave_out(person)
                item.void()


def _tell_vote(item: Item, line: Line) -> None:
    match line.event:
        case Event.OPENS:
            item.ballot = Ballot(line.matter, line.value, line.person, set(item.here))
        case Event.VOTES:
            item.votes[line.person] = line.value
        case Event.COUNT:
            item.counted = Tally(*(int(each) for each in line.value.split("/")))
        case Event.VOIDS:
            item.void()
        case Event.WATCHES if item.ballot:
            item.ballot.watched = line.matter
        case Event.DEPOSITS if item.ballot:
            item.ballot.deposits.add(line.person)
        case Event.UNSEALS if item.ballot:
            item.ballot.unsealed = True
        case _:
            pass


def _tell_item(sitting: Sitting, item: Item, line: Line) -> None:
    person = line.person
    match line.event:
        case Event.REPORT:
            item.heard = True
            item.here = sitting.present - item.recused
        case Event.RECUSES:
            item.recused.add(person)
            item.leave_out(person)
        case Event.SPEAKS if person in sitting.ranked:
            item.spoke.append(person)
            item.stated[person] = line.value
        case Event.OBJECTS:
            item.objections += 1
        case Event.ANSWERS:
            item.objections = 0
        case Event.RESULT:
            item.result = line.value
        case _:
            pass


def _open(sitting: Sitting) -> Iterator[Item]:
    return (item for item in sitting.items.values() if item.heard and not item.result)

"""Today's meetings, the nearest to a person first, and those to come."""

from datetime import date

from core.consulted import Consulted, everyone
from core.matter import Matter, State
from plugins.meetings import agenda
from plugins.meetings.agenda import NOTICE, Meeting
from plugins.meetings.matters.topics import invited
from plugins.meetings.timing import minutes_of
from plugins.meetings.views.console import view

_RECENT = 60
"""Notices that may be of today, newest first; nobody announces more meetings ahead."""


def meetings_today(office: Consulted, person: str = "") -> list[Meeting]:
    """The meetings that sit, though they began on an earlier day, and those announced for today; the nearest to a
    person first, of the others those that sit, then by their times.
    """
    notices = [each for each in office.matters(NOTICE, state=State.SETTLED, limit=_RECENT) if _called(office, each)]
    meetings = [found for each in notices if (found := agenda.meeting_of(office, each))]

    def place(meeting: Meeting) -> tuple[int, bool, date, int, str]:
        when, sits = meeting.appointment, meeting.sitting.opened
        distance = _distance(office, meeting, person)
        return distance, not sits, when.held_on, minutes_of(when.time), meeting.notice.number

    return sorted(meetings, key=place)


def _distance(office: Consulted, meeting: Meeting, person: str) -> int:
    """How far a meeting is from a person: it asks for his vote or watch, he records it, he belongs to it, or not."""
    sitting, number = meeting.sitting, meeting.sitting.current
    ballot = meeting.item(number).ballot if number else None
    if ballot is not None and (person == ballot.watcher or person in sitting.to_vote(number)):
        return 0
    if person == sitting.recorder:
        return 1
    return 2 if person in concerned(office, meeting) else 3


def _called(office: Consulted, notice: Matter) -> bool:
    return agenda.appointment_of(office, notice).held_on <= office.day and not agenda.ended(office, notice)


def stands(office: Consulted, meeting: Meeting) -> str:
    """When and where a meeting is, and how far it has come."""
    when = meeting.appointment
    return f"{when.time}　{when.place}　{view(office, meeting).stage.value}"


def concerned(office: Consulted, meeting: Meeting) -> set[str]:
    """Whoever sits in a meeting, was invited to it, or keeps its record."""
    sitting, body = meeting.sitting, meeting.body
    told = invited(office, meeting.notice)
    return {
        *told,
        *everyone(office, body.secretary),
        *sitting.ranked,
        *sitting.attending,
        sitting.recorder,
        sitting.chair,
    }


def announced(office: Consulted) -> list[str]:
    """The meetings to come, each in a line."""
    told = []
    for body in office.bodies():
        for notice in agenda.coming(office, body.key):
            when = agenda.appointment_of(office, notice)
            state = "" if notice.state is State.SETTLED else f"（通知{notice.state.title}）"
            items = f"议题 {len(notice.rows('items'))} 项"
            told.append(f"{when.held_on} {when.time}　{notice.text('title')}　{when.place}　{items}{state}")
    return sorted(told)

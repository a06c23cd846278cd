"""Who calls a body's meetings, presides over them and keeps their record."""

from collections.abc import Iterable

from core.agency import Body
from core.consulted import Consulted, everyone
from core.people import Delegation
from plugins.meetings.agenda import OPENING, Meeting


def conveners(office: Consulted, body: Body) -> list[str]:
    """Who may call a meeting, in their order."""
    return _leading(office, body, body.convener)


def chairs(office: Consulted, body: Body) -> list[str]:
    """Who may preside, in their order."""
    return _leading(office, body, body.chair)


def _leading(office: Consulted, body: Body, selectors: Iterable[str]) -> list[str]:
    never = everyone(office, body.never_chair)
    return [each for each in everyone(office, selectors) if each not in never]


def successors(office: Consulted, meeting: Meeting) -> list[str]:
    """Who presides when the chair is gone: those who may, are there and take part, the first in rank first."""
    sitting = meeting.sitting
    recused = sitting.item(sitting.current).recused if sitting.current else set()
    able = sitting.present - recused - {sitting.chair}
    return sorted((each for each in chairs(office, meeting.body) if each in able), key=sitting.ranked.index)


def keepers(office: Consulted, body: Body) -> list[str]:
    """Who may keep the record: the body's secretaries, then their stand-ins."""
    return with_stand_ins(office, everyone(office, body.secretary))


def with_stand_ins(office: Consulted, people: list[str]) -> list[str]:
    """People, then whoever stands in for any of them today at a meeting; each once."""
    named = (each.stand_in for person in people for each in stand_ins(office, person))
    return list(dict.fromkeys([*people, *named]))


def stand_ins(office: Consulted, person: str) -> tuple[Delegation, ...]:
    """Who stands in for somebody today at a meeting."""
    return office.organisation.stand_ins(person, OPENING, office.day)

"""One person's days: where he is, who acts for whom, what is due of him, and what kind of day it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from tinydb import where

from core.desk import Desk
from core.matter import State
from core.people import Span


class Occasion(Enum):
    """What a line of a diary is about."""

    AWAY = "away"
    STOOD_IN_FOR = "stood-in-for"
    STANDS_IN = "stands-in"
    STEP = "step"
    FILED = "filed"
    DUTY = "duty"

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    Occasion.AWAY: "外出",
    Occasion.STOOD_IN_FOR: "由人代理",
    Occasion.STANDS_IN: "代理他人",
    Occasion.STEP: "待办到期",
    Occasion.FILED: "我的申请",
    Occasion.DUTY: "例行到期",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on one day; `key` names the matter or the duty it is about, where there is one."""

    occasion: Occasion
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what is on it. `nature` says in words whether the agency works, and why; `provisional` that this is
    reckoned, because the year's holidays are not published.
    """

    day: date
    workday: bool
    nature: str
    provisional: bool
    items: tuple[Item, ...]


def diary(desk: Desk, person: str, since: date, until: date) -> list[Day]:
    """The days from `since` to `until`, each with what is on it; what is overdue stands under today."""
    on: dict[date, list[Item]] = {}
    for span, item in _spans(desk, person):
        first, last = max(since, span.since), min(until, span.until)
        for count in range((last - first).days + 1):
            on.setdefault(first + timedelta(days=count), []).append(item)
    for due, item in _deadlines(desk, person, until):
        shown = desk.day if due < desk.day else due
        if since <= shown <= until:
            late = f"逾期 {(desk.day - due).days} 天：" if due < desk.day else ""
            on.setdefault(shown, []).append(Item(item.occasion, late + item.text, item.key))
    return [_day(desk, since + timedelta(days=count), on) for count in range((until - since).days + 1)]


def _day(desk: Desk, day: date, on: Mapping[date, Iterable[Item]]) -> Day:
    calendar = desk.calendar
    return Day(day, calendar.is_workday(day), calendar.why(day), calendar.is_provisional(day), tuple(on.get(day, ())))


def _spans(desk: Desk, person: str) -> Iterator[tuple[Span, Item]]:
    """Absences, and the delegations given and received."""
    organisation = desk.organisation
    for absence in organisation.absences:
        if absence.person == person:
            yield absence.span, Item(Occasion.AWAY, absence.reason)
    for each in organisation.delegations:
        until = f"，至 {each.span.until}（{each.basis}）"
        if each.person == person:
            yield each.span, Item(Occasion.STOOD_IN_FOR, f"{organisation.name(each.stand_in)}代办{until}")
        if each.stand_in == person:
            yield each.span, Item(Occasion.STANDS_IN, f"代{organisation.name(each.person)}办理{until}")


def _deadlines(desk: Desk, person: str, until: date) -> Iterator[tuple[date, Item]]:
    """Steps that wait for him, his own matters where they wait, and what he owes."""
    inbox, matters = desk.store.table("inbox"), desk.store.table("matters")
    bound = until.isoformat()
    for row in inbox.page((where("person") == person) & (where("due") <= bound), order=("due",), limit=500).rows:
        behalf = f"，代{desk.organisation.name(row['on_behalf'])}" if row["on_behalf"] else ""
        text = f"{_titled(desk, row['kind'])}：{row['subject']}（{row['step']}{behalf}）"
        yield date.fromisoformat(row["due"]), Item(Occasion.STEP, text, str(row["matter"]))
    mine = (where("applicant") == person) & (where("state") == State.RUNNING.value)
    for document in matters.search(mine):
        if document["due"] and document["due"] <= bound:
            text = f"{_titled(desk, document['kind'])}：{document['subject']}"
            yield date.fromisoformat(document["due"]), Item(Occasion.FILED, text, str(document["number"]))
    for duty in desk.duties(person, until):
        if duty.due <= until:
            yield duty.due, Item(Occasion.DUTY, duty.title, duty.key)


def _titled(desk: Desk, kind: str) -> str:
    found = desk.matter_type(kind)
    return found.title if found else kind

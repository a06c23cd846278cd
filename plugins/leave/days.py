"""Days and half days of leave: which are working ones, and to which year and month they belong."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from core.days.calendar import Calendar
from core.matter import Matter

MORNING, AFTERNOON = "上午", "下午"
HALVES = (MORNING, AFTERNOON)

LONGEST = 366
"""Days that one request may span."""

Span = range
"""Half days in a row, each by its number; two to a day, counted from the first day of the calendar."""


def half(day: date, slot: str) -> int:
    """The number of a day's morning or afternoon."""
    return day.toordinal() * 2 + (slot == AFTERNOON)


def day_of(number: int) -> date:
    return date.fromordinal(number // 2)


def slot_of(number: int) -> str:
    return HALVES[number % 2]


def span(since: date, until: date, since_half: str = MORNING, until_half: str = AFTERNOON) -> Span:
    """The half days from the first to the last, both included; empty where the end lies before the beginning."""
    return range(half(since, since_half), half(until, until_half) + 1)


def span_of(matter: Matter) -> Span:
    """The half days that a form names: from the morning of its first day to the afternoon of its last unless it says
    otherwise; empty while a day is missing.
    """
    since, until = matter.day("since"), matter.day("until")
    if since is None or until is None:
        return range(0)
    return span(since, until, matter.text("since_half") or MORNING, matter.text("until_half") or AFTERNOON)


def overlap(one: Span, other: Span) -> Span:
    """The half days in both."""
    return range(max(one.start, other.start), min(one.stop, other.stop))


def counted(halves: Iterable[int], calendar: Calendar, natural: bool = False) -> list[int]:
    """The half days that use up leave: those of working days, or all of them where natural days are counted."""
    known: dict[date, bool] = {}
    found = []
    for each in halves:
        day = day_of(each)
        if natural or known.setdefault(day, calendar.is_workday(day)):
            found.append(each)
    return found


def by_year(halves: Iterable[int]) -> dict[str, int]:
    """How many half days fall into each year."""
    return dict(Counter(f"{day_of(each).year}" for each in halves))


def by_month(halves: Iterable[int]) -> dict[str, int]:
    """How many half days fall into each month, `2026-03`."""
    return dict(Counter(f"{day_of(each):%Y-%m}" for each in halves))


def joined(this: Span, others: Iterable[Span], calendar: Calendar, natural: bool = False) -> list[int]:
    """The counted half days of a span with those of every span that no working time parts from it."""
    whole, left = this, [each for each in others if each]
    while True:
        near = [each for each in left if not _parted(whole, each, calendar, natural)]
        if not near:
            break
        left = [each for each in left if each not in near]
        whole = range(min(whole.start, *(each.start for each in near)), max(whole.stop, *(each.stop for each in near)))
    return counted(whole, calendar, natural)


def _parted(one: Span, other: Span, calendar: Calendar, natural: bool) -> bool:
    """Whether time that counts lies between two spans."""
    earlier, later = sorted((one, other), key=lambda each: each.start)
    return any(natural or calendar.is_workday(day_of(each)) for each in range(earlier.stop, later.start))


def whole_days(halves: Span) -> tuple[date, date] | None:
    """The first and the last day that a span takes up altogether; None where there is none."""
    first, last = (halves.start + 1) // 2, halves.stop // 2 - 1
    return (date.fromordinal(first), date.fromordinal(last)) if last >= first else None


def in_days(half_days: int) -> str:
    """A number of half days as people say it: `2.5 天`."""
    whole, rest = divmod(abs(half_days), 2)
    return f"{'-' if half_days < 0 else ''}{whole}{'.5' if rest else ''} 天"

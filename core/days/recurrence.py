"""The periods of recurring duties, and the day by which each period's duty is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Literal

from core.days.calendar import Calendar, Deadline
from core.days.terms import HALF_YEAR, MONTH, QUARTER, YEAR, Term, half_month_named, week_named
from core.days.wording import day_written
from core.text import nearest

_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"


class Frequency(Enum):
    """How often a duty comes round."""

    DAILY_WORKDAYS = "daily-workdays"
    WEEKLY = "weekly"
    EVERY_TWO_WEEKS = "every-two-weeks"
    HALF_MONTHLY = "half-monthly"
    """From the 1st to the 15th, and from the 16th to the end of the month."""
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"
    ONCE = "once"

    @property
    def title(self) -> str:
        """What an office calls it."""
        return _TITLES[self]


_TITLES = {
    Frequency.DAILY_WORKDAYS: "每个工作日",
    Frequency.WEEKLY: "每周",
    Frequency.EVERY_TWO_WEEKS: "每两周",
    Frequency.HALF_MONTHLY: "每半月",
    Frequency.MONTHLY: "每月",
    Frequency.QUARTERLY: "每季度",
    Frequency.HALF_YEARLY: "每半年",
    Frequency.YEARLY: "每年",
    Frequency.ONCE: "一次",
}
_HALF = 15
"""The last day of the first half of a month."""
_MONTHS = {
    Frequency.MONTHLY: MONTH,
    Frequency.QUARTERLY: QUARTER,
    Frequency.HALF_YEARLY: HALF_YEAR,
    Frequency.YEARLY: YEAR,
}


@dataclass(frozen=True, slots=True)
class Period:
    """One turn of a recurring duty, first and last day included; the key names it in records."""

    key: str
    title: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a duty comes round.

    `weekday` is the day a weekly period begins on, 0 for Monday. `anchor` is a first day of some two-week period,
    or the one day of a duty that comes once; a duty that comes once without it has no period of its own.
    Raises ValueError for two weeks without an anchor and for a weekday out of range.
    """

    frequency: Frequency
    weekday: int = 0
    anchor: date | None = None

    def __post_init__(self) -> None:
        """Refuses what cannot be followed."""
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"星期 {self.weekday} 不对，请填 0（星期一）至 6（星期日）")
        if self.frequency is Frequency.EVERY_TWO_WEEKS and self.anchor is None:
            raise ValueError("每两周一次的事项须写明从哪一天起算，例如 anchor = 2026-01-05")

    @property
    def title(self) -> str:
        """What an office calls it, ``每季度``."""
        if self.frequency is Frequency.WEEKLY and self.weekday:
            return f"每周（自周{_WEEKDAYS[self.weekday]}起）"
        return self.frequency.title

    def periods(self, since: date, until: date, calendar: Calendar | None = None) -> Iterator[Period]:
        """Every period that touches the days from since to until, both included, in order.

        Working days need the agency's calendar; raises ValueError where it is not given.
        """
        if self.frequency is Frequency.ONCE:
            if self.anchor is not None and since <= self.anchor <= until:
                yield _single(self.anchor)
            return
        if self.frequency is Frequency.DAILY_WORKDAYS:
            if calendar is None:
                raise ValueError("每个工作日的事项须按单位日历推算，没有给出日历")
            days = (since + _DAY * count for count in range((until - since).days + 1))
            yield from (_single(day) for day in days if calendar.is_workday(day))
            return
        start = since
        while start <= until:
            period = self._around(start)
            yield period
            if period.end == date.max:
                return
            start = period.end + _DAY

    def _around(self, day: date) -> Period:
        """The period of a week or longer that holds the day."""
        if self.frequency is Frequency.WEEKLY:
            start = _shift(day, -((day.weekday() - self.weekday) % 7))
            return Period(*_week(start), start, _shift(start, 6))
        if self.frequency is Frequency.EVERY_TWO_WEEKS:
            start = _shift(day, -((day - (self.anchor or day)).days % 14))
            end = _shift(start, 13)
            return Period(f"{_week(start)[0]}-P2W", f"{day_written(start)}至{end.month}月{end.day}日", start, end)
        if self.frequency is Frequency.HALF_MONTHLY:
            return _half_month(day)
        term = Term.around(day, _MONTHS[self.frequency])
        end = _month_end(day.year, term.first.month + term.months - 1)
        return Period(str(term), term.title, term.first, end)


@dataclass(frozen=True, slots=True)
class DueRule:
    """The day a period's duty is due.

    From the start, the offset-th day of the period, its first day being the first, and never later than its last.
    From the end, that many days after the last day; nought is the last day itself, below nought lies before it.
    Raises ValueError for an offset below one from the start.
    """

    offset: int = 0
    counted_from: Literal["start", "end"] = "end"
    unit: Literal["workdays", "days"] = "days"

    def __post_init__(self) -> None:
        """Refuses what cannot be followed."""
        if self.counted_from not in ("start", "end"):
            raise ValueError(f"期限的起算点“{self.counted_from}”不对，可用：start（期初）、end（期末）")
        if self.unit not in ("workdays", "days"):
            raise ValueError(f"期限的单位“{self.unit}”不对，可用：workdays（工作日）、days（自然日）")
        if self.counted_from == "start" and self.offset < 1:
            raise ValueError(f"从期初起算的期限须是第 1 天或以后，不能是 {self.offset}")

    def due(self, period: Period, calendar: Calendar) -> Deadline:
        """The day the period's duty is due, and how it was reckoned."""
        workdays = self.unit == "workdays"
        if self.counted_from == "end":
            if self.offset == 0:
                return Deadline(period.end, False, f"{period.title}的最后一天")
            reckoned = calendar.add_days(period.end, self.offset, workdays)
            return Deadline(reckoned.day, reckoned.provisional, f"{period.title}结束：{reckoned.derivation}")
        reckoned = calendar.add_days(_shift(period.start, -1), self.offset, workdays)
        said = f"{period.title}的第{self.offset}{'个工作日' if workdays else '天'}"
        if reckoned.day > period.end:
            return Deadline(period.end, reckoned.provisional, f"{said}已超出本期，取本期最后一天")
        return Deadline(reckoned.day, reckoned.provisional, f"{said}（{reckoned.derivation}）")


def periods_holding(day: date, calendar: Calendar) -> frozenset[str]:
    """The keys of all periods a day falls in, from the day itself to the year; of two weeks there is none without
    knowing where they begin.
    """
    unanchored = (each for each in Frequency if each not in (Frequency.ONCE, Frequency.EVERY_TWO_WEEKS))
    found = (period for each in unanchored for period in Recurrence(each).periods(day, day, calendar))
    return frozenset(period.key for period in found)


LAST_DAY = DueRule()
"""The rule where a clause names none: the last day of the period."""


def parse_recurrence(text: str, *, weekday: int = 0, anchor: date | None = None) -> Recurrence:
    """Reads a frequency by its value in a rulebook. Raises ValueError, with the nearest valid value, otherwise."""
    try:
        frequency = Frequency(text)
    except ValueError as error:
        known = [frequency.value for frequency in Frequency]
        near = nearest(text, known)
        hint = f"，是不是“{near}”" if near else ""
        raise ValueError(f"周期“{text}”不认识{hint}；可用：{'、'.join(known)}") from error
    return Recurrence(frequency, weekday, anchor)


def _half_month(day: date) -> Period:
    late = day.day > _HALF
    start = day.replace(day=_HALF + 1 if late else 1)
    end = _month_end(day.year, day.month) if late else day.replace(day=_HALF)
    return Period(*half_month_named(day.year, day.month, late), start, end)


def _single(day: date) -> Period:
    return Period(day.isoformat(), day_written(day), day, day)


def _week(start: date) -> tuple[str, str]:
    year, week, _ = start.isocalendar()
    return week_named(year, week)


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - _DAY


def _shift(day: date, days: int) -> date:
    """The day that many days off, held within the days a date can name."""
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)

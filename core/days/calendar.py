"""The working days of an agency: the national arrangement, with the agency's own days over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path

from core.days.national_days import NationalDays, read_national_days
from core.days.wording import day_written

LONGEST = 10_000
"""The most days a deadline may lie away."""

_DAY = timedelta(days=1)
_WEEKEND = "周末"


@dataclass(frozen=True)
class OwnDay:
    """A day the agency itself closes or works, whatever the national arrangement says."""

    day: date
    workday: bool
    reason: str


@dataclass(frozen=True)
class Deadline:
    """A day that was reckoned, how it was reckoned, and whether an unpublished year had a part in it."""

    day: date
    provisional: bool
    derivation: str


class Calendar:
    """Answers which days an agency works. The national table is read at the first question that needs it."""

    def __init__(self, national: Path, own: Iterable[OwnDay] = ()) -> None:
        """Takes the folder of national tables; raises ValueError where an own day is given twice."""
        self._folder = national
        self._own: dict[date, OwnDay] = {}
        for one in own:
            if one.day in self._own:
                raise ValueError(f"本单位日历中 {one.day} 写了两次（{self._own[one.day].reason}、{one.reason}）")
            self._own[one.day] = one

    @classmethod
    def load(cls, national: Path, own: Iterable[OwnDay] = ()) -> "Calendar":
        """The calendar over the national tables in that folder. Raises as the constructor does."""
        return cls(national, own)

    def open_table(self) -> "Calendar":
        """The same calendar, its national table read. Raises RulebookInvalid where that is absent or faulty."""
        _ = self._national
        return self

    @cached_property
    def _national(self) -> NationalDays:
        return read_national_days(self._folder)

    def is_workday(self, day: date) -> bool:
        """Whether the agency works on that day."""
        return self._closed(day) is None

    def is_provisional(self, day: date) -> bool:
        """Whether the day's answer is only reckoned, because no arrangement of its year is published."""
        return day not in self._own and day.year not in self._national.published

    def why(self, day: date) -> str:
        """Why the day is or is not a working day, in Chinese."""
        closed = self._closed(day)
        if closed is not None:
            reason = closed if closed == _WEEKEND or day in self._own else f"{closed}放假"
        else:
            reason = self._worked(day) or "工作日"
        return reason + (f"（{_unpublished(day.year)}）" if self.is_provisional(day) else "")

    def add_workdays(self, day: date, count: int) -> Deadline:
        """The count-th working day after the day, which itself is not counted; before it for a negative count.

        A count of nought is the day itself. Raises ValueError where the answer lies more than `LONGEST` days away.
        """
        if count == 0:
            return Deadline(day, False, f"{day_written(day)}当日")
        step = _DAY if count > 0 else -_DAY
        passed: list[date] = []
        left, reached = abs(count), day
        while left:
            if len(passed) == LONGEST:
                raise _too_far(count)
            reached = _shift(reached, step, count)
            passed.append(reached)
            left -= self.is_workday(reached)
        unpublished = sorted({one.year for one in passed if self.is_provisional(one)})
        parts = [
            f"{day_written(day)}{'之后' if count > 0 else '之前'}第{abs(count)}个工作日，当日不计",
            *self._exceptions(sorted(passed)),
        ]
        parts += [_unpublished(year) for year in unpublished]
        return Deadline(reached, bool(unpublished), "；".join(parts))

    def add_days(self, day: date, count: int, workdays: bool) -> Deadline:
        """The day that many working or calendar days after the day; calendar days are never provisional.

        Raises ValueError where the answer lies more than `LONGEST` days away.
        """
        if workdays:
            return self.add_workdays(day, count)
        if count == 0:
            return Deadline(day, False, f"{day_written(day)}当日")
        if abs(count) > LONGEST:
            raise _too_far(count)
        reached = _shift(day, timedelta(days=count), count)
        return Deadline(
            reached,
            False,
            f"{day_written(day)}{'之后' if count > 0 else '之前'}第{abs(count)}日，当日不计，按自然日计算",
        )

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after start up to and including end, so that `add_workdays` of it leads to end or before.

        Below nought, and counted from end up to the day before start, where end lies before start.
        """
        if end < start:
            return -sum(self.is_workday(end + _DAY * count) for count in range((start - end).days))
        return sum(self.is_workday(start + _DAY * count) for count in range(1, (end - start).days + 1))

    def _closed(self, day: date) -> str | None:
        """Why the agency does not work on the day; None on a working day."""
        if isinstance(day, datetime):
            raise TypeError("a moment is not a day: pass its date")
        own = self._own.get(day)
        if own is not None:
            return None if own.workday else f"本单位休息（{own.reason}）"
        national = self._national
        if day in national.worked:
            return None
        holiday = national.off.get(day)
        if holiday is None and day.year not in national.published:
            holiday = national.expected_holiday(day)
        return holiday or (_WEEKEND if day.weekday() >= 5 else None)

    def _worked(self, day: date) -> str | None:
        """Why the agency works on a day that is out of the common run; None for an ordinary working day."""
        own = self._own.get(day)
        if own is not None:
            return f"本单位上班（{own.reason}）"
        holiday = self._national.worked.get(day)
        return f"{holiday}调休上班" if holiday else None

    def _exceptions(self, days: list[date]) -> list[str]:
        """What was skipped and what was counted against the common run, for a derivation."""
        said = []
        weekend = 0
        for (skipped, worked), group in groupby(days, key=lambda day: (self._closed(day), self._worked(day))):
            run = list(group)
            if skipped == _WEEKEND:
                weekend += len(run)
            elif skipped is not None:
                said.append(f"{_run(run)}{skipped}{'' if run[0] in self._own else '放假'}，不计")
            elif worked is not None:
                said.append(f"{_run(run)}{worked}，计入")
        return [*said, f"另有周末{weekend}天不计"] if weekend else said


def _shift(day: date, step: timedelta, count: int) -> date:
    try:
        return day + step
    except OverflowError as error:
        raise _too_far(count) from error


def _too_far(count: int) -> ValueError:
    return ValueError(f"期限 {count} 天太长，推算不出日期，最多可推算 {LONGEST} 天")


def _run(days: list[date]) -> str:
    first, last = days[0], days[-1]
    start = f"{first.month}月{first.day}日"
    if first == last:
        return start
    return f"{start}至{last.day}日" if first.month == last.month else f"{start}至{last.month}月{last.day}日"


def _unpublished(year: int) -> str:
    return f"{year}年放假安排未公布，暂按法定节日和周末推算"

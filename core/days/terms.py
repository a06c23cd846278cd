"""A stretch of the calendar that a table is made up for: a year, half a year, a quarter or a month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import normalize

YEAR, HALF_YEAR, QUARTER, MONTH = 12, 6, 3, 1
"""How long a term may be, in months."""

_SPELT = re.compile(
    r"(?:(?P<year>[0-9]{4})(?:年度?|[-/.](?=.))?)?"
    r"(?:(?P<month>(?<=[-/.年])[0-9]{1,2}|[0-9]{1,2}(?=月))(?:月份?)?"
    r"|Q(?P<q>[1-4])|第?(?P<quarter>[一二三四1-4])季度?|H(?P<h>[12])|(?P<half>[上下])半年)?"
)
_WEEK = re.compile(r"([0-9]{4})(?:-?W([0-9]{1,2})|年第?([0-9]{1,2})周)")
_HALF_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2})([AB])|年([0-9]{1,2})月([上下])半月)")
_QUARTERS = "一二三四"
_LENGTHS = {
    YEAR: ("年度", "2026年"),
    HALF_YEAR: ("半年", "2026年上半年"),
    QUARTER: ("季度", "2026年第一季度"),
    MONTH: ("月份", "2026年6月"),
}
"""What each length is called, and how one is written."""


@dataclass(frozen=True, slots=True)
class Term:
    """So many months from the first of one; kept as 2026, 2026H1, 2026Q2 or 2026-06, read by people by its title."""

    first: date
    months: int

    @classmethod
    def around(cls, day: date, months: int) -> "Term":
        """The term of such a length that holds the day."""
        return cls(date(day.year, (day.month - 1) // months * months + 1, 1), months)

    @classmethod
    def read(cls, text: str, today: date | None = None) -> "Term":
        """The term written in words or as it is kept; without a year, one of today's year.

        ValueError is the sentence to show.
        """
        found = _SPELT.fullmatch("".join(normalize("NFKC", text).split()).upper())
        year = (found["year"] or (str(today.year) if today else "")) if found else ""
        if found is None or not year or not found[0]:
            raise ValueError(f"“{text}”不是一段时间，请写成{ways()}的样子")
        try:
            if month := found["month"]:
                return cls(date(int(year), int(month), 1), MONTH)
            if quarter := found["q"] or found["quarter"]:
                turn = _QUARTERS.find(quarter) + 1 or int(quarter)
                return cls(date(int(year), turn * QUARTER - 2, 1), QUARTER)
            if half := found["h"] or found["half"]:
                return cls(date(int(year), 1 if half in "1上" else 7, 1), HALF_YEAR)
            return cls(date(int(year), 1, 1), YEAR)
        except ValueError:
            raise ValueError(f"“{text}”中没有这样的年月") from None

    @property
    def last(self) -> date:
        return self.moved(1).first - timedelta(days=1)

    def moved(self, by: int) -> "Term":
        """The term so many terms later, earlier where negative."""
        count = self.first.year * YEAR + self.first.month - 1 + by * self.months
        return Term(date(count // YEAR, count % YEAR + 1, 1), self.months)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def title(self) -> str:
        """As people read it, and may write it."""
        year, month = self.first.year, self.first.month
        match self.months:
            case 1:
                return f"{year}年{month}月"
            case 3:
                return f"{year}年第{_QUARTERS[month // 3]}季度"
            case 6:
                return f"{year}年{'上' if month == 1 else '下'}半年"
            case _:
                return f"{year}年"

    def __str__(self) -> str:
        year, month = self.first.year, self.first.month
        match self.months:
            case 1:
                return f"{year:04d}-{month:02d}"
            case 3:
                return f"{year:04d}Q{(month + 2) // 3}"
            case 6:
                return f"{year:04d}H{(month + 5) // 6}"
            case _:
                return f"{year:04d}"


def ways(lengths: Sequence[int] = ()) -> str:
    """How terms of these lengths are written, of all lengths where none is named."""
    *others, last = (_LENGTHS[each][1] for each in lengths or _LENGTHS)
    return f"{'、'.join(others)}或{last}" if others else last


def week_named(year: int, week: int) -> tuple[str, str]:
    """A week of the calendar as it is kept and as people read it."""
    return f"{year:04d}-W{week:02d}", f"{year}年第{week}周"


def half_month_named(year: int, month: int, late: bool) -> tuple[str, str]:
    """Half a month as it is kept and as people read it."""
    return f"{year:04d}-{month:02d}{'AB'[late]}", f"{year}年{month}月{'上下'[late]}半月"


def read_period(text: str, lengths: Sequence[int] = (), today: date | None = None) -> str:
    """A period as it is kept (2026Q1), from what somebody wrote (2026年第一季度).

    It has one of these lengths; where none is named, it may also be a week or half a month. ValueError is the sentence
    to show.
    """
    if not lengths and (finer := _finer(text)):
        return finer[0]
    called = "或".join(_LENGTHS[each][0] for each in lengths) or "一段时间"
    try:
        term = Term.read(text, today)
    except ValueError:
        raise ValueError(f"“{text}”不是{called}，请写成{ways(lengths)}的样子") from None
    if lengths and term.months not in lengths:
        raise ValueError(f"“{text}”不是{called}，请写成{ways(lengths)}的样子")
    return str(term)


def period_written(kept: str) -> str:
    """A period as people read it; what is none stays as it is."""
    if finer := _finer(kept):
        return finer[1]
    try:
        return Term.read(kept).title
    except ValueError:
        return kept


def _finer(text: str) -> tuple[str, str] | None:
    """A week or half a month, kept and worded."""
    plain = "".join(normalize("NFKC", text).split()).upper()
    try:
        if found := _WEEK.fullmatch(plain):
            year, week = int(found[1]), int(found[2] or found[3])
            date.fromisocalendar(year, week, 1)
            return week_named(year, week)
        if found := _HALF_MONTH.fullmatch(plain):
            first = date(int(found[1]), int(found[2] or found[4]), 1)
            return half_month_named(first.year, first.month, (found[3] or found[5]) in "B下")
    except ValueError:
        return None
    return None

"""A stretch of the calendar that a table is made up for: a year, half a year, a quarter or a month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})|Q([1-4])|H([12]))?")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Term:
    """So many months from the first of one; written 2026, 2026H1, 2026Q2 or 2026-06."""

    first: date
    months: int

    @classmethod
    def read(cls, text: str) -> "Term":
        """The term that is written so; ValueError is the sentence to show."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"“{text}”不是一段时间，请写成 2026、2026H1、2026Q2 或 2026-06 的样子")
        year, month, quarter, half = found.groups()
        try:
            if month:
                return cls(date(int(year), int(month), 1), 1)
            if quarter:
                return cls(date(int(year), int(quarter) * 3 - 2, 1), 3)
            return cls(date(int(year), int(half) * 6 - 5, 1), 6) if half else cls(date(int(year), 1, 1), _MONTHS)
        except ValueError:
            raise ValueError(f"“{text}”中没有这样的年月") from None

    @classmethod
    def written(cls, text: str, *months: int) -> bool:
        """Whether a text is how a term of so many months (of one of these lengths) is written."""
        try:
            term = cls.read(text)
        except ValueError:
            return False
        return term.months in months and str(term) == text

    @property
    def last(self) -> date:
        return self.moved(1).first - timedelta(days=1)

    def moved(self, by: int) -> "Term":
        """The term so many terms later, earlier where negative."""
        count = self.first.year * _MONTHS + self.first.month - 1 + by * self.months
        return Term(date(count // _MONTHS, count % _MONTHS + 1, 1), self.months)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def title(self) -> str:
        year, month = self.first.year, self.first.month
        match self.months:
            case 1:
                return f"{year}年{month}月"
            case 3:
                return f"{year}年第{(month + 2) // 3}季度"
            case 6:
                return f"{year}年{'上' if month == 1 else '下'}半年"
            case _:
                return f"{year}年"

    def __str__(self) -> str:
        year, month = self.first.year, self.first.month
        match self.months:
            case 1:
                return f"{year}-{month:02d}"
            case 3:
                return f"{year}Q{(month + 2) // 3}"
            case 6:
                return f"{year}H{(month + 5) // 6}"
            case _:
                return f"{year}"

"""The national table of holidays and make-up working days, read from ``config/national/holidays.toml``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

TABLE = "holidays.toml"


@dataclass(frozen=True)
class NationalDays:
    """What the table says: days off and weekend days worked, by holiday; the years published."""

    off: Mapping[date, str]
    worked: Mapping[date, str]
    published: frozenset[int]
    statutory: tuple[tuple[str, int, int, int], ...]
    expected: Mapping[date, str]

    def expected_holiday(self, day: date) -> str | None:
        """The statutory holiday a day of an unpublished year falls on; none before the first published year."""
        if day.year < min(self.published, default=day.year):
            return None
        fixed = (
            name
            for name, month, first, days in self.statutory
            if day.month == month and first <= day.day < first + days
        )
        return self.expected.get(day) or next(fixed, None)


def read_national_days(national: Path) -> NationalDays:
    """Reads the table in the folder of national tables.

    Raises RulebookInvalid where the table is absent or cannot be followed.
    """
    from core.errors import RulebookInvalid
    from core.rulebook.faults import Sheet
    from core.rulebook.texts import read_text

    sheet = Sheet(TABLE, read_text(national / TABLE))
    table = sheet.parse()
    if table is not None:
        try:
            return _days(table)
        except KeyError as error:
            sheet.fault((), f"全国节假日表缺少“{error.args[0]}”")
        except (TypeError, AttributeError):
            sheet.fault((), "全国节假日表中有一项的写法不对，日期应写作 2026-10-01")
        except ValueError as error:
            sheet.fault((), f"全国节假日表：{error}")
    raise RulebookInvalid(sheet.faults)


def _days(table: Mapping[str, Any]) -> NationalDays:
    off: dict[date, str] = {}
    worked: dict[date, str] = {}
    published: set[int] = set()
    for arrangement in table["year"]:
        year = _year(arrangement)
        if year in published:
            raise ValueError(f"{year}年的安排写了两次")
        published.add(year)
        for holiday in arrangement["holidays"]:
            for day in _span(holiday, year):
                _put(off, day, holiday["name"])
            for day in holiday.get("workdays", ()):
                _put(worked, day, holiday["name"])
    twice = sorted(off.keys() & worked.keys())
    if twice:
        raise ValueError(f"{twice[0]} 既列为放假又列为上班")
    expected: dict[date, str] = {}
    for forecast in table.get("expected", ()):
        for holiday in forecast["holidays"]:
            for day in _span(holiday, _year(forecast)):
                _put(expected, day, holiday["name"])
    fixed = tuple(
        (str(day["name"]), int(day["month"]), int(day["day"]), int(day["days"])) for day in table["statutory"]["fixed"]
    )
    return NationalDays(off, worked, frozenset(published), fixed, expected)


def _year(table: Mapping[str, Any]) -> int:
    year = table["year"]
    if not isinstance(year, int):
        raise ValueError(f"年份应是不加引号的数字，这里是“{year}”")
    return year


def _span(holiday: Mapping[str, Any], year: int) -> Iterator[date]:
    first: date = holiday["from"]
    last: date = holiday["to"]
    if last < first or last.year != year or (last - first).days > 30:
        raise ValueError(f"{year}年{holiday['name']}的起止日期 {first} 至 {last} 不对")
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _put(days: dict[date, str], day: date, name: str) -> None:
    if day in days:
        raise ValueError(f"{day} 写了两次（{days[day]}、{name}）")
    days[day] = name

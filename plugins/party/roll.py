"""Who belongs to which branch and cell, in what standing, and how months are counted."""

from dataclasses import dataclass
from datetime import date

from core.family import Consulted

FULL, PROBATIONARY, MOVED, REMOVED = "正式党员", "预备党员", "已转出", "已出党"
MEMBERS = "party.members"


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the roll has him; `since` is the day he was admitted as a probationary member."""

    person: str
    unit: str
    cell: str
    standing: str
    since: date


def member(office: Consulted, person: str) -> Member | None:
    """A member of any branch by his latest line; None for one who is not or no longer a member."""
    return next((each for each in roll(office) if each.person == person), None)


def roll(office: Consulted, unit: str = "") -> list[Member]:
    """The members of a branch or a cell today (of all, where none is named), as they were entered."""
    latest: dict[str, Member] = {}
    for entry in reversed(office.entries(MEMBERS, limit=10_000)):
        values = entry.values
        since = values.get("since")
        latest[str(values["person"])] = Member(
            str(values["person"]),
            str(values.get("unit", "")),
            str(values.get("cell", "")),
            str(values["standing"]),
            since if isinstance(since, date) else entry.on,
        )
    there = (each for each in latest.values() if each.standing in (FULL, PROBATIONARY))
    return [each for each in there if not unit or unit in (each.unit, each.cell)]


def month_of(day: date) -> str:
    """`2026-03`, as periods of duties are named."""
    return f"{day:%Y-%m}"


def quarter_of(day: date) -> str:
    """`2026Q1`, as periods of duties are named."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def half_of(day: date) -> str:
    """`2026H1`, as periods of duties are named."""
    return f"{day.year}H{(day.month + 5) // 6}"


def periods_of(day: date) -> tuple[str, ...]:
    """The month, quarter, half and year a day lies in, as periods of duties are named."""
    return month_of(day), quarter_of(day), half_of(day), str(day.year)


def numbered(month: str) -> int:
    """Months since the year nought; ValueError for what is not written as `2026-03`."""
    year, dash, number = month.partition("-")
    if not (dash and len(year) == 4 and len(number) == 2 and year.isdecimal() and number.isdecimal()):
        raise ValueError(f"“{month}”不是月份，写作 2026-03")
    if not 1 <= int(number) <= 12:
        raise ValueError(f"“{month}”不是月份，写作 2026-03")
    return int(year) * 12 + int(number) - 1


def month_named(count: int) -> str:
    """The month of a number that `numbered` gave."""
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def secretaries(office: Consulted, unit: str) -> tuple[str, ...]:
    """Who holds the secretary's post in a branch today."""
    return office.organisation.holders(str(office.setting("party.secretary")), office.day, unit)


def secretary(office: Consulted, unit: str) -> dict[str, str]:
    """The secretary as a derived fact; nothing where the post is vacant."""
    found = secretaries(office, unit)
    return {"secretary": found[0]} if found else {}


def years_after(day: date, years: int, months: int = 0) -> date:
    """The same day so many years and months later; the last of the month where there is no such day."""
    count = (day.year + years) * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(f"{day} 之后 {years} 年 {months} 个月推算不出日期")

"""Who belongs to which branch and cell, in what standing, and how months are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from core.consulted import Consulted
from core.records import Entry, unreversed

FULL, PROBATIONARY, MOVED, REMOVED = "正式党员", "预备党员", "已转出", "已出党"
MEMBERS = "party.members"
ALL = 1_000_000
"""More lines than a book has of one person or one branch."""


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
    return members(office, (person,)).get(person)


def members(office: Consulted, people: Iterable[str]) -> dict[str, Member]:
    """Those of these people who are members of any branch, each by his latest line."""
    latest: dict[str, Entry] = {}
    for line in unreversed(office.entries(MEMBERS, limit=ALL, person=tuple(people))):
        latest.setdefault(str(line.values["person"]), line)
    return {
        person: Member(
            person,
            str(line.values.get("unit", "")),
            str(line.values.get("cell", "")),
            str(line.values["standing"]),
            since if isinstance(since := line.values.get("since"), date) else line.on,
        )
        for person, line in latest.items()
        if line.values["standing"] in (FULL, PROBATIONARY)
    }


def roll(office: Consulted, unit: str = "") -> list[Member]:
    """The members of a branch or a cell today (of all, where none is named), as they were first entered there."""
    if unit:
        lines = [*office.entries(MEMBERS, limit=ALL, unit=unit), *office.entries(MEMBERS, limit=ALL, cell=unit)]
    else:
        lines = office.entries(MEMBERS, limit=ALL)
    lines.sort(key=lambda line: line.number)
    people = tuple(dict.fromkeys(str(line.values["person"]) for line in lines))
    found = members(office, people)
    known = [found[person] for person in people if person in found]
    return [each for each in known if not unit or unit in (each.unit, each.cell)]


def named(rows: Iterable[Mapping[str, object]]) -> tuple[str, ...]:
    """The persons of a table, each once."""
    return tuple(dict.fromkeys(str(row["person"]) for row in rows if row.get("person")))


def numbered(month: str) -> int:
    """Months since the year nought; ValueError for what is not written as `2026-03`."""
    year, dash, number = month.partition("-")
    if not (dash and len(year) == 4 and len(number) == 2 and year.isdecimal() and number.isdecimal()):
        raise ValueError(f"“{month}”不是月份，写作 2026年3月")
    if not 1 <= int(number) <= 12:
        raise ValueError(f"“{month}”不是月份，写作 2026年3月")
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

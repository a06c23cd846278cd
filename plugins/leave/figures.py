"""The figures of monthly and yearly statements, computed from the books; nothing is applied by itself."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from core.consulted import Consulted
from core.money import FEN
from core.records import Duty
from plugins.leave import attendance, standing
from plugins.leave.settings import ANNUAL, COMPENSATORY, PERSONAL, SICK

_MANY = 100_000
"""More lines than a year of leave has."""
_COLUMNS = {PERSONAL: "personal", SICK: "sick", ANNUAL: "annual", COMPENSATORY: "compensatory"}
_NOTHING = Decimal("0.00")

Line = Mapping[str, Any]


def last_month(office: Consulted, duty: Duty | None) -> str:
    """The month a duty is for; without one, the month before this."""
    if duty and len(duty.period) == 7:
        return duty.period
    return f"{office.day.replace(day=1) - timedelta(days=1):%Y-%m}"


def last_year(office: Consulted, duty: Duty | None) -> str:
    """The year a duty is for; without one, the year before this."""
    return duty.period if duty and len(duty.period) == 4 else f"{office.day.year - 1}"


def _line(lines: dict[str, dict[str, Any]], person: str) -> dict[str, Any]:
    return lines.setdefault(person, {"person": person})


def month_lines(office: Consulted, month: str) -> list[Line]:
    """What a month's statement says of each person about whom there is something to say."""
    lines: dict[str, dict[str, Any]] = {}
    for person, events in attendance.events(office, month).items():
        for key, event in (("late", attendance.LATE), ("early", attendance.EARLY)):
            if events[event]:
                _line(lines, person)[key] = events[event]
    for person, count in attendance.unexplained(office, month).items():
        _line(lines, person)["missing"] = count
    for entry in office.entries("leave.taken", limit=_MANY, month=month):
        line = _line(lines, str(entry.values["person"]))
        leave = str(entry.values["leave"])
        column = _COLUMNS.get(leave, "other")
        line[column] = line.get(column, 0) + entry.values["half_days"]
        if leave == PERSONAL and entry.values["unpaid"]:
            line["unpaid"] = line.get("unpaid", 0) + entry.values["unpaid"]
    for entry in office.entries("leave.truancy", limit=_MANY, month=month):
        line = _line(lines, str(entry.values["person"]))
        line["truancy"] = line.get("truancy", 0) + entry.values["half_days"]
    for line in lines.values():
        if fine := late_fine(office, line):
            line["fine"] = fine
    return [lines[person] for person in sorted(lines)]


def occurrences(line: Line) -> int:
    """Late arrivals and early departures together."""
    return int(line.get("late", 0)) + int(line.get("early", 0))


def reaches_talk(office: Consulted, line: Line) -> bool:
    """Whether a person was late or left early so often in the month that something follows."""
    least: int = office.setting("leave.late-times")
    return 0 < least <= occurrences(line)


def late_fine(office: Consulted, line: Line, allowance: Decimal | None = None) -> Decimal:
    """Yuan to be deducted for lateness: every occurrence of a month that reaches the number, up to the allowance."""
    if not reaches_talk(office, line):
        return _NOTHING
    fine: Decimal = office.setting("leave.late-fine") * occurrences(line)
    return fine if allowance is None else min(fine, allowance)


def year_lines(office: Consulted, year: str) -> list[Line]:
    """What follows in a year for each person who was absent without leave, or was admonished."""
    lines: dict[str, dict[str, Any]] = {}
    for entry in office.entries("leave.truancy", limit=_MANY, year=year):
        _line(lines, str(entry.values["person"]))
    for entry in office.entries("leave.conduct", limit=_MANY, year=year, event="告诫"):
        _line(lines, str(entry.values["person"]))["admonished"] = True
    for person, line in lines.items():
        if half_days := standing.truancy_year(office, person, year):
            line |= {"truancy": half_days, **_consequences(office, half_days)}
    return [lines[person] for person in sorted(lines)]


def _reached(office: Consulted, key: str, half_days: int) -> bool:
    least: int = office.setting(f"leave.{key}")
    return least > 0 and half_days >= 2 * least


def _consequences(office: Consulted, half_days: int) -> dict[str, Any]:
    """The tier that a year's absence without leave reaches; a tier takes the place of the daily sum."""
    found: dict[str, Any] = {}
    if _reached(office, "honours-days", half_days):
        found["honours"] = True
    if _reached(office, "whole-bonus-days", half_days):
        return {**found, "whole_bonus": True}
    if _reached(office, "half-bonus-days", half_days):
        return {**found, "half_bonus": office.setting("leave.half-bonus-percent")}
    fine: Decimal = office.setting("leave.truancy-fine") * half_days / 2
    return {**found, "fine": fine.quantize(FEN)} if fine else found

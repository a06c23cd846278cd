"""Who was there: times of signing in, lateness, and half days on which nobody knows where a person was."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, time

from core.consulted import Consulted
from core.fields import Value
from core.records import Entry, unreversed
from plugins.leave import standing
from plugins.leave.days import AFTERNOON, HALVES, MORNING, Span, half

LEDGER = "leave.attendance"
SIGNED, LATE, EARLY, VERIFIED = "签到", "迟到", "早退", "核实"
THERE = (SIGNED, LATE, VERIFIED)
"""Events after which a half day needs no explanation."""

_MANY = 100_000
"""More lines than a year of sign-ins has."""
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?")


def read_time(text: str) -> time | None:
    """A time of day as a clock or a device writes it, `08:25` or `8:25:31`; None for anything else."""
    found = _TIME.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def hour(office: Consulted, key: str) -> time:
    """One of the agency's hours; midnight where the setting cannot be read."""
    return read_time(str(office.setting(f"leave.{key}"))) or time(0)


def slot_at(office: Consulted, moment: time) -> str:
    """Which sign-in a time of day belongs to."""
    return MORNING if moment < hour(office, "midday") else AFTERNOON


def event_at(office: Consulted, moment: time) -> str:
    """Whether a sign-in at that time is on time."""
    starts = hour(office, "morning" if slot_at(office, moment) == MORNING else "afternoon")
    return LATE if moment > starts else SIGNED


def recorded(office: Consulted, person: str, day: date, slot: str) -> Entry | None:
    """The line by which a person was there on a half day."""
    found = unreversed(office.entries(LEDGER, person=person, day=day))
    return next((each for each in found if each.values["slot"] == slot and each.values["event"] in THERE), None)


def missing(office: Consulted, day: date) -> list[tuple[str, str]]:
    """Persons and half days of a working day without a sign-in, a granted leave or a trip."""
    return list(_missing(office, [day], unreversed(office.entries(LEDGER, limit=_MANY, day=day))))


def _missing(office: Consulted, kept_days: list[date], kept: list[Entry]) -> Iterator[tuple[str, str]]:
    """The persons and half days of these days of which the lines kept, and the leave granted, say nothing."""
    there = {_place(each) for each in kept if each.values["event"] in THERE}
    away: dict[str, list[Span]] = {}
    for day in kept_days:
        for person in office.organisation.staff(day):
            if person.key not in away:
                away[person.key] = standing.away(office, person.key)
            for slot in HALVES:
                told = any(half(day, slot) in each for each in away[person.key])
                if not told and (person.key, day, slot) not in there:
                    yield person.key, slot


def events(office: Consulted, month: str) -> dict[str, Counter[str]]:
    """How often each person was late or left early in a month; what the office verified does not count."""
    kept = unreversed(office.entries(LEDGER, limit=_MANY, month=month))
    verified = {_place(each) for each in kept if each.values["event"] == VERIFIED}
    found: dict[str, Counter[str]] = {}
    for entry in kept:
        event = str(entry.values["event"])
        if event in (LATE, EARLY) and (event == EARLY or _place(entry) not in verified):
            found.setdefault(str(entry.values["person"]), Counter())[event] += 1
    return found


def _place(entry: Entry) -> tuple[Value, Value, Value]:
    return entry.values["person"], entry.values["day"], entry.values["slot"]


def unexplained(office: Consulted, month: str) -> Counter[str]:
    """Half days of each person in a month without a trace, on working days for which the sign-in was kept."""
    kept = unreversed(office.entries(LEDGER, limit=_MANY, month=month))
    timed = {each.on for each in kept if each.values.get("time")}
    kept_days = sorted(day for day in timed if office.calendar.is_workday(day))
    return Counter(person for person, _ in _missing(office, kept_days, kept))


def away(office: Consulted, person: str, day: date, slot: str) -> bool:
    """Whether a person was on granted leave or on a trip on a half day."""
    return any(half(day, slot) in each for each in standing.away(office, person))

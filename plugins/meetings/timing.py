"""Times of day as people write them in a form: 9:30, 09：30."""

from datetime import date, time

from core.consulted import Consulted

_MIDNIGHT = time()


def time_of(text: str) -> time | None:
    """The time of day that a text names; None where it names none."""
    hours, colon, minutes = text.strip().replace("：", ":").partition(":")
    if not colon or not (hours.isdigit() and minutes.isdigit()) or len(minutes) != 2:
        return None
    hour, minute = int(hours), int(minutes)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def minutes_of(text: str) -> int:
    """Minutes since midnight; nought where the text names no time of day."""
    said = time_of(text) or _MIDNIGHT
    return said.hour * 60 + said.minute


def begun(office: Consulted, day: date | None, text: str) -> bool:
    """Whether a meeting of that day and time has begun by now."""
    if day is None or office.day != day:
        return day is not None and office.day > day
    return office.now.time() >= (time_of(text) or _MIDNIGHT)

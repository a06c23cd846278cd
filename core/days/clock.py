"""The one clock: what moment it is, in the agency's zone."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
"""The zone of every agency that names no other."""


class Clock(Protocol):
    """Tells the moment; whatever judges by time takes one of these and asks nothing else."""

    @property
    def zone(self) -> ZoneInfo:
        """The agency's zone."""
        ...

    def now(self) -> datetime:
        """The moment, aware, in the agency's zone."""
        ...

    def today(self) -> date:
        """The day in the agency's zone."""
        ...


class SystemClock:
    """The machine's clock."""

    def __init__(self, zone: ZoneInfo = ZONE) -> None:
        self._zone = zone

    @property
    def zone(self) -> ZoneInfo:
        """The agency's zone."""
        return self._zone

    def now(self) -> datetime:
        """The moment, aware, in the agency's zone."""
        return datetime.now(self._zone)

    def today(self) -> date:
        """The day in the agency's zone."""
        return self.now().date()


class FixedClock:
    """A clock that stands where it is set; for cases, rehearsals and looking back."""

    def __init__(self, moment: datetime, zone: ZoneInfo = ZONE) -> None:
        self._zone = zone
        self.set(moment)

    @property
    def zone(self) -> ZoneInfo:
        """The agency's zone."""
        return self._zone

    def set(self, moment: datetime) -> None:
        """Sets the clock, forward or back; a moment without a zone is read in the agency's."""
        self._moment = moment.astimezone(self._zone) if moment.tzinfo else moment.replace(tzinfo=self._zone)

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._moment

    def today(self) -> date:
        """The day it was set to."""
        return self._moment.date()

"""The one clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core.days.clock import ZONE, Clock, FixedClock, SystemClock


def test_the_day_is_the_agency_s_day_not_the_machine_s() -> None:
    clock: Clock = FixedClock(datetime(2026, 12, 31, 16, 30, tzinfo=UTC))
    assert clock.today() == date(2027, 1, 1)
    assert clock.now().isoformat() == "2027-01-01T00:30:00+08:00"


def test_a_set_clock_stands_still_and_reads_bare_moments_in_its_zone() -> None:
    clock = FixedClock(datetime(2026, 3, 2, 9, 0), ZoneInfo("Asia/Urumqi"))
    assert clock.now() == clock.now() == datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    clock.set(datetime(2026, 3, 1))
    assert clock.today() == date(2026, 3, 1)


def test_the_machine_s_clock_is_aware_and_in_the_zone() -> None:
    clock: Clock = SystemClock()
    assert clock.zone == ZONE
    assert clock.now().utcoffset() == datetime(2026, 1, 1, tzinfo=ZONE).utcoffset()

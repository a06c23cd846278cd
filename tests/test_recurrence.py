"""Periods of recurring duties and their due days."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days.calendar import Calendar
from core.days.recurrence import LAST_DAY, DueRule, Frequency, Period, Recurrence, parse_recurrence

CALENDAR = Calendar.load(Path(__file__).parent.parent / "config" / "national")
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
TILING = st.one_of(
    st.builds(Recurrence, st.just(Frequency.WEEKLY), weekday=st.integers(0, 6)),
    st.builds(Recurrence, st.just(Frequency.EVERY_TWO_WEEKS), anchor=DAYS),
    st.sampled_from(
        [
            Frequency.HALF_MONTHLY,
            Frequency.MONTHLY,
            Frequency.QUARTERLY,
            Frequency.HALF_YEARLY,
            Frequency.YEARLY,
        ]
    ).map(Recurrence),
)


def only(text: str, day: date) -> Period:
    (period,) = parse_recurrence(text, anchor=date(2026, 1, 5)).periods(day, day, CALENDAR)
    return period


@given(TILING, DAYS, st.integers(0, 800))
def test_periods_tile_the_time_line_without_gap_or_overlap(recurrence: Recurrence, since: date, days: int) -> None:
    until = since + timedelta(days=days)
    periods = list(recurrence.periods(since, until))
    assert periods[0].start <= since <= periods[0].end
    assert periods[-1].start <= until <= periods[-1].end
    assert all(before.end + timedelta(days=1) == after.start for before, after in pairwise(periods))
    assert len({period.key for period in periods}) == len(periods)
    assert len({period.title for period in periods}) == len(periods)


@given(TILING, DAYS, DAYS)
def test_a_day_s_period_is_the_same_from_wherever_it_is_reckoned(
    recurrence: Recurrence, one: date, other: date
) -> None:
    since, until = sorted((one, other))
    (alone,) = recurrence.periods(until, until)
    assert list(recurrence.periods(max(since, until - timedelta(days=900)), until))[-1] == alone


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("monthly", date(2026, 3, 9), Period("2026-03", "2026年3月", date(2026, 3, 1), date(2026, 3, 31))),
        ("monthly", date(2028, 2, 29), Period("2028-02", "2028年2月", date(2028, 2, 1), date(2028, 2, 29))),
        ("monthly", date(2026, 12, 31), Period("2026-12", "2026年12月", date(2026, 12, 1), date(2026, 12, 31))),
        ("half-monthly", date(2026, 3, 15), Period("2026-03A", "2026年3月上半月", date(2026, 3, 1), date(2026, 3, 15))),
        (
            "half-monthly",
            date(2028, 2, 16),
            Period("2028-02B", "2028年2月下半月", date(2028, 2, 16), date(2028, 2, 29)),
        ),
        ("quarterly", date(2026, 6, 30), Period("2026Q2", "2026年第二季度", date(2026, 4, 1), date(2026, 6, 30))),
        ("half-yearly", date(2026, 7, 1), Period("2026H2", "2026年下半年", date(2026, 7, 1), date(2026, 12, 31))),
        ("yearly", date(2026, 7, 1), Period("2026", "2026年", date(2026, 1, 1), date(2026, 12, 31))),
        ("weekly", date(2026, 3, 1), Period("2026-W09", "2026年第9周", date(2026, 2, 23), date(2026, 3, 1))),
        ("weekly", date(2027, 1, 1), Period("2026-W53", "2026年第53周", date(2026, 12, 28), date(2027, 1, 3))),
        (
            "every-two-weeks",
            date(2026, 1, 18),
            Period("2026-W02-P2W", "2026年1月5日至1月18日", date(2026, 1, 5), date(2026, 1, 18)),
        ),
        (
            "every-two-weeks",
            date(2026, 1, 4),
            Period("2025-W52-P2W", "2025年12月22日至1月4日", date(2025, 12, 22), date(2026, 1, 4)),
        ),
        (
            "daily-workdays",
            date(2026, 10, 10),
            Period("2026-10-10", "2026年10月10日", date(2026, 10, 10), date(2026, 10, 10)),
        ),
        ("once", date(2026, 1, 5), Period("2026-01-05", "2026年1月5日", date(2026, 1, 5), date(2026, 1, 5))),
    ],
)
def test_each_period_is_named_and_bounded_exactly(text: str, day: date, expected: Period) -> None:
    assert only(text, day) == expected


def test_working_days_are_those_of_the_agency_s_calendar() -> None:
    daily = parse_recurrence("daily-workdays")
    worked = [period.start.day for period in daily.periods(date(2026, 10, 1), date(2026, 10, 12), CALENDAR)]
    assert worked == [8, 9, 10, 12]
    with pytest.raises(ValueError, match="日历"):
        list(daily.periods(date(2026, 10, 1), date(2026, 10, 2)))


def test_a_week_may_begin_on_another_day() -> None:
    friday = parse_recurrence("weekly", weekday=4)
    (period,) = friday.periods(date(2026, 3, 5), date(2026, 3, 5))
    assert (period.start, period.end) == (date(2026, 2, 27), date(2026, 3, 5))
    assert friday.title == "每周（自周五起）"


def test_what_comes_once_has_no_period_but_its_own_day() -> None:
    assert list(parse_recurrence("once").periods(date(2026, 1, 1), date(2026, 12, 31))) == []
    once = parse_recurrence("once", anchor=date(2026, 5, 4))
    assert list(once.periods(date(2026, 5, 5), date(2026, 12, 31))) == []


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (LAST_DAY, date(2026, 9, 30)),
        (DueRule(10, "start"), date(2026, 9, 10)),
        (DueRule(1, "start", "workdays"), date(2026, 9, 1)),
        (DueRule(5, "start", "workdays"), date(2026, 9, 7)),
        (DueRule(31, "start"), date(2026, 9, 30)),
        (DueRule(40, "start", "workdays"), date(2026, 9, 30)),
        (DueRule(5, "end"), date(2026, 10, 5)),
        (DueRule(3, "end", "workdays"), date(2026, 10, 10)),
        (DueRule(-3, "end", "workdays"), date(2026, 9, 24)),
        (DueRule(-5, "end"), date(2026, 9, 25)),
    ],
)
def test_the_due_day_is_counted_from_the_start_or_the_end(rule: DueRule, day: date) -> None:
    due = rule.due(only("monthly", date(2026, 9, 15)), CALENDAR)
    assert due.day == day
    assert due.derivation.startswith("2026年9月")
    assert not due.provisional


def test_a_due_day_reckoned_in_an_unpublished_year_is_provisional() -> None:
    due = DueRule(5, "end", "workdays").due(only("yearly", date(2026, 9, 15)), CALENDAR)
    assert due.day == date(2027, 1, 8)
    assert due.provisional
    assert due.derivation.startswith("2026年结束：2026年12月31日之后第5个工作日")


@given(TILING, DAYS, st.integers(1, 30), st.sampled_from(["workdays", "days"]))
def test_a_due_day_counted_from_the_start_never_leaves_its_period(
    recurrence: Recurrence, day: date, offset: int, unit: str
) -> None:
    (period,) = recurrence.periods(day, day)
    due = DueRule(offset, "start", unit).due(period, CALENDAR)  # type: ignore[arg-type]
    assert period.start <= due.day <= period.end


def test_an_unknown_frequency_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="周期“montly”不认识，是不是“monthly”"):
        parse_recurrence("montly")


@pytest.mark.parametrize(
    "make",
    [
        lambda: parse_recurrence("every-two-weeks"),
        lambda: parse_recurrence("weekly", weekday=7),
        lambda: DueRule(0, "start"),
        lambda: DueRule(1, "middle"),  # type: ignore[arg-type]
        lambda: DueRule(1, "end", "weeks"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_followed_is_refused(make: object) -> None:
    with pytest.raises(ValueError, match=r"[一-龥]"):
        make()  # type: ignore[operator]


@pytest.mark.parametrize("frequency", [frequency for frequency in Frequency if frequency is not Frequency.ONCE])
def test_the_last_day_a_date_can_name_ends_the_periods(frequency: Frequency) -> None:
    recurrence = Recurrence(frequency, anchor=date(2026, 1, 5))
    assert list(recurrence.periods(date(9999, 12, 1), date.max, CALENDAR))[-1].end <= date.max

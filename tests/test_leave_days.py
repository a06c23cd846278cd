"""Days and half days of leave, counted against what one counts on a wall calendar."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from core.days.calendar import Calendar
from plugins.leave import days

CALENDAR = Calendar.load(Path(__file__).parent.parent / "config" / "national")

some_day = st.dates(date(2025, 12, 1), date(2027, 1, 31))
slot = st.sampled_from(days.HALVES)


@st.composite
def spans(draw: st.DrawFn) -> days.Span:
    since = draw(some_day)
    until = since + timedelta(days=draw(st.integers(0, 20)))
    found = days.span(since, until, draw(slot), draw(slot))
    return found or days.span(since, until)


@given(some_day, st.integers(0, 60), slot, slot)
def test_half_days_are_counted_as_one_counts_them_on_a_wall_calendar(
    since: date, length: int, first: str, last: str
) -> None:
    until = since + timedelta(days=length)
    expected = 0
    day = since
    while day <= until:
        for each in days.HALVES:
            before = day == since and each == days.MORNING and first == days.AFTERNOON
            after = day == until and each == days.AFTERNOON and last == days.MORNING
            expected += CALENDAR.is_workday(day) and not before and not after
        day += timedelta(days=1)
    found = days.counted(days.span(since, until, first, last), CALENDAR)
    assert len(found) == expected
    assert sum(days.by_month(found).values()) == sum(days.by_year(found).values()) == expected


@settings(max_examples=60)
@given(spans(), st.lists(spans(), max_size=5))
def test_requests_are_joined_exactly_where_no_working_time_lies_between(
    this: days.Span, others: list[days.Span]
) -> None:
    whole = {*this}
    grown = True
    while grown:
        grown = False
        for other in others:
            earlier, later = sorted(({*other}, whole), key=min)
            gap = range(max(earlier) + 1, min(later))
            if not {*other} <= whole and not any(CALENDAR.is_workday(days.day_of(each)) for each in gap):
                whole |= {*other} | {*gap}
                grown = True
    expected = [each for each in range(min(whole), max(whole) + 1) if CALENDAR.is_workday(days.day_of(each))]
    assert days.joined(this, others, CALENDAR) == expected


@given(spans())
def test_only_days_taken_up_altogether_make_someone_absent(halves: days.Span) -> None:
    full = [each for each in {days.day_of(half) for half in halves} if {2 * each.toordinal()} <= {*halves}]
    full = [each for each in full if each.toordinal() * 2 + 1 in halves]
    assert days.whole_days(halves) == ((min(full), max(full)) if full else None)


def test_leave_over_the_holidays_of_2026_counts_the_make_up_workdays() -> None:
    over_labour_day = days.counted(days.span(date(2026, 4, 30), date(2026, 5, 9)), CALENDAR)
    assert days.in_days(len(over_labour_day)) == "5 天"
    over_new_year = days.counted(days.span(date(2025, 12, 31), date(2026, 1, 4)), CALENDAR)
    assert days.by_year(over_new_year) == {"2025": 2, "2026": 2}
    over_spring_festival = days.counted(days.span(date(2026, 2, 13), date(2026, 2, 28), "下午"), CALENDAR)
    assert days.in_days(len(over_spring_festival)) == "6.5 天"

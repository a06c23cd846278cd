"""Working days, deadlines and how they are explained."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from chinese_calendar.constants import holidays as listed_holidays
from holidays.countries import China
from hypothesis import given
from hypothesis import strategies as st

from core.days.calendar import Calendar, OwnDay
from core.days.national_days import read_national_days
from core.errors import RulebookInvalid

NATIONAL = Path(__file__).parent.parent / "config" / "national"
CALENDAR = Calendar.load(NATIONAL)
DAYS = st.dates(date(2004, 1, 10), date(2029, 12, 31))


def table(folder: Path, text: str) -> Calendar:
    (folder / "holidays.toml").write_text(text, encoding="utf-8")
    return Calendar.load(folder)


def test_every_published_day_agrees_with_the_calendar_library() -> None:
    first, last = date(2004, 1, 1), date(max(listed_holidays).year, 12, 31)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    assert [day for day in days if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)] == []
    assert not any(CALENDAR.is_provisional(day) for day in days)


def test_expected_festivals_agree_with_the_holidays_library() -> None:
    expected = read_national_days(NATIONAL).expected
    years = {day.year for day in expected}
    library = China(years=years)
    lunar = ("Chinese New Year", "Tomb-Sweeping", "Dragon Boat", "Mid-Autumn")
    statutory = {
        day for day, name in library.items() if "observed" not in name and any(festival in name for festival in lunar)
    }
    assert years >= {2027, 2028}
    assert set(expected) == statutory


@pytest.mark.parametrize(
    ("day", "workday", "why"),
    [
        (date(2026, 10, 1), False, "国庆节放假"),
        (date(2026, 10, 10), True, "国庆节调休上班"),
        (date(2026, 10, 11), False, "周末"),
        (date(2026, 10, 12), True, "工作日"),
        (date(2026, 2, 28), True, "春节调休上班"),
        (date(2025, 10, 6), False, "中秋节、国庆节放假"),
    ],
)
def test_each_day_says_why_it_is_worked_or_not(day: date, workday: bool, why: str) -> None:
    assert CALENDAR.is_workday(day) is workday
    assert CALENDAR.why(day) == why


@pytest.mark.parametrize(
    ("day", "workday", "why"),
    [
        (date(2027, 1, 1), False, "元旦放假"),
        (date(2027, 2, 5), False, "春节放假"),
        (date(2027, 2, 9), True, "工作日"),
        (date(2027, 4, 5), False, "清明节放假"),
        (date(2027, 10, 3), False, "国庆节放假"),
        (date(2027, 10, 4), True, "工作日"),
        (date(2027, 3, 6), False, "周末"),
        (date(2060, 5, 2), False, "劳动节放假"),
    ],
)
def test_an_unpublished_year_is_reckoned_and_says_so(day: date, workday: bool, why: str) -> None:
    assert CALENDAR.is_workday(day) is workday
    assert CALENDAR.why(day) == f"{why}（{day.year}年放假安排未公布，暂按法定节日和周末推算）"
    assert CALENDAR.is_provisional(day)


def test_a_year_before_the_table_knows_only_weekends_and_says_so() -> None:
    assert CALENDAR.is_workday(date(1998, 10, 1))
    assert CALENDAR.is_provisional(date(1998, 10, 1))


def test_a_deadline_over_a_holiday_explains_what_it_skipped_and_counted() -> None:
    deadline = CALENDAR.add_workdays(date(2026, 9, 29), 5)
    assert deadline.day == date(2026, 10, 12)
    assert not deadline.provisional
    assert deadline.derivation == (
        "2026年9月29日之后第5个工作日，当日不计；10月1日至7日国庆节放假，不计；10月10日国庆节调休上班，计入；另有周末1天不计"
    )


def test_a_deadline_reaching_into_an_unpublished_year_is_provisional() -> None:
    deadline = CALENDAR.add_workdays(date(2026, 12, 30), 3)
    assert deadline.day == date(2027, 1, 5)
    assert deadline.provisional
    assert deadline.derivation.endswith("2027年放假安排未公布，暂按法定节日和周末推算")


def test_a_deadline_backwards_leaves_the_working_days_between() -> None:
    deadline = CALENDAR.add_workdays(date(2026, 10, 9), -3)
    assert deadline.day == date(2026, 9, 29)
    assert deadline.derivation.startswith("2026年10月9日之前第3个工作日，当日不计；10月1日至7日国庆节放假，不计")


def test_calendar_days_are_counted_plainly_and_never_provisional() -> None:
    deadline = CALENDAR.add_days(date(2026, 12, 30), 5, workdays=False)
    assert (deadline.day, deadline.provisional) == (date(2027, 1, 4), False)
    assert deadline.derivation == "2026年12月30日之后第5日，当日不计，按自然日计算"
    assert CALENDAR.add_days(date(2026, 9, 29), 5, workdays=True) == CALENDAR.add_workdays(date(2026, 9, 29), 5)
    assert CALENDAR.add_days(date(2026, 10, 1), 0, workdays=True).day == date(2026, 10, 1)


def test_an_agency_s_own_days_stand_over_the_national_ones() -> None:
    own = Calendar.load(
        NATIONAL,
        [OwnDay(date(2026, 10, 8), False, "搬迁"), OwnDay(date(2027, 1, 2), True, "防汛值守")],
    )
    assert not own.is_workday(date(2026, 10, 8))
    assert own.why(date(2026, 10, 8)) == "本单位休息（搬迁）"
    assert own.why(date(2027, 1, 2)) == "本单位上班（防汛值守）"
    assert not own.is_provisional(date(2027, 1, 2))
    deadline = own.add_workdays(date(2026, 9, 30), 1)
    assert deadline.day == date(2026, 10, 9)
    assert "10月8日本单位休息（搬迁），不计" in deadline.derivation


def test_an_own_day_given_twice_is_refused_with_both_reasons() -> None:
    day = date(2026, 5, 6)
    with pytest.raises(ValueError, match="2026-05-06 写了两次（搬迁、值守）"):
        Calendar.load(NATIONAL, [OwnDay(day, False, "搬迁"), OwnDay(day, True, "值守")])


@given(DAYS, st.integers(-60, 60).filter(bool))
def test_counting_back_gives_the_number_that_was_added(day: date, count: int) -> None:
    deadline = CALENDAR.add_workdays(day, count)
    assert CALENDAR.is_workday(deadline.day)
    assert CALENDAR.workdays_between(day, deadline.day) == count
    walked = [day + timedelta(days=1) * step for step in range(-200, 201)]
    passed = [one for one in walked if day < one <= deadline.day or deadline.day <= one < day]
    assert deadline.provisional == any(not 2004 <= one.year <= 2026 for one in passed)


@pytest.mark.parametrize("count", [10**9, -(10**9), 20_000])
def test_a_deadline_beyond_reckoning_is_refused(count: int) -> None:
    for workdays in (True, False):
        with pytest.raises(ValueError, match="太长"):
            CALENDAR.add_days(date(2026, 1, 5), count, workdays)
    with pytest.raises(ValueError, match="太长"):
        CALENDAR.add_workdays(date(9999, 12, 30), 5)


def test_a_moment_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError):
        CALENDAR.is_workday(datetime(2026, 10, 1, 9, 0))


YEAR = "[statutory]\nfixed = []\n[[year]]\nyear = 2030\nholidays = [{}]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year = [", "等号后面的值写法不对"),
        ("[[year]]\nyear = '二零'\n", "年份应是"),
        ("[[year]]\nyear = 2030\n", "缺少“holidays”"),
        (YEAR.format('{ name = "元旦", from = 2030-01-03, to = 2030-01-01 }'), "2030年元旦的起止日期"),
        (YEAR.format('{ name = "元旦", from = 2031-01-01, to = 2031-01-03 }'), "2030年元旦的起止日期"),
        (YEAR.format('{ name = "元旦", from = "元月", to = 2030-01-03 }'), "日期应写作"),
        (YEAR.format('{ name = "元旦", from = 2030-01-01, to = 2030-01-03, workdays = [2030-01-03] }'), "既列为放假"),
        (YEAR.format("") + "[[year]]\nyear = 2030\nholidays = []", "2030年的安排写了两次"),
    ],
)
def test_a_table_that_cannot_be_followed_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RulebookInvalid, match=said) as refusal:
        table(tmp_path, text).is_workday(date(2030, 1, 2))
    assert "holidays.toml" in str(refusal.value)


def test_an_absent_table_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(RulebookInvalid, match=r"holidays\.toml：找不到这个文件"):
        Calendar.load(tmp_path).open_table()


def test_a_newly_published_year_replaces_what_was_reckoned(tmp_path: Path) -> None:
    published = (NATIONAL / "holidays.toml").read_text(encoding="utf-8") + (
        '\n[[year]]\nyear = 2027\nholidays = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]\n'
    )
    calendar = table(tmp_path, published)
    assert calendar.why(date(2027, 1, 1)) == "元旦放假"
    assert calendar.is_workday(date(2027, 2, 5))
    assert not calendar.add_workdays(date(2026, 12, 30), 3).provisional


def test_the_calendar_is_loaded_without_its_table_or_any_calendar_library() -> None:
    script = (
        "import sys; from pathlib import Path; from core.days.calendar import Calendar; Calendar.load(Path('.'));"
        "print([name for name in ('tomli', 'chinese_calendar', 'holidays') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=NATIONAL.parent.parent
    )
    assert done.stdout.strip() == "[]"

"""Periods as clerks write and read them, and as they are kept."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.acts import Verb
from core.cases.play import office_factory
from core.condition_words import in_words
from core.days.clock import ZONE, FixedClock
from core.days.recurrence import Frequency, Recurrence
from core.days.terms import HALF_YEAR, MONTH, QUARTER, YEAR, Term, period_written, read_period
from core.fields import Directory, Field, Kind, read
from core.rulebook.conditions import facts_of, read_condition
from core.rulebook.faults import Sheet
from core.rulebook.tables import Table
from core.rulebook.vocabulary import Vocabulary
from tui.app import OfficeApp
from tui.drafts import Task, new_draft
from tui.screens.blank_row import BlankRow
from tui.screens.form import FormScreen
from tui.session import Session

LENGTHS = (YEAR, HALF_YEAR, QUARTER, MONTH)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
_TODAY = date(2026, 7, 20)
FRESH = office_factory(Path(__file__).parent.parent / "config", "lucheng")


class Office(Directory):
    """One that knows the day."""

    def today(self) -> date:
        return _TODAY


@given(DAYS, st.sampled_from(LENGTHS))
def test_a_period_is_kept_alike_from_its_words_and_from_what_is_kept(day: date, months: int) -> None:
    term = Term.around(day, months)
    assert term.holds(day)
    assert read_period(term.title) == read_period(str(term)) == read_period(term.title, (months,)) == str(term)
    assert period_written(str(term)) == period_written(term.title) == term.title


@given(DAYS, st.sampled_from([each for each in Frequency if each.value.endswith("ly") and each is not Frequency.ONCE]))
def test_what_a_duty_is_owed_for_is_written_by_its_words(day: date, frequency: Frequency) -> None:
    (period, *_) = Recurrence(frequency).periods(day, day)
    assert read_period(period.title) == read_period(period.key) == period.key
    assert period_written(period.key) == period.title


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_period_or_told_in_a_sentence(text: str) -> None:
    try:
        kept = read_period(text)
    except ValueError as error:
        assert "请写成2026年" in str(error)
    else:
        assert read_period(period_written(kept)) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026年一季度", "2026Q1"),
        ("2026 年第 1 季度", "2026Q1"),
        ("２０２６ｑ１", "2026Q1"),
        ("一季度", "2026Q1"),
        ("下半年", "2026H2"),
        ("6月", "2026-06"),
        ("2026年6月份", "2026-06"),
        ("2026.6", "2026-06"),
        ("2026/06", "2026-06"),
        ("2026年度", "2026"),
        ("2026年第25周", "2026-W25"),
        ("2026W25", "2026-W25"),
        ("2026年6月下半月", "2026-06B"),
    ],
    ids=[f"way{number}" for number in range(13)],
)
def test_a_blank_reads_the_ways_offices_write_a_period(text: str, kept: str) -> None:
    assert read(Field("period", "期间", Kind.PERIOD), text, Office()) == kept


@pytest.mark.parametrize(
    ("text", "lengths", "said"),
    [
        ("2026年6月", (QUARTER,), "“2026年6月”不是季度，请写成2026年第一季度的样子"),
        ("第五季度", (QUARTER,), "“第五季度”不是季度"),
        ("2026Q5", (YEAR, QUARTER), "“2026Q5”不是年度或季度，请写成2026年或2026年第一季度的样子"),
        ("2026-13", (MONTH,), "“2026-13”不是月份，请写成2026年6月的样子"),
        ("2026年第25周", (MONTH,), "不是月份"),
        ("2026年第60周", (), "不是一段时间"),
        ("20266", (), "不是一段时间"),
        ("1026年", (YEAR,), "不在 1900 年到 2199 年之间"),
    ],
    ids=["month", "fifth", "quarter", "thirteenth", "week", "sixtieth", "digits", "ancient"],
)
def test_what_a_blank_does_not_take_is_refused_with_how_to_write_it(
    text: str, lengths: tuple[int, ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        read(Field("period", "期间", Kind.PERIOD, lengths=lengths), text, Office())


def test_without_a_year_a_period_needs_an_office_to_tell_the_day() -> None:
    with pytest.raises(ValueError, match="不是季度"):
        read(Field("period", "季度", Kind.PERIOD, lengths=(QUARTER,)), "一季度", Directory())


def test_terms_of_a_length_follow_without_gap() -> None:
    for months in LENGTHS:
        term = Term.around(_TODAY, months)
        assert term.moved(1).first - term.last == timedelta(days=1)


async def test_a_form_for_a_duty_begins_with_the_words_of_its_period_and_keeps_the_period(screens: Any) -> None:
    office = FRESH(FixedClock(datetime(2026, 3, 31, 9, tzinfo=ZONE)))
    duty = next(
        each for each in office.desk.duties() if each.evidence == "vehicles.summary" and each.period == "2026Q1"
    )
    app = OfficeApp(Session(office, "P006"))
    async with app.run_test(size=(80, 24)) as pilot:
        task = Task(Verb.SUBMIT, kind=duty.evidence, duty=duty.key)
        await pilot.app.push_screen(FormScreen(app.session, new_draft(task)))
        await screens.settle(pilot)
        words = screens.text(app)
        assert "2026年第一季度" in words and "2026Q1" not in words
        control = pilot.app.screen.query(BlankRow).first().control
        assert control.raw == "2026Q1"
        control.value = "二季度"
        await screens.press(pilot, "down")
        assert (control.value, control.raw) == ("2026年第二季度", "2026Q2")
        control.value = "2026年6月"
        assert control.raw == "2026年6月"
    office.close()


def test_a_condition_on_a_period_compares_what_is_kept_and_is_worded() -> None:
    office = FRESH(FixedClock(datetime(2026, 3, 31, 9, tzinfo=ZONE)))
    kind = office.host.matter_types["vehicles.summary"]
    sheet = Sheet("when", 'period = { in = ["2026年第一季度", "2026Q2"] }')
    condition = read_condition(
        Table(sheet, (), sheet.parse() or {}), facts_of([kind]), Vocabulary(office.agency, {}).staffing
    )
    assert condition is not None and not sheet.faults
    assert condition.met({"period": "2026Q1"}) and not condition.met({"period": "2026Q3"})
    assert in_words(condition, office.desk, kind.key) == "季度 属于 2026年第一季度、2026年第二季度"
    office.close()

"""Leave and attendance: days counted right, who is away, balances, signing in, and statements true to the books."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import OfficeFactory, office_factory
from core.days.calendar import Calendar
from core.days.clock import FixedClock
from core.finding import Level
from core.office import Office
from core.verdict import Result
from office_acts import clauses
from plugins.leave import attendance, days, figures, standing, summary
from plugins.leave.pages import guizhang_pages
from tui.session import Session

CONFIG = Path(__file__).parent.parent / "config"
CALENDAR = Calendar.load(CONFIG / "national")

DIRECTOR, DEPUTY, OFFICE_HEAD, SECTION_HEAD = "P001", "P003", "P006", "P013"
CLERK, OTHER_CLERK = "P016", "P015"


@pytest.mark.parametrize(
    ("text", "read"),
    [("08:25", "08:25"), ("8：05", "08:05"), ("23:59:59", "23:59"), ("24:00", ""), ("8点", ""), ("08:60", "")],
)
def test_a_time_of_day_is_read_as_people_and_devices_write_it(text: str, read: str) -> None:
    found = attendance.read_time(text)
    assert (f"{found:%H:%M}" if found else "") == read


class Bureau:
    """Lucheng's office with a clock, and shorthands for acts."""

    def __init__(self, factory: OfficeFactory) -> None:
        self.clock = FixedClock(datetime(2026, 3, 2, 9))
        self.office: Office = factory(self.clock)

    def at(self, *moment: int) -> None:
        self.clock.set(datetime(*moment))  # type: ignore[arg-type]
        self.office.tick()

    def submit(self, by: str, kind: str, **values: Any) -> Result:
        return self.office.perform(Act(Verb.SUBMIT, by, f"leave.{kind}", values=values))

    def act(self, verb: Verb, by: str, number: str, opinion: str = "", **values: Any) -> Result:
        return self.office.perform(Act(verb, by, matter=number, opinion=opinion, values=values))

    def asked(self, by: str = CLERK, leave: str = "事假", **values: Any) -> str:
        result = self.submit(by, "request", leave=leave, reason="家中有事", **values)
        assert result.matter is not None, result.verdict.findings
        return result.matter.number

    def granted(self, by: str = CLERK, leave: str = "事假", **values: Any) -> str:
        """A request that every signer agrees to and the office files."""
        number = self.asked(by, leave, **values)
        for _ in range(4):
            matter = self.office.desk.matter(number)
            assert matter is not None
            if matter.step is None:
                break
            for signer in (DEPUTY, DIRECTOR, OFFICE_HEAD):
                verb = Verb.FILE if matter.step.title.endswith("备案") else Verb.APPROVE
                if self.act(verb, signer, number, "同意").done:
                    break
        return number

    def away(self, person: str, *day: int) -> bool:
        return self.office.desk.organisation.absence(person, date(*day)) is not None


@pytest.fixture(scope="module")
def factory() -> OfficeFactory:
    return office_factory(CONFIG, "lucheng")


@pytest.fixture
def bureau(factory: OfficeFactory) -> Iterator[Bureau]:
    made = Bureau(factory)
    yield made
    made.office.close()


def test_granted_leave_makes_the_person_absent_on_whole_days_only(bureau: Bureau) -> None:
    bureau.granted(since="2026-03-03", since_half="下午", until="2026-03-05")
    assert [bureau.away(CLERK, 2026, 3, each) for each in (3, 4, 5, 6)] == [False, True, True, False]


def test_leave_that_is_asked_for_but_not_granted_makes_nobody_absent(bureau: Bureau) -> None:
    bureau.asked(since="2026-03-03", until="2026-03-04")
    assert not bureau.away(CLERK, 2026, 3, 3)


def test_a_chain_knows_that_its_signer_is_on_leave(bureau: Bureau) -> None:
    bureau.granted(SECTION_HEAD, since="2026-03-03", until="2026-03-04")
    bureau.at(2026, 3, 3, 9)
    result = bureau.submit(
        CLERK, "outing", place="双屿街道", purpose="走访企业", since="2026-03-04", until="2026-03-04"
    )
    assert result.matter is not None
    assert not bureau.act(Verb.APPROVE, SECTION_HEAD, result.matter.number).done


def test_coming_back_early_ends_the_absence(bureau: Bureau) -> None:
    number = bureau.granted(since="2026-03-03", until="2026-03-06")
    bureau.at(2026, 3, 5, 9)
    assert bureau.submit(CLERK, "return", request=number, back_on="2026-03-05").done
    assert bureau.away(CLERK, 2026, 3, 4) and not bureau.away(CLERK, 2026, 3, 5)


def test_leave_given_up_on_its_first_morning_never_was(bureau: Bureau) -> None:
    number = bureau.granted(since="2026-03-03", until="2026-03-06")
    bureau.at(2026, 3, 3, 8)
    assert bureau.submit(CLERK, "return", request=number, back_on="2026-03-03").done
    assert not bureau.away(CLERK, 2026, 3, 3)
    assert bureau.office.desk.total("leave.taken", "half_days", person=CLERK) == 0


def notes(result: Result) -> list[str]:
    return [each.clause.key for each in result.verdict.findings if each.level is Level.NOTE]


def test_a_signer_is_told_to_have_a_stand_in_named_and_others_are_not(bureau: Bureau) -> None:
    values = {"leave": "事假", "reason": "家中有事", "since": "2026-03-03", "until": "2026-03-03"}
    assert "general/no-actor" in notes(bureau.submit(SECTION_HEAD, "request", **values))
    assert "general/no-actor" not in notes(bureau.submit(CLERK, "request", **values))


def test_a_signer_with_a_stand_in_is_told_nothing(bureau: Bureau) -> None:
    delegation = {"person": SECTION_HEAD, "stand_in": OTHER_CLERK, "since": "2026-03-03", "until": "2026-03-05"}
    act = Act(Verb.SUBMIT, OFFICE_HEAD, "core.delegation", values={**delegation, "basis": "外出期间代理"})
    assert bureau.office.perform(act).done
    values = {"leave": "事假", "reason": "家中有事", "since": "2026-03-03", "until": "2026-03-03"}
    assert "general/no-actor" not in notes(bureau.submit(SECTION_HEAD, "request", **values))


def test_a_returned_request_is_not_late_when_it_is_filed_again(bureau: Bureau) -> None:
    number = bureau.asked(since="2026-03-03", until="2026-03-03")
    assert bureau.act(Verb.RETURN, DEPUTY, number, "写清楚事由").done
    bureau.at(2026, 3, 4, 9)
    assert bureau.act(Verb.RESUBMIT, CLERK, number, reason="送家人就医").done


def test_what_is_worked_out_follows_the_days_as_they_are_changed(bureau: Bureau) -> None:
    number = bureau.asked(since="2026-03-10", until="2026-03-10")
    bureau.act(Verb.RETURN, DEPUTY, number, "天数不对")
    assert bureau.act(Verb.RESUBMIT, CLERK, number, until="2026-03-13").done
    matter = bureau.office.desk.matter(number)
    assert matter is not None and matter.count("joined_half_days") == 8
    assert matter.step is not None and matter.step.title == "分管局长签署意见"


def test_a_request_withdrawn_no_longer_reserves_its_days(bureau: Bureau) -> None:
    lines = [{"person": CLERK, "service_years": "3", "days": "5"}]
    assert bureau.submit(OFFICE_HEAD, "entitlement", period="2026", basis="人事档案", lines=lines).done
    number = bureau.asked(leave="年休假", since="2026-03-09", until="2026-03-13")
    again = {"leave": "年休假", "reason": "休假", "since": "2026-03-16", "until": "2026-03-16"}
    assert clauses(bureau.submit(CLERK, "request", **again)) == {"attendance/1.4(b)"}
    bureau.act(Verb.WITHDRAW, CLERK, number)
    assert bureau.submit(CLERK, "request", **again).done


def test_a_span_of_years_is_refused_and_not_reckoned(bureau: Bureau) -> None:
    values = {"leave": "病假", "reason": "住院", "since": "2026-03-09", "until": "2036-03-09"}
    assert "attendance/1.2(a)" in clauses(bureau.submit(CLERK, "request", **values))


@settings(max_examples=25)
@given(annual=st.integers(0, 3), credit=st.integers(0, 3), asked=st.integers(1, 8))
def test_what_is_set_off_never_overdraws_and_leaves_nothing_out(
    factory: OfficeFactory, annual: int, credit: int, asked: int
) -> None:
    bureau = Bureau(factory)
    book = [{"person": CLERK, "service_years": "1", "days": "5"}]
    bureau.submit(OFFICE_HEAD, "entitlement", period="2026", basis="人事档案", lines=book)
    used = 10 - annual
    bureau.granted(leave="年休假", **_halves(date(2026, 4, 7), used))
    shifts = [{"person": CLERK, "day": f"2026-02-{18 + n}", "duty": "法定节假日值班"} for n in range(credit)]
    if shifts:
        assert bureau.submit(OFFICE_HEAD, "duty-shifts", occasion="春节值班", lines=shifts).done
    bureau.granted(**_halves(date(2026, 3, 9), asked))
    total: Callable[[str, str], int] = lambda book, column: int(  # noqa: E731
        bureau.office.desk.total(f"leave.{book}", column, person=CLERK)
    )
    from_annual = min(annual, asked)
    from_credit = min(2 * credit, asked - from_annual)
    assert total("annual", "half_days") == annual - from_annual
    assert total("compensatory", "half_days") == 2 * credit - from_credit
    assert total("taken", "unpaid") == asked - from_annual - from_credit
    bureau.office.close()


def _halves(since: date, count: int) -> dict[str, str]:
    """A form's span of so many working half days."""
    found = days.counted(days.span(since, since + timedelta(days=30)), CALENDAR)[:count]
    return {
        "since": days.day_of(found[0]).isoformat(),
        "until": days.day_of(found[-1]).isoformat(),
        "until_half": days.slot_of(found[-1]),
    }


def test_signing_in_takes_the_time_from_the_clock(bureau: Bureau) -> None:
    bureau.at(2026, 3, 3, 8, 29)
    assert bureau.submit(CLERK, "sign-in").done
    bureau.at(2026, 3, 3, 14, 1)
    assert bureau.submit(CLERK, "sign-in").done
    found = bureau.office.desk.entries(attendance.LEDGER, person=CLERK)
    assert [(each.values["slot"], each.values["event"]) for each in found] == [("下午", "迟到"), ("上午", "签到")]


def test_a_sheet_names_who_is_missing_but_not_who_is_on_leave(bureau: Bureau) -> None:
    bureau.granted(OTHER_CLERK, since="2026-03-03", until="2026-03-03")
    bureau.at(2026, 3, 3, 18)
    staff = [each.key for each in bureau.office.desk.organisation.staff(date(2026, 3, 3))]
    lines = [
        {"person": each, "time": clock}
        for each in staff
        for clock in ("08:20", "13:50")
        if each not in (CLERK, OTHER_CLERK)
    ]
    result = bureau.submit("P010", "sign-in-sheet", period="2026-03-03", source="考勤机导入", lines=lines)
    said = [each.facts for each in result.verdict.findings if each.clause.key == "attendance/1.1(b)"]
    assert len(said) == 2 and all("余思远" in each and "蔡一帆" not in each for each in said)
    assert attendance.unexplained(bureau.office.desk, "2026-03") == {CLERK: 2}


def test_a_sign_in_that_was_reversed_counts_no_longer(bureau: Bureau) -> None:
    bureau.submit(CLERK, "sign-in")
    (entry,) = bureau.office.desk.entries(attendance.LEDGER, person=CLERK)
    values = {"ledger": attendance.LEDGER, "entry": str(entry.number), "reason": "误签"}
    assert bureau.office.perform(Act(Verb.SUBMIT, OFFICE_HEAD, "core.correction", values=values)).done
    assert attendance.events(bureau.office.desk, "2026-03") == {}
    assert bureau.submit(CLERK, "sign-in").done


def test_nobody_corrects_a_line_about_himself(bureau: Bureau) -> None:
    bureau.submit(OFFICE_HEAD, "sign-in")
    (entry,) = bureau.office.desk.entries(attendance.LEDGER, person=OFFICE_HEAD)
    values = {"ledger": attendance.LEDGER, "entry": str(entry.number), "reason": "没有迟到"}
    act = Act(Verb.SUBMIT, OFFICE_HEAD, "core.correction", values=values)
    assert "general/own-matter" in clauses(bureau.office.perform(act))


def test_a_finding_of_absence_that_was_reversed_bars_no_leave(bureau: Bureau) -> None:
    bureau.at(2026, 3, 4, 9)
    values = {"person": CLERK, "since": "2026-03-03", "until": "2026-03-05", "cause": "未办事假手续"}
    found = bureau.submit(OFFICE_HEAD, "truancy", facts="未到岗", **values)
    assert found.matter is not None and bureau.act(Verb.APPROVE, DIRECTOR, found.matter.number).done
    request = {"leave": "事假", "reason": "家中有事", "since": "2026-03-05", "until": "2026-03-05"}
    assert clauses(bureau.submit(CLERK, "request", **request)) == {"attendance/1.2(d)"}
    (entry,) = bureau.office.desk.entries("leave.truancy", person=CLERK)
    correction = {"ledger": "leave.truancy", "entry": str(entry.number), "reason": "复核后撤销"}
    assert bureau.office.perform(Act(Verb.SUBMIT, OFFICE_HEAD, "core.correction", values=correction)).done
    assert bureau.submit(CLERK, "request", **request).done


def test_the_statement_as_it_is_prepared_is_the_one_that_passes(bureau: Bureau) -> None:
    bureau.granted(since="2026-03-03", until="2026-03-04")
    bureau.granted(OTHER_CLERK, "病假", since="2026-03-31", until="2026-04-01")
    late = [{"person": CLERK, "day": f"2026-03-0{n}", "slot": "上午", "event": "迟到"} for n in (5, 6, 9)]
    bureau.at(2026, 3, 10, 9)
    assert bureau.submit(OFFICE_HEAD, "irregularities", found="查岗", lines=late).done
    bureau.at(2026, 4, 2, 9)
    kind = bureau.office.desk.matter_type("leave.month-statement")
    assert kind is not None and kind.prepare is not None
    prepared = kind.prepare(bureau.office.desk, OFFICE_HEAD, None)
    assert prepared["period"] == "2026-03" and len(figures.month_lines(bureau.office.desk, "2026-03")) == 2
    result = bureau.submit(OFFICE_HEAD, "month-statement", **prepared)
    assert result.done and result.matter is not None and result.matter.count("late_persons") == 1
    short = {"period": "2026-03", "lines": prepared["lines"][:1]}  # type: ignore[index]
    assert not bureau.submit(OFFICE_HEAD, "month-statement", **short).done


def test_nothing_is_proposed_in_a_year_without_absence_or_admonition(bureau: Bureau) -> None:
    assert figures.year_lines(bureau.office.desk, "2026") == []
    assert bureau.submit(OFFICE_HEAD, "year-statement", period="2026").done


def test_leave_over_new_year_is_drawn_from_each_years_own_days(bureau: Bureau) -> None:
    bureau.at(2026, 12, 28, 9)
    for year in ("2026", "2027"):
        lines = [{"person": CLERK, "service_years": "3", "days": "5"}]
        bureau.submit(OFFICE_HEAD, "entitlement", period=year, basis="人事档案", lines=lines)
    bureau.granted(leave="年休假", since="2026-12-30", until="2027-01-05")
    left = [standing.annual_left(bureau.office.desk, CLERK, year) for year in ("2026", "2027")]
    assert left == [6, 6]


def test_ones_own_page_tells_balances_and_what_lies_ahead(bureau: Bureau) -> None:
    lines = [{"person": CLERK, "service_years": "3", "days": "5"}]
    bureau.submit(OFFICE_HEAD, "entitlement", period="2026", basis="人事档案", lines=lines)
    bureau.granted(leave="年休假", since="2026-03-03", until="2026-03-04")
    bureau.asked(leave="年休假", since="2026-03-10", until="2026-03-10", until_half="上午")
    assert next(summary.balances(bureau.office.desk, CLERK)) == "2026 年度年休假：余 3 天，其中办理中 0.5 天"
    bureau.at(2026, 3, 5, 9)
    assert [each.split("，")[1] for each in summary.ahead(bureau.office.desk, CLERK)] == ["0.5 天"]
    bureau.submit(CLERK, "sign-in")
    assert "迟到 1 次" in list(summary.this_month(bureau.office.desk, CLERK))


async def test_ones_own_page_is_drawn(bureau: Bureau, screens: Any) -> None:
    (page,) = guizhang_pages()
    app = screens.WidgetApp(lambda: [page.build(Session(bureau.office, CLERK))])
    async with app.run_test(size=(80, 24)):
        assert "补休假：余 0 天" in screens.text(app)

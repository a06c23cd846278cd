"""A person's calendar day by day, and the organisation on any date, on the screen and on the command line."""

import json
from datetime import date
from typing import Any

import pytest

from core.acts import Verb
from core.chart import chart
from core.days.diary import Occasion, diary
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.session import Session
from tui.text import cells


def opened(sample: Any, person: str) -> OfficeApp:
    return OfficeApp(Session(sample.office, person))


def told(sample: Any, person: str, since: date, until: date) -> dict[date, list[tuple[Occasion, str]]]:
    found = diary(sample.office.desk, person, since, until)
    return {day.day: [(item.occasion, item.text) for item in day.items] for day in found if day.items}


@pytest.fixture
def busy(sample: Any) -> Any:
    """The head of the trade section away with a stand-in, a step due on the leader, a matter of the clerk's."""
    number = sample.filed()
    assert sample.act(Verb.APPROVE, "P5", number).done
    assert sample.submit(
        "P3", "core.delegation", person="P5", stand_in="P7", since="2026-03-04", until="2026-03-05", basis="学习"
    ).done
    assert sample.submit("P3", "core.absence", person="P5", reason="学习", since="2026-03-04", until="2026-03-05").done
    return sample


def test_a_calendar_has_absences_stand_ins_steps_and_own_matters_on_their_days(busy: Any) -> None:
    week = (date(2026, 3, 2), date(2026, 3, 8))
    head, standing, leader, clerk = (told(busy, person, *week) for person in ("P5", "P7", "P2", "P6"))
    for day in (date(2026, 3, 4), date(2026, 3, 5)):
        assert {occasion for occasion, _ in head[day]} == {Occasion.AWAY, Occasion.STOOD_IN_FOR}
        assert [occasion for occasion, _ in standing[day]] == [Occasion.STANDS_IN]
    assert set(head) == {date(2026, 3, 4), date(2026, 3, 5)}
    ((occasion, text),) = leader[date(2026, 3, 5)]
    assert occasion is Occasion.STEP and "购打印纸" in text and "领导审批" in text
    assert clerk[date(2026, 3, 5)][0][0] is Occasion.FILED


def test_what_is_overdue_stands_under_today_with_how_many_days(busy: Any) -> None:
    busy.on(2026, 3, 10)
    ((_, text),) = [each for each in told(busy, "P2", date(2026, 3, 9), date(2026, 3, 15))[date(2026, 3, 10)]]
    assert "逾期 5 天" in text


def test_a_recurring_duty_of_a_coming_month_stands_on_its_day(sample: Any) -> None:
    found = told(sample, "P3", date(2026, 4, 1), date(2026, 5, 31))
    assert [day for day, items in found.items() if items[0][0] is Occasion.DUTY] == [
        date(2026, 4, 8),
        date(2026, 5, 11),
    ]


def test_each_day_says_in_words_whether_the_agency_works_and_what_is_only_reckoned(sample: Any) -> None:
    days = diary(sample.office.desk, "P6", date(2026, 9, 28), date(2026, 10, 11))
    nature = {day.day.isoformat()[5:]: (day.workday, day.nature) for day in days}
    assert nature["10-01"] == (False, "国庆节放假") and nature["10-10"] == (True, "国庆节调休上班")
    later = diary(sample.office.desk, "P6", date(2027, 3, 1), date(2027, 3, 7))
    assert all(day.provisional and "未公布" in day.nature for day in later)


def test_the_organisation_tells_leaders_posts_vacancies_and_stand_ins_on_a_date(busy: Any) -> None:
    desk = busy.office.desk
    seats = chart(desk.organisation, date(2026, 3, 4))
    by_person = {seat.person: seat for seat in seats if seat.post == "科长"}
    assert "学习，至 2026-03-05" in by_person["P5"].remark and "由郑七代理" in by_person["P5"].remark
    assert ("trade", "分管领导", "P2") in {(seat.unit, seat.post, seat.person) for seat in seats}
    assert {(seat.unit, seat.post) for seat in seats if seat.vacant} == {("leaders", "分管领导")}
    before = {seat.person: seat for seat in chart(desk.organisation, date(2026, 3, 3)) if seat.post == "科长"}
    assert before["P5"].remark == ""


def test_a_post_nobody_holds_any_more_and_a_unit_without_a_head_are_shown_as_vacant(sample: Any) -> None:
    sample.submit("P3", "core.departure", person="P5", post="head", last_day="2026-03-06", basis="调动")
    sample.submit("P3", "core.departure", person="P4", post="cashier", last_day="2026-03-06", basis="调动")
    organisation = sample.office.desk.organisation
    gone = {(seat.unit, seat.post) for seat in chart(organisation, date(2026, 3, 9)) if seat.vacant}
    assert {("trade", "负责人"), ("", "出纳")} <= gone
    assert not {("trade", "负责人"), ("", "出纳")} & {
        (seat.unit, seat.post) for seat in chart(organisation, date(2026, 3, 6)) if seat.vacant
    }


async def test_the_calendar_is_one_key_away_turns_by_weeks_and_opens_what_is_due(busy: Any, screens: Any) -> None:
    app = opened(busy, "P2")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "c")
        assert "我的日程　2026-03-02 至 2026-03-08" in words and "工作日 5 天，休息 2 天" in words
        assert "03-02 周一*" in words and "周末" in words and "待办到期" in words
        assert "2026-03-09 至 2026-03-15" in await screens.press(pilot, "n")
        assert "2026-03-02 至" in await screens.press(pilot, "p")
        words = await screens.press(pilot, "down", "down", "down", "enter")
        assert "办理经过和去向" in words
        assert not screens.english(words)


async def test_the_calendar_shows_a_month_and_says_when_its_holidays_are_not_published(busy: Any, screens: Any) -> None:
    busy.on(2026, 12, 30)
    app = opened(busy, "P2")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "c")
        words = await screens.press(pilot, "f", "down", "enter")
        assert "2026-12-01 至 2026-12-31" in words
        words = await screens.press(pilot, "n")
        assert "2027-01-01 至 2027-01-31" in words and "放假安排未公布" in words


async def test_the_organisation_is_one_key_away_and_a_person_opens_with_posts_and_what_waits(
    busy: Any, screens: Any
) -> None:
    app = opened(busy, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "z")
        assert "在岗 7 人" in words and "贸易科" in words and "（空缺）" in words and "分管贸易科、财务" in words
        assert "打不开" in await screens.press(pilot, "enter")
        words = await screens.press(pilot, "enter", "down", "down", "enter")
        assert "职务：副局长" in words and "等他办理的事项：1 件" in words and "领导审批" in words
        assert not screens.english(words)


async def test_the_organisation_is_shown_as_of_another_date(busy: Any, screens: Any) -> None:
    app = opened(busy, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "z", "f")
        await screens.press(pilot, *["backspace"] * 10)
        await screens.write(pilot, "2026-03-04")
        words = await screens.press(pilot, "enter")
        assert "2026-03-04 的机构和人员" in words and "外出 1 人" in words and "由郑七代理" in words
        await screens.press(pilot, "f")
        await screens.write(pilot, "年")
        assert "不是日期" in await screens.press(pilot, "enter")


def test_calendar_and_organisation_on_the_command_line(busy: Any, capsys: Any) -> None:
    busy.office.close()
    place = ["--config", str(busy.config), "--agency", "sample", "--store", str(busy.store_path), "--as", "周五"]
    assert run(["calendar", "--since", "2026-03-04", "--days", "2", "--json", *place]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert [each["occasion"] for each in first["items"]] == ["away", "stood-in-for"] and second["workday"]
    assert run(["organisation", "--on", "2026-03-04", *place]) == 0
    assert "由郑七代理，至 2026-03-05" in capsys.readouterr().out
    assert run(["organisation", "--on", "三月", *place]) == 2
    assert "不是日期" in capsys.readouterr().err


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (132, 43)])
async def test_the_new_pages_fit_every_window_in_chinese(busy: Any, screens: Any, size: tuple[int, int]) -> None:
    app = opened(busy, "P2")
    async with app.run_test(size=size) as pilot:
        for keys in (("c",), ("f", "down", "enter"), ("escape", "z"), ("enter",), ("enter", "down", "enter")):
            words = await screens.press(pilot, *keys)
            assert not screens.english(words) and not screens.unsafe(words)
            assert all(cells(line) == size[0] for line in screens.picture(app))

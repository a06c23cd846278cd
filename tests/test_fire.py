"""Fire safety: figures of the country by date, days of extinguishers, periods, rounds walked by keys, drafts kept."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.days.recurrence import periods_holding
from core.finding import Level
from core.matter import State
from core.office import Office
from core.verdict import Result
from plugins.fire import figures
from plugins.fire.matters.responsibilities import RESPONSIBILITY
from plugins.fire.matters.rounds import ARRANGEMENT, PATROL
from plugins.fire.matters.teaching import TRAINING
from plugins.fire.pages import guizhang_pages
from tui.app import OfficeApp
from tui.drafts import Task, new_draft
from tui.screens.blank_row import RowsBlank
from tui.screens.form import FormScreen
from tui.screens.page import PageScreen
from tui.session import Session

CONFIG = Path(__file__).parent.parent / "config"
HEAD, KEEPER, LEADER, DIRECTOR = "P006", "P010", "P002", "P001"
FRESH = office_factory(CONFIG, "lucheng")
ARRANGED = {
    "kind": "防火巡查",
    "frequency": "每周",
    "people": [{"person": KEEPER}],
    "places": [{"place": "三楼"}, {"place": "机房"}],
    "points": [{"point": "出口通道畅通"}],
    "since": "2026-03-02",
}


@pytest.fixture
def office() -> Iterator[Office]:
    found = FRESH(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    yield found
    found.close()


def file(office: Office, by: str, kind: str, values: dict[str, Any], reason: str = "") -> Result:
    return office.perform(Act(Verb.SUBMIT, by, kind, values=values, reason=reason))


def clauses(result: Result) -> set[str]:
    return {finding.clause.key for finding in result.verdict.findings if finding.level is not Level.NOTE}


def test_an_agency_inspects_quarterly_and_patrols_daily_only_where_it_is_a_key_unit(office: Office) -> None:
    assert figures.allowed(office.desk, figures.PATROL)[0] == ()
    assert figures.allowed(office.desk, figures.INSPECTION)[0][-1] == "每季度"
    assert office.desk.national("fire.patrol").listed("消防安全重点单位") == ("每日",)
    assert office.desk.national("fire.inspection").listed("企业")[-1] == "每月"
    with pytest.raises(LookupError):
        office.desk.national("fire.drill", date(2002, 4, 30))


def test_a_key_unit_never_drills_more_rarely_than_the_country_demands(tmp_path: Path) -> None:
    shutil.copytree(CONFIG, tmp_path / "config")
    rulebook = tmp_path / "config/agencies/lucheng/rulebook/fire-safety.toml"
    text = rulebook.read_text(encoding="utf-8")
    rulebook.write_text(text.replace('value = "其他单位"', 'value = "消防安全重点单位"'), encoding="utf-8")
    office = office_factory(tmp_path / "config", "lucheng")(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    try:
        assert figures.skipped(office.desk, "drill", date(2025, 6, 30), date(2026, 1, 4))[0] == "2025年下半年"
        assert figures.skipped(office.desk, "drill", date(2025, 7, 1), date(2026, 1, 4))[0] == ""
        assert figures.skipped(office.desk, "training", date(2024, 12, 31), date(2026, 1, 4))[0] == "2025年"
        result = file(office, HEAD, "fire.arrangement", ARRANGED)
        assert not result.done and clauses(result) == {"fire-safety/2"}
        assert file(office, HEAD, "fire.arrangement", {**ARRANGED, "frequency": "每日"}).done
    finally:
        office.close()


def test_other_units_drill_every_year_and_are_free_to_train_when_they_like(office: Office) -> None:
    assert figures.skipped(office.desk, "drill", date(2025, 1, 4), date(2026, 12, 31))[0] == ""
    assert figures.skipped(office.desk, "drill", date(2024, 12, 31), date(2026, 1, 4))[0] == "2025年"
    assert figures.skipped(office.desk, "training", date(2010, 1, 4), date(2026, 1, 4)) == ("", "")


@pytest.mark.parametrize(
    ("kind", "made", "serviced", "service_by", "scrap_by"),
    [
        ("干粉", date(2024, 2, 29), None, date(2029, 2, 28), date(2034, 2, 28)),
        ("水基型", date(2023, 5, 1), None, date(2026, 5, 1), date(2029, 5, 1)),
        ("水基型", date(2023, 5, 1), date(2026, 4, 20), date(2027, 4, 20), date(2029, 5, 1)),
        ("二氧化碳", date(2016, 1, 1), date(2027, 6, 1), date(2028, 1, 1), date(2028, 1, 1)),
    ],
)
def test_an_extinguisher_is_serviced_and_disposed_of_by_its_age(
    office: Office, kind: str, made: date, serviced: date | None, service_by: date, scrap_by: date
) -> None:
    values = {"kind": "灭火器", "type": kind, "made_on": made}
    assert figures.life(office.desk, values, serviced) == {"service_by": service_by, "scrap_by": scrap_by}
    assert figures.life(office.desk, {**values, "kind": "安全出口"}) == {}


@settings(max_examples=50)
@given(day=st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_day_lies_in_one_period_of_each_frequency(office: Office, day: date) -> None:
    keys = periods_holding(day, office.calendar)
    half = "H1" if day.month < 7 else "H2"
    assert {f"{day:%Y-%m}", f"{day.year}Q{(day.month + 2) // 3}", f"{day.year}{half}", f"{day.year}"} <= keys
    assert (day.isoformat() in keys) == office.calendar.is_workday(day)
    assert len(keys) == 6 + office.calendar.is_workday(day)


@pytest.mark.parametrize("frequency", ["每日", "每月"])
def test_a_round_counts_for_its_week_however_often_it_was_arranged(office: Office, frequency: str) -> None:
    assert file(office, HEAD, "fire.arrangement", {**ARRANGED, "frequency": frequency}).done
    lines = [{"place": place, "point": "出口通道畅通", "sound": True} for place in ("三楼", "机房")]
    result = file(office, KEEPER, "fire.patrol", {"on": "2026-03-02", "lines": lines})
    assert result.matter is not None, result.verdict.findings
    owed = {duty.title for duty in office.desk.duties()}
    assert office.perform(Act(Verb.APPROVE, HEAD, matter=result.matter.number)).done
    assert owed - {duty.title for duty in office.desk.duties()} == {"防火巡查（2026年第10周）"}


def test_an_arrangement_starts_with_what_is_not_arranged_yet_and_the_points_the_country_names(office: Office) -> None:
    assert ARRANGEMENT.prepare is not None
    for kind, count in (("防火巡查", 6), ("防火检查", 6), ("设施器材检查", 1)):
        begun = ARRANGEMENT.prepare(office.desk, HEAD, None)
        points = begun["points"]
        assert begun["kind"] == kind and isinstance(points, tuple) and len(points) == count
        values = {"frequency": "每月", "people": [{"person": KEEPER}], "places": [{"place": "三楼"}], **begun}
        assert file(office, HEAD, "fire.arrangement", values).done
    again = ARRANGEMENT.prepare(office.desk, HEAD, None)
    assert (again["kind"], again["places"]) == ("防火巡查", ({"place": "三楼"},))


def test_a_round_starts_with_every_place_and_point_and_the_answers_open(office: Office) -> None:
    assert file(office, HEAD, "fire.arrangement", ARRANGED).done
    assert PATROL.prepare is not None
    lines = PATROL.prepare(office.desk, KEEPER, None)["lines"]
    assert lines == ({"place": "三楼", "point": "出口通道畅通"}, {"place": "机房", "point": "出口通道畅通"})


def test_the_roll_of_a_make_up_session_is_those_who_were_absent(office: Office) -> None:
    assert TRAINING.prepare is not None
    staff = TRAINING.prepare(office.desk, HEAD, None)["people"]
    assert isinstance(staff, tuple) and len(staff) == 35
    rows = [{**row, "present": row["person"] != "P020", "reason": "病假"} for row in staff]
    common = {"held_on": "2026-03-02", "form": "集中授课", "topic": "逃生", "teacher": "消防站"}
    first = file(office, HEAD, "fire.training", {**common, "people": rows})
    assert first.matter is not None, first.verdict.findings
    again = {**common, "makes_up": first.matter.number, "people": [{"person": "P019", "present": True}]}
    assert clauses(file(office, HEAD, "fire.training", again)) == {"fire-safety/3"}
    made_up = file(office, HEAD, "fire.training", {**again, "people": [{"person": "P020", "present": True}]})
    assert made_up.done, made_up.verdict.findings


def test_who_answers_is_entered_line_by_line_from_what_nobody_answers_for(office: Office) -> None:
    assert RESPONSIBILITY.prepare is not None
    entered = []
    for _ in range(4):
        begun = {**RESPONSIBILITY.prepare(office.desk, HEAD, None)}
        if begun["level"] == figures.MANAGING:
            begun |= {"person": LEADER, "unit": "leaders"}
        entered.append((begun["level"], begun.get("unit"), begun.get("person"), begun.get("duties")))
        assert file(office, HEAD, "fire.responsibility", {"duties": f"{begun['level']}的职责", **begun}).done
    assert entered == [
        ("消防安全责任人", "leaders", DIRECTOR, None),
        ("消防安全管理人", "leaders", LEADER, None),
        ("科室责任人", "office", HEAD, None),
        ("科室责任人", "economy", "P013", "科室责任人的职责"),
    ]


def test_a_person_who_left_no_longer_answers_for_his_post(office: Office) -> None:
    values = {
        "level": "岗位责任人",
        "unit": "信息化科",
        "place": "机房",
        "person": "P030",
        "duties": "巡查",
        "since": "2026-03-02",
    }
    assert file(office, HEAD, "fire.responsibility", values).done
    assert figures.named(office.desk, figures.OF_POST, place="机房") == "P030"
    organisation = office.desk.organisation
    left = replace(organisation, tenures=tuple(each for each in organisation.tenures if each.person != "P030"))
    assert figures.named(office.desk.supposing(left), figures.OF_POST, place="机房") == ""


def test_days_that_were_not_filled_in_make_nothing_fall_due(office: Office) -> None:
    put = {"number": "AQ-01", "kind": "安全出口", "place": "三楼", "unit": "办公室", "person": KEEPER, "upkeep": "畅通"}
    placed = file(office, HEAD, "fire.facility", put)
    assert placed.matter is not None, placed.verdict.findings
    moved = {"moved_on": "2026-03-02", "place": "四楼", "unit": "办公室", "person": KEEPER, "reason": "长期调动"}
    serviced = {"done_on": "2026-03-02", "done_by": "厂家", "result": "换锁"}
    for kind, values, owed in (
        ("fire.move", moved, set()),
        ("fire.service", serviced, set()),
        ("fire.move", {**moved, "place": "五楼", "back_by": "2026-03-20"}, {"归还借用的消防器材"}),
    ):
        done = file(office, HEAD, kind, {"facility": placed.matter.number, **values})
        assert done.matter is not None, done.verdict.findings
        assert {duty.title for duty in office.desk.duties_from(done.matter.number)} == owed
    assert office.desk.duties_from(placed.matter.number) == []


def hazard(office: Office, source: str) -> str:
    """A hazard that has its person and its limit."""
    report = {"found_on": "2026-03-02", "place": "走廊", "description": "堆物", "fixed": False}
    reported = file(office, "P011", "fire.hazard-report", report)
    assert reported.matter is not None, reported.verdict.findings
    values = {
        "report": reported.matter.number, "place": "走廊", "description": "清走", "unit": "办公室", "person": KEEPER,
        "limit": "2026-03-05", "standard": "通道净宽够", "source": source, "guard": "专人看守",
    }  # fmt: skip
    filed = file(office, HEAD, "fire.hazard", values)
    assert filed.matter is not None, filed.verdict.findings
    assert office.perform(Act(Verb.APPROVE, LEADER, matter=filed.matter.number)).done
    return filed.matter.number


def rectify(office: Office, number: str, cost: str, expenditure: str = "") -> Result:
    done = {"done_on": "2026-03-02", "result": "已清", "cost": cost, "expenditure": expenditure}
    return office.perform(Act(Verb.PERFORM, KEEPER, matter=number, values=done))


def test_a_hazard_costs_nothing_where_no_money_was_named(office: Office) -> None:
    number = hazard(office, "不需经费")
    assert clauses(rectify(office, number, "20")) == {"fire-safety/5"}
    assert rectify(office, number, "0").done
    seen = {"seen": True, "meets_standard": True}
    assert not office.perform(Act(Verb.APPROVE, KEEPER, matter=number, values=seen)).done
    assert office.perform(Act(Verb.APPROVE, LEADER, matter=number, values=seen)).done
    assert not [duty for duty in office.desk.duties() if duty.matter == number]


def test_one_expenditure_never_pays_for_more_than_it_was_approved_for(office: Office) -> None:
    spending = {
        "purpose": "整改隐患", "amount": "100", "heading": "维修费", "category": "维修维护", "fund_source": "部门预算",
    }  # fmt: skip
    asked = file(office, "P011", "finance.expenditure", spending, reason="另一笔")
    assert asked.matter is not None, asked.verdict.findings
    number = asked.matter.number
    assert office.perform(Act(Verb.APPROVE, LEADER, matter=number)).done
    first, second = hazard(office, "部门预算"), hazard(office, "部门预算")
    assert rectify(office, first, "60", number).done
    assert clauses(rectify(office, second, "40.01", number)) == {"fire-safety/5"}
    assert rectify(office, second, "40", number).done


async def test_a_roll_is_answered_with_one_key_a_person_and_one_for_the_rest(office: Office, screens: Any) -> None:
    session = Session(office, HEAD)
    app = OfficeApp(session)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.app.push_screen(FormScreen(session, new_draft(Task(Verb.SUBMIT, kind="fire.training"))))
        await screens.settle(pilot)
        roll = pilot.app.screen.query_one(RowsBlank)
        roll.focus()
        assert "共 35 行；Y 是，N 否，E 其余都是" in await screens.press(pilot, "y")
        await screens.press(pilot, "n")
        await screens.write(pilot, "病假")
        await screens.press(pilot, "f2", "e")
        rows = roll.raw
    assert [row["person"] for row in rows if row["present"] != "是"] == [rows[1]["person"]]
    assert (rows[1]["present"], rows[1]["reason"], len(rows)) == ("否", "病假", 35)


async def test_whoever_is_to_go_a_round_is_reminded_on_his_workbench(office: Office, screens: Any) -> None:
    assert file(office, HEAD, "fire.arrangement", ARRANGED).done
    assert isinstance(office.clock, FixedClock)
    office.clock.set(datetime(2026, 3, 11, 9, tzinfo=ZONE))
    for person, told in ((KEEPER, "例行事项：逾期 1 件，3 天内到期 1 件。按 3 去办。"), ("P011", "")):
        app = OfficeApp(Session(office, person))
        async with app.run_test(size=(60, 20)) as pilot:
            await screens.settle(pilot)
            words = screens.text(app)
        assert told in words and ("例行事项" in words) == bool(told)


async def walk(office: Office, screens: Any, pilot: Any) -> str:
    page = next(each for each in guizhang_pages() if each.key == "fire.patrol")
    await pilot.app.push_screen(PageScreen(pilot.app.session, page))
    await screens.settle(pilot)
    return str(screens.text(pilot.app))


async def test_a_round_is_walked_with_one_key_a_line_on_a_small_screen(office: Office, screens: Any) -> None:
    assert file(office, HEAD, "fire.arrangement", ARRANGED).done
    app = OfficeApp(Session(office, KEEPER))
    async with app.run_test(size=(60, 20)) as pilot:
        assert "未看" in await walk(office, screens, pilot)
        assert "还有 2 项没有看" in await screens.press(pilot, "f5")
        await screens.press(pilot, "enter", "1", "2")
        await screens.write(pilot, "门前堆物，已搬走")
        words = await screens.press(pilot, "enter")
        assert "有问题" in words and "未看" not in words
        assert "巡查-2026-0001" in await screens.press(pilot, "f5")
    (found,) = office.desk.matters("fire.patrol")
    assert (found.state, found.count("faults")) == (State.RUNNING, 1)


async def test_a_round_broken_off_goes_on_where_it_was(office: Office, screens: Any) -> None:
    assert file(office, HEAD, "fire.arrangement", ARRANGED).done
    session = Session(office, KEEPER)
    app = OfficeApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await walk(office, screens, pilot)
        await screens.press(pilot, "y")
    again = OfficeApp(session)
    async with again.run_test(size=(80, 24)) as pilot:
        assert await screens.until(lambda: "上次有没有提交的内容" in screens.text(again))
        await screens.press(pilot, "escape")
        words = await walk(office, screens, pilot)
        assert (words.count("未看"), words.count("正常  ")) == (1, 1)


async def test_the_emergency_card_is_one_key_away_even_in_a_form_under_a_dialog(office: Office, screens: Any) -> None:
    values = {"level": "消防安全管理人", "unit": "局领导", "person": LEADER, "duties": "组织", "since": "2026-03-02"}
    assert file(office, HEAD, "fire.responsibility", values).done
    app = OfficeApp(Session(office, DIRECTOR))
    async with app.run_test(size=(60, 20)) as pilot:
        words = await screens.press(pilot, "f10")
        assert "119" in words and "消防安全管理人：柳思齐" in words and "F10 应急" in words
        assert "119" not in await screens.press(pilot, "escape")
        await screens.press(pilot, "n", "enter")
        assert "119" in await screens.press(pilot, "f10", "f10")
        await screens.press(pilot, "escape")
        assert "拨打 119" not in await screens.press(pilot, "ctrl+q")

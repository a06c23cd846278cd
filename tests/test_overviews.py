"""Tables worked out for a stretch of time: terms, meetings at a glance, on the command line and on the screen."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.acts import Act, Verb
from core.days.clock import ZONE, FixedClock
from core.days.terms import Term
from core.family import Overview
from core.fields import Field, Kind
from core.office import Office
from core.rulebook.people_file import load_people
from plugins.meetings.overviews import OVERVIEWS
from tui.app import OfficeApp
from tui.page import Page, pages_of
from tui.screens.overview import OverviewTable
from tui.screens.page import PageScreen
from tui.session import Session
from tui.start import main

CONFIG = Path(__file__).parent.parent / "config"
DIRECTOR, SECRETARY, RECORDER = "P001", "P006", "P013"
MEMBERS = ("P004", "P003", "P002", "P001")
THEN = {"executor": "network", "responsible": "P016", "supervisor": "P003", "finish_by": "2026-03-20"}


@pytest.mark.parametrize(
    ("text", "first", "last", "title", "after"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年", "2027"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年", "2027H1"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度", "2026Q2"),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28), "2026年2月", "2026-03"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026年12月", "2027-01"),
    ],
    ids=["year", "half", "quarter", "month", "december"],
)
def test_a_term_knows_its_days_and_what_comes_after(text: str, first: date, last: date, title: str, after: str) -> None:
    term = Term.read(text)
    assert (term.first, term.last, term.title, str(term), str(term.moved(1))) == (first, last, title, text, after)
    assert term.moved(1).moved(-1) == term


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026Q5", "2026-00", "today", "0000"])
def test_what_is_no_term_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        Term.read(text)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """An office that has held one meeting, adopted one of its two items and called another meeting."""
    path = tmp_path / "a.store"
    office = Office.open(CONFIG, "baicheng", path, FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    people = load_people(CONFIG / "agencies" / "baicheng" / "people.toml", office.agency)
    office.found(people.people, people.tenures, people.oversights, office.desk.day)
    first, second, third = (topic(office, title) for title in ("购置设备", "修缮楼顶", "年度计划"))
    meeting = called(office, "第1次办务会", "2026-03-02", first, second)
    roll = [{"person": each, "state": "到会"} for each in MEMBERS]
    said(office, RECORDER, "opening", meeting=meeting, chair=DIRECTOR, recorder=RECORDER, roll=roll)
    place = {"meeting": meeting, "item": 1}
    said(office, RECORDER, "report", **place, person=SECRETARY)
    for each in MEMBERS[:3]:
        said(office, RECORDER, "statement", **place, person=each, position="同意", text="无")
    for each in MEMBERS:
        said(office, RECORDER, "vote", **place, person=each, method="举手", choice="赞成")
    said(office, RECORDER, "conclusion", **place, outcome="通过", decision="同意购置", dissent="无", **THEN)
    said(office, RECORDER, "conclusion", meeting=meeting, item=2, outcome="暂缓", decision="再议", dissent="无")
    said(office, RECORDER, "closing", meeting=meeting, papers="全部收回", kept="柜")
    called(office, "第2次办务会", "2026-03-09", third)
    office.close()
    return path


def said(office: Office, by: str, kind: str, **values: Any) -> str:
    result = office.perform(Act(Verb.SUBMIT, by, f"meetings.{kind}", values=values))
    assert result.matter is not None, [each.facts for each in result.verdict.findings]
    return result.matter.number


def topic(office: Office, title: str) -> str:
    filed = said(
        office, DIRECTOR, "topic", title=title, body="office-meeting", category="三重一大", work_opinion="一",
        proposal="二", decision="三", disputes="无",
    )  # fmt: skip
    assert office.perform(Act(Verb.PERFORM, SECRETARY, matter=filed, values={"papers": "一份"})).done
    return filed


def called(office: Office, title: str, on: str, *subjects: str) -> str:
    items = [{"subject": each, "reporter": SECRETARY} for each in subjects]
    notice = said(
        office, SECRETARY, "notice", title=title, body="office-meeting", form="临时会议", held_on=on, time="9:00",
        place="三楼", convener=DIRECTOR, special="急事", items=items,
    )  # fmt: skip
    assert office.perform(Act(Verb.APPROVE, DIRECTOR, matter=notice)).done
    return notice


def asked(store: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    place = ("--agency", "baicheng", "--store", str(store), "--config", str(CONFIG))
    assert main(["overview", *words, "--term", "2026", *place, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_meetings_at_a_glance_on_the_command_line(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meetings = asked(store, capsys, "会议年历")
    assert ("第1次办务会", "已开", 2) in [(each["what"], each["state"], each.get("items")) for each in meetings]
    assert "2026-03-09" in [each["on"] for each in meetings if each["what"] == "第2次办务会"]
    owed = [each["what"] for each in meetings if "最迟" in each["state"]]
    assert any("主任办公会" in each for each in owed), meetings
    assert any("议党" in each for each in owed)
    states = {each["what"]: each["state"] for each in asked(store, capsys, "议题一览")}
    assert (states["购置设备"], states["修缮楼顶"]) == ("通过", "待上会")
    (adopted,) = asked(store, capsys, "meetings.resolutions")
    assert (adopted["what"], adopted["responsible"], adopted["finish_by"]) == (
        "购置设备：同意购置",
        "P016",
        "2026-03-20",
    )
    (figures,) = asked(store, capsys, "会议统计")
    assert (figures["meetings"], figures["items"], figures["passed"], figures["deferred"]) == (1, 2, 1, 1)


def test_an_overview_is_exported_as_a_spreadsheet(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "b.xlsx"
    asked_place = ["--agency", "baicheng", "--store", str(store), "--config", str(CONFIG)]
    assert main(["overview", "会议统计", "--term", "2026-03", "--export", str(target), *asked_place]) == 0
    rows = list(load_workbook(target).active.iter_rows(values_only=True))
    assert rows[0][:2] == ("月份", "科室") and rows[1][0] == "2026-03"


def test_an_unknown_overview_or_term_is_told_in_a_sentence(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--agency", "baicheng", "--store", str(store), "--config", str(CONFIG)]
    assert main(["overview", "会议年厉", *place]) == 2
    assert "是否指“会议年历”" in capsys.readouterr().err
    assert main(["overview", "会议年历", "--term", "去年", *place]) == 2
    assert "2026年第一季度" in capsys.readouterr().err


async def test_every_overview_of_meetings_is_shown_and_turned_by_keys(store: Path, screens: Any) -> None:
    office = Office.open(CONFIG, "baicheng", store, FixedClock(datetime(2026, 3, 2, 15, tzinfo=ZONE)))
    app = OfficeApp(Session(office, SECRETARY))
    pages = {page.key: page for page in pages_of(office.host)}
    async with app.run_test(size=(80, 24)) as pilot:
        for overview in OVERVIEWS:
            await app.push_screen(PageScreen(app.session, pages[overview.key]))
            await screens.settle(pilot)
            words = screens.text(app)
            assert overview.title in words and "2026年" in words and not screens.english(words)
            assert "2026年第一季度" in await screens.press(pilot, "t", "t")
            assert "2025年第四季度" in await screens.press(pilot, "p")
            await screens.press(pilot, "escape")
    office.close()


async def test_no_name_of_a_section_is_cut_in_an_overview_on_a_small_screen(store: Path, screens: Any) -> None:
    office = Office.open(CONFIG, "baicheng", store, FixedClock(datetime(2026, 3, 2, 15, tzinfo=ZONE)))
    columns = (Field("month", "月份"), Field("unit", "科室", Kind.UNIT), Field("items", "议题", Kind.NUMBER))
    line = {"month": "2026-03", "unit": "discipline", "items": 1}
    overview = Overview("own", "统计", columns, lambda desk, term: [line] if term.months == 12 else [])
    app = OfficeApp(Session(office, SECRETARY))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(
            PageScreen(app.session, Page("own", "统计", lambda asked: OverviewTable(asked, overview)))
        )
        await screens.settle(pilot)
        assert "派驻纪检监察组" in screens.text(app)
        assert "没有这样的记录" in await screens.press(pilot, "t")
    office.close()

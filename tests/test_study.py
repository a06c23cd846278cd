"""Study: whoever looks sees what he has done and owes; statements drawn from the books are always accepted."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.fields import to_json
from core.office import Office
from core.verdict import Result
from plugins.study import figures
from plugins.study.matters.centre import ATTENDANCE, PRESENT
from plugins.study.matters.statements import REVIEW, STANDING
from plugins.study.pages import guizhang_pages
from plugins.study.rules.sessions import in_days
from tui.session import Session

CONFIG = Path(__file__).parent.parent / "config"
GENERAL, CLERK, DIRECTOR = "P006", "P012", "P001"
FRESH = office_factory(CONFIG, "yongding")


@pytest.fixture
def office() -> Iterator[Office]:
    found = FRESH(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    yield found
    found.close()


def file(office: Office, by: str, kind: str, values: dict[str, Any], reason: str = "") -> Result:
    return office.perform(Act(Verb.SUBMIT, by, kind, values=values, reason=reason))


def write(office: Office, person: str, kind: str, title: str) -> Result:
    values = {"person": person, "kind": kind, "title": title, "written_on": "2026-03-02", "where": "办刊"}
    return file(office, person, "study.writing", values)


def prepared(office: Office, kind: Any, person: str) -> dict[str, Any]:
    return {key: to_json(value) for key, value in kind.prepare(office.desk, person, None).items()}


def held(office: Office, absent: set[str]) -> None:
    """One session of three days, planned, approved, arranged and attended but by those absent."""
    line = {"month": "2026-03", "topic": "机构改革", "content": "业务专题", "half_days": "6"}
    plan = file(office, GENERAL, "study.plan", {"period": "2026Q1", "lines": [line]})
    assert plan.matter is not None, plan.verdict.findings
    assert office.perform(Act(Verb.APPROVE, DIRECTOR, matter=plan.matter.number)).done
    values = {
        "plan": plan.matter.number, "starts_on": "2026-03-02", "half_days": "6", "topic": "机构改革",
        "content": "业务专题", "speaker": "P002", "chair": DIRECTOR, "extended": False,
    }  # fmt: skip
    session = file(office, GENERAL, "study.session", values)
    assert session.matter is not None, session.verdict.findings
    assert ATTENDANCE.prepare is not None
    everything = {"notes": True, "task": True, "reflection": True, "outline": True}
    rows = [
        {**row, "present": "缺席" if row["person"] in absent else PRESENT, **everything}
        for row in prepared(office, ATTENDANCE, GENERAL)["people"]
    ]
    result = file(
        office, GENERAL, "study.attendance", {"session": session.matter.number, "spoken": True, "people": rows}
    )
    assert result.done, result.verdict.findings


def test_the_roll_is_the_meeting_and_the_heads_of_sections(office: Office) -> None:
    assert figures.members(office.desk) == ["P001", "P002", "P003", "P004", "P005", "P006", "P011", "P014"]


def test_one_kind_of_article_never_stands_for_the_other(office: Office) -> None:
    for number in range(3):
        assert write(office, CLERK, "业务论文", f"论文{number}").done
    assert figures.missing(office.desk, CLERK, "2026") == "自学计划 1 份、调研文章 2 篇"


def test_one_who_has_done_everything_owes_nothing(office: Office) -> None:
    for kind, title in (("业务论文", "甲"), ("调研文章", "乙"), ("调研文章", "丙")):
        assert write(office, CLERK, kind, title).done
    plan = {"period": "2026", "lines": [{"time": "每周五", "content": "条例"}]}
    assert file(office, CLERK, "study.personal-plan", plan).done
    assert figures.missing(office.desk, CLERK, "2026") == ""
    assert {row["missing"] for row in figures.owed(office.desk, CLERK, "2026")} == {0}
    assert figures.missing(office.desk, CLERK, "2027") != ""


def test_a_member_is_credited_only_with_what_he_was_there_for(office: Office) -> None:
    held(office, absent={"P014"})
    standing = {person: next(figures.owed(office.desk, person, "2026")) for person in ("P011", "P014")}
    assert (standing["P011"]["done"], standing["P014"]["done"]) == (6, 0)
    assert (figures.percent(office.desk, "P011", "2026"), figures.percent(office.desk, "P014", "2026")) == (100, 0)
    assert figures.half_days(office.desk, "2026") == 6
    assert figures.uncovered(office.desk, "2026") == ["重要文件", "政策法规"]


async def test_ones_own_page_tells_what_is_missing_and_by_when(office: Office, screens: Any) -> None:
    assert write(office, CLERK, "业务论文", "甲").done
    (page,) = guizhang_pages()
    app = screens.WidgetApp(lambda: [page.build(Session(office, CLERK))])
    async with app.run_test(size=(80, 24)):
        words = screens.text(app)
        assert "业务论文：应完成 1 篇，已完成 1；已完成" in words
        assert "调研文章：应完成 2 篇，已完成 0；还差 2，不迟于 2026-12-31" in words


def test_statements_as_prepared_are_accepted(office: Office) -> None:
    held(office, absent=set())
    assert write(office, CLERK, "业务论文", "甲").done
    assert file(office, CLERK, "study.standing", prepared(office, STANDING, CLERK)).done
    review = file(office, GENERAL, "study.review", prepared(office, REVIEW, GENERAL), reason="年中试汇总")
    assert review.done, review.verdict.findings


@pytest.mark.parametrize("year", ["", "今年", "0000", "２０２６", "20261"])
def test_a_statement_for_no_year_is_refused_in_words(office: Office, year: str) -> None:
    values = {**prepared(office, REVIEW, GENERAL), "period": year}
    result = file(office, GENERAL, "study.review", values)
    assert not result.done
    assert all("出错" not in finding.facts for finding in result.verdict.findings)
    assert {finding.clause.key for finding in result.verdict.findings} <= {"study/2(3)(b)", "general/form"}


@settings(max_examples=10)
@given(st.lists(st.tuples(st.sampled_from(["甲", "乙", "丙"]), st.integers(1, 40)), max_size=6))
def test_a_course_counts_once_a_year_for_a_person(courses: list[tuple[str, int]]) -> None:
    office = office_factory(CONFIG, "lucheng")(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    try:
        counted: dict[str, int] = {}
        for course, hours in courses:
            rows = [{"person": CLERK, "course": course, "hours": str(hours)}]
            result = file(office, GENERAL, "study.online", {"period": "2026", "source": "学堂", "rows": rows})
            if result.done:
                counted.setdefault(course, hours)
        assert office.desk.total("study.hours", "hours", year="2026") == sum(counted.values())
    finally:
        office.close()


@pytest.mark.parametrize(
    ("by", "kind", "values", "places"),
    [
        (
            CLERK,
            "study.personal-plan",
            {"period": "2026年第一季度", "lines": [{"time": "周五", "content": "条例"}]},
            {"period"},
        ),
        (
            CLERK,
            "study.online",
            {"period": "26", "source": "网", "rows": [{"person": CLERK, "course": "党章", "hours": "0"}]},
            {"period", "rows.1.hours"},
        ),
        (
            GENERAL,
            "study.plan",
            {
                "period": "2026Q1",
                "lines": [
                    {"month": "2026-13", "topic": "党史", "content": "业务专题", "half_days": "6"},
                    {"month": "2025-03", "topic": "编制", "content": "业务专题", "half_days": "0"},
                ],
            },
            {"lines.1.month", "lines.2.month", "lines.2.half_days"},
        ),
    ],
)
def test_study_of_no_time_or_of_a_period_that_there_is_not_is_refused_where_it_stands(
    office: Office, by: str, kind: str, values: dict[str, Any], places: set[str]
) -> None:
    result = file(office, by, kind, values)
    assert not result.done and {finding.at for finding in result.verdict.findings} == places


@pytest.mark.parametrize(("half_days", "said"), [(24, "12 天"), (5, "2.5 天"), (0, "0 天")])
def test_half_days_are_told_as_days(half_days: int, said: str) -> None:
    assert in_days(half_days) == said

"""What everybody owes for himself, and how a year's duties stand."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.days.compliance import ComplianceYear, Grouping, Standing
from core.errors import RulebookInvalid
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.session import Session

OF_EACH = """
[[clause]]
no = "8"
kind = "obligation"
text = "两位副局长每人每月报一次，六号前报上月的"
[[clause.duty]]
title = "月报"
by = "deputy"
every = "monthly"
due = { days = 6, from = "end" }
per_person = true
"""
DEPUTIES = ("P2", "P7")


@pytest.fixture
def reporting(tmp_path: Any, sample_module: Any) -> Any:
    sample = sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + OF_EACH)
    sample.on(2026, 4, 3)
    yield sample
    sample.office.close()


def discharge(sample: Any, person: str, key: str) -> Any:
    return sample.office.perform(Act(Verb.DISCHARGE, person, target=key, opinion="已报送，存办公室"))


def months(year: ComplianceYear, grouping: Grouping, key: str) -> list[dict[str, int]]:
    named = [{each.name: month[each] for each in Standing if month[each]} for month in year.rows(grouping)[key]]
    return named


def test_each_person_owes_his_own_and_only_he_discharges_it(reporting: Any) -> None:
    desk = reporting.office.desk
    mine, other = (next(iter(desk.duties(person))) for person in DEPUTIES)
    assert mine.owners == ("P2",) and other.owners == ("P7",) and mine.key != other.key
    assert mine.title == "月报（2026年3月，钱二）" and mine.due == date(2026, 4, 6)
    assert not discharge(reporting, "P7", mine.key).done
    assert discharge(reporting, "P2", mine.key).done
    assert mine.key not in {duty.key for duty in desk.duties()}
    assert other.key in {duty.key for duty in desk.duties()}


def test_a_person_who_takes_a_post_in_the_year_owes_from_then_on(reporting: Any) -> None:
    year = ComplianceYear(reporting.office.desk, 2026)
    assert "P6" not in year.rows(Grouping.PERSON)
    appointed = reporting.submit(
        "P3", "core.appointment", person="P6", post="deputy", unit="leaders", since="2026-04-03", basis="任免文件"
    )
    assert appointed.done, appointed.verdict.findings
    assert year.follow()
    assert months(year, Grouping.PERSON, "P6")[3] == {"DUE": 1}


def test_what_is_owed_each_and_by_units_at_once_is_refused_when_the_rulebook_is_read(
    tmp_path: Any, sample_module: Any
) -> None:
    with pytest.raises(RulebookInvalid, match="per_person"):
        sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + OF_EACH + "per_unit = true\n")


def test_a_year_counts_what_is_done_late_overdue_due_and_to_come(reporting: Any) -> None:
    duty = reporting.office.desk.duties("P2")[0]
    discharge(reporting, "P2", duty.key)
    reporting.on(2026, 5, 20)
    late = next(each for each in reporting.office.desk.duties("P2") if each.due == date(2026, 5, 6))
    discharge(reporting, "P2", late.key)
    year = ComplianceYear(reporting.office.desk, 2026)
    assert months(year, Grouping.PERSON, "P2")[3:7] == [{"DONE": 1}, {"LATE": 1}, {"COMING": 1}, {"COMING": 1}]
    assert months(year, Grouping.PERSON, "P7")[3:6] == [{"OVERDUE": 1}, {"OVERDUE": 1}, {"COMING": 1}]
    assert months(year, Grouping.CLAUSE, "spending/8")[4] == {"LATE": 1, "OVERDUE": 1}
    assert months(year, Grouping.UNIT, "leaders")[3] == {"DONE": 1, "OVERDUE": 1}
    behind = year.duties(Grouping.PERSON, "P7", 4)
    assert [duty.key for duty in behind] == ["duty@spending/8@2026-03@P7"]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["done", "day", "spend", "pay"]), st.integers(0, 40)), max_size=12))
def test_counts_kept_up_act_by_act_equal_counts_made_anew(
    tmp_path_factory: Any, sample_module: Any, steps: Any
) -> None:
    rulebook = sample_module.RULEBOOK + OF_EACH
    sample = sample_module.Sample(tmp_path_factory.mktemp("year"), rulebook=rulebook)
    office, filed = sample.office, []
    year = ComplianceYear(office.desk, 2026)
    for what, number in steps:
        if what == "day":
            sample.on(2026, 3 + number % 8, 1 + number % 28)
        elif what == "spend":
            filed.append(sample.filed())
        elif what == "pay" and filed:
            number_paid = filed.pop()
            sample.act(Verb.APPROVE, "P5", number_paid)
            sample.act(Verb.APPROVE, "P2", number_paid)
            sample.act(Verb.PERFORM, "P4", number_paid, values={"cheque": "0001"})
        elif owed := office.desk.duties():
            duty = owed[number % len(owed)]
            for owner in duty.owners[:1]:
                discharge(sample, owner, duty.key)
        year.follow()
        anew = ComplianceYear(office.desk, 2026)
        for grouping in Grouping:
            assert year.rows(grouping) == anew.rows(grouping)
    office.close()


def test_the_command_line_gives_the_year_by_person_and_as_data(reporting: Any, capsys: Any) -> None:
    where = ["--agency", "sample", "--config", str(reporting.config), "--store", str(reporting.store_path)]
    assert run(["compliance", "--year", "2026", "--by", "人员", *where]) == 0
    assert "钱二" in capsys.readouterr().out
    assert run(["compliance", "--year", "2026", "--by", "条款", "--json", *where]) == 0
    rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)}
    assert sum(rows["spending/8"]["months"][6].values()) == 2
    assert run(["compliance", "--year", "99", *where]) == 2
    assert "年份要在" in capsys.readouterr().err


async def test_the_year_is_one_key_away_regroups_and_opens_down_to_a_duty(reporting: Any, screens: Any) -> None:
    app = OfficeApp(Session(reporting.office, "P3"))
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "y")
        assert "2026年，按制度" in words and "开支办法" in words and "12月" in words
        words = await screens.press(pilot, "f", "down", "down", "down", "enter")
        assert "按人员" in words and "钱二" in words and "郑七" in words
        words = await screens.press(pilot, "down", "enter")
        assert "月报（2026年3月，" in words
        words = await screens.press(pilot, "enter")
        assert "怎样办结" in words
        assert not screens.english(words)


BY_THE_THIRD_WORKDAY = """
[[clause]]
no = "9"
kind = "obligation"
text = "每季度报一次，季后三个工作日内"
[[clause.duty]]
title = "季报"
by = "everyone"
every = "quarterly"
due = { workdays = 3, from = "end" }
per_person = true
"""


def test_a_quarter_that_falls_due_on_a_make_up_workday_is_overdue_only_the_day_after(
    tmp_path: Any, sample_module: Any
) -> None:
    sample = sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + BY_THE_THIRD_WORKDAY)
    desk = sample.office.desk
    standing = {}
    for day in (9, 10, 11):
        sample.on(2026, 10, day)
        (owed,) = (duty for duty in desk.duties("P6") if duty.period == "2026Q3")
        standing[day] = (owed.due, owed.state(desk.day).title)
    made_up = date(2026, 10, 10)
    assert made_up.weekday() == 5
    assert standing == {9: (made_up, "应办"), 10: (made_up, "应办"), 11: (made_up, "逾期")}
    everyone = {person.key for person in desk.organisation.staff(desk.day)}
    assert {duty.person for duty in desk.duties() if duty.period == "2026Q3"} == everyone
    sample.office.close()


def test_a_duty_of_everyone_is_each_ones_own(tmp_path: Any, sample_module: Any) -> None:
    shared = BY_THE_THIRD_WORKDAY.replace("per_person = true", "")
    with pytest.raises(RulebookInvalid, match="everyone"):
        sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + shared)

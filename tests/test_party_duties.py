"""Duties of Party branches: what is filed does the duty it is meant for, of its branch, its days and its kind."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.acts import Verb
from core.desk import Desk
from core.office import Office
from party_office import (
    COLLECTOR,
    DEPUTY,
    GENERAL,
    MEMBERS,
    OTHER_SECRETARY,
    SECRETARY,
    assess,
    at,
    clauses,
    done,
    enrol,
    file,
    opened,
    owed,
)
from plugins.party import roll
from tui.screens.form_plan import Task, plan_form
from tui.session import Session


@pytest.fixture
def office() -> Iterator[Office]:
    found = opened()
    enrol(found)
    yield found
    found.close()


def test_what_one_branch_does_leaves_the_other_branch_its_duty(office: Office) -> None:
    done(file(office, SECRETARY, "party.study-plan", {"unit": "branch-1", "period": "2026", "content": "全年计划"}))
    at(office, date(2026, 2, 20))
    assert not owed(office, "制订年度党员学习计划", "branch-1")
    (other,) = owed(office, "制订年度党员学习计划", "branch-2")
    assert other.owners == (OTHER_SECRETARY,)


def test_a_meeting_does_the_duty_of_its_own_month_and_of_no_other(office: Office) -> None:
    cell = {"unit": "cell-1", "place": "会议室", "topics": "学习", "chair": "P014", "recorder": SECRETARY}
    rows = [{"person": SECRETARY, "cell": "cell-1", "standing": roll.FULL, "since": "2015-07-01"}]
    done(file(office, COLLECTOR, "party.roll", {"unit": "branch-1", "lines": rows}))
    at(office, date(2026, 2, 26))
    assert [duty.period for duty in owed(office, "召开党小组会", "cell-1")] == ["2026-01", "2026-02"]
    done(file(office, "P014", "party.cell-meeting", cell | {"held_on": "2026-02-26"}))
    assert [duty.period for duty in owed(office, "召开党小组会", "cell-1")] == ["2026-01"]


def test_a_lesson_is_the_secretarys_own_of_the_year_only_when_he_gives_it(office: Office) -> None:
    lesson = {"unit": "branch-1", "place": "会议室", "topics": "党史", "chair": SECRETARY, "recorder": DEPUTY}
    at(office, date(2026, 12, 1))
    guest = lesson | {"held_on": "2026-12-01", "capacity": "专家"}
    done(file(office, SECRETARY, "party.lesson", guest))
    assert owed(office, "支部书记讲党课", "branch-1")
    at(office, date(2026, 12, 2))
    own = lesson | {"held_on": "2026-12-02", "capacity": "党组织负责人", "lecturer": SECRETARY}
    done(file(office, SECRETARY, "party.lesson", own))
    assert not owed(office, "支部书记讲党课", "branch-1")


def test_a_matter_is_not_filed_for_a_duty_of_another_branch_item_or_kind(office: Office) -> None:
    at(office, date(2026, 1, 20))
    fixed = {duty.title: duty for duty in office.desk.duties() if duty.title.startswith("公开：")}
    duty = next(each for title, each in fixed.items() if title.startswith("公开：班子分工和职责"))
    shown = {"item": "组织设置和党员分布", "place": "局公示栏", "day": "2026-01-20", "content": "名单", "secret": "否"}
    assert clauses(file(office, GENERAL, "party.disclosure", shown, duty.key)) == {"general/evidence"}
    at(office, date(2026, 2, 20))
    (plan,) = owed(office, "制订年度党员学习计划", "branch-2")
    form = {"unit": "branch-1", "period": "2026", "content": "全年计划"}
    assert clauses(file(office, SECRETARY, "party.study-plan", form, plan.key)) == {"general/evidence"}
    assert clauses(file(office, SECRETARY, "party.study-plan", form, duty.key)) == {"general/evidence"}
    done(file(office, OTHER_SECRETARY, "party.study-plan", form | {"unit": "branch-2"}, plan.key))
    assert not owed(office, "制订年度党员学习计划", "branch-2")


def test_a_study_does_the_years_duty_of_its_form_whenever_in_the_year_it_is_held(office: Office) -> None:
    at(office, date(2026, 3, 10))
    studied = {"unit": "branch-1", "day": "2026-03-09", "form": "专题学习", "content": "培训", "people": 4}
    done(file(office, SECRETARY, "party.study", studied))
    at(office, date(2026, 12, 1))
    assert not owed(office, "组织学习：专题学习", "branch-1")
    assert owed(office, "组织学习：读研学习", "branch-1") and owed(office, "组织学习：专题学习", "branch-2")


def test_one_account_published_does_the_earliest_quarter_that_is_due(office: Office) -> None:
    at(office, date(2026, 8, 3))
    shown = {"item": "党费收缴情况", "place": "局公示栏", "day": "2026-08-03", "content": "一季度", "secret": "否"}
    assert [duty.period for duty in owed(office, "公开：党费收缴情况", "")] == ["2026Q1", "2026Q2"]
    done(file(office, GENERAL, "party.disclosure", shown))
    assert [duty.period for duty in owed(office, "公开：党费收缴情况", "")] == ["2026Q2"]


def test_a_visit_at_the_spring_festival_is_none_in_july(office: Office) -> None:
    at(office, date(2026, 2, 10))
    rows = [{"person": DEPUTY, "content": "慰问"}]
    visit = {"occasion": "春节", "day": "2026-02-10", "visitor": GENERAL, "lines": rows}
    (july,) = (duty for duty in office.desk.duties(until=date(2026, 7, 1)) if duty.title.startswith("七一"))
    at(office, date(2026, 6, 20))
    assert clauses(file(office, GENERAL, "party.visit", visit, july.key)) == {"general/evidence"}
    done(file(office, GENERAL, "party.visit", visit | {"occasion": "七一", "day": "2026-06-20"}, july.key))
    assert owed(office, "春节走访慰问", "") and not owed(office, "七一走访慰问", "")


def test_a_lesson_by_somebody_else_is_not_filed_for_the_secretarys_duty(office: Office) -> None:
    at(office, date(2026, 12, 1))
    (duty,) = owed(office, "支部书记讲党课", "branch-1")
    lesson = {"unit": "branch-1", "place": "会议室", "topics": "党史", "chair": SECRETARY, "recorder": DEPUTY}
    lesson |= {"held_on": "2026-12-01", "capacity": "党组织负责人"}
    assert clauses(file(office, SECRETARY, "party.lesson", lesson | {"lecturer": DEPUTY}, duty.key)) == {
        "general/evidence"
    }
    done(file(office, SECRETARY, "party.lesson", lesson | {"lecturer": SECRETARY}, duty.key))
    assert not owed(office, "支部书记讲党课", "branch-1") and not owed(office, "上党课（2026年第四季度", "branch-1")


def test_filing_for_a_branch_goes_through_nobodys_whole_list_of_duties(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plan,) = (duty for duty in office.desk.duties() if duty.title.startswith("核定党费") and duty.unit == "branch-1")
    monkeypatch.setattr(Desk, "duties", None)
    assess(office, {person: Decimal(6000) for person in MEMBERS})
    notice: dict[str, Any] = {"unit": "branch-1", "meeting": "支部党员大会", "held_on": "2026-01-20", "time": "9:00"}
    done(file(office, SECRETARY, "party.meeting-notice", notice | {"place": "一室", "agenda": "计划"}))
    put_off = {"unit": "branch-1", "meeting": "支委会", "turn": "2026-01", "reason": "防汛", "make_up_by": "2026-02-10"}
    done(file(office, SECRETARY, "party.rearranged", put_off))
    found = office.desk.duty(plan.key)
    assert found is not None and found.done == date(2026, 1, 5)


def test_the_form_that_a_duty_opens_begins_with_what_its_clause_asks_for(office: Office) -> None:
    at(office, date(2026, 12, 1))
    (duty,) = owed(office, "组织学习：专题学习", "branch-1")
    plan = plan_form(Session(office, SECRETARY), Task(Verb.SUBMIT, kind=duty.evidence, duty=duty.key))
    assert plan is not None and (plan.initial["form"], plan.initial["unit"]) == ("专题学习", "branch-1")

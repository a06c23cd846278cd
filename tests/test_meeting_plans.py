"""The year's meetings and their costs, topics fixed in time, who sees what a meeting said; through the office."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.matter import State
from core.office import Office
from office_acts import clauses, file, move_clock, number, sign
from plugins.meetings import agenda
from plugins.meetings.matters.follow_up import FOLLOW_UP
from plugins.meetings.plans.matters import ANNUAL_PLAN, ARRANGEMENT, UNIT_PLAN

CONFIG = Path(__file__).parent.parent / "config"
FRESH = office_factory(CONFIG, "ecommerce")
DIRECTOR, DEPUTIES, DUTY_LEADER = "P001", ("P004", "P003", "P002"), "P002"
SECRETARY, RECORDER, TREASURER = "P005", "P006", "P007"
INDUSTRY, TRAINING, SERVICE = "P010", "P012", "P013"
SECOND = datetime(2026, 3, 2, 9, tzinfo=ZONE)
MEETING: dict[str, Any] = {
    "title": "产业发展工作会议", "purpose": "部署工作", "substance": "全年任务", "necessity": "需要当面部署",
    "sort": "工作会议", "in_name_of": "中心", "class": "三类会议", "subject": "产业发展",
    "subject_unit": "industry", "host": "industry", "assistant": "office", "held_on": "2026-04-10",
    "days": 1, "people": 40, "invited": [{"who": "企业", "people": 40, "reason": "任务承担单位"}],
    "cost": "0", "funds": "不需经费",
}  # fmt: skip
TOPIC: dict[str, Any] = {
    "title": "站点调整", "body": "directors-meeting", "category": "协调事宜与突出问题", "work_opinion": "分步推进",
    "proposal": "同意方案", "decision": "是否实施", "disputes": "无",
}  # fmt: skip


@pytest.fixture
def office() -> Iterator[Office]:
    found = FRESH(FixedClock(SECOND))
    yield found
    found.close()


def owed(office: Office, title: str) -> list[str]:
    return [each.due.isoformat() for each in office.desk.duties() if each.title == title]


def handed_in(office: Office, by: str, unit: str, *titles: str) -> None:
    rows = [
        {"title": each, "class": "三类会议", "month": 4, "days": 1, "people": 40, "cost": "6000"} for each in titles
    ]
    number(file(office, by, UNIT_PLAN, period="2026", unit=unit, meetings=rows))


def called(office: Office, body: str, *subjects: str) -> str:
    """A meeting of a body announced for today."""
    items = [{"subject": each, "reporter": DEPUTIES[0]} for each in subjects]
    result = file(
        office, SECRETARY, agenda.NOTICE, title="会议", body=body, form="临时会议", held_on=f"{office.desk.day}",
        time="9:00", place="三楼", convener=DIRECTOR, special="时限紧", items=items,
    )  # fmt: skip
    meeting = number(result)
    assert sign(office, DIRECTOR, meeting).done
    return meeting


def met(office: Office, body: str, *subjects: str) -> str:
    """A meeting of a body on one day that adopts each of these."""
    meeting = called(office, body, *subjects)
    members = (*DEPUTIES, DIRECTOR)
    roll = [{"person": each, "state": "到会"} for each in members]
    number(file(office, RECORDER, agenda.OPENING, meeting=meeting, chair=DIRECTOR, recorder=RECORDER, roll=roll))
    for item in range(1, len(subjects) + 1):
        number(file(office, RECORDER, "meetings.report", meeting=meeting, item=item, person=DEPUTIES[0]))
        for each in members:
            vote = {"meeting": meeting, "item": item, "person": each, "method": "举手", "choice": "赞成"}
            number(file(office, RECORDER, "meetings.vote", **vote))
        done = {"executor": "industry", "responsible": INDUSTRY, "finish_by": "2026-04-30"}
        said = {"outcome": "通过", "decision": "同意", "dissent": "无", **done}
        number(file(office, RECORDER, agenda.CONCLUSION, meeting=meeting, item=item, **said))
    number(file(office, RECORDER, agenda.CLOSING, meeting=meeting, papers="全部收回", kept="第一卷"))
    return meeting


def ready(office: Office) -> str:
    """A topic that is fixed and has its papers."""
    topic = number(file(office, DEPUTIES[1], agenda.TOPIC, **TOPIC))
    assert sign(office, SECRETARY, topic).done and sign(office, DIRECTOR, topic).done
    assert sign(office, DEPUTIES[1], topic, Verb.PERFORM, handout="议事提纲").done
    return topic


def planned(office: Office) -> str:
    """The year's plan, adopted and in the budget: one meeting of 6,000 yuan."""
    row = {"unit": "industry", "title": "产业发展工作会议", "class": "三类会议", "month": 4, "days": 1, "people": 40}
    plan = number(file(office, SECRETARY, ANNUAL_PLAN, period="2026", meetings=[{**row, "cost": "6000"}]))
    met(office, "team-meeting", plan)
    assert sign(office, TREASURER, plan, Verb.PERFORM, heading="会议费", amount="6000").done
    return plan


def test_the_years_plan_starts_with_what_the_sections_handed_in(office: Office) -> None:
    kind = office.desk.matter_type(ANNUAL_PLAN)
    assert kind is not None and kind.prepare is not None
    assert kind.prepare(office.desk, SECRETARY, None) == {"period": "2026"}
    handed_in(office, INDUSTRY, "industry", "产业会")
    handed_in(office, SERVICE, "service", "站点会", "物流会")
    prepared = kind.prepare(office.desk, SECRETARY, None)
    rows = prepared["meetings"]
    assert isinstance(rows, tuple)
    assert [(row["unit"], row["title"]) for row in rows] == [
        ("industry", "产业会"), ("service", "站点会"), ("service", "物流会")
    ]  # fmt: skip
    assert file(office, SECRETARY, ANNUAL_PLAN, **prepared).done
    left_out = file(office, SECRETARY, ANNUAL_PLAN, period="2026", meetings=rows[:2])
    assert clauses(left_out) == {"meeting-control/4(b)"}


@settings(max_examples=12)
@given(st.lists(st.integers(min_value=1, max_value=700_000), min_size=1, max_size=5))
def test_meetings_never_draw_more_than_their_line_of_the_plan_provides(fen: list[int]) -> None:
    office = FRESH(FixedClock(SECOND))
    try:
        plan, left = planned(office), Decimal(6000)
        for each in fen:
            cost = Decimal(each) / 100
            drawn = {"funds": "会议费", "plan": plan, "item": 1, "cost": f"{cost}"}
            result = file(office, INDUSTRY, ARRANGEMENT, **{**MEETING, **drawn})
            assert result.done == (cost <= left)
            assert result.done or clauses(result) == {"meeting-control/4(c)"}
            left -= cost if result.done else 0
    finally:
        office.close()


def test_a_plan_not_yet_in_the_budget_pays_for_nothing(office: Office) -> None:
    row = {"unit": "industry", "title": "产业发展工作会议", "class": "三类会议", "month": 4, "days": 1, "people": 40}
    plan = number(file(office, SECRETARY, ANNUAL_PLAN, period="2026", meetings=[{**row, "cost": "6000"}]))
    drawn = {"funds": "会议费", "plan": plan, "item": 1, "cost": "100"}
    assert clauses(file(office, INDUSTRY, ARRANGEMENT, **{**MEETING, **drawn})) == {"meeting-control/4(c)"}


def test_a_meeting_already_merged_is_no_other_meeting_to_merge_with(office: Office) -> None:
    first = number(file(office, INDUSTRY, ARRANGEMENT, **MEETING))
    own = {**MEETING, "subject_unit": "service", "host": "service", "held_on": "2026-04-19"}
    assert clauses(file(office, SERVICE, ARRANGEMENT, **own)) == {"meeting-control/5(d)"}
    second = number(file(office, SERVICE, ARRANGEMENT, **own, merged_with=first))
    later = {**MEETING, "subject_unit": "training", "host": "training", "held_on": "2026-04-25"}
    assert file(office, TRAINING, ARRANGEMENT, **later).done
    near = {**later, "held_on": "2026-04-12"}
    findings = file(office, TRAINING, ARRANGEMENT, **near, merged_with=second).verdict.findings
    assert [(each.clause.key, first in each.remedy) for each in findings] == [("meeting-control/5(d)", True)]


def test_a_topic_sent_back_is_fixed_in_time_and_comes_round_again(office: Office) -> None:
    topic = number(file(office, DEPUTIES[1], agenda.TOPIC, **TOPIC))
    assert sign(office, SECRETARY, topic).done
    assert owed(office, "确定上会议题") == ["2026-03-03"]
    assert office.perform(Act(Verb.RETURN, DIRECTOR, matter=topic, opinion="补充数据")).done
    assert owed(office, "确定上会议题") == []
    again = {**TOPIC, "category": "其他事项"}
    assert office.perform(Act(Verb.RESUBMIT, DEPUTIES[1], matter=topic, values=again)).done
    move_clock(office, date(2026, 3, 6))
    assert sign(office, SECRETARY, topic).done
    assert owed(office, "确定上会议题") == ["2026-03-09"]
    assert sign(office, DIRECTOR, topic).done
    assert owed(office, "确定上会议题") == []


def test_who_only_chairs_in_the_directors_place_signs_nothing_for_him(office: Office) -> None:
    entrusted = {"person": DIRECTOR, "since": "2026-03-02", "until": "2026-03-06", "basis": "主任委托主持"}
    number(file(office, DIRECTOR, "core.delegation", **entrusted, stand_in=DEPUTIES[1], scope="会议签到"))
    topic = number(file(office, DEPUTIES[0], agenda.TOPIC, **TOPIC))
    assert sign(office, SECRETARY, topic).done
    assert not sign(office, DEPUTIES[1], topic).done
    away = {"person": DIRECTOR, "since": "2026-03-02", "until": "2026-03-06", "reason": "培训"}
    number(file(office, DIRECTOR, "core.absence", **away))
    assert not sign(office, DEPUTIES[1], topic).done
    assert sign(office, DUTY_LEADER, topic).done


def test_a_post_is_filled_only_on_a_decision_of_the_right_body_and_kind(office: Office) -> None:
    post = {"person": "P011", "post": "section-head", "unit": "service", "since": "2026-04-01"}
    common = {"basis": "工作需要", "proposal": "详见方案", "far_reaching": "否", "public": "否", "classified": "否"}
    general = {"title": "站点布局", "category": "全局性或针对性问题", "body": "directors-meeting", **common}
    decision = number(file(office, DEPUTIES[1], "decisions.decision", **general))
    heard = {"views": [{"source": "相关科室", "who": "服务科", "opinion": "同意"}]}
    assert sign(office, DEPUTIES[1], decision, Verb.FILE, **heard).done
    met(office, "directors-meeting", decision)
    for basis in ("组织任命", "决策-2026-0009", decision):
        refused = file(office, SECRETARY, "core.appointment", **post, basis=basis)
        assert clauses(refused) == {"three-major-one-large/1(2).1"}


def test_what_a_meeting_decided_is_kept_from_whoever_was_not_there(office: Office) -> None:
    meeting = met(office, "directors-meeting", ready(office))
    (conclusion,) = office.desk.matters(agenda.CONCLUSION, meeting=meeting)
    assert conclusion.state is State.SETTLED
    for person, may in ((TRAINING, False), (INDUSTRY, True), (DEPUTIES[0], True), (RECORDER, True)):
        assert (office.desk_of(person).matter(conclusion.number) is not None) == may


def test_the_report_on_decisions_starts_with_what_the_meeting_of_today_has_to_hear_of(office: Office) -> None:
    kind = office.desk.matter_type(FOLLOW_UP)
    assert kind is not None and kind.prepare is not None
    topics = [ready(office) for _ in range(3)]
    met(office, "directors-meeting", topics[0], topics[1])
    assert kind.prepare(office.desk, RECORDER, None) == {}
    meeting = called(office, "directors-meeting", topics[2])
    first, second = reversed(office.desk.matters(agenda.CONCLUSION))
    prepared = kind.prepare(office.desk, RECORDER, None)
    rows = tuple({"conclusion": each.number, "state": "进行中"} for each in (first, second))
    assert prepared == {"meeting": meeting, "decisions": rows}
    told = [{"conclusion": first.number, "state": "已完成"}]
    number(file(office, RECORDER, FOLLOW_UP, meeting=meeting, decisions=told))
    assert kind.prepare(office.desk, RECORDER, None)["decisions"] == (rows[1],)

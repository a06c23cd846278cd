"""Lucheng's working order through the office: two bodies beside each other, stand-ins, what waits for them, talks."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.finding import Level
from core.office import Office
from core.records import DutyState
from core.verdict import Result
from office_acts import clauses, file, move_clock, number, sign
from plugins.meetings import agenda

CONFIG = Path(__file__).parent.parent / "config"
HEAD_OF_BUREAU, DEPUTY, IN_CHARGE, THIRD, MEMBER = "P001", "P002", "P003", "P004", "P005"
OFFICE_HEAD, OFFICE_DEPUTY, SECTION_HEAD, CLERK = "P006", "P007", "P013", "P015"
PARTY_GROUP = (HEAD_OF_BUREAU, DEPUTY, IN_CHARGE, THIRD, MEMBER)
DIRECTORS = PARTY_GROUP[:4]
FRESH = office_factory(CONFIG, "lucheng")
DECISION: dict[str, Any] = {
    "title": "任免", "body": "party-group", "category": "干部任免", "basis": "工作需要", "proposal": "提任一人",
    "far_reaching": False, "public": False, "classified": False,
}  # fmt: skip


@pytest.fixture
def office() -> Iterator[Office]:
    found = FRESH(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    yield found
    found.close()


def topic(office: Office, body: str, category: str, by: str = CLERK) -> str:
    words = {"work_opinion": "分步推进", "proposal": "同意", "decision": "是否实施", "disputes": "无"}
    return number(file(office, by, agenda.TOPIC, title="议题", body=body, category=category, **words))


def party_topic(office: Office) -> str:
    found = topic(office, "party-group", "党的建设与组织人事制度")
    assert sign(office, IN_CHARGE, found).done
    assert sign(office, HEAD_OF_BUREAU, found).done
    assert sign(office, OFFICE_HEAD, found, Verb.PERFORM, papers="方案一份").done
    return found


def called(office: Office, body: str, subject: str) -> str:
    items = [{"subject": subject, "reporter": SECTION_HEAD}]
    day = office.desk.day.isoformat()
    notice = number(
        file(
            office, OFFICE_HEAD, agenda.NOTICE, title="会议", body=body, form="例会", held_on=day,
            time="9:00", place="二楼", convener=HEAD_OF_BUREAU, items=items,
        )
    )  # fmt: skip
    assert sign(office, HEAD_OF_BUREAU, notice).done
    return notice


def opened(office: Office, meeting: str, members: tuple[str, ...], away: tuple[str, ...] = ()) -> Result:
    roll = [{"person": each, "state": "缺席" if each in away else "到会"} for each in members]
    opening = {"meeting": meeting, "chair": HEAD_OF_BUREAU, "recorder": OFFICE_HEAD, "roll": roll}
    return file(office, OFFICE_HEAD, agenda.OPENING, **opening)


def step(office: Office, meeting: str, kind: str, **values: Any) -> Result:
    return file(office, OFFICE_HEAD, f"meetings.{kind}", meeting=meeting, item=1, **values)


def put_off_and_closed(office: Office, meeting: str) -> None:
    number(step(office, meeting, "conclusion", outcome="暂缓", decision="再研究", dissent="无"))
    number(file(office, OFFICE_HEAD, agenda.CLOSING, meeting=meeting, papers="全部收回", kept="二号柜"))


def owed(office: Office, title: str) -> list[date]:
    return [each.due for each in office.desk.duties() if each.title.startswith(title)]


def test_each_body_owes_its_own_half_monthly_meeting(office: Office) -> None:
    move_clock(office, date(2026, 3, 5))
    assert owed(office, "召开党组会议") == owed(office, "召开局长办公会议") == [date(2026, 3, 15)]
    meeting = called(office, "party-group", party_topic(office))
    assert opened(office, meeting, PARTY_GROUP).done
    put_off_and_closed(office, meeting)
    assert owed(office, "召开党组会议") == []
    assert owed(office, "召开局长办公会议") == [date(2026, 3, 15)]
    move_clock(office, date(2026, 3, 16))
    late = [each for each in office.desk.duties() if each.state(office.desk.day) is DutyState.OVERDUE]
    assert {each.clause for each in late if each.clause.startswith("operations/")} >= {"operations/8(1)(a)"}
    assert "operations/6(1)(a)" not in {each.clause for each in late}


def test_the_chair_s_consent_is_given_by_his_recorded_stand_in(office: Office) -> None:
    found = topic(office, "party-group", "党的建设与组织人事制度")
    assert sign(office, IN_CHARGE, found).done
    assert not office.perform(Act(Verb.APPROVE, MEMBER, matter=found)).done
    days = {"since": "2026-03-02", "until": "2026-03-03", "basis": "赴省里开会"}
    number(file(office, HEAD_OF_BUREAU, "core.delegation", person=HEAD_OF_BUREAU, stand_in=MEMBER, **days))
    assert sign(office, MEMBER, found).done
    matter = office.desk.matter(found)
    assert matter is not None and matter.step is not None and matter.step.title == "办公室汇总"
    assert matter.course[-1].by == MEMBER and matter.course[-1].on_behalf == HEAD_OF_BUREAU


def test_a_leader_in_charge_does_not_review_his_own_topic(office: Office) -> None:
    found = topic(office, "party-group", "党的建设与组织人事制度", by=IN_CHARGE)
    assert not office.perform(Act(Verb.APPROVE, IN_CHARGE, matter=found)).done
    assert sign(office, HEAD_OF_BUREAU, found).done


def test_large_spending_waits_as_a_financial_topic_and_a_decision_under_its_own_category(office: Office) -> None:
    spending = {
        "purpose": "技改评审", "amount": "30000", "heading": "劳务费", "category": "服务采购",
        "fund_source": "部门预算",
    }  # fmt: skip
    expenditure = number(file(office, CLERK, "finance.expenditure", **spending))
    (waiting,) = agenda.waiting(office.desk, office.agency.bodies["directors-meeting"])
    assert waiting.number == expenditure
    assert agenda.category_of(office.desk, waiting) == "财政管理和大额资金"
    decision = office.desk.matter(number(file(office, OFFICE_DEPUTY, "decisions.decision", **DECISION)))
    assert decision is not None and agenda.category_of(office.desk, decision) == "干部任免"


def test_a_body_without_the_members_for_cadres_can_still_put_the_item_off(office: Office) -> None:
    decision = number(file(office, OFFICE_DEPUTY, "decisions.decision", **DECISION))
    assert sign(office, DEPUTY, decision, motion="缺一人").done
    assert sign(office, HEAD_OF_BUREAU, decision).done
    assert sign(office, OFFICE_HEAD, decision, Verb.PERFORM, recommended="二十票", candidate="包晓东").done
    inspected = {"inspectors": [{"person": OFFICE_DEPUTY}], "inspected": "合格"}
    assert sign(office, OFFICE_HEAD, decision, Verb.PERFORM, **inspected).done
    meeting = called(office, "party-group", decision)
    assert opened(office, meeting, PARTY_GROUP, away=(THIRD, MEMBER)).done
    assert clauses(step(office, meeting, "report", person=SECTION_HEAD)) == {"operations/6(4)(b)"}
    put_off_and_closed(office, meeting)
    matter = office.desk.matter(decision)
    assert matter is not None and matter.step is not None and matter.step.body == "party-group"
    assert [each.number for each in agenda.waiting(office.desk, office.agency.bodies["party-group"])] == [decision]


@pytest.mark.parametrize(
    ("votes", "urgent", "allowed"),
    [
        (("赞成", "赞成", "赞成", "赞成"), "", "通过"),
        (("赞成", "赞成", "赞成", "反对"), "", "通过"),
        (("赞成", "赞成", "反对", "反对"), "", ""),
        (("赞成", "赞成", "反对", "反对"), "汛情", "不通过"),
        (("反对", "反对", "反对", "赞成"), "", "不通过"),
        (("赞成", "赞成", "赞成", "弃权"), "汛情", "通过"),
    ],
    ids=["all", "one-against", "tied", "tied-urgent", "most-against", "urgent"],
)
def test_what_the_directors_conclude_follows_their_votes(
    office: Office, votes: tuple[str, ...], urgent: str, allowed: str
) -> None:
    found = topic(office, "directors-meeting", "贯彻上级决议和重要部署")
    assert sign(office, IN_CHARGE, found).done
    assert sign(office, OFFICE_HEAD, found, papers="方案一份").done
    assert sign(office, HEAD_OF_BUREAU, found).done
    meeting = called(office, "directors-meeting", found)
    assert opened(office, meeting, DIRECTORS).done
    number(step(office, meeting, "report", person=SECTION_HEAD))
    for person in reversed(DIRECTORS):
        number(step(office, meeting, "statement", person=person, position="同意", text="没有补充"))
    for person, choice in zip(DIRECTORS, votes, strict=True):
        number(step(office, meeting, "vote", person=person, method="举手", choice=choice))
    said = {"decision": "决定", "dissent": "无", **({"urgent": urgent} if urgent else {})}
    for outcome in ("通过", "不通过"):
        act = Act(
            Verb.SUBMIT,
            OFFICE_HEAD,
            agenda.CONCLUSION,
            values={"meeting": meeting, "item": 1, "outcome": outcome, **said},
        )
        found_clauses = {each.clause.key for each in office.preview(act).findings if each.level is Level.REFUSE}
        assert found_clauses == (set() if outcome == allowed else {"operations/9(4)(c)"})


def test_one_deputy_s_talk_is_not_another_s_nor_one_section_s_another_s(office: Office) -> None:
    move_clock(office, date(2026, 5, 31))
    talk = {"held_on": "2026-05-31", "people": [{"person": CLERK}], "content": "工作情况"}
    number(file(office, IN_CHARGE, "decisions.talk", pairing="分管领导与分管科室", **talk))
    number(file(office, SECTION_HEAD, "decisions.talk", pairing="科室内部", **talk))
    left = [each for each in office.desk.duties() if each.clause == "operations/21(3)"]
    deputies = {each.person for each in left if "分管领导" in each.title}
    assert deputies == {DEPUTY, THIRD}
    sections = {each.unit for each in left if "科室内部" in each.title}
    assert "economy" not in sections and {"office", "industry"} <= sections

"""What goes wrong at a meeting and is put right: who was there, presides and records, when it is held, what stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from core.acts import Act, Verb
from core.agency import Base
from core.days.clock import FixedClock
from core.finding import Problem, remarks
from core.office import Office
from core.rule_kinds import Proposal
from core.rules.no_parameters import NoParameters
from core.verdict import Result
from office_acts import clauses, file, move_clock, number
from office_sitting import (
    DEPUTIES,
    DIRECTOR,
    DONE,
    FRESH,
    MEMBERS,
    MORNING,
    RECORDER,
    SECRETARY,
    called,
    item_of,
    signed_in,
    step,
    topic,
)
from plugins.meetings import agenda
from plugins.meetings.matters import session
from plugins.meetings.minutes import minutes_of
from plugins.meetings.rules import concluding, topics, voting
from plugins.meetings.rules.observers import observers_withdraw
from plugins.meetings.sitting import enough
from plugins.meetings.views import today
from tui.commandline.acts import show_result


@pytest.fixture
def office() -> Iterator[Office]:
    found = FRESH(FixedClock(MORNING))
    yield found
    found.close()


def at(office: Office, meeting: str, kind: str, by: str = RECORDER, **values: Any) -> Result:
    return file(office, by, f"meetings.{kind}", meeting=meeting, **values)


def said(office: Office, meeting: str, *people: str, item: int = 1, position: str = "同意") -> None:
    for each in people:
        assert step(office, meeting, "statement", item, person=each, position=position, text="无").done


def voted(office: Office, meeting: str, *people: str, item: int = 1, choice: str = "赞成") -> None:
    for each in people:
        result = step(office, meeting, "vote", item, person=each, method="举手", choice=choice)
        assert result.done, [each.facts for each in result.verdict.findings]


def adopted(office: Office, meeting: str, item: int = 1) -> str:
    assert step(office, meeting, "report", item, person=SECRETARY).done
    present = [each for each in DEPUTIES if each in agenda.sitting_of(office.desk, meeting).present]
    said(office, meeting, *present, item=item)
    voted(office, meeting, *present, DIRECTOR, item=item)
    return number(step(office, meeting, "conclusion", item, outcome="通过", decision="同意", dissent="无", **DONE))


def test_what_somebody_voted_who_was_not_there_is_void_and_the_item_is_voted_on_again(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    assert step(office, meeting, "report", person=SECRETARY).done
    said(office, meeting, *DEPUTIES)
    voted(office, meeting, *DEPUTIES)
    wrong = {"person": DEPUTIES[0], "state": "缺席", "reason": "当天出差，签到时记错"}
    assert at(office, meeting, "roll-correction", **wrong).done
    item = item_of(office, meeting)
    assert (item.votes, DEPUTIES[0] in item.here, DEPUTIES[0] in item.spoke) == ({}, False, True)
    voted(office, meeting, *DEPUTIES[1:], DIRECTOR)
    assert item_of(office, meeting).tally.votes_for == 3


def test_whoever_was_there_from_the_start_takes_part_once_the_roll_says_so(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting, DEPUTIES[0])
    assert step(office, meeting, "report", person=SECRETARY).done
    assert at(office, meeting, "roll-correction", person=DEPUTIES[0], state="到会", reason="漏记").done
    said(office, meeting, *DEPUTIES)
    voted(office, meeting, *MEMBERS)
    assert item_of(office, meeting).tally.cast == 4


def test_a_roll_is_not_corrected_under_a_decision_already_made(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    adopted(office, meeting)
    refused = at(office, meeting, "roll-correction", person=DEPUTIES[0], state="缺席", reason="记错")
    assert clauses(refused) == {"general/ballot"}


def test_a_meeting_that_loses_its_quorum_in_mid_item_votes_no_more(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    assert step(office, meeting, "report", person=SECRETARY).done
    said(office, meeting, *DEPUTIES)
    for each in DEPUTIES[:2]:
        assert at(office, meeting, "attendance", person=each, change="离会").done
    vote = step(office, meeting, "vote", person=DEPUTIES[2], method="举手", choice="赞成")
    assert "office-meeting/flow.2" in clauses(vote)
    assert "office-meeting/flow.2" in clauses(step(office, meeting, "voting", method="举手"))
    assert step(office, meeting, "conclusion", outcome="暂缓", decision="人数不够", dissent="无").done


def test_the_words_of_whoever_keeps_out_after_speaking_stay_and_his_vote_does_not_count(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    assert step(office, meeting, "report", person=SECRETARY).done
    assert step(office, meeting, "statement", person=DEPUTIES[0], position="不同意", text="理由").done
    said(office, meeting, *DEPUTIES[1:])
    voted(office, meeting, DEPUTIES[0], choice="反对")
    assert step(office, meeting, "recusal", person=DEPUTIES[0], reason="亲属").done
    item = item_of(office, meeting)
    assert (item.votes, item.positions, DEPUTIES[0] in item.spoke) == ({}, {"同意"}, True)
    assert len(office.desk.matters("meetings.statement", meeting=meeting)) == 3
    found = today.meetings_today(office.desk)[0]
    assert found.due(1) == 3


def test_when_the_chair_leaves_the_next_in_order_presides_and_nobody_else(office: Office) -> None:
    meeting = called(office, topic(office), topic(office, "二项"))
    signed_in(office, meeting)
    handed = {"role": "主持人", "reason": "主任被召去开会"}
    assert "general/ballot" in clauses(at(office, meeting, "handing-over", person="P002", **handed))
    assert at(office, meeting, "attendance", person=DIRECTOR, change="离会").done
    assert "office-meeting/2(a)" in clauses(step(office, meeting, "report", person=SECRETARY))
    assert "general/ballot" in clauses(at(office, meeting, "handing-over", person="P003", **handed))
    assert at(office, meeting, "handing-over", person="P002", **handed).done
    assert step(office, meeting, "report", person=SECRETARY).done
    assert agenda.sitting_of(office.desk, meeting).last(1) == "P002"


def test_the_record_goes_on_in_other_hands_only_where_a_clause_lets_them_keep_it(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    taking = {"role": "记录人", "reason": "记录人掉线"}
    assert "office-meeting/flow.4" in clauses(
        at(office, meeting, "handing-over", SECRETARY, person=SECRETARY, **taking)
    )
    other = at(office, meeting, "handing-over", RECORDER, person=SECRETARY, **taking)
    assert "general/ballot" in clauses(other)
    named = {"stand_in": "P014", "since": "2026-03-02", "until": "2026-03-06", "basis": "外出期间代理"}
    delegated = file(office, SECRETARY, "core.delegation", person=RECORDER, **named)
    assert delegated.done, [each.facts for each in delegated.verdict.findings]
    assert at(office, meeting, "handing-over", "P014", person="P014", **taking).done
    assert step(office, meeting, "report", by="P014", person=SECRETARY).done
    assert "office-meeting/5(6)" in clauses(
        step(office, meeting, "statement", person=DEPUTIES[0], position="同意", text="无")
    )


def test_a_meeting_called_off_gives_its_items_back_and_whoever_was_invited_is_told(office: Office) -> None:
    subject = topic(office)
    meeting = called(office, subject, on="2026-03-04")
    body = office.agency.bodies["office-meeting"]
    assert agenda.waiting(office.desk, body) == []
    change = number(file(office, SECRETARY, agenda.CHANGE, meeting=meeting, change="取消", reason="主任出差"))
    assert office.perform(Act(Verb.APPROVE, DIRECTOR, matter=change)).done
    assert set(MEMBERS) <= {person for person in office.desk.readers(change)}
    assert [each.number for each in agenda.waiting(office.desk, body)] == [subject]
    refused = file(office, RECORDER, agenda.OPENING, meeting=meeting, chair=DIRECTOR, recorder=RECORDER, roll=[])
    assert "office-meeting/4(2)(b)" in clauses(refused)


def test_a_meeting_put_off_is_held_on_its_new_day(office: Office) -> None:
    meeting = called(office, topic(office))
    moved = {"change": "改期或改地点", "held_on": "2026-03-05", "place": "二楼", "reason": "会议室占用"}
    change = number(file(office, SECRETARY, agenda.CHANGE, meeting=meeting, **moved))
    assert today.meetings_today(office.desk)
    assert office.perform(Act(Verb.APPROVE, DIRECTOR, matter=change)).done
    assert not today.meetings_today(office.desk)
    move_clock(office, date(2026, 3, 5))
    signed_in(office, meeting)
    found = today.meetings_today(office.desk)[0]
    assert found.appointment.place == "二楼"


def test_a_decision_that_is_reconsidered_leaves_nothing_owed_by_the_old_one(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    old = adopted(office, meeting)
    assert [each for each in office.desk.duties() if each.matter == old]
    assert at(office, meeting, "closing", papers="全部收回", kept="柜").done
    asked = {"subject": old, "ground": "情况变化", "reason": "单价上涨"}
    request = number(file(office, "P016", agenda.RECONSIDERATION, **asked))
    for _ in range(2):
        found = office.desk.matter(request)
        assert found is not None and found.step is not None
        who = next(iter(office.desk.organisation.overseers(office.desk.day, unit="network")))
        by = who if "分管" in found.step.title else DIRECTOR
        assert office.perform(Act(Verb.APPROVE, by, matter=request)).done
    again = called(office, request)
    signed_in(office, again)
    new = adopted(office, again)
    owed = office.desk.duties()
    assert not [each for each in owed if each.matter == old]
    assert [each for each in owed if each.matter == new]


def judged(rule: Any, parameters: Any, office: Office, meeting: str, kind: str, **values: Any) -> list[Problem]:
    """What a rule that the agency's own clauses do not use says of a step."""
    act = Act(Verb.SUBMIT, RECORDER, kind, values={"meeting": meeting, "item": 1, **values})
    proposal = office._hearings.hear(act).proposal
    assert isinstance(proposal, Proposal)
    return list(rule.judge(parameters, proposal))


def heard(office: Office, *positions: str) -> str:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    assert step(office, meeting, "report", person=SECRETARY).done
    for person, position in zip(MEMBERS, positions, strict=False):
        assert step(office, meeting, "statement", person=person, position=position, text="无").done
    return meeting


def test_where_the_chief_decides_the_item_comes_to_what_he_states_last(office: Office) -> None:
    meeting = heard(office, "同意", "同意", "同意")
    before = judged(concluding.chief_decides, NoParameters(), office, meeting, agenda.CONCLUSION, outcome="通过")
    assert ["末位表态" in each.remedy for each in before] == [True]
    said(office, meeting, DIRECTOR, position="不同意")
    conclude = {"decision": "定", "dissent": "无"}
    assert judged(
        concluding.chief_decides, NoParameters(), office, meeting, agenda.CONCLUSION, outcome="通过", **conclude
    )
    assert not judged(
        concluding.chief_decides, NoParameters(), office, meeting, agenda.CONCLUSION, outcome="不通过", **conclude
    )


def test_the_clause_or_the_chair_fixes_how_an_item_is_voted_on(office: Office) -> None:
    meeting = heard(office, "同意", "同意", "同意")
    secret = voting.Ways(("无记名",))
    (problem,) = judged(voting.method, secret, office, meeting, "meetings.voting", method="举手")
    assert "无记名" in problem.remedy
    assert not judged(voting.method, secret, office, meeting, "meetings.voting", method="无记名")


@pytest.mark.parametrize(
    ("share", "over", "base", "passes"),
    [
        (Fraction(3, 4), False, Base.DUE, True),
        (Fraction(3, 4), True, Base.DUE, False),
        (Fraction(2, 3), True, Base.DUE, True),
        (Fraction(1, 2), False, Base.PRESENT, True),
        (Fraction(4, 5), False, Base.CAST, False),
    ],
    ids=["three-quarters", "over-three-quarters", "over-two-thirds", "half", "four-fifths"],
)
def test_a_larger_share_of_the_votes_is_reckoned_exactly(
    office: Office, share: Fraction, over: bool, base: Base, passes: bool
) -> None:
    meeting = heard(office, "同意", "同意", "同意")
    voted(office, meeting, *DEPUTIES)
    voted(office, meeting, DIRECTOR, choice="反对")
    asked = concluding.ShareOfVotes(share, over, base)
    found = judged(concluding.share_of_votes, asked, office, meeting, agenda.CONCLUSION, outcome="通过")
    assert bool(found) is not passes


@pytest.mark.parametrize("due", range(1, 13))
def test_half_or_more_and_more_than_half_differ_only_at_the_half(due: int) -> None:
    for present in range(due + 1):
        assert enough(present, due, Fraction(1, 2), over=False) == (2 * present >= due)
        assert enough(present, due, Fraction(1, 2), over=True) == (2 * present > due)
        assert enough(present, due, Fraction(2, 3), over=False) == (3 * present >= 2 * due)


def test_members_strongly_divided_put_an_item_off_unless_it_cannot_wait(office: Office) -> None:
    meeting = heard(office, "同意", "同意", "不同意")
    voted(office, meeting, *DEPUTIES[:2])
    voted(office, meeting, DEPUTIES[2], choice="反对")
    voted(office, meeting, DIRECTOR)
    third = concluding.Divided(Fraction(1, 4), urgent_excepted=True)
    assert judged(concluding.divided, third, office, meeting, agenda.CONCLUSION, outcome="通过")
    urgent = {"outcome": "通过", "urgent": "汛期已到"}
    assert not judged(concluding.divided, third, office, meeting, agenda.CONCLUSION, **urgent)
    assert judged(
        concluding.divided, replace(third, urgent_excepted=False), office, meeting, agenda.CONCLUSION, **urgent
    )


def test_observers_of_an_item_leave_before_the_next_is_taken_up(office: Office) -> None:
    observers = [{"person": "P024", "item": 1}]
    meeting = called(office, topic(office), topic(office, "二项"), observers=observers)
    signed_in(office, meeting, others=("P024",))
    adopted(office, meeting)
    report = {"item": 2, "person": SECRETARY}
    (problem,) = judged(observers_withdraw, NoParameters(), office, meeting, session.REPORT_KEY, **report)
    assert "退席" in problem.remedy
    assert at(office, meeting, "attendance", person="P024", change="离会").done
    assert not judged(observers_withdraw, NoParameters(), office, meeting, session.REPORT_KEY, **report)


def test_a_reconsideration_may_need_more_than_one_who_asks(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    old = adopted(office, meeting)
    asked: dict[str, Any] = {"subject": old, "ground": "情况变化", "reason": "单价上涨"}

    def said_of(*seconders: str) -> list[Problem]:
        rows = [{"person": each} for each in seconders]
        act = Act(Verb.SUBMIT, DEPUTIES[0], agenda.RECONSIDERATION, values={**asked, "seconders": rows})
        proposal = office._hearings.hear(act).proposal
        assert proposal is not None
        return list(topics.seconded.judge(topics.Seconded(1), proposal))

    assert said_of() and said_of(DEPUTIES[0]) and said_of("P024")
    assert not said_of(DEPUTIES[1])


def test_the_minutes_are_read_from_the_record_and_tell_nobodys_own_vote(office: Office) -> None:
    meeting = called(office, topic(office, "购置设备"), topic(office, "二项"))
    signed_in(office, meeting, DEPUTIES[0])
    adopted(office, meeting)
    assert step(office, meeting, "conclusion", 2, outcome="暂缓", decision="再议", dissent="无").done
    assert at(office, meeting, "closing", papers="全部收回", kept="柜").done
    told = {"wrong": "三楼", "right": "地点是二楼", "basis": "录音"}
    assert at(office, meeting, "correction", **told).done
    minutes = minutes_of(office.desk, meeting)
    assert minutes is not None and minutes_of(office.desk, "会议-2026-9999") is None
    assert minutes.present == (DIRECTOR, "P002", "P003") and minutes.absent == ((DEPUTIES[0], "缺席"),)
    first, second = minutes.items
    assert (first.title, first.outcome, first.votes) == ("购置设备", "通过", "赞成 3 票，反对 0 票，弃权 0 票")
    assert first.responsible == "P016" and [each.title for each in first.duties]
    assert (second.outcome, second.votes, second.duties) == ("暂缓", "", ())
    assert (minutes.observers, minutes.corrections) == ((SECRETARY,), ("地点是二楼",))


def test_members_who_were_away_are_told_when_the_record_is_closed(office: Office) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting, DEPUTIES[0])
    adopted(office, meeting)
    closing = number(at(office, meeting, "closing", papers="全部收回", kept="柜"))
    assert office.desk.readers(closing) == (DEPUTIES[0],)
    late = step(office, meeting, "statement", person=DEPUTIES[1], position="同意", text="补记")
    assert "office-meeting/5(6)" in clauses(late)


def test_what_several_clauses_refuse_alike_is_told_once_under_all_of_them(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting = called(office, topic(office))
    signed_in(office, meeting)
    refused = at(office, meeting, "vote", item=1, person=DEPUTIES[0], method="举手", choice="赞成")
    unheard = [each for each in refused.verdict.findings if "还没有听取汇报" in each.facts]
    assert len({each.clause for each in unheard}) > 1
    (told,) = [each for each in remarks(refused.verdict.findings) if "还没有听取汇报" in each.facts]
    assert set(told.clauses) == {each.clause for each in unheard}
    show_result(office, refused, json=False)
    words = capsys.readouterr().err
    assert words.count("事实：第 1 项还没有听取汇报") == 1
    assert all(each.clause.label in words for each in unheard)
    show_result(office, refused, json=True)
    assert capsys.readouterr().out.count("还没有听取汇报") == len(unheard)

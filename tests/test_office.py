"""A matter's life in the office: filed, judged, signed, decided, performed, returned, withdrawn."""

from typing import Any

import pytest

from core.acts import Act, Verb
from core.finding import Level
from core.matter import State
from core.records import NoticeState
from office_acts import clauses


def resolution(outcome: str = "通过", **changed: str) -> dict[str, str]:
    return {"number": "7", "held_on": "2026-03-02", "present": "3", "outcome": outcome, **changed}


def decided(sample: Any, number: str, outcome: str = "通过", **changed: str) -> Any:
    return sample.act(Verb.RESOLVE, "P3", number, values=resolution(outcome, **changed))


def test_a_small_spending_goes_from_head_to_leader_to_cashier_and_into_the_ledger(sample: Any) -> None:
    number = sample.filed("500")
    assert number == "开支-2026-0001"
    assert sample.act(Verb.APPROVE, "P5", number).done
    assert sample.act(Verb.APPROVE, "P2", number).done
    paid = sample.act(Verb.PERFORM, "P4", number, values={"支票号": "A-1"})
    assert paid.matter.state is State.SETTLED
    assert paid.matter.extra["payment"] == {"cheque": "A-1"}
    assert [entry.values["purpose"] for entry in sample.office.desk.entries("sample.payments")] == ["购打印纸"]


def test_from_a_thousand_yuan_the_council_decides_before_the_leader_signs(sample: Any) -> None:
    below, at = sample.filed("999.99"), sample.filed("1000")
    for number in (below, at):
        sample.act(Verb.APPROVE, "P5", number)
    assert sample.office.desk.matter(below).step.title == "领导审批"
    assert sample.office.desk.matter(at).step.title == "会议研究"
    refused = sample.act(Verb.APPROVE, "P2", at)
    assert clauses(refused) == {"spending/2"}
    assert decided(sample, at).done
    assert sample.act(Verb.APPROVE, "P2", at).done


def test_a_defeated_resolution_ends_the_matter_and_a_deferred_one_leaves_it_waiting(sample: Any) -> None:
    deferred, defeated = sample.filed("2000"), sample.filed("3000")
    for number in (deferred, defeated):
        sample.act(Verb.APPROVE, "P5", number)
    assert decided(sample, deferred, "暂缓").matter.step.title == "会议研究"
    assert decided(sample, defeated, "不通过").matter.state is State.REJECTED


@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({"present": "1"}, "general/quorum"),
        ({"present": "4"}, "general/form"),
        ({"held_on": "2026-03-03"}, "general/form"),
        ({"outcome": "同意"}, "general/form"),
        ({"present": "三"}, "general/form"),
    ],
)
def test_a_resolution_needs_a_quorum_and_a_day_that_has_come(sample: Any, changed: dict[str, str], clause: str) -> None:
    number = sample.filed("2000")
    sample.act(Verb.APPROVE, "P5", number)
    assert clauses(decided(sample, number, **changed)) == {clause}
    assert sample.office.desk.matter(number).step.title == "会议研究"


def test_one_number_of_a_body_stands_for_one_meeting(sample: Any) -> None:
    first, second = sample.filed("2000"), sample.filed("3000")
    for number in (first, second):
        sample.act(Verb.APPROVE, "P5", number)
    assert decided(sample, first).done
    sample.on(2026, 3, 5)
    assert clauses(decided(sample, second, held_on="2026-03-04")) == {"general/form"}
    assert decided(sample, second).done


def test_every_refusal_has_rule_clause_facts_and_remedy(sample: Any) -> None:
    refused = sample.submit(purpose="", amount="60000", nonsense="1")
    assert not refused.done
    assert len(refused.verdict.findings) >= 3
    for finding in refused.verdict.findings:
        assert finding.rule and finding.facts and finding.remedy and finding.clause.text


def test_a_form_with_ten_faults_shows_ten_findings(sample: Any) -> None:
    faulty = {
        "事由": "纸\x1b[2J",
        "金额": "1e400",
        "用款日期": "2026-02-30",
        "类别": "办工",
        "是否急件": "也许",
        "人数": "-1",
        "经办人": "赵乙",
        "用款科室": "贸易处",
        "前次申请": "开支-2020-0001",
        "票据": [{"发票号": "1", "票面金额": "12.345"}],
    }
    refused = sample.office.perform(Act(Verb.SUBMIT, "P6", "sample.spending", values=faulty))
    places = [finding.at for finding in refused.verdict.findings if finding.rule == "core.form"]
    assert len(places) == 10 and len(set(places)) == 10


def test_a_warning_lets_the_act_through_only_with_a_recorded_reason(sample: Any) -> None:
    warned = sample.submit(purpose="车", amount="30000")
    assert not warned.done and warned.verdict.needs_reason and not warned.verdict.refused
    done = sample.submit(purpose="车", amount="30000", because="旧车报废")
    assert done.done
    assert done.matter.course[0].reason == "旧车报废"


def test_nobody_decides_his_own_matter(sample: Any) -> None:
    """The head of a section files: his own step goes to the leader in charge of it."""
    filed = sample.submit("P5", purpose="纸", amount="100")
    own = sample.act(Verb.APPROVE, "P5", filed.matter.number)
    assert clauses(own) == {"spending/1"} and "不得审批自己的事项" in own.verdict.findings[0].facts
    assert sample.act(Verb.APPROVE, "P2", filed.matter.number).done


def test_only_the_actor_of_the_step_may_act(sample: Any) -> None:
    number = sample.filed()
    for person in ("P1", "P2", "P4", "P6", "P9", ""):
        assert not sample.act(Verb.APPROVE, person, number).done
    assert sample.office.desk.matter(number).version == 1


def test_a_returned_matter_goes_straight_back_when_only_its_wording_changed(sample: Any) -> None:
    number = sample.filed("500")
    sample.act(Verb.APPROVE, "P5", number)
    assert clauses(sample.act(Verb.RETURN, "P2", number)) == {"general/opinion"}
    assert sample.act(Verb.RETURN, "P2", number, "写清用途").matter.state is State.RETURNED
    again = sample.act(Verb.RESUBMIT, "P6", number, values={"事由": "购会议用纸"})
    assert again.matter.step.title == "领导审批"
    assert again.matter.text("purpose") == "购会议用纸"
    assert again.matter.money("amount") == 500


def test_a_returned_matter_begins_anew_when_its_sum_changed(sample: Any) -> None:
    number = sample.filed("500")
    sample.act(Verb.APPROVE, "P5", number)
    sample.act(Verb.RETURN, "P2", number, "金额不对")
    again = sample.act(Verb.RESUBMIT, "P6", number, values={"金额": "1500"})
    assert again.matter.step.title == "科长审核"
    sample.act(Verb.APPROVE, "P5", number)
    assert sample.office.desk.matter(number).step.title == "会议研究"


def test_a_matter_returned_to_an_earlier_step_comes_straight_back(sample: Any) -> None:
    number = sample.filed("500")
    sample.act(Verb.APPROVE, "P5", number)
    sample.act(Verb.APPROVE, "P2", number)
    assert sample.act(Verb.RETURN, "P4", number, "请科长复核", to=0).matter.step.title == "科长审核"
    assert sample.act(Verb.APPROVE, "P5", number).matter.step.title == "付款"


def test_a_matter_cannot_be_returned_to_a_step_it_has_not_passed(sample: Any) -> None:
    number = sample.filed("500")
    sample.act(Verb.APPROVE, "P5", number)
    assert clauses(sample.act(Verb.RETURN, "P2", number, "看看", to=3)) == {"general/turn"}


def test_the_applicant_withdraws_and_a_closed_matter_takes_no_more_acts(sample: Any) -> None:
    number = sample.filed()
    assert clauses(sample.act(Verb.WITHDRAW, "P5", number)) == {"general/turn"}
    assert sample.act(Verb.WITHDRAW, "P6", number).matter.state is State.WITHDRAWN
    assert clauses(sample.act(Verb.APPROVE, "P5", number)) == {"general/closed"}


def test_an_act_on_an_outdated_view_is_refused(sample: Any) -> None:
    number = sample.filed()
    seen = sample.office.desk.matter(number).version
    assert sample.act(Verb.COMMENT, "P6", number, "请尽快").done
    stale = sample.act(Verb.APPROVE, "P5", number, version=seen)
    assert clauses(stale) == {"general/version"}


def test_an_act_sent_twice_is_done_once(sample: Any) -> None:
    act = Act(Verb.SUBMIT, "P6", "sample.spending", values={"事由": "纸", "金额": "5"}, token="one")
    assert sample.office.perform(act).done
    assert not sample.office.perform(act).done
    assert len(sample.office.desk.matters("sample.spending")) == 1


def test_a_refused_act_leaves_no_trace_in_the_store(sample: Any) -> None:
    before = sample.office.journal.head().sequence
    sample.submit(purpose="纸", amount="60000")
    assert sample.office.journal.head().sequence == before


def test_every_act_is_in_the_journal_with_its_rulebook(sample: Any) -> None:
    number = sample.filed()
    sample.act(Verb.APPROVE, "P5", number)
    entries = sample.office.journal.for_matter(number)
    assert [entry.act for entry in entries] == ["submit", "approve"]
    assert {entry.rulebook for entry in entries} == {sample.office.rulebook.digest}
    assert sample.office.journal.verify(documents=True).sound


def test_a_stand_in_signs_in_the_name_of_the_absent_and_the_course_says_so(sample: Any) -> None:
    delegated = sample.submit(
        "P3",
        "core.delegation",
        person="P2",
        stand_in="P7",
        since="2026-03-02",
        until="2026-03-06",
        basis="局长批准出差",
    )
    assert delegated.done, delegated.verdict.findings
    number = sample.filed()
    sample.act(Verb.APPROVE, "P5", number)
    signed = sample.act(Verb.APPROVE, "P7", number)
    assert signed.done
    mark = signed.matter.course[-1]
    assert (mark.by, mark.on_behalf) == ("P7", "P2") and "局长批准出差" in mark.basis


def test_a_stand_in_outside_his_days_is_refused(sample: Any) -> None:
    sample.submit(
        "P3", "core.delegation", person="P2", stand_in="P7", since="2026-03-02", until="2026-03-06", basis="出差"
    )
    number = sample.filed()
    sample.act(Verb.APPROVE, "P5", number)
    sample.on(2026, 3, 9)
    assert not sample.act(Verb.APPROVE, "P7", number).done


def test_a_matter_waits_for_one_who_is_away_without_a_stand_in(sample: Any) -> None:
    away = sample.submit("P3", "core.absence", person="P5", since="2026-03-02", until="2026-03-04", reason="学习")
    assert away.done
    filed = sample.submit(purpose="纸", amount="10")
    assert filed.done and any(finding.level is Level.NOTE for finding in filed.verdict.findings)
    assert not sample.act(Verb.APPROVE, "P5", filed.matter.number).done
    sample.on(2026, 3, 5)
    assert sample.act(Verb.APPROVE, "P5", filed.matter.number).done


def test_a_matter_whose_step_nobody_can_act_at_is_refused_at_submission(sample: Any) -> None:
    left = sample.submit("P3", "core.departure", person="P4", post="cashier", last_day="2026-03-01", basis="调离")
    assert left.done
    refused = sample.submit(purpose="纸", amount="10")
    assert clauses(refused) == {"general/no-actor"}
    assert "出纳" in refused.verdict.findings[0].facts
    appointed = sample.submit(
        "P3", "core.appointment", person="P6", post="cashier", unit="office", since="2026-03-01", basis="任"
    )
    assert appointed.done
    assert sample.submit("P5", purpose="纸", amount="10").done


def test_the_registers_of_people_are_open_only_to_those_the_agency_names(sample: Any) -> None:
    refused = sample.submit("P6", "core.absence", person="P5", since="2026-03-02", until="2026-03-04", reason="学习")
    assert clauses(refused) == {"general/permission"}


def test_a_change_of_people_moves_matters_to_the_new_holders_inbox(sample: Any) -> None:
    number = sample.filed()
    sample.act(Verb.APPROVE, "P5", number)
    sample.submit("P1", "core.oversight", person="P7", units=[{"科室": "trade"}], since="2026-03-02", basis="分工调整")
    sample.submit(
        "P1", "core.oversight", person="P2", functions=[{"工作": "finance"}], since="2026-03-02", basis="分工调整"
    )
    inbox = {row["person"] for row in sample.office.store.table("inbox") if row["matter"] == number}
    assert inbox == {"P7"}
    assert sample.act(Verb.APPROVE, "P7", number).done


def test_all_of_several_signers_must_sign_and_each_once(sample: Any) -> None:
    number = sample.submit(kind="sample.project", name="改造").matter.number
    assert sample.act(Verb.APPROVE, "P2", number).matter.step.title == "会签"
    assert not sample.act(Verb.APPROVE, "P2", number).done
    assert sample.act(Verb.APPROVE, "P7", number).matter.step.title == "公示"


def test_a_notice_runs_its_working_days_and_then_lets_the_matter_on(sample: Any) -> None:
    number = sample.submit(kind="sample.project", name="改造").matter.number
    for person in ("P2", "P7"):
        sample.act(Verb.APPROVE, person, number)
    notice = sample.office.desk.notices()[0]
    assert notice.until.isoformat() == "2026-03-09"
    sample.on(2026, 3, 9)
    assert sample.office.tick() == []
    sample.on(2026, 3, 10)
    assert [result.matter.step.title for result in sample.office.tick()] == ["局长批准"]


def test_an_open_objection_holds_a_notice_and_an_upheld_one_stops_it(sample: Any) -> None:
    number = sample.submit(kind="sample.project", name="改造").matter.number
    for person in ("P2", "P7"):
        sample.act(Verb.APPROVE, person, number)
    notice = sample.office.desk.notices()[0]
    objected = sample.office.perform(Act(Verb.OBJECT, "P6", target=notice.key, opinion="与事实不符"))
    assert objected.done
    sample.on(2026, 3, 11)
    assert sample.office.tick() == []
    settled = Act(Verb.SETTLE_OBJECTION, "P1", target=notice.key, values={"异议是否成立": "是", "处理结果": "撤下"})
    assert sample.office.perform(settled).done
    assert sample.office.desk.notices()[0].state is NoticeState.UPHELD
    assert sample.office.desk.matter(number).state is State.RETURNED


def test_a_recurring_duty_turns_up_is_discharged_and_otherwise_turns_overdue(sample: Any) -> None:
    sample.on(2026, 4, 9)
    duty = sample.office.desk.duties("P3")[0]
    assert (duty.key, duty.state(sample.office.desk.day).title) == ("duty@spending/5@2026-03", "逾期")
    assert clauses(sample.office.perform(Act(Verb.DISCHARGE, "P6", target=duty.key, opinion="已送"))) == {
        "general/turn"
    }
    assert clauses(sample.office.perform(Act(Verb.DISCHARGE, "P3", target=duty.key))) == {"general/evidence"}
    assert sample.office.perform(Act(Verb.DISCHARGE, "P3", target=duty.key, opinion="4月9日已送局长")).done
    assert duty.key not in {each.key for each in sample.office.desk.duties()}


def test_a_matter_that_reaches_a_point_opens_a_duty(sample: Any) -> None:
    number = sample.filed()
    for verb, person, values in (
        (Verb.APPROVE, "P5", {}),
        (Verb.APPROVE, "P2", {}),
        (Verb.PERFORM, "P4", {"支票号": "1"}),
    ):
        sample.act(verb, person, number, values=values)
    duty = sample.office.desk.duties("P6")[0]
    assert (duty.title, duty.due.isoformat()) == ("交回单据", "2026-03-17")


def test_a_ledger_line_is_only_ever_reversed(sample: Any) -> None:
    number = sample.filed()
    for verb, person, values in (
        (Verb.APPROVE, "P5", {}),
        (Verb.APPROVE, "P2", {}),
        (Verb.PERFORM, "P4", {"支票号": "1"}),
    ):
        sample.act(verb, person, number, values=values)
    ledger = "sample.payments"
    assert sample.office.desk.total(ledger, "amount") == 500
    corrected = sample.submit("P4", "core.correction", ledger="付款台账", entry="1", reason="重复入账")
    assert corrected.done, corrected.verdict.findings
    assert sample.office.desk.total(ledger, "amount") == 0
    assert [entry.corrects for entry in sample.office.desk.entries(ledger)] == [1, 0]
    again = sample.submit("P4", "core.correction", ledger="付款台账", entry="1", reason="再冲一次")
    assert clauses(again) == {"general/correction"}


def test_a_matter_is_judged_by_the_rulebook_it_was_filed_under(sample: Any, sample_module: Any, tmp_path: Any) -> None:
    number = sample.filed("1500")
    sample.office.close()
    amended = sample_module.RULEBOOK.replace("1000.00", "2000.00")
    later = sample_module.Sample(tmp_path, rulebook=amended)
    assert later.act(Verb.APPROVE, "P5", number).matter.step.title == "会议研究"
    fresh = later.filed("1500")
    assert later.act(Verb.APPROVE, "P5", fresh).matter.step.title == "领导审批"


def test_when_a_stand_ins_days_begin_the_matters_come_to_his_inbox(sample: Any) -> None:
    number = sample.filed()
    sample.submit(
        "P3", "core.delegation", person="P5", stand_in="P7", since="2026-03-04", until="2026-03-05", basis="学习"
    )
    assert {row["person"] for row in sample.office.store.table("inbox")} == {"P5"}
    sample.on(2026, 3, 4)
    sample.office.tick()
    assert {row["person"] for row in sample.office.store.table("inbox")} == {"P5", "P7"}
    sample.on(2026, 3, 6)
    sample.office.tick()
    assert {row["person"] for row in sample.office.store.table("inbox")} == {"P5"}
    assert sample.act(Verb.APPROVE, "P5", number).done


def test_a_matter_filed_for_a_duty_is_the_evidence_it_asks_for(sample: Any) -> None:
    sample.on(2026, 4, 9)
    duty = sample.office.desk.duties("P3")[0]
    act = Act(Verb.SUBMIT, "P6", "sample.spending", values={"事由": "纸", "金额": "5"}, duty=duty.key)
    assert clauses(sample.office.perform(act)) == {"general/evidence"}
    unknown = Act(Verb.SUBMIT, "P6", "sample.spending", values={"事由": "纸", "金额": "5"}, duty="没有这一件")
    assert clauses(sample.office.perform(unknown)) == {"general/evidence"}
    assert duty.key in {each.key for each in sample.office.desk.duties()}

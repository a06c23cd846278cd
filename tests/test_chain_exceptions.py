"""Beside the course and out of the ordinary: urging, copies, phrases, overrides, acts done first, recusals, batches."""

from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Verb
from core.chains.planning import plan
from core.chains.selectors import Scope, select
from core.errors import RulebookInvalid
from core.matter import State
from office_acts import clauses, inbox

RULES = Path(__file__).with_name("chain_rules.toml").read_text(encoding="utf-8")


@pytest.fixture
def agency(tmp_path: Path, sample_module: Any) -> Any:
    return sample_module.Sample(tmp_path, rulebook=RULES)


def project(agency: Any) -> str:
    return agency.submit(kind="sample.project", name="改造").matter.number


def first(agency: Any, number: str, by: str = "P4", why: str = "抢修水管") -> Any:
    return agency.act(Verb.URGENT, by, number, why, values={"支票号": "A-1"})


# 催办、抄送、常用意见


def test_urging_shows_in_the_inbox_and_happens_once_a_working_day(agency: Any) -> None:
    number = agency.filed()
    assert agency.act(Verb.URGE, "P6", number).matter.course[-1].basis == "催请周五办理"
    assert [row["urged"] for row in agency.office.store.table("inbox") if row["matter"] == number] == ["2026-03-02"]
    assert clauses(agency.act(Verb.URGE, "P6", number)) == {"general/urge"}
    agency.on(2026, 3, 3)
    assert agency.act(Verb.URGE, "P6", number).done
    agency.act(Verb.APPROVE, "P5", number)
    assert not any("urged" in row for row in agency.office.store.table("inbox") if row["matter"] == number)


def test_over_a_weekend_nobody_is_urged_twice(agency: Any) -> None:
    agency.on(2026, 3, 6)
    number = agency.filed()
    agency.act(Verb.URGE, "P6", number)
    agency.on(2026, 3, 8)
    assert clauses(agency.act(Verb.URGE, "P6", number)) == {"general/urge"}
    agency.on(2026, 3, 9)
    assert agency.act(Verb.URGE, "P6", number).done


def test_only_those_with_a_part_in_a_matter_urge_it(agency: Any) -> None:
    number = agency.filed()
    assert clauses(agency.act(Verb.URGE, "P3", number)) == {"general/urge"}
    assert clauses(agency.act(Verb.URGE, "P5", number)) == {"general/urge"}


@pytest.mark.parametrize("leading", ["P1", "P2"])
def test_who_leads_the_applicant_or_those_it_waits_for_urges_a_matter(agency: Any, leading: str) -> None:
    assert agency.act(Verb.URGE, leading, agency.filed()).done


def test_the_head_of_the_section_a_matter_waits_in_urges_it(agency: Any) -> None:
    number = agency.filed()
    for person in ("P5", "P2", "P1"):
        agency.act(Verb.APPROVE, person, number)
    assert agency.act(Verb.URGE, "P3", number).matter.course[-1].basis == "催请李四办理"


def test_a_copy_is_read_and_gives_no_right_to_act(agency: Any) -> None:
    number = agency.filed()
    assert agency.act(Verb.COPY, "P6", number, persons=("P3", "P7")).done
    assert [copy.matter for copy in agency.office.desk.copies("P3")] == [number]
    assert inbox(agency, number) == {"P5"}
    assert not agency.act(Verb.APPROVE, "P3", number).done
    assert clauses(agency.act(Verb.COPY, "P6", number, persons=("P3",))) == {"general/copy"}
    assert clauses(agency.act(Verb.COPY, "P2", number, persons=("P4",))) == {"general/copy"}


def test_stock_phrases_are_ones_own(agency: Any) -> None:
    office = agency.office
    assert office.perform(Act(Verb.PHRASE, "P5", opinion="拟同意")).done
    assert clauses(office.perform(Act(Verb.PHRASE, "P5", opinion="拟同意"))) == {"general/phrase"}
    assert clauses(office.perform(Act(Verb.PHRASE, "P5", opinion=""))) == {"general/phrase"}
    assert office.desk.phrases("P5") == ("拟同意",) and office.desk.phrases("P2") == ()
    assert clauses(office.perform(Act(Verb.PHRASE, "P2", target="拟同意"))) == {"general/unknown"}
    assert office.perform(Act(Verb.PHRASE, "P5", target="拟同意")).done
    assert office.desk.phrases("P5") == ()


# 特批、先办后补


def test_an_override_goes_by_its_clause_and_stays_marked(agency: Any) -> None:
    number = agency.filed()
    assert clauses(agency.act(Verb.OVERRIDE, "P1", number, "紧急")) == {"general/override"}
    agency.act(Verb.APPROVE, "P5", number)
    assert clauses(agency.act(Verb.OVERRIDE, "P7", number, "紧急")) == {"spending/3"}
    assert clauses(agency.act(Verb.OVERRIDE, "P1", number)) == {"general/opinion"}
    done = agency.act(Verb.OVERRIDE, "P1", number, "分管领导失联，事项紧急")
    assert done.matter.step.title == "局长签批" and "spending/3" in done.verdict.judged
    mark = done.matter.course[-1]
    assert mark.verb is Verb.OVERRIDE and "特批" in mark.basis
    shown = [each for each in plan(agency.office.desk, done.matter) if each.step.title == "领导审批"]
    assert shown[0].names == ("赵一特批",)


def test_what_no_clause_lets_be_done_first_waits_for_its_signatures(sample: Any) -> None:
    number = sample.filed()
    refused = sample.act(Verb.URGENT, "P4", number, "急", values={"支票号": "1"})
    assert clauses(refused) == {"general/urgent"}


def test_performed_first_the_matter_still_wants_its_signatures_within_days(agency: Any) -> None:
    number = agency.filed()
    assert clauses(first(agency, number, by="P3")) == {"spending/2"}
    assert clauses(first(agency, number, why="")) == {"general/opinion"}
    done = first(agency, number)
    assert done.done and done.matter.step.title == "科长审核"
    assert len(agency.office.desk.entries("sample.payments")) == 1
    duty = agency.office.desk.duties("P6")[0]
    assert (duty.matter, duty.due.isoformat()) == (number, "2026-03-05")
    assert clauses(first(agency, number)) == {"general/urgent"}
    assert clauses(agency.act(Verb.WITHDRAW, "P6", number)) == {"general/closed"}
    for person in ("P5", "P2", "P1"):
        assert [each.matter for each in agency.office.desk.duties("P6")] == [number]
        assert agency.act(Verb.APPROVE, person, number).done
    assert agency.office.desk.matter(number).state is State.SETTLED
    assert len(agency.office.desk.entries("sample.payments")) == 1
    assert agency.office.desk.duties("P6") == []


def test_overdue_paperwork_blocks_the_next_like_act_of_the_applicant_and_his_unit(agency: Any) -> None:
    owed, other = agency.filed(), agency.filed()
    first(agency, owed)
    agency.on(2026, 3, 5)
    assert agency.submit(purpose="纸", amount="5").done
    agency.on(2026, 3, 6)
    for person in ("P6", "P5"):
        assert clauses(agency.submit(person, purpose="纸", amount="5")) == {"spending/2"}
    assert agency.submit("P3", purpose="纸", amount="5").done
    assert clauses(first(agency, other)) == {"spending/2"}
    for person in ("P5", "P2", "P1"):
        agency.act(Verb.APPROVE, person, owed)
    assert agency.submit(purpose="纸", amount="5").done


def test_what_was_performed_first_is_not_changed_afterwards(agency: Any) -> None:
    number = agency.filed()
    first(agency, number)
    agency.act(Verb.RETURN, "P5", number, "写清用途")
    assert clauses(agency.act(Verb.RESUBMIT, "P6", number, values={"金额": "900"})) == {"general/performed"}
    again = agency.act(Verb.RESUBMIT, "P6", number, values={"事由": "抢修水管"})
    assert again.matter.step.title == "科长审核"


def test_what_was_performed_first_and_is_then_refused_is_put_right_under_the_eyes_of_who_refused(agency: Any) -> None:
    number = agency.filed()
    first(agency, number)
    refused = agency.act(Verb.REJECT, "P5", number, "不属于紧急情况")
    assert refused.done and refused.matter.state is State.REJECTED
    office = agency.office
    assert office.desk.duties("P6") == []
    paperwork = next(each for each in office.desk.duties_done() if each.key == f"urgent@{number}")
    assert "不属于紧急情况" in paperwork.note
    duty = office.desk.duties("P5")[0]
    assert (duty.matter, duty.due.isoformat(), duty.clause) == (number, "2026-03-05", "spending/2")
    agency.on(2026, 3, 6)
    assert clauses(agency.submit(purpose="纸", amount="5")) == {"spending/2"}
    assert clauses(agency.act(Verb.DISCHARGE, "P6", "", "款项已收回", target=duty.key)) == {"general/turn"}
    assert agency.act(Verb.DISCHARGE, "P5", "", "款项已收回，收据存出纳处", target=duty.key).done
    assert agency.submit(purpose="纸", amount="5").done


@pytest.fixture
def inspected(tmp_path: Path, sample_module: Any) -> Any:
    """An agency where a payment is inspected after it was made."""
    inspection = '{ by = "principal", title = "局长签批"'
    payment = '  { by = "cashier", title = "付款", perform = true, form = "payment" },\n'
    rules = RULES.replace(payment, "").replace(f"  {inspection}", f"{payment}  {inspection}")
    return sample_module.Sample(tmp_path, rulebook=rules)


def paid(agency: Any) -> str:
    number: str = agency.filed()
    for person in ("P5", "P2"):
        agency.act(Verb.APPROVE, person, number)
    assert agency.act(Verb.PERFORM, "P4", number, values={"支票号": "A-1"}).done
    return number


@pytest.mark.parametrize("to", [0, 1, 2])
def test_what_is_performed_is_not_returned_past(inspected: Any, to: int) -> None:
    number = paid(inspected)
    assert clauses(inspected.act(Verb.RETURN, "P1", number, "重付", to=to)) == {"general/performed"}
    assert len(inspected.office.desk.entries("sample.payments")) == 1


def test_what_is_performed_in_its_turn_is_not_refused_afterwards(inspected: Any) -> None:
    number = paid(inspected)
    assert clauses(inspected.act(Verb.REJECT, "P1", number, "不同意")) == {"general/performed"}
    assert inspected.act(Verb.RETURN, "P1", number, "写清用途").done
    again = inspected.act(Verb.RESUBMIT, "P6", number, values={"事由": "购复印纸"})
    assert again.matter.step.title == "局长签批"


def test_what_was_performed_first_is_not_performed_again_by_a_return(inspected: Any) -> None:
    number = inspected.filed()
    first(inspected, number)
    inspected.act(Verb.APPROVE, "P5", number)
    assert inspected.act(Verb.RETURN, "P2", number, "请科长复核", to=0).done
    for person in ("P5", "P2"):
        inspected.act(Verb.APPROVE, person, number)
    assert clauses(inspected.act(Verb.RETURN, "P1", number, "重付", to=2)) == {"general/performed"}


def test_what_a_step_lets_be_done_again_is_sent_back_and_done_again(tmp_path: Path, sample_module: Any) -> None:
    rules = """
[regulation]
id = "works"
title = "整修办法"
family = "sample"
[[clause]]
no = "1"
kind = "approval"
text = "整修后由局长验收，不合格的返工"
[[clause.chain]]
matter = "sample.project"
steps = [
  { by = "cashier", title = "整修", perform = true, again = true },
  { by = "principal", title = "验收" },
]
"""
    agency = sample_module.Sample(tmp_path, rulebook=rules)
    number = project(agency)
    assert agency.act(Verb.PERFORM, "P4", number).done
    assert clauses(agency.act(Verb.REJECT, "P1", number, "不合格")) == {"general/performed"}
    assert agency.act(Verb.RETURN, "P1", number, "不合格", to=0).matter.step.title == "整修"
    assert agency.act(Verb.PERFORM, "P4", number).done
    assert agency.act(Verb.APPROVE, "P1", number).matter.state is State.SETTLED


# 回避


def test_one_who_keeps_out_of_a_matter_neither_signs_nor_decides_it(agency: Any) -> None:
    number, other = agency.filed(), agency.filed()
    recused = agency.submit("P5", "core.recusal", person="P5", matter=number, reason="申请人是其亲属")
    assert recused.done, recused.verdict.findings
    assert inbox(agency, number) == set() and inbox(agency, other) == {"P5"}
    assert clauses(agency.act(Verb.APPROVE, "P5", number)) == {"general/recusal"}
    assert agency.act(Verb.APPROVE, "P5", other).done


def test_where_a_policy_fills_the_vacancy_the_place_of_one_recused_is_filled(agency: Any) -> None:
    number = agency.filed()
    for person in ("P5", "P2"):
        agency.act(Verb.APPROVE, person, number)
    agency.submit("P1", "core.recusal", person="P1", related="P6", reason="亲属关系")
    assert inbox(agency, number) == {"P7"}
    signed = agency.act(Verb.APPROVE, "P7", number)
    assert signed.done and "回避" in signed.matter.course[-1].basis


def test_one_recuses_himself_and_only_the_named_recuse_others(agency: Any) -> None:
    number = agency.filed()
    others = agency.submit("P6", "core.recusal", person="P5", matter=number, reason="不喜欢")
    assert clauses(others) == {"general/permission"}
    assert clauses(agency.submit("P5", "core.recusal", person="P5", reason="亲属")) == {"general/recusal"}


# 票签、会签


def test_a_share_is_of_all_who_hold_a_place(agency: Any) -> None:
    """Two deputies and two heads: of four, two thirds are three."""
    number = project(agency)
    for person, after in (("P2", "票签"), ("P3", "票签"), ("P5", "会签")):
        assert agency.act(Verb.APPROVE, person, number).matter.step.title == after


def test_those_away_count_in_the_share(agency: Any) -> None:
    number = project(agency)
    for person in ("P3", "P5"):
        agency.submit("P3", "core.absence", person=person, since="2026-03-02", until="2026-03-04", reason="学习")
    for person in ("P2", "P7"):
        assert agency.act(Verb.APPROVE, person, number).matter.step.title == "票签"


def test_where_all_sign_one_who_is_away_is_waited_for(agency: Any) -> None:
    number = project(agency)
    for person in ("P2", "P3", "P5"):
        agency.act(Verb.APPROVE, person, number)
    agency.submit("P3", "core.absence", person="P7", since="2026-03-02", until="2026-03-04", reason="学习")
    assert agency.act(Verb.APPROVE, "P2", number).matter.step.title == "会签"
    agency.on(2026, 3, 5)
    assert agency.act(Verb.APPROVE, "P7", number).matter.step.title == "局长批准"


# 成批办理


def test_a_batch_answers_for_each_matter_by_itself(agency: Any) -> None:
    numbers = [agency.filed(), agency.filed(), agency.submit(purpose="车", amount="30000", because="急").matter.number]
    acts = [
        Act(Verb.APPROVE, "P5", matter=numbers[0], opinion="同意"),
        Act(Verb.RETURN, "P5", matter=numbers[1], opinion="写清用途"),
        Act(Verb.APPROVE, "P5", matter=numbers[2], opinion="同意"),
        Act(Verb.APPROVE, "P2", matter=numbers[0], opinion="同意"),
    ]
    results = agency.office.perform_all(acts)
    assert [result.done for result in results] == [True, True, False, True]
    assert clauses(results[2]) == {"general/singly"}
    assert len({result.receipt.sequence for result in results if result.done}) == 3


def test_what_must_be_read_singly_is_left_out_of_a_batch(agency: Any) -> None:
    number = agency.filed()
    for person in ("P5", "P2"):
        agency.act(Verb.APPROVE, person, number)
    act = Act(Verb.APPROVE, "P1", matter=number)
    assert clauses(agency.office.perform_all([act])[0]) == {"general/singly"}
    assert agency.office.perform(act).done
    assert clauses(agency.office.perform_all([Act(Verb.PERFORM, "P4", matter=number, values={"支票号": "1"})])[0]) == {
        "general/singly"
    }


def test_every_act_on_a_course_is_in_a_sound_journal(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.ADD_SIGNER, "P5", number, "请先看", persons=("P3",))
    agency.act(Verb.TRANSFER, "P3", number, persons=("P4",))
    agency.act(Verb.CONSULT, "P3", number, persons=("P7",))
    agency.act(Verb.URGE, "P6", number)
    assert agency.office.journal.verify(documents=True).sound


# 写在制度里


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('ratio = "2/3"', 'ratio = "3/2"', "不能大于全数"),
        ('ratio = "2/3", ', "", "写明签字人数的比例"),
        ('mode = "ratio"', 'mode = "all"', "还要写 mode"),
        ('clause = "3" }', 'clause = "33" }', "没有“33”这个条款"),
        ('by = "principal", clause', 'by = "princpal", clause', "是否指“principal”"),
        ('override = { by = "principal", clause = "3" }', 'override = { clause = "3" }', "特批缺少“by”"),
        ("days = 3, ", "", "先办后补缺少“days”"),
        ("workdays = true }", "workday = true }", "是否指“workdays”"),
        ("singly = true", "single = true", "是否指“singly”"),
        ("perform = true", "file = true", "没有办理环节"),
    ],
)
def test_what_a_chain_allows_is_checked_when_it_is_read(
    tmp_path: Path, sample_module: Any, right: str, wrong: str, words: str
) -> None:
    with pytest.raises(RulebookInvalid) as refused:
        sample_module.Sample(tmp_path, rulebook=RULES.replace(right, wrong, 1))
    assert words in str(refused.value)


def test_several_signers_are_chosen_in_the_rows_of_the_form(agency: Any) -> None:
    organisation, day = agency.office.desk.organisation, agency.office.desk.day
    values = {"signers": ({"person": "P3"}, {"person": "P9"}, {"person": "P2"}, {"person": "P3"})}
    scope = Scope(organisation, day, "P6", "trade", values)
    assert select("chosen:signers.person", scope) == ("P3", "P2")

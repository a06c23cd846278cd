"""What people do to a course: hand on, ask, add and remove signers, take back, urge, copy, override, act first."""

from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Position, Verb
from core.errors import RulebookInvalid
from core.finding import Level
from core.matter import State
from core.planning import plan
from core.selectors import Scope, select

RULES = """
[regulation]
id = "spending"
title = "开支办法"
family = "sample"

[[clause]]
no = "1"
kind = "approval"
text = "开支由科长审核、领导审批，局长签批后由出纳付款；局长外出紧急时分管财务领导可特批"
[[clause.chain]]
matter = "sample.spending"
urgent = { clause = "2", days = 3, workdays = true }
steps = [
  { by = "unit-head", title = "科长审核" },
  { by = "supervising-leader", title = "领导审批", if_repeated = "other",
    override = { by = "principal", clause = "3" } },
  { by = "principal", title = "局长签批", singly = true, if_vacant = "instead", instead = ["person:P7"] },
  { by = "cashier", title = "付款", perform = true, form = "payment" },
]

[[clause]]
no = "2"
kind = "deadline"
text = "紧急开支可以先付款，三个工作日内补齐手续"

[[clause]]
no = "3"
kind = "approval"
text = "分管领导不能及时审批的，由局长特批"

[[clause]]
no = "4"
kind = "approval"
text = "项目由副局长和科长三分之二以上同意，再由局长批准"
[[clause.chain]]
matter = "sample.project"
steps = [
  { by = ["deputy", "head"], mode = "ratio", ratio = "2/3", title = "票签" },
  { by = ["deputy"], mode = "all", title = "会签" },
  { by = "principal", title = "局长批准" },
]

[[clause]]
no = "5"
kind = "limit"
text = "一般不超过两万元"
[[clause.rule]]
use = "sample.cap"
level = "warn"
field = "amount"
cap = "20000.00"
"""


@pytest.fixture
def agency(tmp_path: Path, sample_module: Any) -> Any:
    return sample_module.Sample(tmp_path, rulebook=RULES)


def refusals(result: Any) -> set[str]:
    return {finding.clause.key for finding in result.verdict.findings if finding.level is Level.REFUSE}


def inbox(agency: Any, number: str) -> set[str]:
    return {row["person"] for row in agency.office.store.table("inbox") if row["matter"] == number}


def step(agency: Any, number: str) -> str:
    found = agency.office.desk.matter(number)
    return found.step.title if found.step else found.state.title


def project(agency: Any) -> str:
    return agency.submit(kind="sample.project", name="改造").matter.number


def pay(agency: Any, number: str, **rest: Any) -> Any:
    return agency.act(Verb.PERFORM, "P4", number, values={"支票号": "A-1"}, **rest)


def first(agency: Any, number: str, by: str = "P4", why: str = "抢修水管") -> Any:
    return agency.act(Verb.URGENT, by, number, why, values={"支票号": "A-1"})


# 转办


def test_a_place_handed_on_is_the_takers_and_the_course_says_from_whom(agency: Any) -> None:
    number = agency.filed()
    handed = agency.act(Verb.TRANSFER, "P5", number, persons=("李四",))
    assert handed.matter.course[-1].basis == "周五转李四"
    assert inbox(agency, number) == {"P4"}
    assert not agency.act(Verb.APPROVE, "P5", number).done
    signed = agency.act(Verb.APPROVE, "P4", number)
    assert signed.matter.course[-1].basis == "周五转李四" and signed.matter.step.title == "领导审批"


@pytest.mark.parametrize(
    ("persons", "clause"),
    [
        (("P6",), "general/transfer"),
        (("P5",), "general/transfer"),
        (("P9",), "general/unknown"),
        (("P3", "P4"), "general/transfer"),
        ((), "general/transfer"),
    ],
)
def test_a_place_is_handed_to_one_other_serving_person_never_the_applicant(
    agency: Any, persons: tuple[str, ...], clause: str
) -> None:
    number = agency.filed()
    assert clause in refusals(agency.act(Verb.TRANSFER, "P5", number, persons=persons))
    assert inbox(agency, number) == {"P5"}


def test_only_the_one_whose_turn_it_is_hands_on(agency: Any) -> None:
    number = agency.filed()
    assert refusals(agency.act(Verb.TRANSFER, "P2", number, persons=("P3",))) == {"spending/1"}


def test_a_place_is_not_handed_to_one_who_signed_where_another_must_sign(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.APPROVE, "P5", number)
    assert refusals(agency.act(Verb.TRANSFER, "P2", number, persons=("P5",))) == {"spending/1"}
    assert agency.act(Verb.TRANSFER, "P2", number, persons=("P7",)).done


def test_a_stand_in_does_not_hand_on(agency: Any) -> None:
    number = agency.filed()
    agency.submit(
        "P3", "core.delegation", person="P5", stand_in="P7", since="2026-03-02", until="2026-03-06", basis="出差"
    )
    assert refusals(agency.act(Verb.TRANSFER, "P7", number, persons=("P3",))) == {"general/transfer"}


def test_a_place_falls_back_to_the_giver_when_the_taker_keeps_out_of_the_matter(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.TRANSFER, "P5", number, persons=("P4",))
    agency.submit("P4", "core.recusal", person="P4", matter=number, reason="亲属关系")
    assert inbox(agency, number) == {"P5"}


# 委派


def test_an_opinion_asked_for_comes_back_to_the_one_who_asked(agency: Any) -> None:
    number = agency.filed()
    assert agency.act(Verb.CONSULT, "P5", number, persons=("P3",)).done
    assert inbox(agency, number) == {"P3"}
    waiting = agency.act(Verb.APPROVE, "P5", number)
    assert not waiting.done and "还没有答复" in waiting.verdict.findings[0].facts
    assert not agency.act(Verb.APPROVE, "P3", number).done
    assert refusals(agency.act(Verb.ANSWER, "P3", number)) == {"general/opinion"}
    assert agency.act(Verb.ANSWER, "P3", number, "价格合理").done
    assert inbox(agency, number) == {"P5"}
    assert step(agency, number) == "科长审核"
    assert agency.act(Verb.APPROVE, "P5", number).done


def test_nobody_answers_who_was_not_asked(agency: Any) -> None:
    number = agency.filed()
    assert refusals(agency.act(Verb.ANSWER, "P3", number, "合理")) == {"general/consult"}


# 加签、减签


def test_a_signer_added_before_signs_first_and_the_matter_comes_back(agency: Any) -> None:
    number = agency.filed()
    added = agency.act(Verb.ADD_SIGNER, "P5", number, "请办公室先看", persons=("P3",))
    assert [each.step.title for each in added.matter.steps and plan(agency.office.desk, added.matter)][:2] == [
        "加签（孙三）",
        "科长审核",
    ]
    assert inbox(agency, number) == {"P3"}
    reopened = agency.open()
    assert reopened.desk.matter(number).step.title == "加签（孙三）"
    assert agency.act(Verb.APPROVE, "P3", number).matter.step.title == "科长审核"
    assert agency.act(Verb.APPROVE, "P5", number).matter.step.title == "领导审批"


def test_a_signer_added_after_signs_next_and_keeps_his_place_when_the_matter_is_returned(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.APPROVE, "P5", number)
    agency.act(Verb.ADD_SIGNER, "P2", number, "财务也看", persons=("P3",), position=Position.AFTER)
    assert agency.act(Verb.APPROVE, "P2", number).matter.step.title == "加签（孙三）"
    assert agency.act(Verb.RETURN, "P3", number, "请科长复核", to=0).matter.step.title == "科长审核"
    assert agency.act(Verb.APPROVE, "P5", number).matter.step.title == "加签（孙三）"
    assert agency.act(Verb.APPROVE, "P3", number).matter.step.title == "局长签批"


def test_a_signer_added_while_a_matter_is_back_at_an_earlier_step_is_not_passed_over(agency: Any) -> None:
    number = agency.filed()
    for person in ("P5", "P2"):
        agency.act(Verb.APPROVE, person, number)
    agency.act(Verb.RETURN, "P1", number, "请科长复核", to=0)
    agency.act(Verb.ADD_SIGNER, "P5", number, "请办公室核", persons=("P3",), position=Position.AFTER)
    assert agency.act(Verb.APPROVE, "P5", number).matter.step.title == "加签（孙三）"
    assert agency.act(Verb.APPROVE, "P3", number).matter.step.title == "局长签批"


def test_a_signer_added_beside_signs_in_either_order(agency: Any) -> None:
    for order in (("P5", "P3"), ("P3", "P5")):
        number = agency.filed()
        agency.act(Verb.ADD_SIGNER, "P5", number, "共同负责", persons=("P3",), position=Position.BESIDE)
        assert inbox(agency, number) == {"P5", "P3"}
        assert agency.act(Verb.APPROVE, order[0], number).matter.step.title == "科长审核"
        assert inbox(agency, number) == {order[1]}
        assert agency.act(Verb.APPROVE, order[1], number).matter.step.title == "领导审批"


def test_an_addition_needs_a_reason_and_never_names_the_applicant(agency: Any) -> None:
    number = agency.filed()
    assert refusals(agency.act(Verb.ADD_SIGNER, "P5", number, persons=("P3",))) == {"general/addition"}
    assert refusals(agency.act(Verb.ADD_SIGNER, "P5", number, "看", persons=("P6",))) == {"general/addition"}
    assert agency.office.desk.matter(number).added == ()


def test_who_added_a_signer_removes_him_and_nobody_else_does(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.ADD_SIGNER, "P5", number, "请先看", persons=("P3",))
    assert refusals(agency.act(Verb.REMOVE_SIGNER, "P3", number, persons=("P3",))) == {"general/addition"}
    assert agency.act(Verb.REMOVE_SIGNER, "P5", number, persons=("P3",)).matter.step.title == "科长审核"
    assert inbox(agency, number) == {"P5"}


def test_removing_the_last_signer_waited_for_lets_the_matter_on(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.ADD_SIGNER, "P5", number, "共同负责", persons=("P3",), position=Position.BESIDE)
    agency.act(Verb.APPROVE, "P5", number)
    assert agency.act(Verb.REMOVE_SIGNER, "P5", number, persons=("P3",)).matter.step.title == "领导审批"


def test_a_signer_whom_the_rulebook_demands_or_who_has_signed_is_not_removed(agency: Any) -> None:
    number = agency.filed()
    demanded = agency.act(Verb.REMOVE_SIGNER, "P5", number, persons=("P2",))
    assert refusals(demanded) == {"spending/1"}
    agency.act(Verb.ADD_SIGNER, "P5", number, "请先看", persons=("P3",))
    agency.act(Verb.APPROVE, "P3", number)
    assert refusals(agency.act(Verb.REMOVE_SIGNER, "P5", number, persons=("P3",))) == {"general/addition"}


def test_a_changed_sum_keeps_the_added_signer_and_asks_everyone_anew(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.ADD_SIGNER, "P5", number, "请先看", persons=("P3",))
    agency.act(Verb.APPROVE, "P3", number)
    agency.act(Verb.RETURN, "P5", number, "金额不对")
    again = agency.act(Verb.RESUBMIT, "P6", number, values={"金额": "600"})
    assert again.matter.step.title == "加签（孙三）" and inbox(agency, number) == {"P3"}


# 收回


def test_the_last_signer_takes_back_while_nobody_has_acted_after_him(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.APPROVE, "P5", number, "同意")
    back = agency.act(Verb.TAKE_BACK, "P5", number)
    assert back.matter.step.title == "科长审核" and back.matter.course[1].void
    assert inbox(agency, number) == {"P5"}
    agency.act(Verb.APPROVE, "P5", number)
    agency.act(Verb.APPROVE, "P2", number)
    assert refusals(agency.act(Verb.TAKE_BACK, "P5", number)) == {"general/take-back"}
    assert step(agency, number) == "局长签批"


def test_what_was_handed_on_or_asked_is_taken_back(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.TRANSFER, "P5", number, persons=("P3",))
    agency.act(Verb.TAKE_BACK, "P5", number)
    assert inbox(agency, number) == {"P5"}
    agency.act(Verb.CONSULT, "P5", number, persons=("P3",))
    agency.act(Verb.TAKE_BACK, "P5", number)
    assert inbox(agency, number) == {"P5"}


def test_what_has_been_performed_or_settled_is_not_taken_back(agency: Any) -> None:
    number = agency.filed()
    for person in ("P5", "P2", "P1"):
        agency.act(Verb.APPROVE, person, number)
    assert pay(agency, number).done
    assert refusals(agency.act(Verb.TAKE_BACK, "P4", number)) == {"general/closed"}


def test_a_signature_from_which_a_notice_followed_is_not_taken_back(sample: Any) -> None:
    number = project(sample)
    sample.act(Verb.APPROVE, "P2", number)
    sample.act(Verb.APPROVE, "P7", number)
    refused = sample.act(Verb.TAKE_BACK, "P7", number)
    assert refusals(refused) == {"general/take-back"} and "公示" in refused.verdict.findings[0].facts


def test_a_word_beside_a_notice_does_not_begin_it_anew(sample: Any) -> None:
    number = project(sample)
    for person in ("P2", "P7"):
        sample.act(Verb.APPROVE, person, number)
    before = sample.office.desk.notices()[0]
    sample.office.perform(Act(Verb.OBJECT, "P5", target=before.key, opinion="与事实不符"))
    sample.on(2026, 3, 4)
    assert sample.act(Verb.COMMENT, "P6", number, "请看").done
    assert sample.office.desk.notices()[0].until == before.until
    assert len(sample.office.desk.notices()[0].objections) == 1


def test_nobody_ends_a_notice_before_its_time(sample: Any) -> None:
    number = project(sample)
    for person in ("P2", "P7"):
        sample.act(Verb.APPROVE, person, number)
    assert refusals(sample.act(Verb.EXPIRE, "P2", number)) == {"general/turn"}
    assert step(sample, number) == "公示"


# 催办、抄送、常用意见


def test_urging_shows_in_the_inbox_and_happens_once_a_working_day(agency: Any) -> None:
    number = agency.filed()
    assert agency.act(Verb.URGE, "P6", number).matter.course[-1].basis == "催请周五办理"
    assert [row["urged"] for row in agency.office.store.table("inbox") if row["matter"] == number] == ["2026-03-02"]
    assert refusals(agency.act(Verb.URGE, "P6", number)) == {"general/urge"}
    agency.on(2026, 3, 3)
    assert agency.act(Verb.URGE, "P6", number).done
    agency.act(Verb.APPROVE, "P5", number)
    assert not any("urged" in row for row in agency.office.store.table("inbox") if row["matter"] == number)


def test_over_a_weekend_nobody_is_urged_twice(agency: Any) -> None:
    agency.on(2026, 3, 6)
    number = agency.filed()
    agency.act(Verb.URGE, "P6", number)
    agency.on(2026, 3, 8)
    assert refusals(agency.act(Verb.URGE, "P6", number)) == {"general/urge"}
    agency.on(2026, 3, 9)
    assert agency.act(Verb.URGE, "P6", number).done


def test_only_those_with_a_part_in_a_matter_urge_it(agency: Any) -> None:
    number = agency.filed()
    assert refusals(agency.act(Verb.URGE, "P3", number)) == {"general/urge"}
    assert refusals(agency.act(Verb.URGE, "P5", number)) == {"general/urge"}


def test_a_copy_is_read_and_gives_no_right_to_act(agency: Any) -> None:
    number = agency.filed()
    assert agency.act(Verb.COPY, "P6", number, persons=("P3", "P7")).done
    assert [copy.matter for copy in agency.office.desk.copies("P3")] == [number]
    assert inbox(agency, number) == {"P5"}
    assert not agency.act(Verb.APPROVE, "P3", number).done
    assert refusals(agency.act(Verb.COPY, "P6", number, persons=("P3",))) == {"general/copy"}
    assert refusals(agency.act(Verb.COPY, "P2", number, persons=("P4",))) == {"general/copy"}


def test_stock_phrases_are_ones_own(agency: Any) -> None:
    office = agency.office
    assert office.perform(Act(Verb.PHRASE, "P5", opinion="拟同意")).done
    assert refusals(office.perform(Act(Verb.PHRASE, "P5", opinion="拟同意"))) == {"general/phrase"}
    assert refusals(office.perform(Act(Verb.PHRASE, "P5", opinion=""))) == {"general/phrase"}
    assert office.desk.phrases("P5") == ("拟同意",) and office.desk.phrases("P2") == ()
    assert refusals(office.perform(Act(Verb.PHRASE, "P2", target="拟同意"))) == {"general/unknown"}
    assert office.perform(Act(Verb.PHRASE, "P5", target="拟同意")).done
    assert office.desk.phrases("P5") == ()


# 特批、先办后补


def test_an_override_goes_by_its_clause_and_stays_marked(agency: Any) -> None:
    number = agency.filed()
    assert refusals(agency.act(Verb.OVERRIDE, "P1", number, "紧急")) == {"general/override"}
    agency.act(Verb.APPROVE, "P5", number)
    assert refusals(agency.act(Verb.OVERRIDE, "P7", number, "紧急")) == {"spending/3"}
    assert refusals(agency.act(Verb.OVERRIDE, "P1", number)) == {"general/opinion"}
    done = agency.act(Verb.OVERRIDE, "P1", number, "分管领导失联，事项紧急")
    assert done.matter.step.title == "局长签批" and "spending/3" in done.verdict.judged
    mark = done.matter.course[-1]
    assert mark.verb is Verb.OVERRIDE and "特批" in mark.basis
    shown = [each for each in plan(agency.office.desk, done.matter) if each.step.title == "领导审批"]
    assert shown[0].names == ("赵一特批",)


def test_what_no_clause_lets_be_done_first_waits_for_its_signatures(sample: Any) -> None:
    number = sample.filed()
    refused = sample.act(Verb.URGENT, "P4", number, "急", values={"支票号": "1"})
    assert refusals(refused) == {"general/urgent"}


def test_performed_first_the_matter_still_wants_its_signatures_within_days(agency: Any) -> None:
    number = agency.filed()
    assert refusals(first(agency, number, by="P3")) == {"spending/2"}
    assert refusals(first(agency, number, why="")) == {"general/opinion"}
    done = first(agency, number)
    assert done.done and done.matter.step.title == "科长审核"
    assert len(agency.office.desk.entries("sample.payments")) == 1
    duty = agency.office.desk.duties("P6")[0]
    assert (duty.matter, duty.due.isoformat()) == (number, "2026-03-05")
    assert refusals(first(agency, number)) == {"general/urgent"}
    assert refusals(agency.act(Verb.WITHDRAW, "P6", number)) == {"general/closed"}
    for person in ("P5", "P2", "P1"):
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
        assert refusals(agency.submit(person, purpose="纸", amount="5")) == {"spending/2"}
    assert agency.submit("P3", purpose="纸", amount="5").done
    assert refusals(first(agency, other)) == {"spending/2"}
    for person in ("P5", "P2", "P1"):
        agency.act(Verb.APPROVE, person, owed)
    assert agency.submit(purpose="纸", amount="5").done


def test_what_was_performed_first_is_not_changed_afterwards(agency: Any) -> None:
    number = agency.filed()
    first(agency, number)
    agency.act(Verb.RETURN, "P5", number, "写清用途")
    assert refusals(agency.act(Verb.RESUBMIT, "P6", number, values={"金额": "900"})) == {"general/performed"}
    again = agency.act(Verb.RESUBMIT, "P6", number, values={"事由": "抢修水管"})
    assert again.matter.step.title == "科长审核"


# 回避


def test_one_who_keeps_out_of_a_matter_neither_signs_nor_decides_it(agency: Any) -> None:
    number, other = agency.filed(), agency.filed()
    recused = agency.submit("P5", "core.recusal", person="P5", matter=number, reason="申请人是其亲属")
    assert recused.done, recused.verdict.findings
    assert inbox(agency, number) == set() and inbox(agency, other) == {"P5"}
    assert refusals(agency.act(Verb.APPROVE, "P5", number)) == {"general/recusal"}
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
    assert refusals(others) == {"general/permission"}
    assert refusals(agency.submit("P5", "core.recusal", person="P5", reason="亲属")) == {"general/recusal"}


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
    assert refusals(results[2]) == {"general/singly"}
    assert len({result.receipt.sequence for result in results if result.done}) == 3


def test_what_must_be_read_singly_is_left_out_of_a_batch(agency: Any) -> None:
    number = agency.filed()
    for person in ("P5", "P2"):
        agency.act(Verb.APPROVE, person, number)
    act = Act(Verb.APPROVE, "P1", matter=number)
    assert refusals(agency.office.perform_all([act])[0]) == {"general/singly"}
    assert agency.office.perform(act).done
    assert refusals(agency.office.perform_all([Act(Verb.PERFORM, "P4", matter=number, values={"支票号": "1"})])[0]) == {
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

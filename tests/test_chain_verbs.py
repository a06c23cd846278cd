"""What people do to a course: hand on, ask, add and remove signers, take back."""

from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Position, Verb
from core.chains.planning import plan
from office_acts import clauses, inbox

RULES = Path(__file__).with_name("chain_rules.toml").read_text(encoding="utf-8")


@pytest.fixture
def agency(tmp_path: Path, sample_module: Any) -> Any:
    return sample_module.Sample(tmp_path, rulebook=RULES)


def step(agency: Any, number: str) -> str:
    found = agency.office.desk.matter(number)
    return found.step.title if found.step else found.state.title


def project(agency: Any) -> str:
    return agency.submit(kind="sample.project", name="改造").matter.number


def pay(agency: Any, number: str, **rest: Any) -> Any:
    return agency.act(Verb.PERFORM, "P4", number, values={"支票号": "A-1"}, **rest)


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
    assert clause in clauses(agency.act(Verb.TRANSFER, "P5", number, persons=persons))
    assert inbox(agency, number) == {"P5"}


def test_only_the_one_whose_turn_it_is_hands_on(agency: Any) -> None:
    number = agency.filed()
    assert clauses(agency.act(Verb.TRANSFER, "P2", number, persons=("P3",))) == {"spending/1"}


def test_a_place_is_not_handed_to_one_who_signed_where_another_must_sign(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.APPROVE, "P5", number)
    assert clauses(agency.act(Verb.TRANSFER, "P2", number, persons=("P5",))) == {"spending/1"}
    assert agency.act(Verb.TRANSFER, "P2", number, persons=("P7",)).done


def test_a_stand_in_does_not_hand_on(agency: Any) -> None:
    number = agency.filed()
    agency.submit(
        "P3", "core.delegation", person="P5", stand_in="P7", since="2026-03-02", until="2026-03-06", basis="出差"
    )
    assert clauses(agency.act(Verb.TRANSFER, "P7", number, persons=("P3",))) == {"general/transfer"}


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
    assert clauses(agency.act(Verb.ANSWER, "P3", number)) == {"general/opinion"}
    assert agency.act(Verb.ANSWER, "P3", number, "价格合理").done
    assert inbox(agency, number) == {"P5"}
    assert step(agency, number) == "科长审核"
    assert agency.act(Verb.APPROVE, "P5", number).done


def test_nobody_answers_who_was_not_asked(agency: Any) -> None:
    number = agency.filed()
    assert clauses(agency.act(Verb.ANSWER, "P3", number, "合理")) == {"general/consult"}


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
    assert clauses(agency.act(Verb.ADD_SIGNER, "P5", number, persons=("P3",))) == {"general/addition"}
    assert clauses(agency.act(Verb.ADD_SIGNER, "P5", number, "看", persons=("P6",))) == {"general/addition"}
    assert agency.office.desk.matter(number).added == ()


def test_who_added_a_signer_removes_him_and_nobody_else_does(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.ADD_SIGNER, "P5", number, "请先看", persons=("P3",))
    assert clauses(agency.act(Verb.REMOVE_SIGNER, "P3", number, persons=("P3",))) == {"general/addition"}
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
    assert clauses(demanded) == {"spending/1"}
    agency.act(Verb.ADD_SIGNER, "P5", number, "请先看", persons=("P3",))
    agency.act(Verb.APPROVE, "P3", number)
    assert clauses(agency.act(Verb.REMOVE_SIGNER, "P5", number, persons=("P3",))) == {"general/addition"}


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
    assert clauses(agency.act(Verb.TAKE_BACK, "P5", number)) == {"general/take-back"}
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
    assert clauses(agency.act(Verb.TAKE_BACK, "P4", number)) == {"general/closed"}


def test_a_signature_from_which_a_notice_followed_is_not_taken_back(sample: Any) -> None:
    number = project(sample)
    sample.act(Verb.APPROVE, "P2", number)
    sample.act(Verb.APPROVE, "P7", number)
    refused = sample.act(Verb.TAKE_BACK, "P7", number)
    assert clauses(refused) == {"general/take-back"} and "公示" in refused.verdict.findings[0].facts


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
    assert clauses(sample.act(Verb.EXPIRE, "P2", number)) == {"general/turn"}
    assert step(sample, number) == "公示"

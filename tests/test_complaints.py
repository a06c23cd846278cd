"""What people who use approval systems complain of most, shown not to happen here; one part for each complaint."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from core.acts import Act, Position, Verb
from core.finding import Level
from core.matter import State
from office_acts import inbox

JOINT = Path(__file__).with_name("complaint_rules.toml").read_text(encoding="utf-8")
WHOLE = {
    "purpose": "购打印纸",
    "amount": "1234.50",
    "needed_on": "2026-03-20",
    "类别": "办公",
    "urgent": "是",
    "people": "3",
    "handler": "吴六",
    "section": "贸易科",
    "bills": [{"number": "001", "sum": "1000"}, {"number": "002", "sum": "234.50"}],
    "remark": "分两次送货\n第二次在月底",
}


def office(folder: Path, sample_module: Any, step: str = '{ by = "principal", title = "局长批准" }') -> Any:
    return sample_module.Sample(folder, rulebook=JOINT.replace("STEP", step))


@pytest.fixture
def agency(tmp_path: Path, sample_module: Any) -> Any:
    return office(tmp_path, sample_module)


def at_joint_signing(agency: Any, **values: Any) -> str:
    number: str = agency.submit(**(values or WHOLE)).matter.number
    assert agency.act(Verb.APPROVE, "P5", number).matter.step.title == "会签"
    return number


def refusals(result: Any) -> list[Any]:
    return [each for each in result.verdict.findings if each.level is Level.REFUSE]


# 1 有人不在，事情就停住


def away(agency: Any, person: str) -> None:
    assert agency.submit(
        "P3", "core.absence", person=person, since="2026-03-02", until="2026-03-31", reason="住院"
    ).done


def test_somebody_else_names_the_stand_in_of_one_who_is_away_and_waiting_matters_reach_him_at_once(
    agency: Any,
) -> None:
    number = at_joint_signing(agency)
    away(agency, "P7")
    assert inbox(agency, number) == {"P2"}
    named = agency.submit(
        "P3", "core.delegation", person="P7", stand_in="P3", since="2026-03-02", until="2026-03-31", basis="住院"
    )
    assert named.done and inbox(agency, number) == {"P2", "P3"}
    mark = agency.act(Verb.APPROVE, "P3", number).matter.course[-1]
    assert (mark.by, mark.on_behalf) == ("P3", "P7") and "住院" in mark.basis


def test_who_goes_away_while_matters_wait_for_him_is_told_which_and_what_to_do(agency: Any) -> None:
    number = agency.filed()
    result = agency.submit("P3", "core.absence", person="P5", since="2026-03-02", until="2026-03-09", reason="休假")
    (told,) = [each for each in result.verdict.findings if each.clause.key == "general/stand-in"]
    assert number in told.facts and "指定代理" in told.remedy


def test_one_who_leaves_hands_everything_over_on_one_form_before_he_is_gone(agency: Any) -> None:
    numbers = [agency.filed(str(each)) for each in range(1, 6)]
    gone = {"person": "P5", "post": "head", "last_day": "2026-03-10", "basis": "调动"}
    refused = agency.submit("P3", "core.departure", **gone)
    assert "general/handover" in {each.clause.key for each in refusals(refused)}
    items = [{"编号": each.key, "内容": each.title, "接收人": "P3"} for each in agency.office.desk.holdings("P5")]
    assert set(numbers) <= {item["编号"] for item in items}
    handed = agency.submit("P5", "core.handover", person="P5", items=items, supervisor="P2")
    assert handed.done, refusals(handed)
    assert agency.submit("P3", "core.departure", **gone).done


def test_a_matter_that_would_wait_for_nobody_at_all_is_not_even_taken(agency: Any) -> None:
    agency.submit("P3", "core.departure", person="P4", post="cashier", last_day="2026-03-01", basis="调离")
    (finding,) = refusals(agency.submit(purpose="纸", amount="10"))
    assert finding.clause.key == "general/no-actor" and "出纳" in finding.facts


# 2 退回、重报出错


def test_a_return_out_of_joint_signing_loses_neither_the_place_nor_the_signature_of_a_joint_signer(
    agency: Any,
) -> None:
    number = at_joint_signing(agency)
    agency.act(Verb.APPROVE, "P2", number, "同意")
    assert agency.act(Verb.RETURN, "P7", number, "补合同").matter.state is State.RETURNED
    assert inbox(agency, number) == {"P6"}
    again = agency.act(Verb.RESUBMIT, "P6", number, values={"remark": "合同见附件"}).matter
    assert again.step.title == "会签" and inbox(agency, number) == {"P7"}
    assert [mark.by for mark in again.signed(1)] == ["P2"]
    assert agency.act(Verb.APPROVE, "P7", number).matter.step.title == "局长签批"


def test_a_return_to_joint_signing_asks_every_joint_signer_again_and_then_goes_straight_back(agency: Any) -> None:
    number = at_joint_signing(agency)
    for by in ("P2", "P7", "P1"):
        assert agency.act(Verb.APPROVE, by, number).done
    agency.act(Verb.RETURN, "P4", number, "会签意见不清", to=1)
    assert inbox(agency, number) == {"P2", "P7"}
    agency.act(Verb.APPROVE, "P7", number)
    assert agency.act(Verb.APPROVE, "P2", number).matter.step.title == "付款"


def test_a_return_and_a_resubmission_drop_no_field_of_the_form(agency: Any) -> None:
    number = at_joint_signing(agency)
    before = dict(agency.office.desk.matter(number).values)
    assert len(before) == len(WHOLE)
    for _ in range(3):
        agency.act(Verb.RETURN, "P2", number, "再核对")
        assert dict(agency.office.desk.matter(number).values) == before
        agency.act(Verb.RESUBMIT, "P6", number)
        assert dict(agency.office.desk.matter(number).values) == before


def test_what_was_written_at_an_earlier_step_survives_a_return(agency: Any) -> None:
    number = at_joint_signing(agency)
    agency.act(Verb.APPROVE, "P2", number, "从办公经费列支")
    agency.act(Verb.RETURN, "P7", number, "补合同")
    agency.act(Verb.RESUBMIT, "P6", number, "已补")
    opinions = [mark.opinion for mark in agency.office.desk.matter(number).course]
    assert [each for each in opinions if each] == ["从办公经费列支", "补合同", "已补"]


def test_a_changed_sum_voids_what_was_signed_for_another_sum(agency: Any) -> None:
    number = at_joint_signing(agency)
    agency.act(Verb.APPROVE, "P2", number)
    agency.act(Verb.RETURN, "P7", number, "金额不对")
    again = agency.act(Verb.RESUBMIT, "P6", number, values={"amount": "9999"}).matter
    assert again.step.title == "科长审核" and not again.signed(1)


def test_an_added_signer_still_signs_after_a_return(agency: Any) -> None:
    number = agency.filed()
    agency.act(Verb.ADD_SIGNER, "P5", number, "请办公室看", persons=("P3",), position=Position.AFTER)
    agency.act(Verb.APPROVE, "P5", number)
    agency.act(Verb.RETURN, "P3", number, "写清用途")
    assert agency.act(Verb.RESUBMIT, "P6", number, values={"purpose": "会议用纸"}).done
    assert inbox(agency, number) == {"P3"}


# 3 审批人的种种情形做不出来


@pytest.mark.parametrize(
    ("step", "signers", "enough"),
    [
        ('{ by = ["deputy"], mode = "all", title = "会签" }', ["P2", "P7"], 2),
        ('{ by = ["deputy"], mode = "any", title = "或签" }', ["P7"], 1),
        ('{ by = ["deputy", "head"], mode = "count", count = 3, title = "三人签" }', ["P2", "P3", "P5"], 3),
        ('{ by = ["deputy", "head"], mode = "ratio", ratio = "1/2", title = "半数签" }', ["P3", "P7"], 2),
        ('{ by = ["deputy", "head"], mode = "groups", title = "各出一人" }', ["P7", "P3"], 2),
        ('{ by = ["person:P7", "person:P2"], mode = "order", title = "依次签" }', ["P7", "P2"], 2),
    ],
)
def test_joint_any_counted_shared_grouped_and_ordered_signing_each_end_with_the_last_signature_needed(
    tmp_path: Path, sample_module: Any, step: str, signers: list[str], enough: int
) -> None:
    agency = office(tmp_path, sample_module, step)
    number = agency.submit(kind="sample.project", name="修缮").matter.number
    for count, by in enumerate(signers, 1):
        matter = agency.act(Verb.APPROVE, by, number).matter
        assert (matter.state is State.SETTLED) == (count == enough)


@pytest.mark.parametrize(
    ("by", "who"),
    [
        ("unit-head", "P5"),
        ("supervising-leader", "P2"),
        ("leader-of:office", "P7"),
        ("leader-of-function:finance", "P2"),
        ("head-of:office", "P3"),
        ("principal", "P1"),
        ("cashier", "P4"),
        ("person:P3", "P3"),
    ],
)
def test_a_signer_is_named_by_post_unit_charge_function_or_person(
    tmp_path: Path, sample_module: Any, by: str, who: str
) -> None:
    agency = office(tmp_path, sample_module, f'{{ by = "{by}", title = "审批" }}')
    assert inbox(agency, agency.submit(kind="sample.project", name="修缮").matter.number) == {who}


# 4 改了流程，在办的事项就乱了


def test_a_changed_process_leaves_what_is_under_way_on_its_own_course_and_in_every_list(
    tmp_path: Path, sample_module: Any
) -> None:
    before = office(tmp_path, sample_module)
    number = at_joint_signing(before)
    before.office.close()
    text = JOINT.replace(
        '  { by = ["deputy"], mode = "all", title = "会签", ', '  { by = "head-of:office", title = "办公室审", '
    )
    after = sample_module.Sample(tmp_path, rulebook=text.replace("STEP", '{ by = "principal", title = "批准" }'))
    assert inbox(after, number) == {"P2", "P7"}
    assert [step.title for step in after.office.desk.matter(number).steps] == ["科长审核", "会签", "局长签批", "付款"]
    for by in ("P2", "P7", "P1"):
        assert after.act(Verb.APPROVE, by, number).done
    fresh = after.filed()
    assert after.act(Verb.APPROVE, "P5", fresh).matter.step.title == "办公室审"


def test_a_process_taken_out_of_the_rulebook_still_ends_what_was_begun_under_it(
    tmp_path: Path, sample_module: Any
) -> None:
    before = office(tmp_path, sample_module)
    number = before.submit(kind="sample.project", name="修缮").matter.number
    before.office.close()
    after = sample_module.Sample(tmp_path, rulebook=JOINT.split('[[clause]]\nno = "4"')[0])
    assert not after.submit(kind="sample.project", name="再修").done
    assert after.act(Verb.APPROVE, "P1", number).matter.state is State.SETTLED


# 5 为什么不行


def test_a_refusal_names_the_clause_its_words_the_facts_and_what_would_satisfy_it(agency: Any) -> None:
    (finding,) = refusals(agency.submit(purpose="设备", amount="60000"))
    assert finding.clause.key == "spending/3" and finding.clause.text == "单笔不超过五万元"
    assert "60000" in finding.facts and "50000" in finding.facts and "50000" in finding.remedy
    assert finding.rule.startswith("sample.cap") and finding.at == "amount"


def test_what_the_remedy_says_is_what_makes_the_same_act_pass(agency: Any) -> None:
    assert not agency.submit(purpose="设备", amount="60000").done
    assert agency.submit(purpose="设备", amount="50000.00").done


def test_everything_that_stands_against_an_act_is_told_at_once(agency: Any) -> None:
    found = refusals(agency.submit(purpose="", amount="六万", needed_on="后天", 类别="其他", people="三"))
    assert {each.at for each in found} == {"purpose", "amount", "needed_on", "kind", "people"}
    assert all(each.facts and each.remedy and each.clause.text for each in found)


@pytest.mark.parametrize("by", ["P6", "P3", "P2"])
def test_whoever_may_not_sign_is_told_who_may(agency: Any, by: str) -> None:
    number = agency.filed()
    (finding,) = refusals(agency.act(Verb.APPROVE, by, number))
    assert "周五" in finding.facts and "周五" in finding.remedy and finding.clause.key == "spending/1"


# 6 自己批自己的，越权办了看不出来


@pytest.mark.parametrize("applicant", ["P1", "P2", "P5", "P7"])
def test_nobody_signs_his_own_matter_at_any_step_whatever_posts_he_holds(agency: Any, applicant: str) -> None:
    number = agency.submit(applicant, purpose="订报", amount="300").matter.number
    for _ in range(8):
        matter = agency.office.desk.matter(number)
        if matter.step is None:
            break
        assert applicant not in inbox(agency, number)
        verb = Verb.PERFORM if matter.step.title == "付款" else Verb.APPROVE
        assert not agency.act(verb, applicant, number).done
        values = {"支票号": "A-1"} if verb is Verb.PERFORM else {}
        assert agency.act(verb, sorted(inbox(agency, number))[0], number, values=values).done
    assert agency.office.desk.matter(number).state is State.SETTLED
    signed = [mark for mark in agency.office.desk.matter(number).course if mark.step >= 0]
    assert applicant not in {name for mark in signed for name in (mark.by, mark.on_behalf)}


def test_a_small_sum_is_no_way_round_signing_by_another(agency: Any) -> None:
    number = agency.submit("P5", purpose="胶水", amount="0.01").matter.number
    assert not agency.act(Verb.APPROVE, "P5", number).done


def test_nobody_decides_his_own_matter_as_a_stand_in_or_by_being_handed_it(agency: Any) -> None:
    number = agency.filed()
    agency.submit(
        "P3", "core.delegation", person="P5", stand_in="P6", since="2026-03-02", until="2026-03-09", basis="出差"
    )
    assert not agency.act(Verb.APPROVE, "P6", number).done
    assert not agency.act(Verb.TRANSFER, "P5", number, persons=("P6",)).done
    assert not agency.act(Verb.ADD_SIGNER, "P5", number, "自己也签", persons=("P6",)).done


def test_only_a_clause_lets_anyone_override_and_he_is_not_shown_as_one_who_signed(agency: Any) -> None:
    number = agency.filed()
    (finding,) = refusals(agency.act(Verb.OVERRIDE, "P1", number, "急用"))
    assert finding.clause.key == "general/override"
    agency.act(Verb.APPROVE, "P5", number)
    assert not agency.act(Verb.OVERRIDE, "P2", number, "急用").done
    matter = agency.act(Verb.OVERRIDE, "P1", number, "汛期急用").matter
    mark = matter.course[-1]
    assert mark.verb is Verb.OVERRIDE and mark.verb.title != Verb.APPROVE.title and "特批" in mark.basis
    assert mark.opinion == "汛期急用"
    assert [entry.act for entry in agency.office.journal.for_matter(number)][-1] == "override"


def test_no_post_however_high_signs_out_of_turn(agency: Any) -> None:
    number = agency.filed()
    assert not any(agency.act(Verb.APPROVE, by, number).done for by in ("P1", "P2", "P7", "P3", "P4"))


# 7 两个人同时办


def together(agency: Any, acts: list[Act]) -> list[bool]:
    """Do acts at the same moment, each in an office of its own on the same records."""
    barrier = Barrier(len(acts))

    def done(act: Act) -> bool:
        mine = agency.open()
        try:
            barrier.wait()
            return bool(mine.perform(act).done)
        finally:
            mine.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def test_joint_signers_who_sign_at_once_both_count_and_the_matter_goes_on_once(agency: Any) -> None:
    for each in range(5):
        number = at_joint_signing(agency, purpose=f"第{each}批", amount="10")
        assert together(agency, [Act(Verb.APPROVE, by, matter=number) for by in ("P2", "P7")]) == [True, True]
        matter = agency.office.desk.matter(number)
        assert matter.step.title == "局长签批" and {mark.by for mark in matter.signed(1)} == {"P2", "P7"}


def test_of_two_who_may_sign_for_both_only_one_advances_the_matter(tmp_path: Path, sample_module: Any) -> None:
    steps = '{ by = ["deputy"], mode = "any", title = "或签" }, { by = ["deputy"], mode = "any", title = "再签" }'
    agency = office(tmp_path, sample_module, steps)
    for each in range(5):
        number = agency.submit(kind="sample.project", name=f"项目{each}").matter.number
        seen = agency.office.desk.matter(number).version
        acts = [Act(Verb.APPROVE, by, matter=number, version=seen) for by in ("P2", "P7")]
        assert sorted(together(agency, acts)) == [False, True]
        assert agency.office.desk.matter(number).step.title == "再签"


def test_an_approval_and_a_return_at_once_leave_one_of_the_two_and_no_mixture(agency: Any) -> None:
    for each in range(5):
        number = agency.filed(str(each + 1))
        seen = agency.office.desk.matter(number).version
        approve = Act(Verb.APPROVE, "P5", matter=number, version=seen)
        withdraw = Act(Verb.WITHDRAW, "P6", matter=number, version=seen)
        approved, withdrawn = together(agency, [approve, withdraw])
        assert approved != withdrawn
        matter = agency.office.desk.matter(number)
        assert (matter.state is State.WITHDRAWN) == withdrawn and len(matter.course) == 2


def test_the_same_act_sent_twice_at_once_is_done_once(agency: Any) -> None:
    number = agency.filed()
    act = Act(Verb.COMMENT, "P5", matter=number, opinion="已阅", token="一次")
    assert sorted(together(agency, [act, act])) == [False, True]
    assert sum(mark.verb is Verb.COMMENT for mark in agency.office.desk.matter(number).course) == 1

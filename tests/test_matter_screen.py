"""A matter's page: what it tells, what can be done with it, and why the rest cannot."""

from datetime import date
from typing import Any

from core.acts import Verb
from core.chains.planning import plan
from core.matter import State
from core.people import Delegation, Span
from tui.app import OfficeApp
from tui.screens.matter import MatterScreen
from tui.session import Session


async def looking(screens: Any, pilot: Any, number: str) -> str:
    await pilot.app.push_screen(MatterScreen(pilot.app.session, number))
    await screens.settle(pilot)
    return screens.text(pilot.app)


def opened(sample: Any, person: str) -> OfficeApp:
    return OfficeApp(Session(sample.office, person))


async def test_the_page_tells_form_course_journal_and_who_is_next(sample, screens) -> None:
    number = sample.filed("1200", bills=[{"number": "发票1", "sum": "1200"}], handler="李四")
    assert sample.act(Verb.APPROVE, "P5", number, "情况属实").done
    app = opened(sample, "P6")
    async with app.run_test(size=(120, 40)) as pilot:
        words = await looking(screens, pilot, number)
        for word in (
            number, "办理中", "金额：1,200.00 元", "李四（办公室出纳）", "发票号 发票1，票面金额 1,200.00", "情况属实",
            "[已办]", "[在办] 会议研究", "[待到] 付款", "2026-03-05 前办结", "《开支办法》第二条", "第 3 号",
        ):  # fmt: skip
            assert word in words


async def test_an_approval_takes_an_opinion_and_moves_the_matter_on(sample, screens) -> None:
    number = sample.filed("500")
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "enter", "f5")
        await screens.write(pilot, "属实")
        words = await screens.press(pilot, "f2")
        assert "已同意" in words
        assert "领导审批（钱二（副局长）" in words
        words = await screens.press(pilot, "enter")
        assert "意见：属实" in words
        await screens.press(pilot, "escape")
        assert "没有等您办理的事" in screens.text(app)
    assert sample.office.desk.matter(number).course[-1].opinion == "属实"


async def test_a_refusal_needs_words_and_ends_the_matter(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "f9", "f2")
        assert "这里必须填写" in screens.text(app)
        await screens.write(pilot, "不合规定")
        await screens.press(pilot, "f2", "enter")
        assert "未通过" in screens.text(app)
    assert sample.office.desk.matter(number).state is State.REJECTED


async def test_what_was_returned_is_changed_and_filed_again(sample, screens) -> None:
    number = sample.filed("500")
    assert sample.act(Verb.APPROVE, "P5", number).done
    app = opened(sample, "P2")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        words = await screens.press(pilot, "f8")
        assert "科长审核" in words
        await screens.press(pilot, "1")
        await screens.write(pilot, "写清用途")
        await screens.press(pilot, "f2", "enter")
        assert "已退回" in screens.text(app)
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "f4")
        await screens.write(pilot, "供秘书科用")
        await screens.press(pilot, "f5", "enter")
    matter = sample.office.desk.matter(number)
    assert matter.text("purpose") == "购打印纸供秘书科用"
    assert matter.step.title == "领导审批"


async def test_a_step_with_a_form_asks_for_its_blanks(sample, screens) -> None:
    number = sample.filed("500")
    assert sample.act(Verb.APPROVE, "P5", number).done
    assert sample.act(Verb.APPROVE, "P2", number).done
    app = opened(sample, "P4")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await looking(screens, pilot, number)
        assert " F6 付款" in words
        words = await screens.press(pilot, "f6", "f5")
        assert "“支票号”未填写" in words
        await screens.press(pilot, "1")
        await screens.write(pilot, "支0081")
        words = await screens.press(pilot, "f5")
        assert "已办理" in words
        assert "已记入付款台账" in words
        assert "随之产生例行事项：交回单据" in words
        assert "支票号：支0081" in await screens.press(pilot, "enter")
    assert sample.office.desk.matter(number).state is State.SETTLED


async def test_a_meetings_decision_is_registered_with_its_quorum(sample, screens) -> None:
    number = sample.filed("1200")
    assert sample.act(Verb.APPROVE, "P5", number).done
    app = opened(sample, "P3")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "f7")
        await screens.write(pilot, "7号")
        await screens.press(pilot, "enter")
        await screens.write(pilot, "2026-03-02")
        await screens.press(pilot, "enter", "1", "enter", "1")
        words = await screens.press(pilot, "f5")
        assert "应到 3 人，实到 1 人" in words
        await screens.press(pilot, "1", "backspace", "3")
        words = await screens.press(pilot, "f5")
        assert "已登记决议" in words
    assert sample.office.desk.matter(number).step.title == "领导审批"


async def test_a_disabled_key_stays_and_tells_the_clause(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await looking(screens, pilot, number)
        assert "(F5 同意)" in words
        assert " R 撤回" in words
        words = await screens.press(pilot, "f5")
        assert "现在不能同意" in words
        assert "不得审批自己的事项" in words
        assert "《开支办法》第一条" in words
    assert len(sample.office.desk.matter(number).course) == 1


async def test_the_applicant_withdraws_and_everybody_may_leave_words(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "c")
        await screens.write(pilot, "请尽快")
        await screens.press(pilot, "f2", "enter")
        assert "请尽快" in screens.text(app)
        await screens.press(pilot, "r", "f2", "enter")
        assert "已撤回" in screens.text(app)


async def test_why_names_who_may_act_and_for_whom(sample, screens) -> None:
    number = sample.filed()
    office = sample.office
    span = Span(date(2026, 3, 1), date(2026, 3, 31))
    with office.store.transaction("P1", "submit") as transaction:
        office.desk.roll.write(Delegation("代理-1", "P5", "P3", "P1", "出差期间", span), transaction)
    app = opened(sample, "P3")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        words = await screens.press(pilot, "w")
        assert "孙三（办公室科长），代周五" in words
        assert "《开支办法》第一条" in words
        await screens.press(pilot, "escape", "f5", "f2", "enter")
        assert "孙三代周五 同意" in screens.text(app)


async def test_an_act_on_what_has_changed_meanwhile_is_refused(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "f5")
        assert sample.act(Verb.COMMENT, "P6", number, "金额有误").done
        words = await screens.press(pilot, "f2")
        assert "没有办成" in words
        assert "看过再办" in words
        words = await screens.press(pilot, "enter")
        assert "金额有误" in words


async def test_a_matter_of_a_family_out_of_use_can_still_be_read(sample, screens) -> None:
    number = sample.filed()
    office = sample.office
    office.host.matter_types.pop("sample.spending")
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await looking(screens, pilot, number)
        assert "没有启用，只能查阅" in words
        assert "购打印纸" in words


async def test_a_number_that_does_not_exist_says_so(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "没有编号为“开支-9”的事项" in await looking(screens, pilot, "开支-9")


def test_the_course_of_a_matter_of_a_family_out_of_use_is_laid_out_all_the_same(sample) -> None:
    number = sample.filed("1500")
    office = sample.office
    kind = office.host.matter_types.pop("sample.spending")
    course = plan(office.desk, office.desk.matter(number))
    assert [each.step.title for each in course] == ["科长审核", "领导审批", "付款"]
    office.host.matter_types["sample.spending"] = kind

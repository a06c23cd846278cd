"""Filling in a form: every kind of blank, the coming course, all findings at once, and nothing typed is lost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.acts import Verb
from tui.app import OfficeApp
from tui.drafts import Task, new_draft
from tui.screens.blank_row import BlankRow
from tui.screens.form import FormScreen
from tui.session import Session

SIZES = [(80, 24), (120, 40)]


async def filing(sample: Any, screens: Any, pilot: Any, kind: str = "sample.spending") -> FormScreen:
    app = pilot.app
    screen = FormScreen(app.session, new_draft(Task(Verb.SUBMIT, kind=kind)))
    await app.push_screen(screen)
    await screens.settle(pilot)
    return screen


def opened(sample: Any, person: str = "P6") -> OfficeApp:
    return OfficeApp(Session(sample.office, person))


def at(screen: FormScreen, key: str) -> BlankRow:
    return next(row for row in screen.query(BlankRow) if row.blank.key == key)


async def test_what_may_not_be_filed_stays_in_sight_and_says_why(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "n")
        assert "开支申请" in words
        assert "指定代理" in words
        await screens.write(pilot, "zddl")
        words = await screens.press(pilot, "enter")
        assert "现在不能申请指定代理" in words
        assert "《通则》权限" in words


async def test_a_form_of_every_kind_of_blank_is_filled_in_by_keys_and_filed(sample, screens) -> None:
    earlier = sample.filed("20")
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "n", "enter")
        await screens.write(pilot, "购打印机")
        await screens.press(pilot, "enter")
        await screens.write(pilot, "1,200.50")
        await screens.press(pilot, "down")
        await screens.write(pilot, "2026-03-09")
        await screens.press(pilot, "enter", "right", "right", "enter", "1", "enter", "3", "enter")
        await screens.write(pilot, "ls")
        await screens.press(pilot, "enter", "enter")
        await screens.write(pilot, "贸易")
        await screens.press(pilot, "enter", "enter")
        await screens.write(pilot, earlier[-4:])
        await screens.press(pilot, "enter", "enter")
        await screens.press(pilot, "a")
        await screens.write(pilot, "发票77")
        await screens.press(pilot, "enter")
        await screens.write(pilot, "1200.5")
        words = await screens.press(pilot, "enter")
        assert "票面金额合计 1,200.50" in words
        await screens.press(pilot, "tab")
        await screens.write(pilot, "急用")
        words = await screens.press(pilot, "f5")
        assert "已提交" in words
        assert "留痕第" in words
        assert "周五（贸易科科长）" in words
        await screens.press(pilot, "enter")
        assert len(app.screen_stack) == 1
    matter = sample.office.desk.matters("sample.spending")[0]
    assert dict(matter.values) == {
        "purpose": "购打印机",
        "amount": Decimal("1200.50"),
        "needed_on": date(2026, 3, 9),
        "kind": "差旅",
        "urgent": True,
        "people": 3,
        "handler": "P4",
        "section": "trade",
        "earlier": earlier,
        "bills": ({"number": "发票77", "sum": Decimal("1200.50")},),
        "remark": "急用",
    }
    assert app.session.drafts.all() == []


@pytest.mark.parametrize("size", SIZES)
async def test_the_coming_course_stands_beside_the_form_or_below_it_on_demand(sample, screens, size) -> None:
    app = opened(sample)
    async with app.run_test(size=size) as pilot:
        screen = await filing(sample, screens, pilot)
        if size[0] < 100:
            assert "提交后的去向" not in screens.text(app)
            await screens.press(pilot, "f7")
        at(screen, "amount").control.value = "999"
        assert await screens.shows(pilot, "领导审批")
        words = screens.text(app)
        assert "提交后的去向" in words
        assert "会议研究" not in words
        at(screen, "amount").control.value = "1000"
        assert await screens.shows(pilot, "局长办公会研究")
        if size[0] >= 100:
            assert "2026-03-05" in screens.text(app)


async def test_all_findings_are_told_at_once_and_a_digit_leads_to_the_blank(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await filing(sample, screens, pilot)
        at(screen, "amount").control.value = "60000"
        at(screen, "needed_on").control.value = "明天"
        words = await screens.press(pilot, "f5")
        for word in ("没有提交", "“事由”未填写", "“明天”不是日期", "《开支办法》第三条", "改为 50000.00 元以内"):
            assert word in words
        await screens.press(pilot, "2")
        assert at(screen, "needed_on").control.has_focus
        assert "! 用款日期" in screens.text(app)
        assert "“明天”不是日期" in screens.picture(app)[-3]
        assert not sample.office.desk.matters("sample.spending")


async def test_a_warning_is_passed_only_with_a_reason_that_the_matter_keeps(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await filing(sample, screens, pilot)
        at(screen, "purpose").control.value = "年终维修"
        at(screen, "amount").control.value = "30000"
        words = await screens.press(pilot, "f5")
        assert "继续办理须说明理由" in words
        assert "《开支办法》第四条" in words
        await screens.press(pilot, "f2")
        assert "这里必须填写" in screens.text(app)
        await screens.write(pilot, "工期所限")
        assert "已提交" in await screens.press(pilot, "f2")
    assert sample.office.desk.matters("sample.spending")[0].course[0].reason == "工期所限"


async def test_a_row_that_cannot_be_read_is_told_before_it_is_kept(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await filing(sample, screens, pilot)
        at(screen, "bills").control.focus()
        await screens.press(pilot, "a")
        await screens.press(pilot, "enter")
        await screens.write(pilot, "三百多")
        words = await screens.press(pilot, "f2")
        assert "“发票号”未填写" in words
        assert "票面金额：" in words
        await screens.press(pilot, "escape")
        assert at(screen, "bills").raw == []


async def test_rows_are_changed_and_taken_away(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await filing(sample, screens, pilot)
        rows = at(screen, "bills").control
        rows.focus()
        for number in ("1", "2"):
            await screens.press(pilot, "a")
            await screens.write(pilot, number)
            await screens.press(pilot, "enter", "5", "enter")
        assert "共 2 行，票面金额合计 10.00" in screens.text(app)
        await screens.press(pilot, "home", "enter", "9", "f2")
        assert rows.raw[0]["number"] == "19"
        await screens.press(pilot, "delete")
        assert rows.raw == [{"number": "2", "sum": "5"}]


async def test_a_check_beforehand_writes_nothing(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await filing(sample, screens, pilot)
        at(screen, "purpose").control.value = "购纸"
        at(screen, "amount").control.value = "10"
        assert "目前没有不合规定的地方" in await screens.press(pilot, "f6")
    assert not sample.office.desk.matters("sample.spending")


async def test_sending_twice_files_once(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await filing(sample, screens, pilot)
        at(screen, "purpose").control.value = "购纸"
        at(screen, "amount").control.value = "10"
        draft = screen.current_draft()
        assert "已提交" in await screens.press(pilot, "f5")
        await screens.press(pilot, "enter")
        await app.push_screen(FormScreen(app.session, draft))
        await screens.settle(pilot)
        assert "这一次提交已经办过" in await screens.press(pilot, "f5")
    assert len(sample.office.desk.matters("sample.spending")) == 1


async def test_a_form_left_with_esc_is_offered_again_and_one_thrown_away_is_not(sample, screens) -> None:
    app = opened(sample)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await filing(sample, screens, pilot)
        await screens.write(pilot, "购纸")
        words = await screens.press(pilot, "escape")
        assert "已存为草稿" in words
        assert "草稿：开支申请" in await screens.press(pilot, "n")
        await screens.press(pilot, "enter")
        assert "购纸" in screens.text(app)
        await screens.press(pilot, "f8", "1")
        assert len(app.screen_stack) == 1
        assert app.session.drafts.all() == []


async def test_a_register_says_that_nobody_has_to_sign(sample, screens) -> None:
    app = opened(sample, "P3")
    async with app.run_test(size=(120, 40)) as pilot:
        await filing(sample, screens, pilot, "core.absence")
        assert await screens.shows(pilot, "登记即办结")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_title_of_a_form_stands_in_full(sample, screens, size) -> None:
    app = opened(sample)
    async with app.run_test(size=size) as pilot:
        screen = await filing(sample, screens, pilot)
        seen = ""
        for row in screen.query(BlankRow):
            row.control.focus()
            await screens.settle(pilot)
            seen += screens.text(app)
        for blank in sample.office.host.matter_types["sample.spending"].fields:
            assert blank.title in seen


async def test_hostile_drafts_are_shown_harmlessly(sample, screens) -> None:
    draft = new_draft(Task(Verb.SUBMIT, kind="sample.spending"), "".join(screens.HOSTILE))
    values = {"purpose": "".join(screens.HOSTILE), "remark": "\n".join(screens.HOSTILE), "kind": "[/ 未"}
    rows = [{"number": words, "sum": words} for words in screens.HOSTILE]
    from dataclasses import replace

    draft = replace(draft, values={**values, "bills": rows, "handler": "[@click=app.pwn]"})
    app = opened(sample)
    async with app.run_test(size=(80, 24)) as pilot:
        app.session.drafts.save(draft, sample.office.desk.now)
        for key in ("n", "enter", "f6"):
            assert screens.unsafe(await screens.press(pilot, key)) == []
        await screens.press(pilot, "1")
        assert screens.unsafe(screens.text(app)) == []
        assert app.is_running

"""Dialogs: what they say, and what each key makes of them."""

import pytest

from tui.widgets.choice import Choice, Option
from tui.widgets.dialogs import ConfirmDialog, FindingNote, FindingsDialog, MessageDialog
from tui.widgets.opinion_dialog import OpinionDialog
from tui.widgets.picker import Candidate, Picker


async def _answer(screens, dialog, *keys: str) -> tuple[object, str]:
    """What the dialog hands back after those keys, and the screen before them."""
    results: list[object] = []
    app = screens.WidgetApp(lambda: [])
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(dialog, results.append)
        await screens.settle(pilot)
        before = screens.text(app)
        await pilot.press(*keys)
        await screens.settle(pilot)
    return (results[0] if results else "没有结果"), before


async def test_a_message_is_read_and_closed(screens) -> None:
    for key in ("enter", "escape", "1"):
        _, before = await _answer(screens, MessageDialog("提示", "已经保存。"), key)
        assert "已经保存。" in before


@pytest.mark.parametrize(
    ("keys", "result"),
    [(("enter",), False), (("escape",), False), (("1",), True), (("2",), False), (("left", "enter"), True)],
)
async def test_an_act_is_confirmed_only_on_purpose(screens, keys: tuple[str, ...], result: bool) -> None:
    answer, before = await _answer(screens, ConfirmDialog("确定撤回吗", "已有的意见作废。"), *keys)
    assert answer is result
    assert "已有的意见作废。" in before


async def test_a_required_opinion_cannot_be_left_empty(screens) -> None:
    results: list[object] = []
    app = screens.WidgetApp(lambda: [])
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(OpinionDialog("审批意见", "请写明理由。"), results.append)
        await pilot.press("f2")
        await screens.settle(pilot)
        assert "必须填写" in screens.text(app)
        assert results == []
        await pilot.press("同", "意", "f2")
        await screens.settle(pilot)
    assert results == ["同意"]


async def test_an_optional_opinion_may_be_empty_and_going_back_is_not_the_same(screens) -> None:
    assert (await _answer(screens, OpinionDialog("意见", "可以不填。", required=False), "f2"))[0] == ""
    assert (await _answer(screens, OpinionDialog("意见", "可以不填。", required=False), "escape"))[0] is None
    assert (await _answer(screens, OpinionDialog("意见", "改一改。", initial="原文"), "了", "f2"))[0] == "原文了"


FINDINGS = [
    FindingNote("不符", f"第{number}处住宿费超过标准", ("每天最多 350 元。", "依据：第八条")) for number in range(1, 9)
]


async def test_findings_are_shown_all_at_once_and_scroll(screens) -> None:
    answer, before = await _answer(screens, FindingsDialog("不能提交", FINDINGS), "enter")
    assert answer is False
    assert "[不符] 第1处住宿费超过标准" in before
    assert "下面还有" in before
    app = screens.WidgetApp(lambda: [])
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(FindingsDialog("不能提交", FINDINGS))
        await pilot.press("pagedown", "pagedown", "pagedown")
        await screens.settle(pilot)
        assert "第8处" in screens.text(app)
        assert "返回修改" in screens.text(app)


@pytest.mark.parametrize(("key", "result"), [("enter", False), ("1", True), ("2", False), ("escape", False)])
async def test_warnings_may_be_passed_on_purpose(screens, key: str, result: bool) -> None:
    answer, _ = await _answer(screens, FindingsDialog("有提醒", FINDINGS[:1], proceed="仍然提交"), key)
    assert answer is result


OPTIONS = [Option("agree", "同意"), Option("return", "退回", "退给起草人"), Option("pass", "转办")]


@pytest.mark.parametrize(
    ("keys", "result"),
    [(("2",), "return"), (("down", "down", "enter"), "pass"), (("escape",), None), (("9",), "没有结果")],
)
async def test_a_choice_is_taken_by_digit_or_arrows(screens, keys: tuple[str, ...], result: str | None) -> None:
    answer, before = await _answer(screens, Choice("怎样处理", OPTIONS), *keys)
    assert answer == result
    assert "退给起草人" in before


PEOPLE = [
    Candidate("p1", "张伟", "综合科 科员"),
    Candidate("p2", "张伟", "财务科 科长"),
    Candidate("p3", "李四", "综合科 科长"),
    Candidate("p4", "王五", "综合科 科员"),
    Candidate("p5", "王五", "综合科 科员"),
]
INITIALS = {"p1": "zw", "p2": "zw", "p3": "ls", "p4": "ww", "p5": "ww"}


def find(typed: str, limit: int) -> list[Candidate]:
    """People whose name or pinyin initials begin so."""
    return [who for who in PEOPLE if who.title.startswith(typed) or INITIALS[who.key].startswith(typed)][:limit]


async def test_typing_initials_narrows_and_enter_picks(screens) -> None:
    picked, before = await _answer(screens, Picker("选择经办人", find), "z", "w", "down", "enter")
    assert picked == PEOPLE[1]
    assert "单位和职务" in before
    assert (await _answer(screens, Picker("选择经办人", find), "李", "enter"))[0] == PEOPLE[2]
    assert (await _answer(screens, Picker("选择经办人", find), "x", "enter"))[0] == "没有结果"
    assert (await _answer(screens, Picker("选择经办人", find), "escape"))[0] is None


async def test_no_two_candidates_ever_read_the_same(screens) -> None:
    _, before = await _answer(screens, Picker("选择经办人", find))
    rows = [words for words in before.splitlines() if "科员" in words or "科长" in words]
    assert len(rows) == len(set(rows)) == 5
    assert sum("p" in words for words in rows) == 2


async def test_the_picker_says_when_nothing_is_found(screens) -> None:
    _, before = await _answer(screens, Picker("选择经办人", find, typed="qq"))
    assert "没有找到" in before


async def test_no_english_word_and_no_ambiguous_border_stands_on_any_dialog(screens) -> None:
    dialogs = [
        MessageDialog("提示", "好。"),
        ConfirmDialog("确定吗", "后果。"),
        FindingsDialog("不能提交", FINDINGS, "仍然提交"),
        OpinionDialog("意见", "请填写。"),
        Choice("怎样处理", OPTIONS),
        Picker("选择", find),
    ]
    for dialog in dialogs:
        _, before = await _answer(screens, dialog)
        words = before.replace("Esc", "").replace("F2", "").replace("p4", "").replace("p5", "")
        assert not [character for character in words if character.isascii() and character.isalpha()]
        assert not [character for character in words if 0x2010 <= ord(character) < 0x2E80]


async def test_an_answer_typed_ahead_twice_is_one_answer(screens) -> None:
    choice = Choice("怎样处理", OPTIONS)
    answers: list[str | None] = []
    app = screens.WidgetApp(list)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(choice, answers.append)
        await pilot.pause()
        choice.dismiss("return")
        choice.dismiss("pass")
        await pilot.pause()
        assert answers == ["return"] and app.is_running

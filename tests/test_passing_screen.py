"""Bringing others in from a matter's page, signing several at once, and stock phrases."""

from typing import Any

from core.acts import Act, Verb
from tui.app import OfficeApp
from tui.screens.matter import MatterScreen
from tui.session import Session


def opened(sample: Any, person: str) -> OfficeApp:
    return OfficeApp(Session(sample.office, person))


async def looking(screens: Any, pilot: Any, number: str) -> str:
    await pilot.app.push_screen(MatterScreen(pilot.app.session, number))
    await screens.settle(pilot)
    return screens.text(pilot.app)


async def picked(screens: Any, pilot: Any, name: str) -> None:
    await screens.write(pilot, name)
    await screens.press(pilot, "enter")


async def test_a_step_is_handed_to_somebody_found_by_initials(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "t")
        await picked(screens, pilot, "ss")
        words = await screens.press(pilot, "f2")
        assert "已转办" in words
    assert [row["person"] for row in sample.office.store.table("inbox")] == ["P3"]


async def test_an_opinion_is_asked_for_and_answered(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "i")
        await picked(screens, pilot, "李四")
        assert "已委派" in await screens.press(pilot, "f2")
    app = opened(sample, "P4")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "enter", "a")
        await screens.write(pilot, "账上有款")
        assert "已答复" in await screens.press(pilot, "f2")
        assert "账上有款" in await screens.press(pilot, "enter")


async def test_a_signer_is_added_and_taken_away_again(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "s", "3")
        await picked(screens, pilot, "李四")
        await screens.write(pilot, "涉及账务")
        assert "已加签" in await screens.press(pilot, "f2")
        assert "李四（办公室出纳）" in await screens.press(pilot, "enter")
        await screens.press(pilot, "m", "enter")
        assert "已减签" in await screens.press(pilot, "f2")
    assert sample.office.desk.matter(number).added == ()


async def test_what_was_just_signed_is_taken_back(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "enter", "f5", "f2", "enter")
        assert "领导审批" in screens.text(app)
        assert "已收回" in await screens.press(pilot, "b", "f2")
    assert sample.office.desk.matter(number).step.title == "科长审核"


async def test_the_applicant_urges_and_the_inbox_shows_it(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        assert "已催办" in await screens.press(pilot, "u", "f2")
        words = await screens.press(pilot, "enter", "u")
        assert "现在不能催办" in words
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        assert "[催办] 购打印纸" in screens.text(app)


async def test_what_is_sent_to_read_is_found_by_its_reader(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        await screens.press(pilot, "p")
        await picked(screens, pilot, "郑七")
        assert "已抄送" in await screens.press(pilot, "f2")
    app = opened(sample, "P7")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "2")
        assert number not in screens.text(app)
        assert number in await screens.press(pilot, "f", "3")
        assert "办理经过" in await screens.press(pilot, "enter")


async def test_what_no_clause_allows_says_so_by_its_clause(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P1")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)
        words = await screens.press(pilot, "x")
        assert "现在不能特批" in words
        assert "《通则》特批" in words
        words = await screens.press(pilot, "enter", "y")
        assert "现在不能先行办理" in words


async def test_several_are_signed_at_once_and_each_answer_is_told(sample, screens) -> None:
    numbers = [sample.filed(), sample.filed("30000", because="工期所限"), sample.filed("70")]
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "b")
        assert "还没有选中" in words
        await screens.press(pilot, "enter", "space", "space", "space")
        assert "已选 3 条" in screens.text(app)
        words = await screens.press(pilot, "b", "f2")
        assert "已同意 2 件，1 件没有办" in words
        assert "《通则》逐件办理" in words
    steps = [sample.office.desk.matter(number).step.title for number in numbers]
    assert steps == ["领导审批", "科长审核", "领导审批"]


async def test_a_stock_phrase_is_kept_used_and_taken_off(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "p", "1")
        await screens.write(pilot, "情况属实同意")
        assert "已常用意见" not in await screens.press(pilot, "enter")
        assert sample.office.desk.phrases("P5") == ("情况属实同意",)
        await screens.press(pilot, "enter", "enter", "f5", "f3", "1", "f2")
        assert sample.office.desk.matter(number).course[-1].opinion == "情况属实同意"
        await screens.press(pilot, "enter", "escape", "p", "1", "1")
        assert sample.office.desk.phrases("P5") == ()


async def test_a_command_that_breaks_keeps_the_screen(sample, screens, monkeypatch) -> None:
    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await looking(screens, pilot, number)

        def broken(act: Act) -> None:
            raise RuntimeError("盘符丢失")

        monkeypatch.setattr(sample.office, "perform", broken)
        words = await screens.press(pilot, "f5", "f2")
        assert "程序在这一步出了错" in words
        assert "盘符丢失" in words
        monkeypatch.undo()
        await screens.press(pilot, "enter", "f5", "f2")
    assert sample.office.desk.matter(number).course[-1].verb is Verb.APPROVE

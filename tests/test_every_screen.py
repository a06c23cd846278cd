"""What holds of every screen: Chinese and whole at any size, harmless, alive when something fails."""

import json

import pytest

from core.acts import Verb
from core.records import Objection
from tui.session import Session
from tui.text import cells
from workbench_office import opened, paid, published


async def test_a_store_that_fails_is_one_sentence_and_the_screen_lives_on(sample, screens, monkeypatch) -> None:
    from core.errors import StoreBusy

    number = sample.filed()
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "enter", "f5")

        def busy(act: object) -> None:
            raise StoreBusy("别人正在写记录，请稍后再办")

        monkeypatch.setattr(sample.office, "perform", busy)
        words = await screens.press(pilot, "f2")
        assert "别人正在写记录，请稍后再办" in words
        monkeypatch.undo()
        words = await screens.press(pilot, "enter", "f5", "f2")
        assert "已同意" in words
    assert sample.office.desk.matter(number).at == 2


async def test_a_window_too_small_says_so_and_recovers(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(50, 15)
        await screens.settle(pilot)
        assert "窗口太小" in screens.text(app)
        assert "待办" not in screens.text(app)
        await pilot.resize_terminal(80, 24)
        await screens.settle(pilot)
        assert "窗口太小" not in screens.text(app)
        assert "[1 待办]" in screens.text(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_no_screen_shows_english_cuts_a_label_or_spoils_a_line(sample, screens, size) -> None:
    sample.filed("1200")
    published(sample)
    paid(sample, 5)
    app = opened(sample, "P5", demo=True)
    paths = (
        "1", "1 enter", "1 enter w", "1 enter f5", "1 enter f8", "2", "3", "3 f", "4", "4 enter", "5", "5 end enter",
        "5 end enter s", "5 end enter f 2", "6", "6 enter", "6 enter v", "6 enter enter", "f1", "f3", "ctrl+p", "n",
        "n enter", "n enter f5", "n enter f7", "ctrl+o",
    )  # fmt: skip
    async with app.run_test(size=size) as pilot:
        for path in paths if size == (80, 24) else paths[1::4]:
            words = await screens.press(pilot, *path.split())
            assert screens.english(words) == [], path
            assert all(cells(line) == size[0] for line in screens.picture(app)), path
            heads = [line for line in screens.picture(app) if line.startswith("  编号") or line.startswith("  情况")]
            assert not any(".." in line for line in heads), path
            assert " F1 帮助" in screens.picture(app)[-1], path
            while len(app.screen_stack) > 1:
                await screens.press(pilot, "escape")
        assert app.is_running


def poisoned(value: object, poison: str) -> object:
    """A stored value with every free text replaced."""
    kept = {
        "kind",
        "person",
        "applicant",
        "state",
        "verb",
        "by",
        "number",
        "matter",
        "key",
        "unit",
        "rulebook",
        "clause",
    }
    dates = {
        "at",
        "submitted",
        "arrived",
        "due",
        "since",
        "until",
        "on",
        "on_behalf",
        "post",
        "staff",
        "duty",
        "audience",
    }
    if isinstance(value, dict):
        return {key: held if key in kept | dates else poisoned(held, poison) for key, held in value.items()}
    if isinstance(value, list):
        return [poisoned(held, poison) for held in value]
    return poison if isinstance(value, str) and not value.replace(".", "").isdecimal() and value else value


async def test_hostile_text_in_every_record_acts_on_no_screen(sample, screens) -> None:
    number = sample.filed("1200", remark="备注", bills=[{"number": "1", "sum": "3"}])
    sample.act(Verb.COMMENT, "P5", number, "看过")
    published(sample, Objection("P6", sample.office.desk.day, "异议"))
    paid(sample, 3)
    store = sample.office.store
    poison = "".join(words for words in screens.HOSTILE if "\ud800" not in words)
    for name in ("people", "matters", "inbox", "notices", "ledger.sample.payments"):
        table = store.table(name)
        for row in list(table):
            text = json.dumps(poisoned(dict(row), poison), ensure_ascii=False)
            store.storage.connection.execute(f"UPDATE {table._rows.sql} SET doc=? WHERE id=?", (text, row.doc_id))
    sample.office.desk.roll._revision = -1
    app = opened(sample, "P5", demo=True)
    app.action_pwn = lambda: pytest.fail("words of a record acted")  # type: ignore[attr-defined]
    paths = (
        "1", "1 enter", "1 enter w", "1 enter f5", "2", "4", "4 enter", "5", "5 end enter", "5 end enter enter",
        "f3", "f3 enter", "ctrl+o", "n enter", "n",
    )  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        for path in paths:
            words = await screens.press(pilot, *path.split())
            assert screens.unsafe(words) == [], path
            await pilot.click(offset=(20, 4))
            await screens.settle(pilot)
            while len(app.screen_stack) > 1:
                await screens.press(pilot, "escape")
        assert "[@click" in await screens.press(pilot, "1", "enter")


async def test_a_family_page_that_fails_shows_it_in_its_own_frame(sample, screens) -> None:
    from tui.page import Page
    from tui.widgets.prose import Prose

    def broken(session: Session) -> Prose:
        raise RuntimeError("缺少数据")

    app = opened(sample, "P6")
    app.session.pages = (Page("a", "坏画面", broken), Page("b", "好画面", lambda session: Prose("这里是内容")))
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "5", "end", "up", "enter")
        assert "这个画面出了错" in words
        assert "缺少数据" in words
        words = await screens.press(pilot, "escape", "end", "enter")
        assert "这里是内容" in words

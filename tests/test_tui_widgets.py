"""The parts of screens: what they show at eighty columns and fewer, and what they answer to keys."""

from collections.abc import Sequence

import pytest

from tui.text import cells
from tui.widgets.bars import HELP, HeaderBar, KeyBar, KeyHint, Tab, TabBar
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record
from tui.widgets.text_area import LongText
from tui.widgets.text_input import TextInput

COLUMNS = (
    Column("编号", 10),
    Column("标题", 16, grows=True, importance=9),
    Column("金额", 10, right=True, importance=1),
    Column("状态", 8, importance=5),
)


class Ledger:
    """A million rows made when asked for, that notes which pages were."""

    def __init__(self, total: int = 1_000_000) -> None:
        self.total = total
        self.asked: list[tuple[int, int]] = []

    def count(self) -> int:
        return self.total

    def page(self, start: int, size: int) -> Sequence[Record]:
        self.asked.append((start, size))
        rows = range(start, min(start + size, self.total))
        return [Record(f"k{row}", (f"第{row}号", f"事项{row}", f"{row}.00", "待审批")) for row in rows]


async def test_a_million_rows_are_fetched_only_where_they_are_looked_at(screens) -> None:
    ledger = Ledger()
    app = screens.WidgetApp(lambda: [RecordList(COLUMNS, ledger)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "第0号" in screens.text(app)
        await pilot.press("end")
        await pilot.pause()
        assert "第999999号" in screens.text(app)
        assert "第 1000000 条，共 1000000 条" in screens.text(app)
        assert sum(size for _, size in ledger.asked) <= 500


async def test_the_cursor_moves_by_rows_pages_and_to_both_ends(screens) -> None:
    records = RecordList(COLUMNS, Ledger(100))
    app = screens.WidgetApp(lambda: [records])
    async with app.run_test(size=(80, 24)) as pilot:
        records.focus()
        for key, row in (("up", 0), ("down", 1), ("pagedown", 22), ("end", 99), ("down", 99), ("home", 0)):
            await pilot.press(key)
            await pilot.pause()
            assert records.cursor == row
            marked = [words for words in screens.picture(app) if words.startswith(">")]
            assert len(marked) == 1
            assert f"第{row}号" in marked[0]


async def test_what_is_read_whole_is_never_cut_however_far_down_it_stands(screens) -> None:
    rows = [Record(str(row), (f"用印-2026-{row:04d}", "事由", "", "在办")) for row in range(40)]
    rows.append(Record("last", ("印章外带-2026-0001", "事由", "", "在办")))
    columns = (Column("编号", 14, importance=9, whole=True), *COLUMNS[1:])
    app = screens.WidgetApp(lambda: [RecordList(columns, FixedSource(rows))])
    async with app.run_test(size=(50, 20)) as pilot:
        await pilot.pause()
        assert "用印-2026-0000 事由" in screens.text(app)
        await pilot.press("end")
        await pilot.pause()
        assert "印章外带-2026-0001 事由" in screens.text(app) and "用印-2026-0039     事由" in screens.text(app)


async def test_marked_rows_are_shown_counted_and_kept_by_key(screens) -> None:
    records = RecordList(COLUMNS, Ledger(30), markable=True)
    app = screens.WidgetApp(lambda: [records])
    async with app.run_test(size=(80, 24)) as pilot:
        records.focus()
        await pilot.press("space", "down", "space", "space")
        await pilot.pause()
        assert records.marked == ("k0", "k2", "k3")
        assert "已选 3 条" in screens.text(app)
        assert sum("*" in words[:2] for words in screens.picture(app)) == 3
        await pilot.press("up", "space")
        assert records.marked == ("k0", "k2")
        records.show(Ledger(30), keep_place=True)
        assert records.marked == ("k0", "k2")
        assert records.cursor == 4
        records.show(Ledger(3))
        await pilot.pause()
        assert records.marked == ()
        assert "共 3 条" in screens.text(app)


async def test_a_list_that_is_not_markable_ignores_space(screens) -> None:
    records = RecordList(COLUMNS, Ledger(3))
    app = screens.WidgetApp(lambda: [records])
    async with app.run_test(size=(80, 24)) as pilot:
        records.focus()
        await pilot.press("space")
        assert (records.marked, records.cursor) == ((), 0)


async def test_enter_and_a_double_click_select_the_record(screens) -> None:
    chosen: list[str] = []

    class Chooser(screens.WidgetApp):  # type: ignore[misc, name-defined]
        def on_record_list_selected(self, selected: RecordList.Selected) -> None:
            chosen.append(selected.record.key)

    records = RecordList(COLUMNS, Ledger(30))
    app = Chooser(lambda: [records])
    async with app.run_test(size=(80, 24)) as pilot:
        records.focus()
        await pilot.press("down", "enter")
        await pilot.double_click(records, offset=(5, 6))
        await pilot.pause()
        assert chosen == ["k1", "k5"]


async def test_an_empty_list_says_so_and_answers_no_key_with_a_record(screens) -> None:
    records = RecordList(COLUMNS, empty="没有待办的事。新的事到了会显示在这里。")
    app = screens.WidgetApp(lambda: [records])
    async with app.run_test(size=(80, 24)) as pilot:
        records.focus()
        await pilot.press("down", "enter", "space", "end")
        await pilot.pause()
        assert "没有待办的事" in screens.text(app)
        assert records.current is None


async def test_rows_that_vanished_leave_an_empty_line(screens) -> None:
    class Shrunk(Ledger):
        def page(self, start: int, size: int) -> Sequence[Record]:
            return super().page(start, size)[:2]

    records = RecordList(COLUMNS, Shrunk(5))
    app = screens.WidgetApp(lambda: [records])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "enter")
        await pilot.pause()
        assert records.current is None
        assert "第1号" in screens.text(app)


@pytest.mark.parametrize("width", [30, 60, 80, 120, 200])
async def test_every_line_fills_the_width_and_the_growing_column_takes_the_rest(screens, width: int) -> None:
    records = RecordList(COLUMNS, Ledger(100))
    app = screens.WidgetApp(lambda: [records])
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        assert all(cells(words) == width for words in screens.picture(app))
        row = screens.picture(app)[1]
        assert "事项0" in row
        assert ("0.00" in row) == (width >= 60)
        if width >= 60:
            assert row.rstrip().endswith("待审批")


async def test_a_list_follows_its_size(screens) -> None:
    records = RecordList(COLUMNS, Ledger(100))
    app = screens.WidgetApp(lambda: [records])
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("pagedown")
        assert records.cursor > 30
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        await pilot.pause()
        assert any(words.startswith(">") and f"第{records.cursor}号" in words for words in screens.picture(app))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_the_header_keeps_the_date_and_gives_the_rest_what_is_left(screens, width: int) -> None:
    app = screens.WidgetApp(lambda: [HeaderBar("示例市公共事务管理局办公室", "张三（综合科科长）", "2026-07-01")])
    async with app.run_test(size=(width, 3)) as pilot:
        await pilot.pause()
        words = screens.picture(app)[0]
        assert cells(words) == width
        assert "张三（综合科科长）" in words
        assert words.endswith(" 2026-07-01 ")


async def test_the_open_tab_stands_in_brackets_and_a_click_chooses(screens) -> None:
    chosen: list[str] = []

    class Chooser(screens.WidgetApp):  # type: ignore[misc, name-defined]
        def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
            chosen.append(message.key)

    tabs = TabBar([Tab("inbox", "待办 3"), Tab("draft", "起草"), Tab("search", "查询")], "draft")
    app = Chooser(lambda: [tabs])
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        words = screens.picture(app)[0]
        assert "[起草]" in words
        await pilot.click(tabs, offset=(cells(words[: words.index("查")]), 0))
        await pilot.pause()
        assert chosen == ["search"]


async def test_too_many_tabs_show_those_around_the_open_one(screens) -> None:
    tabs = [Tab(str(number), f"第{number}区域事项") for number in range(20)]
    app = screens.WidgetApp(lambda: [TabBar(tabs, "10")])
    async with app.run_test(size=(60, 3)) as pilot:
        await pilot.pause()
        words = screens.picture(app)[0]
        assert cells(words) == 60
        assert "[第10区域事项]" in words
        assert words.startswith("< ")
        assert words.rstrip().endswith(" >")


async def test_the_key_bar_drops_the_least_important_and_keeps_help(screens) -> None:
    hints = [KeyHint(f"f{number}", f"F{number}", "办理事项", importance=number) for number in range(2, 13)]
    app = screens.WidgetApp(lambda: [KeyBar([*hints, HELP])])
    for width in (20, 60, 80):
        async with app.run_test(size=(width, 3)) as pilot:
            await pilot.pause()
            words = screens.picture(app)[0]
            assert "F1 帮助" in words
            assert cells(words) == width
            assert "F2 " not in words
        app = screens.WidgetApp(lambda: [KeyBar([*hints, HELP])])


async def test_a_disabled_key_stays_to_be_seen_and_can_still_be_asked(screens) -> None:
    pressed: list[str] = []

    class Presser(screens.WidgetApp):  # type: ignore[misc, name-defined]
        def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
            pressed.append(message.key)

    bar = KeyBar([HELP, KeyHint("f5", "F5", "批准", enabled=False)])
    app = Presser(lambda: [bar])
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        words = screens.picture(app)[0]
        assert "(F5 批准)" in words
        await pilot.click(bar, offset=(cells(words[: words.index("(")]), 0))
        await pilot.pause()
        assert pressed == ["f5"]


async def test_a_field_tells_what_is_wrong_with_its_value(screens) -> None:
    field = TextInput(check=lambda words: None if words.isdecimal() else "金额只能写数字。")
    app = screens.WidgetApp(lambda: [field])
    async with app.run_test(size=(80, 24)) as pilot:
        field.focus()
        await pilot.press("1", "2")
        assert field.fault == ""
        await pilot.press("a")
        assert field.fault == "金额只能写数字。"


async def test_pasted_lines_become_one_line_and_lose_nothing(screens) -> None:
    app = screens.WidgetApp(lambda: [TextInput("甲")])
    async with app.run_test(size=(80, 24)) as pilot:
        field = app.query_one(TextInput)
        field.focus()
        await pilot.pause()
        app.post_message(screens.paste("乙\r\n丙\x1b丁\r\n"))
        await pilot.pause()
        assert field.value == "甲乙 丙□丁"


async def test_text_of_several_lines_can_be_pasted_into_the_long_field(screens) -> None:
    field = LongText()
    app = screens.WidgetApp(lambda: [field])
    async with app.run_test(size=(80, 24)) as pilot:
        field.focus()
        await pilot.pause()
        app.post_message(screens.paste("第一条\r\n第二条\x9b"))
        await pilot.pause()
        assert field.text == "第一条\n第二条□"


async def test_the_caret_is_followed_exactly_through_a_scrolled_field(screens) -> None:
    field = TextInput()
    app = screens.WidgetApp(lambda: [field])
    async with app.run_test(size=(20, 5)) as pilot:
        field.focus()
        for count in range(1, 13):
            await pilot.press("好")
            await pilot.pause()
            assert app.cursor_position == field.cursor_screen_offset
            assert app.cursor_position.x == (2 * count if count < 10 else app.cursor_position.x)
            assert 0 <= app.cursor_position.x < 20
        row = screens.picture(app)[0]
        assert cells(row[: len(row.rstrip())]) == app.cursor_position.x


async def test_a_password_is_never_drawn(screens) -> None:
    app = screens.WidgetApp(lambda: [TextInput("秘密甲乙", password=True)])
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        assert screens.picture(app)[0].startswith("**** ")


async def test_prose_scrolls_and_tells_how_much_is_below(screens) -> None:
    prose = Prose([Paragraph(f"第{number}行") for number in range(1, 41)], focusable=True)
    prose.styles.height = 10
    app = screens.WidgetApp(lambda: [prose])
    async with app.run_test(size=(80, 24)) as pilot:
        prose.focus()
        await pilot.pause()
        assert "(下面还有 31 行)" in screens.text(app)
        await pilot.press("end")
        await pilot.pause()
        assert "第40行" in screens.text(app)
        assert "下面还有" not in screens.text(app)
        await pilot.press("home", "down")
        await pilot.pause()
        assert screens.picture(app)[0].startswith("第2行")

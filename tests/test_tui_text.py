"""Words from records reach the terminal as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widget import Widget

from tui.text import cells, cut, fit, line, plain, shown, wrap
from tui.widgets.bars import HeaderBar, KeyBar, KeyHint, Tab, TabBar
from tui.widgets.choice import Choice, Option
from tui.widgets.columns import Column
from tui.widgets.dialogs import ConfirmDialog, FindingNote, FindingsDialog, MessageDialog
from tui.widgets.opinion_dialog import OpinionDialog
from tui.widgets.picker import Candidate, Picker
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record
from tui.widgets.text_area import LongText
from tui.widgets.text_input import TextInput

HOSTILE = st.text(alphabet=st.characters(), max_size=40) | st.sampled_from(
    ["\x1b[2J", "\x9b1m", "[/", "[@click=app.x]"]
)


def test_control_bytes_are_shown_as_boxes() -> None:
    assert shown("甲\x1b[2J\x9b乙\u202e") == "甲□[2J□乙□"


def test_windows_and_unix_line_ends_are_one_line_break() -> None:
    assert shown("一\r\n二\r三\n四") == "一\n二\n三\n四"
    assert line("一\r\n二\t三") == "一 二 三"


@pytest.mark.parametrize("words", ["[@click=app.x]点[/]", "[/", "[b", "$name", "\\[x]"])
def test_markup_in_data_stays_literal(words: str) -> None:
    assert plain(words).plain == words


@given(HOSTILE, st.integers(min_value=0, max_value=30))
def test_a_fitted_text_takes_exactly_its_room(words: str, room: int) -> None:
    assert cells(fit(words, room)) == room
    assert cells(fit(words, room, right=True)) == room
    assert cells(cut(words, room)) <= room


@given(HOSTILE, st.integers(min_value=2, max_value=30))
def test_wrapping_loses_nothing_but_spaces_and_keeps_to_the_width(words: str, room: int) -> None:
    lines = wrap(words, room)
    assert all(cells(piece) <= room for piece in lines)
    kept = "".join(lines).replace(" ", "")
    assert kept == shown(words).replace("\n", "").replace(" ", "")


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket() -> None:
    assert wrap("一二三四。五", 8) == ["一二三", "四。五"]
    assert wrap("一二三（四）", 8) == ["一二三", "（四）"]


def test_a_long_text_is_cut_with_ascii_dots() -> None:
    assert cut("关于印发差旅费管理办法的通知", 10) == "关于印发.."


def _everywhere(words: str) -> list[Widget]:
    return [
        HeaderBar(words, words, "日"),
        TabBar([Tab("a", words), Tab("b", words)], "a"),
        RecordList([Column(words, 20), Column("题", 20)], FixedSource([Record("k", (words, words))])),
        RecordList([Column("题", 20)], empty=words),
        Prose([Paragraph(words, strong=True), Paragraph(words, indent=4)]),
        TextInput(words, placeholder=words),
        TextInput("", placeholder=words),
        LongText(words, placeholder=words),
        KeyBar([KeyHint("f1", words, words), KeyHint("f2", words, words, enabled=False)]),
    ]


async def test_hostile_words_do_no_harm_in_any_widget(screens) -> None:
    for words in screens.HOSTILE:
        app = screens.WidgetApp(lambda words=words: _everywhere(words))
        async with app.run_test(size=(80, 60)) as pilot:
            await pilot.pause()
            assert not screens.unsafe(screens.text(app)), repr(words)
            for row, shown_line in enumerate(screens.picture(app)):
                if "点我" in shown_line:
                    await pilot.click(offset=(cells(shown_line[: shown_line.index("点我")]) + 1, row))
            assert not app.attacked


async def test_hostile_words_do_no_harm_in_any_dialog(screens) -> None:
    for words in ("".join(screens.HOSTILE), "[/ 未闭合 [b", "[@click=app.pwn]点我[/]"):
        dialogs = [
            MessageDialog(words, words, words),
            ConfirmDialog(words, words, words, words),
            FindingsDialog(words, [FindingNote(words, words, (words, words))], words),
            OpinionDialog(words, words, initial=words, agree=words),
            Choice(words, [Option("k", words, words)], words),
            Picker(words, lambda typed, limit, words=words: [Candidate("k", words, words)], typed=words, title=words),
        ]
        app = screens.WidgetApp(lambda: [])
        async with app.run_test(size=(80, 24)) as pilot:
            for dialog in dialogs:
                await app.push_screen(dialog)
                await pilot.pause()
                assert not screens.unsafe(screens.text(app)), repr(words)
                await pilot.press("escape")
            assert not app.attacked


async def test_hostile_words_put_into_fields_later_are_cleaned(screens) -> None:
    app = screens.WidgetApp(lambda: [TextInput(id="one"), LongText(id="many")])
    async with app.run_test(size=(80, 24)) as pilot:
        one, many = app.query_one("#one", TextInput), app.query_one("#many", LongText)
        for words in screens.HOSTILE:
            one.value = words
            one.insert_text_at_cursor(words)
            many.text = words
            many.insert(words)
            await pilot.pause()
            assert not screens.unsafe(one.value)
            assert not screens.unsafe(many.text)
            assert not screens.unsafe(screens.text(app))

"""A very small session for tests that need a real terminal; notes what happens in the file it is given."""

import sys
from pathlib import Path

from tui.environment import prepare

prepare()

from textual.app import ComposeResult  # noqa: E402
from textual.binding import Binding  # noqa: E402

from tui.base import SessionApp  # noqa: E402
from tui.driver import LineDropped, WrongEncoding  # noqa: E402
from tui.widgets.bars import HELP, KeyBar, KeyHint  # noqa: E402
from tui.widgets.columns import Column  # noqa: E402
from tui.widgets.dialogs import ConfirmDialog  # noqa: E402
from tui.widgets.record_list import RecordList  # noqa: E402
from tui.widgets.rows import FixedSource, Record  # noqa: E402
from tui.widgets.text_area import LongText  # noqa: E402
from tui.widgets.text_input import TextInput  # noqa: E402


class Session(SessionApp):
    """A list, a field and a long field."""

    BINDINGS = [
        Binding("escape", "note('退出键')"),
        Binding("f5", "ask"),
        Binding("f10", "quit"),
        Binding("f9", "break"),
    ]

    def __init__(self, notes: Path) -> None:
        super().__init__()
        self._notes = notes

    def compose(self) -> ComposeResult:
        rows = (Record(str(number), (str(number), "关于出差的申请")) for number in range(1000))
        yield TextInput("甲乙", placeholder="事由")
        yield RecordList([Column("号", 6), Column("标题", 20)], FixedSource(rows))
        yield LongText("长文")
        yield KeyBar([HELP, KeyHint("f5", "F5", "询问")])

    def on_mount(self) -> None:
        self.query_one(TextInput).focus()
        self.call_after_refresh(self.action_note, "就绪")

    def action_note(self, words: str) -> None:
        with self._notes.open("a", encoding="utf-8") as file:
            file.write(words + "\n")

    def action_ask(self) -> None:
        self.push_screen(ConfirmDialog("确定吗", "会有后果。"))

    def action_break(self) -> None:
        raise RuntimeError("secret particulars")

    def on_line_dropped(self, _: LineDropped) -> None:
        self.action_note("草稿:" + self.query_one(TextInput).value)

    def on_wrong_encoding(self, message: WrongEncoding) -> None:
        self.action_note("编码:" + message.advice)


session = Session(Path(sys.argv[1]))
session.run()
session.action_note("结束")

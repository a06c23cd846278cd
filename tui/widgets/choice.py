"""One of a few things, taken by its digit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.widget import Widget

from tui.text import cells
from tui.widgets.columns import Column
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record

_DIGITS = 9
"""Options that a single digit takes."""


@dataclass(frozen=True)
class Option:
    """Something to choose: the key handed back, its title, and a note that tells it from the others."""

    key: str
    title: str
    note: str = ""


class Choice(Dialog[str | None]):
    """A short list; digits take the first nine at once, arrows and Enter any; the result is a key, or None."""

    AUTO_FOCUS: ClassVar[str | None] = "RecordList"

    def __init__(self, heading: str, options: Sequence[Option], hint: str = "") -> None:
        super().__init__(heading, None)
        self._options = tuple(options)
        few = len(self._options) <= _DIGITS
        taken = "按数字键选定" if few else "前九项按数字键，其余用上下键和回车选定"
        self._hint = hint or f"{taken}，Esc 返回。"

    def body(self) -> Iterable[Widget]:
        """The numbered list and a hint."""
        width = max((cells(option.title) for option in self._options), default=0)
        columns = (Column("", 2, right=True), Column("选项", min(40, max(4, width))), Column("说明", 8, grows=True))
        rows = (
            Record(option.key, (str(place), option.title, option.note))
            for place, option in enumerate(self._options, start=1)
        )
        choices = RecordList(columns, FixedSource(rows), empty="没有可选的。", position=False)
        choices.styles.height = min(14, max(3, len(self._options) + 1))
        yield choices
        yield Prose(self._hint)

    def on_key(self, event: events.Key) -> None:
        place = int(event.key) - 1 if event.key.isdecimal() else -1
        if 0 <= place < min(_DIGITS, len(self._options)):
            event.stop()
            self.dismiss(self._options[place].key)

    def on_record_list_selected(self, selected: RecordList.Selected) -> None:
        self.dismiss(selected.record.key)

"""A list of records of any length that draws only its visible lines and fetches them by pages."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.text import cells, fit, wrap
from tui.widgets.columns import Column, row_text, widened
from tui.widgets.rows import FixedSource, Record, Source, Window

_GUTTER = 2
_WHEEL_ROWS = 3


class RecordList(ScrollView, can_focus=True):
    """Rows under column titles over a line that tells the position; a bar and a sign, not colour, show the cursor."""

    DEFAULT_CSS = """
    RecordList { height: 1fr; overflow: hidden auto; scrollbar-size: 0 0; }
    RecordList > .titles { text-style: bold underline; }
    RecordList > .cursor { text-style: bold; }
    RecordList:focus > .cursor, RecordList.-led > .cursor { text-style: reverse; }
    RecordList > .position { text-style: dim; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"titles", "cursor", "position"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home,ctrl+home", "first", show=False),
        Binding("end,ctrl+end", "last", show=False),
        Binding("space", "mark", show=False),
        Binding("enter", "select", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row number of the cursor, from zero."""

    class Selected(Message):
        """Enter or a second click on a row."""

        def __init__(self, record_list: "RecordList", record: Record) -> None:
            super().__init__()
            self.record_list, self.record = record_list, record

        @property
        def control(self) -> "RecordList":
            """The list it happened in."""
            return self.record_list

    class Moved(Message):
        """The cursor is on another row, or on none when the list is empty."""

        def __init__(self, record_list: "RecordList", record: Record | None) -> None:
            super().__init__()
            self.record_list, self.record = record_list, record

        @property
        def control(self) -> "RecordList":
            """The list it happened in."""
            return self.record_list

    class MarksChanged(Message):
        """The set of marked rows is another one."""

        def __init__(self, record_list: "RecordList", keys: tuple[str, ...]) -> None:
            super().__init__()
            self.record_list, self.keys = record_list, keys

        @property
        def control(self) -> "RecordList":
            """The list it happened in."""
            return self.record_list

    def __init__(
        self,
        columns: Sequence[Column],
        source: Source | None = None,
        *,
        empty: str = "没有记录。",
        markable: bool = False,
        position: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._rows = Window(source or FixedSource())
        self._empty = empty
        self._markable = markable
        self._footer = 1 if position else 0
        self._marks: dict[str, None] = {}

    def on_mount(self) -> None:
        self._measure()

    def show(self, source: Source, *, keep_place: bool = False, columns: Sequence[Column] = ()) -> None:
        """Show the rows of ``source``; from the top without marks, or with cursor and marks left where they are.

        Other columns, where any are given, take the place of those there were.
        """
        self._columns = tuple(columns) or self._columns
        self._rows = Window(source)
        if not keep_place:
            self._marks.clear()
        self._measure()
        place = max(0, min(self.cursor, self._rows.count - 1)) if keep_place else 0
        self.set_reactive(RecordList.cursor, place)
        self._follow()
        self.refresh()
        self.post_message(self.Moved(self, self.current))

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.count

    @property
    def current(self) -> Record | None:
        """The row under the cursor, None in an empty list."""
        return self.row(self.cursor)

    @property
    def marked(self) -> tuple[str, ...]:
        """The keys of the marked rows, in the order they were marked."""
        return tuple(self._marks)

    def mark(self, keys: Iterable[str]) -> None:
        """Mark the rows of these keys beside those that are marked."""
        self._marks.update(dict.fromkeys(keys))
        self._marks_changed()
        self.refresh()

    def clear_marks(self) -> None:
        """Take all marks away."""
        self._marks.clear()
        self._marks_changed()

    def row(self, index: int) -> Record | None:
        """The row of that number, None when there is none (any more)."""
        return self._rows.row(index)

    def action_move(self, rows: int) -> None:
        self.cursor += rows

    def action_turn(self, pages: int) -> None:
        self.cursor += pages * max(1, self._visible_rows - 1)

    def action_first(self) -> None:
        self.cursor = 0

    def action_last(self) -> None:
        self.cursor = self._rows.count - 1

    def action_select(self) -> None:
        if (record := self.current) is not None:
            self.post_message(self.Selected(self, record))

    def action_mark(self) -> None:
        """Mark or unmark the row under the cursor and go to the next."""
        record = self.current
        if not self._markable or record is None:
            return
        if record.key in self._marks:
            del self._marks[record.key]
        else:
            self._marks[record.key] = None
        self._marks_changed()
        self.cursor += 1

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.MarksChanged(self, self.marked))

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(self._rows.count - 1, cursor))

    def watch_cursor(self, old: int, new: int) -> None:
        top = self._top
        if not self._follow():
            width = self.size.width
            changed = [Region(0, row - top + 1, width, 1) for row in (old, new)]
            if self._footer:
                changed.append(Region(0, self.size.height - 1, min(width, cells(self._position()) + 2), 1))
            self.refresh(*changed)
        self.post_message(self.Moved(self, self.current))

    def on_resize(self) -> None:
        self._measure()
        self.call_after_refresh(self._follow)

    def on_focus(self) -> None:
        self._place_terminal_cursor()

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.y - 1
        if 1 <= event.y <= self._visible_rows and index < self._rows.count:
            if index == self.cursor and event.chain > 1:
                self.action_select()
            self.cursor = index

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self.cursor += _WHEEL_ROWS

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.cursor -= _WHEEL_ROWS

    @property
    def _top(self) -> int:
        return int(self.scroll_offset.y)

    @property
    def _visible_rows(self) -> int:
        return max(1, self.size.height - 1 - self._footer)

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, self._rows.count + 1 + self._footer)

    def _follow(self) -> bool:
        """Bring the cursor into view; true when the rows had to be scrolled."""
        top = self._top
        wanted = min(max(top, self.cursor - self._visible_rows + 1), self.cursor)
        wanted = max(0, min(wanted, self._rows.count - self._visible_rows))
        self._place_terminal_cursor(wanted)
        self._widen(wanted)
        if wanted == top or not self.size:
            return False
        self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        return True

    def _widen(self, top: int) -> None:
        """Give what is read whole its room in the rows from ``top`` on."""
        before = self._columns
        for index in range(top, top + self._visible_rows) if self.size and any(each.whole for each in before) else ():
            if (record := self.row(index)) is not None:
                self._columns = widened(self._columns, record.cells)
        if self._columns is not before:
            self.refresh()

    def _place_terminal_cursor(self, top: int | None = None) -> None:
        """Screen readers follow the terminal's own cursor."""
        if self.has_focus:
            row = self.cursor - (self._top if top is None else top) + 1
            self.app.cursor_position = self.content_region.offset + Offset(0, row)

    def _position(self) -> str:
        """What the last line says: place, count and number of marks."""
        if not self._rows.count:
            return ""
        marks = f"，已选 {len(self._marks)} 条" if self._marks else ""
        return f"  第 {self.cursor + 1} 条，共 {self._rows.count} 条{marks}"

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            titles = [column.title for column in self._columns]
            return self._strip("  " + row_text(self._columns, titles, width - _GUTTER), "titles")
        if self._footer and y == self.size.height - 1:
            return self._strip(fit(self._position(), width), "position")
        if not self._rows.count:
            lines = wrap(self._empty, width - _GUTTER)
            text = lines[y - 2] if 2 <= y < len(lines) + 2 else ""
            return self._strip(fit("  " + text, width), "")
        index = self._top + y - 1
        record = self.row(index)
        if record is None:
            return self._strip(" " * width, "")
        at_cursor = index == self.cursor
        signs = (">" if at_cursor else " ") + ("*" if record.key in self._marks else " ")
        return self._strip(
            signs + row_text(self._columns, record.cells, width - _GUTTER), "cursor" if at_cursor else ""
        )

    def _strip(self, text: str, kind: str) -> Strip:
        width = self.size.width
        style = self.get_component_rich_style(kind) if kind else self.rich_style
        return Strip([Segment(fit(text, width), style)], width)

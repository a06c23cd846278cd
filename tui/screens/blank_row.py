"""A blank with its title beside it, and the blanks that hold rows."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from core.directory import OfficeDirectory
from core.fields import Field, Kind, read_form
from core.money import format_money, parse_money
from tui.screens.blanks import Control, control_for
from tui.session import Session
from tui.text import cells
from tui.widgets.columns import Column
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record
from tui.wording import cell_text

_WIDEST_TITLE = 22


def title_of(blank: Field) -> str:
    """The title of a blank with the unit it is counted in."""
    unit = "元" if blank.kind is Kind.MONEY else blank.unit
    return f"{blank.title}（{unit}）" if unit else blank.title


def title_width(blanks: Iterable[Field]) -> int:
    """Cells for the titles of a form, their mark included; longer titles wrap."""
    return min(_WIDEST_TITLE, max((cells(title_of(blank)) for blank in blanks), default=0)) + 3


class BlankRow(Horizontal):
    """The title, marked when the blank must be filled in or is at fault, and the control."""

    DEFAULT_CSS = "BlankRow { height: auto; } BlankRow > .control { width: 1fr; }"

    def __init__(self, session: Session, blank: Field, raw: Any, width: int) -> None:
        super().__init__()
        self.blank = blank
        self._width = width
        self._fault = ""
        self._demanded = blank.required
        self.control: Control | RowsBlank = (
            RowsBlank(session, blank, raw) if blank.kind is Kind.ROWS else control_for(session, blank, raw)
        )
        self.control.add_class("control")

    def compose(self) -> ComposeResult:
        title = Prose(self._title(), classes="title")
        title.styles.width = self._width
        yield title
        yield self.control

    def _title(self) -> list[Paragraph]:
        mark = "!" if self._fault else "*" if self._demanded else " "
        return [Paragraph(f"{mark} {title_of(self.blank)}", strong=bool(self._fault))]

    @property
    def fault(self) -> str:
        """What is wrong with the blank."""
        return self._fault

    @fault.setter
    def fault(self, fault: str) -> None:
        if bool(fault) != bool(self._fault):
            self._fault = fault
            self.query_one(".title", Prose).show(self._title())
        self._fault = fault

    def demand(self, demanded: bool) -> None:
        """Mark the blank as one that must be filled in, or as one that need not."""
        if demanded != self._demanded:
            self._demanded = demanded
            self.query_one(".title", Prose).show(self._title())

    @property
    def raw(self) -> Any:
        """What stands in it, as typed."""
        return self.control.raw


class RowsBlank(RecordList):
    """Rows filled in one by one: A adds one, Enter changes, Delete takes one away.

    Where a column is answered by yes or no, Y and N (or 1 and 2) answer it and go on to the next row without an answer;
    E answers all those by yes.
    """

    DEFAULT_CSS = "RowsBlank { height: auto; max-height: 8; min-height: 4; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,plus,insert", "add", show=False),
        Binding("delete", "remove", show=False),
        Binding("y,1", "answer('是')", show=False),
        Binding("n,2", "answer('否')", show=False),
        Binding("e", "answer_rest", show=False),
    ]

    class Changed(Message):
        """The rows are others."""

    def __init__(self, session: Session, blank: Field, raw: Any) -> None:
        self._session, self._blank = session, blank
        self._typed: list[dict[str, Any]] = [dict(row) for row in raw or ()]
        self._asked = next((each.key for each in blank.columns if each.kind is Kind.FLAG), "")
        columns = tuple(
            Column(title_of(each), max(12, cells(title_of(each))), each.kind is Kind.MONEY, place == 0, 9 - place)
            for place, each in enumerate(blank.columns)
        )
        super().__init__(columns, self._source(), empty="还没有填写。按 A 添加一行。")
        self.styles.height = self._tall()

    def _source(self) -> FixedSource:
        columns, desk = self._blank.columns, self._session.desk
        return FixedSource(
            Record(str(place), tuple(cell_text(desk, column, row.get(column.key, "")) for column in columns))
            for place, row in enumerate(self._typed)
        )

    def _tall(self) -> int:
        return max(4, min(8, len(self._typed) + 2))

    @property
    def raw(self) -> Any:
        return [dict(row) for row in self._typed]

    def _position(self) -> str:
        if self._asked and self._typed:
            return f"  共 {len(self._typed)} 行；Y 是，N 否，E 其余都是；回车修改，A 添加，删除键去掉"
        return "  A 添加，回车修改，删除键去掉" + self._totals()

    def _totals(self) -> str:
        if not self._typed:
            return ""
        told = [f"；共 {len(self._typed)} 行"]
        for column in self._blank.columns:
            if column.kind is Kind.MONEY:
                try:
                    total = sum((parse_money(str(row.get(column.key) or "0")) for row in self._typed), Decimal(0))
                    told.append(f"，{column.title}合计 {format_money(total)}")
                except ValueError:
                    continue
        return "".join(told)

    def _changed(self, place: int) -> None:
        self.styles.height = self._tall()
        self.show(self._source(), keep_place=True)
        self.cursor = place
        self.post_message(self.Changed())

    def action_select(self) -> None:
        if self.current is None:
            self.action_add()
        else:
            self._ask(self.cursor)

    def action_add(self) -> None:
        self._ask(len(self._typed))

    def action_remove(self) -> None:
        if self.current is not None:
            del self._typed[self.cursor]
            self._changed(self.cursor)

    def action_answer(self, answer: str) -> None:
        """Answer the row under the cursor; what is answered by no is usually told more of, so its row opens."""
        if not self._asked or self.current is None:
            return
        place = self.cursor
        self._typed[place] = {**self._typed[place], self._asked: answer}
        order = [*range(place + 1, len(self._typed)), *range(place)]
        self._changed(next((each for each in order if not self._typed[each].get(self._asked)), place))
        if answer == "否" and self._asked != self._blank.columns[-1].key:
            self._ask(place, self._blank.columns[-1].key)

    def action_answer_rest(self) -> None:
        """Answer every row without an answer by yes."""
        if self._asked and self._typed:
            self._typed = [row if row.get(self._asked) else {**row, self._asked: "是"} for row in self._typed]
            self._changed(self.cursor)

    def _ask(self, place: int, at: str = "") -> None:
        row = self._typed[place] if place < len(self._typed) else {}

        def done(typed: dict[str, Any] | None) -> None:
            if typed is not None:
                self._typed[place : place + 1] = [typed]
                self._changed(self.cursor if at else place)

        heading = f"{self._blank.title}第 {place + 1} 行"
        self.app.push_screen(RowDialog(self._session, heading, self._blank.columns, row, at), done)


class RowDialog(Dialog[dict[str, Any] | None]):
    """One row of a blank: its cells as a small form; F2 keeps it, with what cannot be read told first."""

    AUTO_FOCUS: ClassVar[str | None] = ".control"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "keep", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = "RowDialog VerticalScroll { height: auto; max-height: 12; scrollbar-size: 0 0; }"

    def __init__(
        self, session: Session, heading: str, columns: tuple[Field, ...], row: Mapping[str, Any], at: str = ""
    ) -> None:
        super().__init__(heading, None)
        self._session, self._columns, self._row, self._at = session, columns, row, at

    def on_mount(self) -> None:
        """Begin at the cell that is asked for."""
        for row in self.query(BlankRow):
            if row.blank.key == self._at:
                row.control.focus()

    def body(self) -> Iterable[Widget]:
        """The cells, what is wrong, the keys."""
        width = title_width(self._columns)
        with VerticalScroll(can_focus=False):
            for column in self._columns:
                yield BlankRow(self._session, column, self._row.get(column.key, ""), width)
        yield Prose(" ", id="fault")
        yield Prose("回车到下一栏，F2 确定，Esc 返回。")

    def on_input_submitted(self) -> None:
        rows = list(self.query(BlankRow))
        if rows and rows[-1].control.has_focus:
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        """Keep the row if every cell can be read."""
        typed = {row.blank.key: row.raw for row in self.query(BlankRow)}
        faults = read_form(self._columns, typed, OfficeDirectory(self._session.desk)).faults
        for row in self.query(BlankRow):
            row.fault = next((fault.facts for fault in faults if fault.at == row.blank.key), "")
        if faults:
            self.query_one("#fault", Prose).show([Paragraph(fault.facts, strong=True) for fault in faults])
            next(row for row in self.query(BlankRow) if row.fault).control.focus()
        else:
            self.dismiss({key: value for key, value in typed.items() if value})

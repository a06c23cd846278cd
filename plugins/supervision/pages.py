"""The board of supervised matters: by state, one key to each, one key to urge."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

from core.acts import Act, Verb
from core.hookspec import hookimpl
from core.matter import State
from plugins.supervision import board
from plugins.supervision.board import Line, View
from plugins.supervision.matters import URGING
from tui.drafts import Task
from tui.page import Page
from tui.screens.acting import act_and_tell
from tui.screens.frame import Frame
from tui.screens.matters_tabs import open_matter
from tui.session import Session
from tui.widgets.ask import LineDialog
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record

_COLUMNS = (
    Column("情况", 10, importance=9),
    Column("事项", 16, grows=True, importance=9),
    Column("承办", 16, importance=6),
    Column("期限", 10, importance=8),
    Column("说明", 17, importance=5),
)


class Board(Vertical):
    """Every supervised matter in one list; the figures choose what part of it is shown."""

    DEFAULT_CSS = "Board { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(place), f"view({place})", show=False) for place in range(1, len(View) + 1)),
        Binding("u", "urge", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._view = session, View.OPEN
        self._open = board.lines(session.desk, board.OPEN)

    def compose(self) -> ComposeResult:
        yield Prose(list(self._head()))
        yield RecordList(_COLUMNS, self._source(), empty="这里没有督查事项。")

    def on_mount(self) -> None:
        self.query_one(RecordList).focus()

    def _head(self) -> Iterator[Paragraph]:
        keys = "　".join(
            f"[{place} {view.value}]" if view is self._view else f"{place} {view.value}"
            for place, view in enumerate(View, 1)
        )
        yield Paragraph(keys, strong=True)
        for words in board.told(self._session.desk, self._open):
            yield Paragraph(words)
        yield Paragraph("回车看详情和办理，U 催办。")

    def _source(self) -> FixedSource:
        closed = self._view is View.CLOSED
        found = board.lines(self._session.desk, (State.SETTLED,)) if closed else board.shown(self._open, self._view)
        return FixedSource(self._record(each) for each in found)

    def _record(self, line: Line) -> Record:
        organisation, matter = self._session.organisation, line.matter
        section = organisation.units.get(matter.text("section"))
        who = f"{section.title if section else ''} {organisation.name(matter.text('handler'))}"
        cells = (line.told, matter.text("title"), who, line.day.isoformat(), line.note)
        return Record(matter.number, cells)

    def read_anew(self) -> bool:
        """Show the matters as they are now, with the cursor where it was."""
        self._open = board.lines(self._session.desk, board.OPEN)
        self.query_one(Prose).show(list(self._head()))
        self.query_one(RecordList).show(self._source(), keep_place=True)
        return True

    def action_view(self, place: int) -> None:
        self._view = list(View)[place - 1]
        self.query_one(Prose).show(list(self._head()))
        self.query_one(RecordList).show(self._source())

    def on_record_list_selected(self, selected: RecordList.Selected) -> None:
        if isinstance(self.screen, Frame):
            open_matter(self.screen, selected.record.key)

    def action_urge(self) -> None:
        """Send whoever handles it a notice with a few words, which go into the book."""
        record = self.query_one(RecordList).current
        if record is None:
            return

        def worded(words: str | None) -> None:
            if words:
                self.screen.run_worker(self._urged(record.key, words), group="urge", exclusive=True)

        self.app.push_screen(LineDialog("督办通知", f"{record.key} {record.cells[1]}：写一句催办的话", ""), worded)

    async def _urged(self, number: str, words: str) -> None:
        frame = self.screen
        if isinstance(frame, Frame):
            act = Act(Verb.SUBMIT, self._session.person, URGING, values={"task": number, "words": words})
            await act_and_tell(frame, Task(Verb.SUBMIT, kind=URGING), act)


def supervision_board(session: Session) -> Widget:
    """The board, beginning with all that is not closed."""
    return Board(session)


@hookimpl
def guizhang_pages() -> Iterator[Page]:
    """The board of supervised matters."""
    yield Page("supervision.board", "督查总览", supervision_board, "按逾期、快到期、待核实上报看督查事项，一个键催办")

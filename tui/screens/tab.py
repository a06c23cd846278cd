"""One area of the workbench: a list that is read anew when the records have changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from core.errors import StoreError
from tui.session import Session
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record, Source

if TYPE_CHECKING:
    from tui.screens.frame import Frame


class TabBody(Vertical):
    """The list of one area; what Enter does with a row is up to each area."""

    DEFAULT_CSS = "TabBody { height: 1fr; }"
    COLUMNS: ClassVar[Sequence[Column]] = ()
    EMPTY: ClassVar[str] = "没有记录。"
    COMMANDS: ClassVar[frozenset[str]] = frozenset()
    """Keys of the commands that are given on a row of this area."""

    MARKABLE: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        try:
            yield RecordList(self.COLUMNS, self.source(), empty=self.EMPTY, markable=self.MARKABLE)
        except StoreError as error:
            yield RecordList(self.COLUMNS, FixedSource(), empty=str(error))

    @property
    def rows(self) -> RecordList:
        return self.query_one(RecordList)

    @property
    def current(self) -> str:
        """The key of the row under the cursor; empty in an empty list."""
        record = self.rows.current
        return record.key if record else ""

    def source(self) -> Source:
        """The rows as they are now."""
        return FixedSource()

    def reload(self) -> None:
        """Read the rows anew, leaving the cursor where it was."""
        self.rows.show(self.source(), keep_place=True)

    def mark_alike(self) -> None:
        """Mark the rows that may be dealt with together with the one under the cursor."""

    async def open(self, frame: "Frame", record: Record) -> None:
        """What Enter does."""

    async def filter(self, frame: "Frame") -> None:
        """Narrow the list; an area without a choice of rows says so."""
        await frame.tell("筛选", "这里没有可以筛选的。要找某一件，请按 F3 查找。")

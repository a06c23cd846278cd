"""A table worked out for a year, a quarter or a month, with the ways to the terms beside it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from core.days.terms import Term
from core.family import Overview
from core.fields import Field, Kind
from tui.screens.frame import Frame
from tui.session import Session
from tui.text import cells
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record
from tui.wording import value_text

_WIDEST = 20
"""Cells that a column takes at most, where it is neither the longest nor a matter's number."""
_LONGEST = 22
"""Cells that the column with the longest words makes do with before another column is left out."""
_WORDS = (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.UNIT, Kind.BODY)
_LENGTHS = (12, 6, 3, 1)
_KEYS = "P 前一段，N 后一段，T 换成年、半年、季、月；回车看这一件"


class OverviewTable(Vertical):
    """The lines of an overview for one term."""

    DEFAULT_CSS = "OverviewTable { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "move(-1)", show=False),
        Binding("n", "move(1)", show=False),
        Binding("t", "length", show=False),
    ]

    def __init__(self, session: Session, overview: Overview) -> None:
        super().__init__()
        self._session, self._overview = session, overview
        self._term = Term.read(str(session.day.year))
        self._subjects: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        rows = self._rows()
        yield Prose(self._head())
        yield RecordList(self._columns(rows), FixedSource(rows), empty="这一段时间没有这样的记录。")

    def on_mount(self) -> None:
        self.query_one(RecordList).focus()

    def _head(self) -> list[Paragraph]:
        return [Paragraph(f"{self._term.title}　{self._overview.help}"), Paragraph(_KEYS)]

    def _rows(self) -> list[Record]:
        desk, columns = self._session.desk, self._overview.columns
        matter = next((each.key for each in columns if each.kind is Kind.MATTER), "")
        rows = []
        for place, line in enumerate(self._overview.rows(desk, self._term)):
            self._subjects[str(place)] = str(line.get(matter, ""))
            rows.append(Record(str(place), tuple(_cell(self._session, each, line.get(each.key)) for each in columns)))
        return rows

    def _columns(self, rows: Sequence[Record]) -> list[Column]:
        """Each column as wide as what stands in it; the one with the longest words takes the room that is left."""
        blanks = self._overview.columns
        wide = [max(map(cells, (blank.title, *(row.cells[at] for row in rows)))) for at, blank in enumerate(blanks)]
        growing = max(range(len(blanks)), key=lambda at: (blanks[at].kind in _WORDS, wide[at], -at))
        return [
            Column(
                blank.title,
                min(wide[at], _LONGEST if at == growing else _WIDEST),
                blank.kind in (Kind.NUMBER, Kind.MONEY),
                at == growing,
                importance=5,
                whole=blank.kind is Kind.MATTER,
            )
            for at, blank in enumerate(blanks)
        ]

    def read_anew(self) -> bool:
        """Show the table as the records are now."""
        self.query_one(Prose).show(self._head())
        rows = self._rows()
        self.query_one(RecordList).show(FixedSource(rows), keep_place=True, columns=self._columns(rows))
        return True

    def action_move(self, by: int) -> None:
        self._term = self._term.moved(by)
        self.read_anew()

    def action_length(self) -> None:
        """The next shorter sort of term that holds today; after the month the year again."""
        months = _LENGTHS[(_LENGTHS.index(self._term.months) + 1) % len(_LENGTHS)]
        self._term = Term.around(self._session.day, months)
        self.read_anew()

    def on_record_list_selected(self, selected: RecordList.Selected) -> None:
        number = self._subjects.get(selected.record.key, "")
        if number and isinstance(self.screen, Frame):
            from tui.screens.matters_tabs import open_matter

            open_matter(self.screen, number)


def _cell(session: Session, blank: Field, value: object) -> str:
    if blank.kind is Kind.PERSON and isinstance(value, str):
        return session.organisation.name(value)
    return value_text(session.desk, blank, value)  # type: ignore[arg-type]

"""Finding one among many people, units or documents by a few characters or pinyin initials."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui.text import cut
from tui.widgets.columns import Column
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record
from tui.widgets.text_input import TextInput

_LIMIT = 50
_TITLE_CELLS = 24


@dataclass(frozen=True)
class Candidate:
    """Something that can be picked: its key, its title such as a name, and a note such as unit and post."""

    key: str
    title: str
    note: str


Search = Callable[[str, int], Sequence[Candidate]]
"""Called with what was typed, empty at first, and the most candidates wanted; the best come first."""


def _as_read(candidate: Candidate) -> tuple[str, str]:
    """What of a candidate is sure to be seen in a narrow box."""
    return cut(candidate.title, _TITLE_CELLS), cut(candidate.note, _TITLE_CELLS)


def _note(candidate: Candidate, *, alone: bool) -> str:
    return candidate.note if alone else f"{candidate.key} {candidate.note}"


class Picker(Dialog[Candidate | None]):
    """A field to type in over the candidates that match; the result is a candidate, or None after Esc.

    Candidates alike in title and note also show their keys, so that no two lines ever read the same.
    """

    AUTO_FOCUS: ClassVar[str | None] = "TextInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "turn(-1)", show=False, priority=True),
        Binding("pagedown", "turn(1)", show=False, priority=True),
    ]

    def __init__(
        self,
        heading: str,
        search: Search,
        *,
        typed: str = "",
        title: str = "姓名",
        note: str = "单位和职务",
        placeholder: str = "输入汉字或拼音首字母",
    ) -> None:
        super().__init__(heading, None)
        self._search = search
        self._typed = typed
        self._titles = (title, note)
        self._placeholder = placeholder
        self._candidates: dict[str, Candidate] = {}

    def body(self) -> Iterable[Widget]:
        """The field, the candidates, a hint."""
        yield TextInput(self._typed, self._placeholder)
        title, note = self._titles
        columns = (Column(title, _TITLE_CELLS), Column(note, 16, grows=True))
        candidates = RecordList(columns, empty="没有找到。请换几个字再试。", position=False, classes="-led")
        candidates.can_focus = False
        candidates.styles.height = 12
        yield candidates
        yield Prose("上下键选择，回车选定，Esc 返回。")

    def on_mount(self) -> None:
        self._narrow(self._typed)

    def _narrow(self, typed: str) -> None:
        found = tuple(self._search(typed.strip(), _LIMIT))
        self._candidates = {candidate.key: candidate for candidate in found}
        seen = Counter(map(_as_read, found))
        rows = (
            Record(candidate.key, (candidate.title, _note(candidate, alone=seen[_as_read(candidate)] == 1)))
            for candidate in found
        )
        self.query_one(RecordList).show(FixedSource(rows))

    def on_input_changed(self, changed: Input.Changed) -> None:
        self._narrow(changed.value)

    def on_input_submitted(self) -> None:
        current = self.query_one(RecordList).current
        if current is not None:
            self.dismiss(self._candidates[current.key])

    def on_record_list_selected(self, selected: RecordList.Selected) -> None:
        self.dismiss(self._candidates[selected.record.key])

    def action_move(self, rows: int) -> None:
        self.query_one(RecordList).action_move(rows)

    def action_turn(self, pages: int) -> None:
        self.query_one(RecordList).action_turn(pages)

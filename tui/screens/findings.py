"""Everything that stands against a form, at once; a digit leads to the blank."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from core.fields import Field
from core.finding import Finding, Level, Remark, remarks
from tui.screens.blank_row import title_of
from tui.screens.frame import Frame
from tui.widgets.dialog import Dialog
from tui.widgets.dialogs import FindingNote, FindingsDialog
from tui.widgets.prose import Paragraph, Prose
from tui.wording import remark_lines, remedy_lines


def place_of(remark: Remark, blanks: Sequence[Field]) -> str:
    """The blank a remark belongs to, by its title; a row of it by its number."""
    parts = remark.at.split(".")
    blank = next((each for each in blanks if each.key == parts[0]), None)
    if blank is None:
        return ""
    if len(parts) < 2:
        return blank.title
    column = next((each for each in blank.columns if parts[2:] and each.key == parts[2]), None)
    return f"{blank.title}第 {parts[1]} 行{f'“{title_of(column)}”' if column else ''}"


async def tell_refused(frame: Frame, findings: Iterable[Finding]) -> None:
    """Tell everything that stands in the way of an act."""
    notes = [FindingNote(each.level.title, each.facts, tuple(remark_lines(each))) for each in remarks(findings)]
    await frame.app.push_screen_wait(FindingsDialog("没有办成", notes, leave="返回"))


class FindingsBox(Dialog[str | None]):
    """All that findings say, with clauses, facts and remedy; the result is the key of the blank to go to."""

    AUTO_FOCUS: ClassVar[str | None] = "#findings"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "first", show=False)]

    def __init__(self, heading: str, findings: Iterable[Finding], blanks: Sequence[Field]) -> None:
        super().__init__(heading, None)
        self._remarks, self._blanks = remarks(findings), tuple(blanks)

    def body(self) -> Iterable[Widget]:
        """The remarks, then the keys."""
        text, quoted = [], ""
        for number, remark in enumerate(self._remarks, 1):
            where = place_of(remark, self._blanks)
            place = f"{where}：" if where not in remark.facts else ""
            told = f"{number} [{remark.level.title}] {place}{remark.facts}"
            text.append(Paragraph(told, strong=remark.level is Level.REFUSE))
            for clause in remark.clauses:
                again = clause.key == quoted
                text.append(Paragraph(f"依据：同上，{clause.label}" if again else f"依据：{clause.quoted}", 4))
                quoted = clause.key
            text += [Paragraph(line, 4) for line in remedy_lines(remark)]
        yield Prose(text, focusable=True, id="findings", classes="body")
        yield Prose(" ")
        yield Prose("按数字到那一栏去改，回车到第一处，上下键翻看，Esc 返回。")

    def on_key(self, event: events.Key) -> None:
        place = int(event.key) - 1 if event.key.isdecimal() else -1
        if 0 <= place < len(self._remarks):
            event.stop()
            self._go_to(place)

    def action_first(self) -> None:
        self._go_to(0)

    def _go_to(self, place: int) -> None:
        self.dismiss(self._remarks[place].at.split(".")[0])

"""Everything that stands against a form, at once; a digit leads to the blank."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from core.fields import Field
from core.finding import Finding, Level
from tui.screens.blank_row import title_of
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Paragraph, Prose
from tui.wording import finding_lines


def place_of(finding: Finding, blanks: Sequence[Field]) -> str:
    """The blank a finding belongs to, by its title; a row of it by its number."""
    parts = finding.at.split(".")
    blank = next((each for each in blanks if each.key == parts[0]), None)
    if blank is None:
        return ""
    if len(parts) < 2:
        return blank.title
    column = next((each for each in blank.columns if parts[2:] and each.key == parts[2]), None)
    return f"{blank.title}第 {parts[1]} 行{f'“{title_of(column)}”' if column else ''}"


class FindingsBox(Dialog[int | None]):
    """All findings with clause, facts and remedy; the result is the number of the one to go to, from zero."""

    AUTO_FOCUS: ClassVar[str | None] = "#findings"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "first", show=False)]

    def __init__(self, heading: str, findings: Sequence[Finding], blanks: Sequence[Field]) -> None:
        super().__init__(heading, None)
        self._findings, self._blanks = tuple(findings), tuple(blanks)

    def body(self) -> Iterable[Widget]:
        """The findings, then the keys."""
        text, quoted = [], ""
        for number, finding in enumerate(self._findings, 1):
            where = place_of(finding, self._blanks)
            told = (
                f"{number} [{finding.level.title}] {f'{where}：' if where not in finding.facts else ''}{finding.facts}"
            )
            text.append(Paragraph(told, strong=finding.level is Level.REFUSE))
            basis, *remedy = finding_lines(finding)
            if finding.clause.key == quoted:
                basis = f"依据：同上，{finding.clause.label}"
            quoted = finding.clause.key
            text += [Paragraph(line, 4) for line in (basis, *remedy)]
        yield Prose(text, focusable=True, id="findings", classes="body")
        yield Prose(" ")
        yield Prose("按数字到那一栏去改，回车到第一处，上下键翻看，Esc 返回。")

    def on_key(self, event: events.Key) -> None:
        place = int(event.key) - 1 if event.key.isdecimal() else -1
        if 0 <= place < len(self._findings):
            event.stop()
            self.dismiss(place)

    def action_first(self) -> None:
        self.dismiss(0)

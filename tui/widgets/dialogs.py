"""Dialogs: a message, a decision with its consequence, a question for an opinion, findings of the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.widgets.answers import AnswerBar
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Paragraph, Prose


class ReadingDialog(Dialog[bool]):
    """Text to read, and answers of which the first means yes; everything else, Esc included, means no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
    ]

    def __init__(self, heading: str, text: Sequence[Paragraph], answers: Sequence[str], chosen: int = 0) -> None:
        super().__init__(heading, False)
        self._text = tuple(text)
        self._answers = tuple(answers)
        self._chosen = chosen

    def body(self) -> Iterable[Widget]:
        """The text, an empty line, the answers."""
        yield Prose(self._text, id="text", classes="body")
        yield Prose(" ")
        yield AnswerBar(self._answers, self._chosen)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#text", Prose).action_scroll_lines(lines)

    def on_answer_bar_given(self, answer: AnswerBar.Given) -> None:
        self.dismiss(answer.place == 0)


class MessageDialog(ReadingDialog):
    """Tells something."""

    def __init__(self, heading: str, text: str, answer: str = "知道了") -> None:
        super().__init__(heading, [Paragraph(text)], [answer])


class ConfirmDialog(ReadingDialog):
    """Asks before an act that cannot simply be taken back; ``consequence`` states what follows from it."""

    def __init__(self, heading: str, consequence: str, agree: str = "确定", refuse: str = "取消") -> None:
        super().__init__(heading, [Paragraph(consequence)], [agree, refuse], chosen=1)


@dataclass(frozen=True)
class FindingNote:
    """A finding as the dialog shows it: a word for its weight such as 不符, a heading, and its lines."""

    level: str
    heading: str
    lines: tuple[str, ...] = ()


class FindingsDialog(ReadingDialog):
    """All findings at once; with ``proceed`` the act may go on in spite of them, otherwise they are only read."""

    def __init__(
        self, heading: str, findings: Sequence[FindingNote], proceed: str = "", leave: str = "返回修改"
    ) -> None:
        text = [paragraph for finding in findings for paragraph in self._paragraphs(finding)]
        super().__init__(heading, text, [proceed, leave] if proceed else [leave], chosen=1 if proceed else 0)
        self._proceeds = bool(proceed)

    @staticmethod
    def _paragraphs(finding: FindingNote) -> list[Paragraph]:
        heading = Paragraph(f"[{finding.level}] {finding.heading}", strong=True)
        return [heading, *(Paragraph(text, indent=2) for text in finding.lines)]

    def on_answer_bar_given(self, answer: AnswerBar.Given) -> None:
        answer.prevent_default()
        self.dismiss(self._proceeds and answer.place == 0)

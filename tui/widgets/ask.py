"""Asking for one line of text."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from tui.widgets.dialog import Dialog
from tui.widgets.prose import Prose
from tui.widgets.text_input import TextInput


class LineDialog(Dialog[str | None]):
    """A question and a field; Enter answers, None means the user went back."""

    AUTO_FOCUS: ClassVar[str | None] = "TextInput"

    def __init__(self, heading: str, question: str, initial: str = "") -> None:
        super().__init__(heading, None)
        self._question, self._initial = question, initial

    def body(self) -> Iterable[Widget]:
        """The question, the field, a hint."""
        yield Prose(self._question)
        yield TextInput(self._initial)
        yield Prose("回车确定，Esc 返回。")

    def on_input_submitted(self) -> None:
        self.dismiss(self.query_one(TextInput).value.strip())

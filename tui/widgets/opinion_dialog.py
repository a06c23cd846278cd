"""The dialog that asks for a text, such as an opinion."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.widgets.answers import AnswerBar
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.text_area import LongText


class OpinionDialog(Dialog[str | None]):
    """Asks for a text such as an opinion; F2 or the first answer gives it, None means the user went back."""

    AUTO_FOCUS: ClassVar[str | None] = "LongText"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "give", show=False)]

    def __init__(
        self,
        heading: str,
        question: str,
        *,
        required: bool = True,
        initial: str = "",
        agree: str = "确定 (F2)",
        refuse: str = "返回 (Esc)",
    ) -> None:
        super().__init__(heading, None)
        self._question = question
        self._required = required
        self._initial = initial
        self._answers = (agree, refuse)

    def body(self) -> Iterable[Widget]:
        """The question, the field, a line for what is wrong, the answers."""
        yield Prose(self._question, classes="body")
        yield LongText(self._initial)
        yield Prose(" ", id="fault")
        yield AnswerBar(self._answers)

    def on_mount(self) -> None:
        field = self.query_one(LongText)
        field.move_cursor(field.document.end)

    @property
    def text(self) -> str:
        """What stands in the field now, for a draft."""
        return self.query_one(LongText).text

    def action_give(self) -> None:
        """Give the text, or tell that it is missing."""
        words = self.text.strip()
        if self._required and not words:
            self.query_one("#fault", Prose).show([Paragraph("这里必须填写，不能空着。", strong=True)])
            self.query_one(LongText).focus()
        else:
            self.dismiss(words)

    def on_answer_bar_given(self, answer: AnswerBar.Given) -> None:
        if answer.place == 0:
            self.action_give()
        else:
            self.action_leave()

"""The box that every question to the user stands in."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from tui.widgets.prose import Paragraph, Prose

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A box over the screen with a heading and a body; Esc leaves with the result that stands for no answer."""

    AUTO_FOCUS: ClassVar[str | None] = "AnswerBar"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, heading: str, no_answer: Result) -> None:
        super().__init__()
        self._heading = heading
        self._no_answer = no_answer

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Prose([Paragraph(self._heading, strong=True)])
            yield from self.body()

    def body(self) -> Iterable[Widget]:
        """What stands below the heading."""
        return ()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Answer once: keys that were typed ahead are not a second answer."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def action_leave(self) -> None:
        self.dismiss(self._no_answer)

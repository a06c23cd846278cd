"""The line of answers under a dialog."""

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.text import line
from tui.widgets.bars import Bar, Piece


class AnswerBar(Bar, can_focus=True):
    """The answers to choose from, by digit, or by arrows and Enter; the one Enter would give stands in brackets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter", "take", show=False),
    ]

    class Given(Message):
        """An answer was given; ``place`` counts from zero."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, answers: Sequence[str], chosen: int = 0) -> None:
        super().__init__()
        self._answers = tuple(answers)
        self._chosen = chosen

    def pieces(self, width: int) -> list[Piece]:
        """The numbered answers."""
        drawn: list[Piece] = []
        for place, answer in enumerate(self._answers):
            text = f"{place + 1} {line(answer)}"
            at = place == self._chosen
            style = Style(reverse=True) if at and self.has_focus else Style(bold=at)
            drawn += [Piece(f"[{text}]" if at else f" {text} ", style, str(place)), Piece("  ")]
        return drawn

    def action_step(self, places: int) -> None:
        self._chosen = (self._chosen + places) % len(self._answers)
        self.refresh()

    def action_take(self) -> None:
        self.post_message(self.Given(self._chosen))

    def on_key(self, event: events.Key) -> None:
        place = int(event.key) - 1 if event.key.isdecimal() else -1
        if 0 <= place < len(self._answers):
            event.stop()
            self.post_message(self.Given(place))

    def on_click(self, event: events.Click) -> None:
        if key := self.key_at(event.x):
            self.post_message(self.Given(int(key)))

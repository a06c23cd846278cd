"""A one-line field that input methods, screen readers and hostile pastes can be trusted with."""

from collections.abc import Callable
from typing import Any

from rich.text import Text
from textual.geometry import Offset
from textual.validation import ValidationResult, Validator
from textual.widgets import Input

from tui.text import line

Check = Callable[[str], str | None]
"""Judges what stands in a field: None when good, else a sentence telling what is wrong and what to do."""


class _CheckValidator(Validator):
    """A `Check` as the field's own validation."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        self._check = check

    def validate(self, value: str) -> ValidationResult:
        sentence = self._check(value)
        return self.success() if sentence is None else self.failure(sentence)


class TextInput(Input):
    """A field whose value is always clean text in one line, with the terminal's cursor exactly at the caret."""

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        check: Check | None = None,
        max_length: int = 0,
        password: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value=line(value),
            placeholder=line(placeholder),
            password=password,
            max_length=max_length,
            validators=[] if check is None else [_CheckValidator(check)],
            select_on_focus=False,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Whatever is set, typed or pasted is cleaned first."""
        return line(value)

    def validate_placeholder(self, placeholder: str) -> str:
        """A placeholder may quote records too."""
        return line(placeholder)

    @property
    def fault(self) -> str:
        """What is wrong with the value, empty when nothing is."""
        result = self.validate(self.value)
        return "" if result is None else "".join(result.failure_descriptions[:1])

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the caret, on which the input method opens its window."""
        x, y, _width, _height = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    @property
    def _value(self) -> Text:
        if self.password:
            return Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="")
        return super()._value

    def on_focus(self) -> None:
        self._anchor()

    def on_resize(self) -> None:
        self._anchor()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        self._anchor()

    def _anchor(self) -> None:
        """Put the terminal's cursor at the caret once the field has its place on the screen."""
        self.call_after_refresh(self._anchor_now)

    def _anchor_now(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert cleaned text, so that the length limit counts what is kept."""
        super().insert_text_at_cursor(line(text))

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a stretch by cleaned text."""
        super().replace(line(text), start, end)

    def _on_paste(self, event: Any) -> None:
        """A paste of several lines becomes one line; nothing of it is lost."""
        event.text = line(event.text.strip("\r\n"))
        super()._on_paste(event)
        event.prevent_default()

"""A field for opinions and long text, over several lines."""

from dataclasses import replace

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from tui.text import shown


class LongText(TextArea):
    """Several lines of clean text; Tab leaves the field, the terminal's cursor stays at the caret."""

    def __init__(
        self, text: str = "", placeholder: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(shown(text), placeholder=shown(placeholder), id=id, classes=classes)
        self.cursor_blink = False

    def load_text(self, text: str) -> None:
        """Show this text instead; it can not be undone."""
        super().load_text(shown(text))

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit with its text cleaned; typing, pasting and inserting all come through here."""
        return super().edit(replace(edit, text=shown(edit.text)))

    def on_focus(self) -> None:
        self.call_after_refresh(self._anchor)

    def on_resize(self) -> None:
        self.call_after_refresh(self._anchor)

    def _anchor(self) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()

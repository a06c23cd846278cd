"""A screen that is read: paragraphs that scroll, drawn anew when the records change."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from core.errors import StoreError
from tui.screens.frame import Frame
from tui.widgets.prose import Paragraph, Prose


class ReadingScreen(Frame):
    """Paragraphs over the whole screen."""

    DEFAULT_CSS = "ReadingScreen #text { height: 1fr; padding: 0 1; }"
    AUTO_FOCUS: ClassVar[str | None] = "#text"

    def paragraphs(self) -> list[Paragraph]:
        """What is to be read."""
        return []

    def body(self) -> Iterable[Widget]:
        yield Prose(self._read(), focusable=True, id="text")

    def _read(self) -> list[Paragraph]:
        try:
            return self.paragraphs()
        except StoreError as error:
            return [Paragraph(str(error))]

    def reload(self) -> None:
        self.query_one("#text", Prose).show(self._read())

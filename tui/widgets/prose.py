"""Text to be read: wrapped the Chinese way, scrolled by line, telling how much is still below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.text import fit, wrap

_BOLD = Style(bold=True)
_DIM = Style(dim=True)
_WHEEL_LINES = 3


@dataclass(frozen=True)
class Paragraph:
    """A stretch of text, ``indent`` cells in, bold when ``strong``."""

    text: str
    indent: int = 0
    strong: bool = False


class Prose(Widget):
    """Paragraphs as tall as their text, or scrolling when the place is smaller; takes no part in Tab's round."""

    DEFAULT_CSS = "Prose { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", show=False),
        Binding("down", "scroll_lines(1)", show=False),
        Binding("pageup", "scroll_pages(-1)", show=False),
        Binding("pagedown,space", "scroll_pages(1)", show=False),
        Binding("home", "scroll_lines(-1000000)", show=False),
        Binding("end", "scroll_lines(1000000)", show=False),
    ]

    def __init__(
        self,
        content: str | Sequence[Paragraph] = "",
        *,
        focusable: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = focusable
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._wrapped: tuple[int, list[tuple[str, bool]]] = (0, [])
        self._top = 0
        self._measured = False
        self._take(content)

    def show(self, content: str | Sequence[Paragraph]) -> None:
        """Show this from now on, from its start."""
        self._take(content)
        self.refresh(layout=True)

    def _take(self, content: str | Sequence[Paragraph]) -> None:
        self._paragraphs = (Paragraph(content),) if isinstance(content, str) else tuple(content)
        self._wrapped = (0, [])
        self._top = 0
        self._measured = False

    def _lines(self, width: int) -> list[tuple[str, bool]]:
        if self._wrapped[0] != width:
            lines = [
                (" " * paragraph.indent + piece, paragraph.strong)
                for paragraph in self._paragraphs
                for piece in wrap(paragraph.text, width - paragraph.indent)
            ]
            self._wrapped = (width, lines)
        return self._wrapped[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes in that width."""
        self._measured = True
        return len(self._lines(width))

    def action_scroll_lines(self, lines: int) -> None:
        """Move the text by that many lines, down when positive."""
        last = max(0, len(self._lines(self.size.width)) - self.size.height)
        if last:
            last += 1
        top = max(0, min(last, self._top + lines))
        if top != self._top:
            self._top = top
            self.refresh()

    def action_scroll_pages(self, pages: int) -> None:
        """Move the text by that many windows."""
        self.action_scroll_lines(pages * max(1, self.size.height - 2))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_scroll_lines(-_WHEEL_LINES)

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        lines = self._lines(width)
        base = self.rich_style
        below = len(lines) - self._top - height
        # Before the place has been measured for a new text, how much of it lies below is not known.
        known = self._measured or not self.styles.is_auto_height
        if known and height > 1 and y == height - 1 and len(lines) > height:
            text = f"(下面还有 {below + 1} 行)" if below >= 0 else "(完)"
            return Strip([Segment(fit(text, width), base + _DIM)], width)
        index = self._top + y
        text, strong = lines[index] if index < len(lines) else ("", False)
        return Strip([Segment(fit(text, width), base + _BOLD if strong else base)], width)

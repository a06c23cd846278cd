"""The one-line bars around a screen: who and when above, the areas below that, the keys at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.text import cells, cut, fit, line

_BOLD = Style(bold=True)
_DIM = Style(dim=True)
_REVERSE = Style(reverse=True)
_PLAIN = Style()


@dataclass(frozen=True)
class Piece:
    """A stretch of a bar, and the key it stands for when it can be clicked."""

    text: str
    style: Style = _PLAIN
    key: str = ""


class Bar(Widget):
    """One line drawn from pieces."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def pieces(self, width: int) -> list[Piece]:
        """What the line shows in ``width`` cells; nothing, until a kind of bar says what."""
        return []

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.rich_style
        strip = Strip([Segment(piece.text, base + piece.style) for piece in self.pieces(width)])
        return strip.adjust_cell_length(width, base)

    def key_at(self, column: int) -> str:
        """The key of the piece drawn at that column, empty when there is none."""
        for piece in self.pieces(self.size.width):
            column -= cells(piece.text)
            if column < 0:
                return piece.key
        return ""


class HeaderBar(Bar):
    """The agency, the person with the post acted in, and the date."""

    def __init__(self, agency: str = "", person: str = "", date: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._agency, self._person, self._date = agency, person, date

    def show(self, agency: str, person: str, date: str) -> None:
        """Show these from now on."""
        self._agency, self._person, self._date = agency, person, date
        self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        """The agency gives way first, then the person; the date stays."""
        date = f" {line(self._date)} "
        person = cut(f" {line(self._person)} ", max(0, width - cells(date)))
        room = max(0, width - cells(date) - cells(person))
        return [Piece(fit(f" {line(self._agency)}", room), _REVERSE + _BOLD), Piece(person + date, _REVERSE)]


@dataclass(frozen=True)
class Tab:
    """An area of the application; ``title`` may carry its own count, such as 待办 3."""

    key: str
    title: str


class TabBar(Bar):
    """The areas side by side; the open one stands in brackets."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, tabs: Sequence[Tab] = (), active: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tabs, self._active = tuple(tabs), active

    def show(self, tabs: Sequence[Tab], active: str) -> None:
        """Show these from now on."""
        self._tabs, self._active = tuple(tabs), active
        self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        """As many tabs around the open one as fit; signs at the ends tell that there are more."""
        drawn = [self._piece(tab) for tab in self._tabs]
        place = next((index for index, tab in enumerate(self._tabs) if tab.key == self._active), 0)
        first, last = place, place + 1
        room = width - 4 - (cells(drawn[place].text) if drawn else 0)
        while True:
            if last < len(drawn) and cells(drawn[last].text) <= room:
                room -= cells(drawn[last].text)
                last += 1
            elif first > 0 and cells(drawn[first - 1].text) <= room:
                first -= 1
                room -= cells(drawn[first].text)
            else:
                break
        before = Piece("< " if first else "  ", _DIM, self._tabs[first - 1].key if first else "")
        more = last < len(drawn)
        return [before, *drawn[first:last], Piece(" >" if more else "  ", _DIM, self._tabs[last].key if more else "")]

    def _piece(self, tab: Tab) -> Piece:
        title = line(tab.title)
        if tab.key == self._active:
            return Piece(f"[{title}]", _BOLD + _REVERSE, tab.key)
        return Piece(f" {title} ", _PLAIN, tab.key)

    def on_click(self, event: events.Click) -> None:
        if key := self.key_at(event.x):
            self.post_message(self.Chosen(key))


@dataclass(frozen=True)
class KeyHint:
    """A key and what it does now; when ``enabled`` is false it stays to be seen, and pressing it tells why not.

    ``key`` is the name the application binds (``f5``), ``label`` the name people read (``F5``). The hints of least
    ``importance`` leave first when the line is too short.
    """

    key: str
    label: str
    title: str
    enabled: bool = True
    importance: int = 1


HELP = KeyHint("f1", "F1", "帮助", importance=1000)
"""The key that is always there."""


class KeyBar(Bar):
    """The keys that work here."""

    ALLOW_SELECT: ClassVar[bool] = False

    class Pressed(Message):
        """A hint was clicked; the same as pressing its key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, hints: Sequence[KeyHint] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints = tuple(hints)

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show these from now on."""
        self._hints = tuple(hints)
        self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        """The hints that fit, in the order given."""
        kept = dict(enumerate(self._hints))
        leaving = sorted(kept, key=lambda place: (kept[place].importance, -place))
        while leaving and sum(self._length(hint) for hint in kept.values()) > width:
            del kept[leaving.pop(0)]
        return [piece for hint in kept.values() for piece in self._pieces(hint)]

    @staticmethod
    def _length(hint: KeyHint) -> int:
        return sum(cells(piece.text) for piece in KeyBar._pieces(hint))

    @staticmethod
    def _pieces(hint: KeyHint) -> list[Piece]:
        label, title = line(hint.label), line(hint.title)
        if not hint.enabled:
            return [Piece(f"({label} {title})", _DIM, hint.key)]
        return [Piece(f" {label}", _BOLD, hint.key), Piece(f" {title} ", _PLAIN, hint.key)]

    def on_click(self, event: events.Click) -> None:
        if key := self.key_at(event.x):
            self.post_message(self.Pressed(key))

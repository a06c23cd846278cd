"""What tests need to look at a screen: an application to put widgets in, and its picture as text."""

import asyncio
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from pseudo_terminal import PATIENCE
from tui.base import SessionApp

_A_FRAME = 0.005
"""Seconds that are left to a screen to be laid out anew."""

HOSTILE = (
    "\x1b[2J擦除",
    "\x1b]52;c;aGVsbG8=\x07剪贴板",
    "\x9b31m彩色\x9d0;题目\x9c",
    "甲\u202e乙\u2066丙\u200b丁",
    "[@click=app.pwn]点我[/]",
    "[/ 未闭合 [b",
    "a [/b] c",
    "零\x00字节\x7f\x08",
    "半个\ud800字",
    "回车\r换行\n制表\t结束",
    "$name ${name} %(x)s {y}",
)


class WidgetApp(SessionApp):
    """Shows the widgets it is given and notes whether their words could act."""

    def __init__(self, build: Callable[[], Iterable[Widget]]) -> None:
        super().__init__()
        self._build = build
        self.attacked = False

    def compose(self) -> ComposeResult:
        yield from self._build()

    def action_pwn(self) -> None:
        self.attacked = True


def picture(app: App[object]) -> list[str]:
    """The whole screen as text, a string for each line; a dialog stands before what lies below it.

    A screen that has not been laid out yet shows nothing.
    """
    height = app.size.height
    if app.screen._compositor.size != app.size:
        return [""] * height
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips]
    assert len(lines) == height
    return lines


def text(app: App[object]) -> str:
    """The whole screen as one text."""
    return "\n".join(picture(app))


def unsafe(words: str) -> list[str]:
    """The characters in a screen's picture that no terminal may be sent."""
    return [
        character
        for character in words.replace("\n", "")
        if ord(character) < 32
        or 127 <= ord(character) < 160
        or 0xD800 <= ord(character) <= 0xDFFF
        or character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u2028\u2029"
    ]


def paste(words: str) -> events.Paste:
    """What a terminal's paste arrives as."""
    return events.Paste(words)


def _to_be_laid_out(screen: Screen[Any]) -> bool:
    """Whether something on the screen has changed its size and does not stand in its place yet."""
    waiting = screen._layout_required or screen._layout_widgets or screen._dirty_widgets
    return bool(waiting) or any(isinstance(each, Widget) and each._layout_required for each in screen.walk_children())


def _at_work(screen: Screen[Any]) -> bool:
    """Whether something begun is under way; under a dialog it is the dialog that is waited for."""
    if isinstance(screen, ModalScreen):
        return False
    begun = (worker for worker in screen.app.workers if worker.node in (screen, screen.app))
    return getattr(screen, "_busy", False) or any(worker.is_running for worker in begun)


async def settle(pilot: Pilot[Any], calm_for: int = 2) -> None:
    """Wait until one screen stands whole, and what was begun on it waits for nothing but the next key.

    It is said to stand when nothing has changed so often in a row.
    """
    app, before, calm, end = pilot.app, None, 0, time.monotonic() + PATIENCE
    await taken(app)
    while calm < calm_for and app.is_running and app._exception is None:
        assert time.monotonic() < end, f"the screen never stands still\n{text(app)}"
        await pilot._wait_for_screen(PATIENCE)
        await asyncio.sleep(0)
        screen = app.screen
        whole = screen is before and screen.is_mounted and screen._compositor.size == app.size
        if _to_be_laid_out(screen):
            whole = False
            await asyncio.sleep(_A_FRAME)
        calm = calm + 1 if whole and not _at_work(screen) else 0
        before = screen


async def taken(app: Any) -> None:
    """Wait until every key that was struck has had its effect."""
    following = app._type_ahead._following
    if following is not None:
        await asyncio.wait({following})


async def press(pilot: Pilot[Any], *keys: str) -> str:
    """Press the keys one after the other, each when the one before is done with; what is then on the screen."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
    await settle(pilot)
    return text(pilot.app)


async def write(pilot: Pilot[Any], words: str) -> None:
    """Type the words into the focused field."""
    for character in words:
        await pilot.press(character)
    await settle(pilot)


async def shows(pilot: Pilot[Any], words: str) -> bool:
    """Wait until the words stand on the screen, which a widget may take some time to bring there."""
    return await until(lambda: words in text(pilot.app))


async def until(condition: Callable[[], bool]) -> bool:
    """Wait until it holds, while the application goes on; false when patience ends first."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(_A_FRAME)
    return True


_WRITTEN_SO = re.compile(r"F\d+|Esc|Ctrl\+\w|[A-Z]\b|\b[0-9a-f]{16}\b|[\w/.-]+\.xlsx|UTF-8|条款编号：\S+")
"""What stands in Latin letters on our screens: names of keys, digests, files, ids of clauses."""


def english(words: str) -> list[str]:
    """The English words in a picture; each a fault."""
    return re.findall(r"[A-Za-z]{2,}", _WRITTEN_SO.sub("", words))

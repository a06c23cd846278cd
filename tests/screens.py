"""What tests need to look at a screen: an application to put widgets in, and its picture as text."""

import asyncio
import re
from collections.abc import Callable, Iterable
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

from tui.base import SessionApp

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
    """The whole screen as text, a string for each line; a dialog stands before what lies below it."""
    height = app.size.height
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


async def settle(pilot: object) -> None:
    """Wait until what the last key started is on the screen."""
    for _ in range(3):
        await pilot.pause()  # type: ignore[attr-defined]
        await asyncio.sleep(0)


async def taken(app: Any) -> None:
    """Wait until every key that was struck has had its effect."""
    following = app._type_ahead._following
    if following is not None:
        await asyncio.wait({following})


async def press(pilot: Any, *keys: str) -> str:
    """Press the keys one after the other, each when the one before is done with; what is then on the screen."""
    for key in keys:
        await pilot.press(key)
        await taken(pilot.app)
        await pilot.pause()
    await pilot.pause()
    return text(pilot.app)


async def write(pilot: Any, words: str) -> None:
    """Type the words into the focused field."""
    for character in words:
        await pilot.press(character)
    await taken(pilot.app)
    await settle(pilot)


_WRITTEN_SO = re.compile(r"F\d+|Esc|Ctrl\+\w|[A-Z]\b|\b[0-9a-f]{16}\b|[\w/.-]+\.xlsx|UTF-8")
"""What stands in Latin letters on our screens: names of keys, digests, files."""


def english(words: str) -> list[str]:
    """The English words in a picture; each a fault."""
    return re.findall(r"[A-Za-z]{2,}", _WRITTEN_SO.sub("", words))

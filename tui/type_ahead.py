"""Keys typed faster than the screens follow: each is handed on when the one before it has had its effect."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

AT_ONCE = frozenset({"ctrl+q"})
"""Keys that wait for nothing: whoever wants to leave must be able to."""
_LOOK_AGAIN = 0.01
"""Seconds between looks at whether a screen is ready; only while a key waits for it."""
_LONGEST = 1.0
"""Seconds to wait for one widget to get through what it was sent, before the next key is handed on all the same."""


class TypeAhead:
    """The keys that wait for their turn; `hand_on` is what the application does with one of them.

    A clerk who knows the way types a whole course of answers at once, and a slow line delivers many keys together.
    None may be lost between two screens, or reach the one below while a question is still on its way.
    """

    def __init__(self, app: App[Any], hand_on: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[events.Event] = deque()
        self._following: asyncio.Task[None] | None = None

    async def take(self, event: events.Key | events.Paste) -> None:
        """Hand the key on at once, or keep it until those before it have had their effect."""
        if isinstance(event, events.Key) and event.key in AT_ONCE:
            await self._hand_on(event)
            return
        if self._following is not None and not self._following.done():
            self._waiting.append(event)
            return
        path: tuple[MessagePump, ...] = ()
        if self._on_its_way():
            self._waiting.append(event)
        else:
            path = self._path()
            await self._hand_on(event)
        self._following = asyncio.create_task(self._follow(path))

    async def _follow(self, path: tuple[MessagePump, ...]) -> None:
        """Wait out the effect of the key that went that way, then hand on the others one after the other."""
        while True:
            for node in path:
                await _behind(node)
            if not self._waiting:
                return
            while self._on_its_way():
                await asyncio.sleep(_LOOK_AGAIN)
            if not self._app.is_running:
                return
            path = (self._app, *self._path())
            self._app.call_later(self._hand_on, self._waiting.popleft())

    def _on_its_way(self) -> bool:
        """Whether another screen is about to be shown: one not yet built, or one that a command of this one brings."""
        if not self._app.is_running:
            return False
        screen = self._app.screen
        return not screen.is_mounted or any(
            worker.node is screen and not worker.is_finished for worker in self._app.workers
        )

    def _path(self) -> tuple[MessagePump, ...]:
        """Where a key goes, and then whatever it causes: from what has the focus up to the application."""
        focused: DOMNode = self._app.focused or self._app.screen
        return tuple(focused.ancestors_with_self)


async def _behind(node: MessagePump) -> None:
    """Wait until the node has got through all it was sent, or is at its end.

    What a widget sends stands in its own queue first and in its parent's next, so there is always a second round.
    """
    at_work = {node._task} if node._task is not None else set()
    for _ in range(2):
        passed = asyncio.Event()
        if not node.is_running or not node.call_later(passed.set):
            return
        passing = asyncio.create_task(passed.wait())
        await asyncio.wait({passing, *at_work}, timeout=_LONGEST, return_when=asyncio.FIRST_COMPLETED)
        passing.cancel()

"""The application every screen runs in: own driver, own look, Chinese only, and a calm end when something breaks."""

from typing import Any, Protocol, runtime_checkable

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual._context import active_message_pump
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import WorkerFailed

from tui import theme
from tui.driver import SessionDriver, WrongEncoding
from tui.text import shown
from tui.type_ahead import TypeAhead
from tui.widgets.bars import KeyBar

_BROKEN = "程序出错，已经退出。请重新登录；如果再次发生，请把时间和当时的操作告诉系统管理员。"


@runtime_checkable
class Yielding(Protocol):
    """A screen of other people's making: when it fails in any of its events, another takes its place."""

    def in_its_place(self, error: Exception) -> Screen[None]: ...


class SessionApp(App[None]):
    """One person's session; sub-classes add screens, keys and the saving of drafts on `LineDropped`."""

    CSS = theme.CSS
    ENABLE_COMMAND_PALETTE = False
    broken: RenderableType | None = None
    """What an administrator needs to find the fault that ended the session; never shown to the user."""

    def __init__(self) -> None:
        super().__init__(driver_class=SessionDriver)
        self.theme = theme.THEME
        self._failed: Yielding | None = None
        self._type_ahead = TypeAhead(self, super().on_event)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._type_ahead.take(event)
        else:
            await super().on_event(event)

    def notify(self, message: str, *args: Any, **settings: Any) -> None:
        """Show a short notice; its words are taken literally."""
        settings["markup"] = False
        settings["title"] = shown(settings.get("title", ""))
        super().notify(shown(message), *args, **settings)

    def action_help_quit(self) -> None:
        """Ctrl+C is pressed by habit; it neither copies here nor ends the session."""
        self.notify("要退出请按 Ctrl+Q。")

    def on_wrong_encoding(self, message: WrongEncoding) -> None:
        self.notify(message.advice, severity="warning", timeout=20)

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """A click on a key is the key."""
        self.simulate_key(message.key)

    def _yielding(self) -> Yielding | None:
        return next((each for each in reversed(self.screen_stack) if isinstance(each, Yielding)), None)

    def _handle_exception(self, error: Exception) -> None:
        """A failure while a family's screen is open is that screen's; one of the application itself ends the session,
        since it takes no further message.
        """
        failing = self._yielding()
        own = active_message_pump.get(None) is self and not isinstance(error, WorkerFailed)
        if failing is None or not self.is_running or own:
            super()._handle_exception(error)
        elif failing is not self._failed:
            self._failed = failing
            self.call_later(self._give_way, failing, failing.in_its_place(error))

    async def _give_way(self, failing: Yielding, other: Screen[None]) -> None:
        while any(isinstance(each, Yielding) and each is failing for each in self.screen_stack):
            await self.pop_screen()
        await self.push_screen(other)

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """A key's action runs among the application's own messages, whatever widget it belongs to."""
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except Exception as error:
            failing = self._yielding()
            if failing is None:
                raise
            if failing is not self._failed:
                self._failed = failing
                await self._give_way(failing, failing.in_its_place(error))
            return True

    def panic(self, *renderables: RenderableType) -> None:
        """Leave with one sentence for the user and keep the particulars for `broken`."""
        self.broken = self.broken or (renderables[0] if renderables else None)
        self._exit_renderables[:] = [Text(_BROKEN)]
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        from rich.traceback import Traceback

        self.panic(Traceback())

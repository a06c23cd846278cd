"""The application every screen runs in: own driver, own look, Chinese only, and a calm end when something breaks."""

from typing import Any

from rich.console import RenderableType
from rich.text import Text
from textual.app import App

from tui import theme
from tui.driver import SessionDriver, WrongEncoding
from tui.text import shown
from tui.widgets.bars import KeyBar

_BROKEN = "程序出错，已经退出。请重新登录；如果再次发生，请把时间和当时的操作告诉系统管理员。"


class SessionApp(App[None]):
    """One person's session; sub-classes add screens, keys and the saving of drafts on `LineDropped`."""

    CSS = theme.CSS
    ENABLE_COMMAND_PALETTE = False
    broken: RenderableType | None = None
    """What an administrator needs to find the fault that ended the session; never shown to the user."""

    def __init__(self) -> None:
        super().__init__(driver_class=SessionDriver)
        self.theme = theme.THEME

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

    def panic(self, *renderables: RenderableType) -> None:
        """Leave with one sentence for the user and keep the particulars for `broken`."""
        self.broken = self.broken or (renderables[0] if renderables else None)
        self._exit_renderables[:] = [Text(_BROKEN)]
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        from rich.traceback import Traceback

        self.panic(Traceback())

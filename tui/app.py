"""The full-screen application of one person at work in one office."""

import time
from collections.abc import Callable
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen

from core.access.account import Role
from core.access.accounts import role_of
from core.access.last_visit import LastVisit
from core.acts import Verb
from core.errors import SessionEnded, StoreError
from core.office import Office
from tui import theme
from tui.base import SessionApp
from tui.commands.registry import by_key
from tui.drafts import Draft
from tui.driver import LineDropped
from tui.screens.frame import Frame
from tui.screens.workbench import WorkbenchScreen
from tui.session import Session
from tui.text import shown
from tui.widgets.dialogs import MessageDialog
from tui.wording import seen_text, warned_text

_READ_IN = 8.0
"""Seconds that a greeting stays."""
REFRESH_EVERY = 30.0
"""Seconds between looks for what others have done; nothing is drawn when there is nothing new."""


class OfficeApp(SessionApp):
    """Shows the workbench; keeps drafts when the line drops."""

    CSS = theme.CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before any screen's own keys, so that the card opens over a dialog and in the middle of a form too.
        Binding(by_key("emergency").binding, "emergency", show=False, priority=True)
    ]

    def __init__(self, session: Session, last: LastVisit | None = None) -> None:
        super().__init__()
        self.session, self._last = session, last
        self.ended = ""
        """Why the session was ended, where it was not the person's own doing."""
        self._touched = time.monotonic()

    def get_default_screen(self) -> Screen[None]:
        if role_of(self.session.office.store, self.session.person) is not Role.STAFF:
            from tui.screens.administration import AdministrationScreen

            return AdministrationScreen(self.session)
        return WorkbenchScreen(self.session)

    def on_mount(self) -> None:
        self.set_interval(REFRESH_EVERY, self.look_again)
        if self.session.office.unproved() is None:
            self.call_after_refresh(self._welcome)
        else:
            self.lock(self._welcome)

    def lock(self, then: Callable[[], None] | None = None) -> None:
        """Keep what was typed and show nothing until it is proved who sits here."""
        from tui.screens.lock import LockScreen

        self._keep()
        self.push_screen(LockScreen(self.session), lambda _: then() if then else None)

    @property
    def locked(self) -> bool:
        """Whether it is to be proved who sits here before anything is shown."""
        return any(getattr(screen, "LOCKS", False) for screen in self.screen_stack)

    def _lock_when_idle(self) -> None:
        rules = self.session.office.agency.session
        asked = bool(rules.factor and rules.idle_lock_minutes and self.session.office.session)
        if asked and not self.locked and time.monotonic() - self._touched >= rules.idle_lock_minutes * 60:
            self.lock()

    def action_emergency(self) -> None:
        """Show what to do in an emergency, over whatever is open."""
        from tui.screens.emergency import EmergencyScreen

        if not any(family.emergency for family in self.session.office.host.families):
            self.notify("本单位启用的业务没有应急卡。")
        elif self.locked:
            self.notify("画面已锁定，请先验证；紧急情况先呼救、报警。")
        elif not isinstance(self.screen, EmergencyScreen):
            self.push_screen(EmergencyScreen(self.session))

    def look_again(self) -> None:
        """Let time pass: notices run out, the open screen shows what others have done, and a session that nobody
        sits at, or whose key is no longer good, ends.
        """
        try:
            if reason := self.session.office.ended() or self._left_alone():
                self.end(reason)
                return
            self._lock_when_idle()
            self.session.office.tick()
            if isinstance(self.screen, Frame):
                self.screen.look_again()
        except SessionEnded as error:
            self.end(str(error))
        except StoreError as error:
            self.notify(str(error), severity="warning")

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent | events.Paste):
            self._touched = time.monotonic()
        await super().on_event(event)

    def _left_alone(self) -> str:
        """That nobody has touched a key for too long; only where a person signed in with a key."""
        minutes = int(self.session.desk.setting("core.idle-minutes"))
        if not self.session.office.session or time.monotonic() - self._touched < minutes * 60:
            return ""
        return f"{minutes} 分钟没有操作，已自动退出；没有提交的内容存为草稿，下次登录可以接着办"

    def end(self, reason: str) -> None:
        """Leave with the reason."""
        self.ended = reason
        self.exit(message=Text(shown(reason)))

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, for whatever reason; what was typed is kept, to the last letter."""
        self._keep()
        super().exit(result, return_code, message)

    def _welcome(self) -> None:
        """Tell when the person was here last; what he should know of since then takes an answer."""
        if self._last is None:
            self._offer_drafts()
            return
        self.notify(seen_text(self._last), timeout=_READ_IN)
        if warned := warned_text(self._last, self.session.described):
            self.push_screen(MessageDialog("请您核对", warned), lambda _: self._offer_drafts())
        else:
            self._offer_drafts()

    def _offer_drafts(self) -> None:
        drafts = self.session.drafts.all()
        if drafts:
            self.run_worker(self._ask_about(drafts), group="drafts")

    async def _ask_about(self, drafts: list[Draft]) -> None:
        from tui.widgets.choice import Choice, Option

        options = [Option(draft.key, draft.heading, _told(draft)) for draft in drafts[:8]]
        options.append(Option("", "以后再说", "草稿保留，按 N 或再办同一件事时可以接着写"))
        chosen = await self.push_screen_wait(Choice("上次有没有提交的内容，现在继续吗", options))
        draft = next((each for each in drafts if each.key == chosen), None)
        if draft is not None:
            self._resume(draft)

    def _resume(self, draft: Draft) -> None:
        if draft.values:
            from tui.screens.form import FormScreen

            self.push_screen(FormScreen(self.session, draft))
        elif draft.task.matter:
            from tui.screens.matter import MatterScreen

            screen = MatterScreen(self.session, draft.task.matter)
            self.push_screen(screen)
            screen.call_after_refresh(screen.action_give, draft.task.verb.value)
        elif draft.task.verb is Verb.DISCHARGE and isinstance(self.screen, Frame):
            self.run_worker(self._discharge(self.screen, draft.task.target), group="drafts")

    async def _discharge(self, frame: Frame, duty: str) -> None:
        from tui.screens.duties_tab import discharge

        try:
            await discharge(frame, duty)
        except SessionEnded as error:
            self.end(str(error))

    def switch_person(self) -> None:
        """Begin anew as the person the session now belongs to."""
        self.call_later(self._begin_anew)

    async def _begin_anew(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if isinstance(self.screen, WorkbenchScreen):
            await self.screen.begin_anew()
        self._offer_drafts()

    def on_line_dropped(self, _: LineDropped) -> None:
        self.ended = self.ended or "连接中断"

    def _keep(self) -> None:
        for screen in self.screen_stack:
            if save := getattr(screen, "save", None):
                save()


def _told(draft: Draft) -> str:
    words = draft.opinion or next((str(each) for each in draft.values.values() if isinstance(each, str) and each), "")
    return f"{draft.saved[5:16].replace('T', ' ')} {words}"


def run_screen(office: Office, person: str, *, demo: bool = False, last: LastVisit | None = None) -> str:
    """Show the office to a person, who was here before at `last`, until he leaves; returns why, where it was not his
    own doing.
    """
    app = OfficeApp(Session(office, person, demo=demo), last)
    app.run()
    return app.ended

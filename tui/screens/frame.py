"""What every screen has: who and when above, the commands below, and an answer to each key, a refusal included."""

from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from core.access.session_rules import SIGNING
from core.errors import SessionEnded, StoreError
from core.finding import Finding
from core.host import reason_of
from core.verdict import Result
from tui.commands.availability import availability
from tui.commands.command import Command, Scope
from tui.commands.registry import COMMANDS
from tui.session import Session
from tui.widgets.bars import HELP, HeaderBar, KeyBar, KeyHint
from tui.widgets.dialogs import MessageDialog
from tui.widgets.prose import Prose
from tui.wording import findings_text

_SIGNING_TOO = frozenset({"batch", "add-key", "revoke-key"})
"""Commands that decide something without being one act on one thing."""

SMALLEST = (60, 20)
"""Columns and lines below which nothing can be laid out."""

_AT_THE_FOOT = {"back": 300, "emergency": 250, "search": 20, "palette": 20}
"""Of the commands given everywhere, those that the foot of a screen shows, with how firmly they stay there."""

Handler = Callable[[], Awaitable[None]]


class Frame(Screen[None]):
    """A screen of the application. A command of its scopes is answered by `give_KEY`, dashes written as `_`."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()
    FIRST: ClassVar[bool] = False
    """Whether it is the screen below all others, from which no way leads back."""
    DEFAULT_CSS = """
    Frame > #small { display: none; height: 1fr; padding: 1; }
    Frame.-small > * { display: none; }
    Frame.-small > #small { display: block; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._busy = False
        self._stamp = session.stamp()
        for command in self.commands:
            if command.binding and command.binding != "enter":
                self._bindings.bind(command.binding, f"give('{command.key}')", show=False)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands this screen answers, its own first."""
        own = [each for each in COMMANDS if each.scope in self.SCOPES and self._handler(each)]
        return (*own, *(each for each in COMMANDS if each.scope is Scope.EVERYWHERE and self._handler(each)))

    def _handler(self, command: Command) -> Handler | None:
        if self.FIRST and command.key == "back":
            return None
        return getattr(self, f"give_{command.key.replace('-', '_')}", None)

    def compose(self) -> ComposeResult:
        yield HeaderBar()
        yield from self.body()
        yield KeyBar()
        yield Prose("窗口太小，显示不下。请把窗口拉大到至少 60 列、20 行。", id="small")

    def body(self) -> Iterable[Widget]:
        """What stands between the two bars."""
        return ()

    def on_mount(self) -> None:
        self.show_head()
        self.refresh_keys()

    def show_head(self) -> None:
        """Name the agency, who acts, and the day."""
        session = self.session
        weekday = "一二三四五六日"[session.day.weekday()]
        date = f"{session.day.isoformat()} 周{weekday}"
        for bar in self.query(HeaderBar):
            bar.show(session.office.agency.title, session.described(), date)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-small")

    def on_screen_resume(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Show the records as they are now, if they have changed since they were drawn."""
        stamp = self.session.stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            self.reload()
            self.show_head()
            self.refresh_keys()

    def reload(self) -> None:
        """Draw everything anew from the records."""

    def target(self, command: Command) -> str:
        """What the command would be given on: a matter's number, or the key of a duty, notice or regulation."""
        return ""

    def why_not(self, command: Command) -> Finding | str | None:
        """Why the command cannot be given now; None when it can."""
        if command.key == "switch-person" and not self.session.demo:
            return "只有演示时可以换人。平时用谁的密钥登录，就是谁在办理。"
        if command.key == "emergency" and not self._has_emergency_card:
            return "本单位启用的业务没有应急卡。"
        if command.act is None or command.scope is Scope.FORM:
            return None
        return availability(command, self.session.office, self.session.person, self.target(command))

    def hints(self) -> Iterable[KeyHint]:
        """The keys at the foot: this screen's own commands, Esc where there is a way back, and help."""
        for place, command in enumerate(self.commands):
            if command.binding and command.scope is not Scope.EVERYWHERE:
                able = self.why_not(command) is None
                yield KeyHint(command.binding, command.label, command.title, able, (200 if able else 100) - place)
        for each in self.commands:
            if each.key in _AT_THE_FOOT and (each.key != "emergency" or self._has_emergency_card):
                yield KeyHint(each.binding, each.label, each.title, importance=_AT_THE_FOOT[each.key])

    @property
    def _has_emergency_card(self) -> bool:
        return any(family.emergency for family in self.session.office.host.families)

    def refresh_keys(self) -> None:
        """Judge anew which commands can be given."""
        # A page that is being built anew, or left, has none for a moment.
        for bar in self.query(KeyBar):
            bar.show([HELP, *self.hints()])

    def action_give(self, key: str) -> None:
        """Give a command, or tell why it cannot be given."""
        command = next((each for each in self.commands if each.key == key), None)
        if command is not None and (not self._busy or command.key == "quit"):
            self._busy = True
            self._give(command)

    @work(group="give")
    async def _give(self, command: Command) -> None:
        try:
            reason = self.why_not(command)
            handler = self._handler(command)
            if reason is not None:
                words = reason if isinstance(reason, str) else findings_text(reason)
                await self.tell(f"现在不能{command.title}", words)
            elif handler is not None and (not self.signs(command) or await self.proved()):
                await handler()
        except SessionEnded as error:
            self.app.end(str(error))  # type: ignore[attr-defined]
        except StoreError as error:
            await self.tell("没有办成", str(error))
        except Exception as error:  # Whatever breaks in one command, the person keeps his screen and his words.
            words = "程序在这一步出了错。请核对办成了没有，并把下面一行和当时的操作告诉系统管理员："
            await self.tell("出错了", f"{words}\n{reason_of(error)}")
        finally:
            self._busy = False

    def signs(self, command: Command) -> bool:
        """Whether the command decides something, so that it takes a fresh proof of who gives it."""
        return command.act in SIGNING or command.key in _SIGNING_TOO

    async def proved(self) -> bool:
        """Whether it is proved who sits here, asking where the last proof is too old."""
        if self.session.office.unproved() is None:
            return True
        from tui.screens.lock import ProofDialog

        return await self.app.push_screen_wait(ProofDialog(self.session))

    async def tell(self, heading: str, words: str) -> None:
        """Say something and wait until it has been read."""
        await self.app.push_screen_wait(MessageDialog(heading, words))

    async def told(self, result: Result | None) -> bool:
        """Whether an act was written; a store that could not be written is told in its own sentence."""
        if result is None:
            await self.tell("没有办成", self.session.fault)
            return False
        return result.done

    def show(self, screen: "Frame") -> None:
        """Open another screen over this one."""
        self.app.push_screen(screen)

    async def give_back(self) -> None:
        self.dismiss(None)

    async def give_quit(self) -> None:
        self.app.exit()

    async def give_help(self) -> None:
        from tui.screens.help import HelpScreen

        self.show(HelpScreen(self.session, self.commands))

    async def give_emergency(self) -> None:
        await self.app.run_action("emergency")

    async def give_search(self) -> None:
        from tui.screens.find import find

        await find(self)

    async def give_palette(self) -> None:
        from tui.screens.find import choose_command

        key = await choose_command(self)
        command = next((each for each in self.commands if each.key == key), None)
        if command is not None:
            self.call_after_refresh(self.action_give, command.key)

    async def give_switch_person(self) -> None:
        from tui.screens.find import choose_person

        person = await choose_person(self, "以谁的身份办理")
        if person:
            self.session.become(person)
            self.app.switch_person()  # type: ignore[attr-defined]

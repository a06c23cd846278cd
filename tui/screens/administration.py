"""The administrators' screen: accounts and keys as they stand, who came and went, the journal; never business."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.widget import Widget

from core.access.account import Role
from core.access.accounts import all_accounts, role_of
from core.access.keys import add_key, key_of, revoke_key
from core.acts import Act, Verb
from core.errors import KeyRefused, NotEntitled
from core.finding import Finding
from core.office import Office
from core.store.database import Store
from core.store.transaction import Receipt
from core.verdict import receipt_line
from tui.commands.command import Command, Scope
from tui.commands.registry import by_key
from tui.drafts import Task
from tui.screens.acting import act_and_tell
from tui.screens.administration_lists import EMPTY, columns, source
from tui.screens.frame import Frame, Handler
from tui.session import Session
from tui.widgets.ask import LineDialog
from tui.widgets.bars import KeyHint, Tab, TabBar
from tui.widgets.choice import Choice, Option
from tui.widgets.picker import Candidate, Picker
from tui.widgets.record_list import RecordList
from tui.wording import moment

_AREAS = {
    Role.SYSTEM: ("accounts", "keys"),
    Role.SECURITY: ("accounts", "keys"),
    Role.AUDIT: ("logins", "journal", "accounts", "keys"),
}
_OWN = {
    Role.SYSTEM: frozenset({"open-account", "add-key"}),
    Role.SECURITY: frozenset({"activate", "lock", "end-account", "reset-factor", "grant-key", "revoke-key"}),
    Role.AUDIT: frozenset({"verify"}),
}
_ON_KEYS = frozenset({"grant-key", "revoke-key"})
_ON_ACCOUNTS = frozenset({"activate", "lock", "end-account", "reset-factor"})


class AdministrationScreen(Frame):
    """What one of the three administrators may see and do."""

    SCOPES = (Scope.ADMINISTRATION,)
    FIRST = True
    AUTO_FOCUS: ClassVar[str | None] = "RecordList"

    def __init__(self, session: Session) -> None:
        self._role = role_of(session.office.store, session.person)
        self._area = _AREAS[self._role][0]
        super().__init__(session)

    def _handler(self, command: Command) -> Handler | None:
        mine = {*_AREAS[self._role], *_OWN[self._role], "help", "palette", "quit"}
        return super()._handler(command) if command.key in mine else None

    def body(self) -> Iterable[Widget]:
        yield TabBar(self._tabs(), self._area)
        yield self._list()

    def _list(self) -> RecordList:
        return RecordList(columns(self._area), source(self.session, self._area), empty=EMPTY[self._area])

    def _tabs(self) -> list[Tab]:
        commands = (by_key(key) for key in _AREAS[self._role])
        return [Tab(each.key, f"{each.label} {each.title}") for each in commands]

    def show_head(self) -> None:
        super().show_head()
        self.query_one(TabBar).show(self._tabs(), self._area)

    def reload(self) -> None:
        self.query_one(RecordList).show(source(self.session, self._area), keep_place=True)

    async def _show(self, area: str) -> None:
        self._area = area
        await self.query_one(RecordList).remove()
        rows = self._list()
        await self.mount(rows, after=self.query_one(TabBar))
        self.query_one(TabBar).show(self._tabs(), area)
        rows.focus()
        self.refresh_keys()

    def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
        self.action_give(message.key)

    def hints(self) -> Iterable[KeyHint]:
        return (hint for hint in super().hints() if not hint.key.isdecimal())

    @property
    def _current(self) -> str:
        found = self.query_one(RecordList).current
        return found.key if found else ""

    def target(self, command: Command) -> str:
        return self._current

    def why_not(self, command: Command) -> Finding | str | None:
        wanted = "keys" if command.key in _ON_KEYS else "accounts" if command.key in _ON_ACCOUNTS else self._area
        if wanted != self._area:
            return f"请先转到“{by_key(wanted).title}”，选中一行。"
        if command.key == "open-account" or (command.act is not None and not self._current):
            return None if command.key == "open-account" else "没有选中的行。"
        return super().why_not(command)

    async def give_accounts(self) -> None:
        await self._show("accounts")

    async def give_keys(self) -> None:
        await self._show("keys")

    async def give_logins(self) -> None:
        await self._show("logins")

    async def give_journal(self) -> None:
        await self._show("journal")

    async def _act(self, verb: Verb, target: str, opinion: str = "", **values: str) -> None:
        act = Act(verb, self.session.person, target=target, opinion=opinion, values=values)
        await act_and_tell(self, Task(verb, target=target), act)

    async def _ask(self, heading: str, question: str, initial: str = "") -> str | None:
        return await self.app.push_screen_wait(LineDialog(heading, question, initial))

    async def give_open_account(self) -> None:
        options = [Option(each.value, each.title) for each in Role]
        role = await self.app.push_screen_wait(Choice("为谁开立账号", options))
        if role is None:
            return
        if role == Role.STAFF.value:
            from tui.screens.find import choose_person

            if person := await choose_person(self, "哪一位业务人员"):
                await self._act(Verb.OPEN_ACCOUNT, person, role=role)
            return
        key = await self._ask("开立账号", "账号名，不与人员编号相同：")
        name = await self._ask("开立账号", "姓名：") if key else None
        if key and name:
            await self._act(Verb.OPEN_ACCOUNT, key, role=role, name=name)

    async def give_add_key(self) -> None:
        accounts = {each.key: Candidate(each.key, each.name, each.role.title) for each in all_accounts(self._store)}
        picked = await self.app.push_screen_wait(
            Picker("谁的密钥", lambda typed, limit: [each for each in accounts.values() if typed in each.title][:limit])
        )
        text = await self._ask("登记密钥", "把公钥（一行）粘贴在这里：") if picked else None
        if picked and text:
            await self._keep(lambda: add_key(self._office, by=self.session.person, person=picked.key, text=text)[1])

    async def _keep(self, act: Callable[[], Receipt]) -> None:
        """Register or revoke a key, and tell what came of it."""
        try:
            receipt = act()
        except (KeyRefused, NotEntitled) as refusal:
            await self.tell("没有办成", str(refusal))
            return
        await self.tell("已办", receipt_line(receipt))
        self.look_again()

    @property
    def _office(self) -> Office:
        return self.session.office

    @property
    def _store(self) -> Store:
        return self._office.store

    async def give_activate(self) -> None:
        await self._act(Verb.ACTIVATE, self._current)

    async def give_lock(self) -> None:
        await self._with_reason(Verb.LOCK, "停用的缘由，如：长期外出：")

    async def give_end_account(self) -> None:
        await self._with_reason(Verb.END_ACCOUNT, "注销以后不再启用。缘由，如：调离：")

    async def give_reset_factor(self) -> None:
        await self._with_reason(Verb.RESET_FACTOR, "重设以后由本人在下次登录时设置。缘由，如：遗忘：")

    async def _with_reason(self, verb: Verb, question: str) -> None:
        target = self._current
        reason = await self._ask(f"{verb.title}　{target}", question)
        if reason is not None:
            await self._act(verb, target, reason)

    async def give_grant_key(self) -> None:
        fingerprint = self._current
        until = await self._ask("启用密钥", "有效到哪一天（含当天），不写为长期：")
        if until is not None:
            await self._act(Verb.GRANT_KEY, fingerprint, until=until)

    async def give_revoke_key(self) -> None:
        key = key_of(self._store, self._current)
        reason = await self._ask("吊销密钥", "缘由，如：遗失、离任：") if key else None
        if key and reason is not None:
            by = self.session.person
            await self._keep(lambda: revoke_key(self._office, by=by, fingerprint=key.fingerprint, reason=reason)[1])

    async def give_verify(self) -> None:
        proof = self._office.journal.verify()
        await self.tell("核对留痕", f"{proof.sentence}\n{moment(self.session.desk.now)}")

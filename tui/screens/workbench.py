"""The workbench: the areas of a person's work, each drawn when it is first looked at."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from textual.containers import Container
from textual.widget import Widget
from tinydb import where

from core.errors import StoreError
from core.finding import Finding
from core.records import Duty
from tui.commands.availability import availability
from tui.commands.command import Command, Scope
from tui.commands.registry import by_key
from tui.screens.frame import Frame
from tui.screens.tab import TabBody
from tui.session import Session
from tui.widgets.bars import KeyHint, Tab, TabBar
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList

_TITLES = {
    "inbox": "待办", "mine": "我的", "duties": "例行", "notices": "公示", "ledgers": "台账", "regulations": "制度",
}  # fmt: skip
_ON_ROWS = frozenset({"alike", "batch", "discharge", "object", "settle-objection", "inspection-list"})
_SETTLED = 0.15
"""Seconds the cursor rests on a row before it is judged what can be done with it."""


def _body(key: str) -> Callable[[Session], TabBody]:
    """The class of an area, loaded when the area is first opened."""
    match key:
        case "inbox":
            from tui.screens.matters_tabs import InboxTab

            return InboxTab
        case "mine":
            from tui.screens.matters_tabs import MineTab

            return MineTab
        case "duties":
            from tui.screens.duties_tab import DutiesTab

            return DutiesTab
        case "notices":
            from tui.screens.notices_tab import NoticesTab

            return NoticesTab
        case "ledgers":
            from tui.screens.ledgers_tab import LedgersTab

            return LedgersTab
        case _:
            from tui.screens.regulations_tab import RegulationsTab

            return RegulationsTab


class WorkbenchScreen(Frame):
    """Six areas behind the keys 1 to 6."""

    SCOPES = (Scope.WORKBENCH, Scope.LIST, Scope.RULEBOOK)
    FIRST = True
    DEFAULT_CSS = """
    WorkbenchScreen > #areas { height: 1fr; }
    WorkbenchScreen > #calls, WorkbenchScreen > #owed { display: none; }
    """
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, session: Session, area: str = "inbox") -> None:
        self._area = area
        self._bodies: dict[str, TabBody] = {}
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        yield TabBar(self._tabs(), self._area)
        yield Prose(id="calls")
        yield Prose(id="owed")
        with Container(id="areas"):
            self._bodies[self._area] = _body(self._area)(self.session)
            yield self.open_body

    def _tabs(self) -> list[Tab]:
        try:
            waiting = self.session.office.store.table("inbox").count(where("person") == self.session.person)
        except StoreError:
            waiting = 0
        return [
            Tab(key, f"{by_key(key).label} {title}{f' {waiting}' if key == 'inbox' and waiting else ''}")
            for key, title in _TITLES.items()
        ]

    @property
    def open_body(self) -> TabBody:
        return self._bodies[self._area]

    def on_mount(self) -> None:
        self.open_body.rows.focus()
        self.call_after_refresh(self._show_calls)

    def _show_calls(self) -> None:
        """Tell what calls the person away right now, after what he came for is on the screen."""
        office = self.session.office
        families = [family for family in office.host.families if family.calls]
        told = [line for family in families if family.calls for line in family.calls(office.desk, self.session.person)]
        calls = self.query_one("#calls", Prose)
        calls.display = bool(told)
        calls.show([Paragraph(f" {line}。按 M 去办。", strong=True) for line in told])

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.call_after_refresh(self._show_owed)

    def _show_owed(self) -> None:
        """Remind the person, whenever he comes to his workbench, of what he has let pass and of what is due soon."""
        session, told = self.session, self.query_one("#owed", Prose)
        soon = session.office.agency.mailing.days
        left = [(duty.due - session.day).days for duty in session.desk.duties(session.person)]
        late, near = sum(days < 0 for days in left), sum(0 <= days <= soon for days in left)
        said = [f"逾期 {late} 件"] if late else []
        said += [f"{soon} 天内到期 {near} 件"] if near else []
        told.display = bool(said)
        told.show([Paragraph(f" 例行事项：{'，'.join(said)}。按 3 去办。", strong=bool(late))])

    async def show_area(self, key: str) -> None:
        """Bring an area forward, building it the first time."""
        if key in self._bodies:
            self._bodies[key].reload()
        else:
            self._bodies[key] = await self._built(key)
        self._bring_forward(key)

    async def _built(self, key: str) -> TabBody:
        """An area ready to be brought forward; until then the one before it is the open one."""
        body = _body(key)(self.session)
        body.display = False
        await self.query_one("#areas").mount(body)
        return body

    def _bring_forward(self, key: str) -> None:
        self._area = key
        for each in self._bodies.values():
            each.display = each is self.open_body
        self.query_one(TabBar).show(self._tabs(), key)
        self.open_body.rows.focus()
        self.refresh_keys()

    async def begin_anew(self) -> None:
        """Forget every area: another person sits here now."""
        inbox = await self._built("inbox")
        left, self._bodies = self._bodies, {"inbox": inbox}
        self._bring_forward("inbox")
        for body in left.values():
            await body.remove()
        self.show_head()
        self._show_calls()
        self._show_owed()

    def reload(self) -> None:
        self.open_body.reload()
        self.query_one(TabBar).show(self._tabs(), self._area)
        self._show_calls()

    def target(self, command: Command) -> str:
        return self.open_body.current if command.key in self.open_body.COMMANDS else ""

    def why_not(self, command: Command) -> Finding | str | None:
        if command.key == "open" and not self.open_body.current:
            return "这里没有可以打开的行。"
        if command.key == "batch" and not (self._area == "inbox" and self.open_body.rows.marked):
            return "还没有选中要办的事项。请在“待办”里按空格选中几件，或按 A 选中同类的各件，再按 B。"
        if command.key == "alike" and not (self._area == "inbox" and self.open_body.current):
            return "待办里没有可以选的事项。"
        if command.key == "discharge" and (duty := self._duty_with_evidence()) is not None:
            if self.session.desk.acted_on(duty) is not None:
                return None
            return availability(by_key("submit"), self.session.office, self.session.person, duty.evidence)
        return super().why_not(command)

    def _duty_with_evidence(self) -> Duty | None:
        """The duty under the cursor that is done away with by a matter, rather than reported done."""
        key = self.target(by_key("discharge"))
        duty = self.session.desk.duty(key) if key else None
        return duty if duty is not None and duty.evidence else None

    def hints(self) -> Iterable[KeyHint]:
        """The keys of the open area; the areas' own digits stand in their titles."""
        elsewhere = {by_key(key).binding for key in _ON_ROWS - self.open_body.COMMANDS}
        pages = by_key("pages").binding
        for hint in super().hints():
            if hint.key not in elsewhere and not hint.key.isdecimal():
                # It gives way to what can be done with the row; it stands among the ledgers too.
                yield replace(hint, importance=1) if hint.key == pages else hint

    def on_record_list_marks_changed(self) -> None:
        self.refresh_keys()

    def on_record_list_moved(self) -> None:
        self.set_timer(_SETTLED, self.refresh_keys, name="keys")

    def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
        self.action_give(message.key)

    def on_record_list_selected(self, selected: RecordList.Selected) -> None:
        self.action_give("open")

    async def give_open(self) -> None:
        record = self.open_body.rows.current
        if record is not None:
            await self.open_body.open(self, record)

    async def give_filter(self) -> None:
        await self.open_body.filter(self)

    async def give_inbox(self) -> None:
        await self.show_area("inbox")

    async def give_mine(self) -> None:
        await self.show_area("mine")

    async def give_duties(self) -> None:
        await self.show_area("duties")

    async def give_notices(self) -> None:
        await self.show_area("notices")

    async def give_ledgers(self) -> None:
        await self.show_area("ledgers")

    async def give_regulations(self) -> None:
        await self.show_area("regulations")

    async def give_offers(self) -> None:
        from tui.screens.offers import choose_offer

        await choose_offer(self)

    async def give_pages(self) -> None:
        from tui.screens.page import choose_page

        await choose_page(self)

    async def give_calendar(self) -> None:
        from tui.screens.diary import DiaryScreen

        self.show(DiaryScreen(self.session))

    async def give_compliance(self) -> None:
        from tui.screens.compliance import ComplianceScreen

        self.show(ComplianceScreen(self.session))

    async def give_organisation(self) -> None:
        from tui.screens.organisation import OrganisationScreen

        self.show(OrganisationScreen(self.session))

    async def give_discharge(self) -> None:
        from tui.screens.duties_tab import discharge

        await discharge(self, self.open_body.current)

    async def give_alike(self) -> None:
        self.open_body.mark_alike()

    async def give_batch(self) -> None:
        from tui.screens.batch import approve_all

        await approve_all(self, self.open_body.rows)

    async def give_phrase(self) -> None:
        from tui.screens.phrases import keep_phrases

        await keep_phrases(self)

    async def give_inspection_list(self) -> None:
        from tui.screens.inspecting import save_inspection_list

        await save_inspection_list(self)

    async def give_object(self) -> None:
        from tui.screens.notices_tab import object_to

        await object_to(self, self.open_body.current)

    async def give_settle_objection(self) -> None:
        from tui.screens.notices_tab import settle

        await settle(self, self.open_body.current)

"""The organisation on any date: units with their leaders, posts with their holders, and what is vacant."""

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget

from core.chart import Seat, chart
from core.finding import Finding
from tui.commands.command import Command, Scope
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.ask import LineDialog
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record

_COLUMNS = (
    Column("科室", 14, importance=8),
    Column("职务", 14, importance=9),
    Column("姓名", 10, importance=9),
    Column("分管、外出和代理", 24, grows=True, importance=7),
)


class OrganisationScreen(Frame):
    """One line for each post that is held or vacant; Enter opens the person."""

    SCOPES = (Scope.LIST,)
    DEFAULT_CSS = "OrganisationScreen #summary { padding: 0 1; }"

    def __init__(self, session: Session) -> None:
        self._day = session.day
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        yield Prose(id="summary")
        yield RecordList(_COLUMNS, FixedSource(), empty="这一天还没有登记任何职务。")

    def on_mount(self) -> None:
        self._show()
        self.query_one(RecordList).focus()

    def _show(self, *, keep_place: bool = False) -> None:
        organisation = self.session.organisation
        seats = chart(organisation, self._day)
        away = sum(organisation.absence(person.key, self._day) is not None for person in organisation.staff(self._day))
        people, vacant = len(list(organisation.staff(self._day))), sum(seat.vacant for seat in seats)
        told = f"{self._day} 的机构和人员　在岗 {people} 人，外出 {away} 人，空缺 {vacant} 处　按 F 换日期"
        self.query_one("#summary", Prose).show([Paragraph(told, strong=True)])
        rows, unit = [], None
        for place, seat in enumerate(seats):
            rows.append(self._record(place, seat, first=seat.unit != unit))
            unit = seat.unit
        self.query_one(RecordList).show(FixedSource(rows), keep_place=keep_place)

    def _record(self, place: int, seat: Seat, *, first: bool) -> Record:
        organisation = self.session.organisation
        unit = organisation.units[seat.unit].title if seat.unit else "（全单位）"
        name = organisation.name(seat.person) if seat.person else "（空缺）"
        return Record(f"{place}|{seat.person}", (unit if first else "", seat.post, name, seat.remark))

    def reload(self) -> None:
        self._show(keep_place=True)

    @property
    def _current(self) -> str:
        record = self.query_one(RecordList).current
        return record.key.partition("|")[2] if record else ""

    def why_not(self, command: Command) -> Finding | str | None:
        if command.key == "open" and not self._current:
            return "这里没有人任职，打不开。"
        return super().why_not(command)

    def on_record_list_moved(self) -> None:
        self.refresh_keys()

    def on_record_list_selected(self, _: RecordList.Selected) -> None:
        self.action_give("open")

    async def give_open(self) -> None:
        from tui.screens.person import PersonScreen

        self.show(PersonScreen(self.session, self._current))

    async def give_filter(self) -> None:
        question = "看哪一天的机构和人员，如 2026-03-02："
        typed = await self.app.push_screen_wait(LineDialog("换日期", question, self._day.isoformat()))
        if typed is None:
            return
        try:
            self._day = date.fromisoformat(typed)
        except ValueError:
            await self.tell("换日期", f"“{typed}”不是日期，请写成 2026-03-02 的样子。")
            return
        self._show()

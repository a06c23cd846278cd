"""The year's duties month by month: the agency at a glance, by regulation, clause, unit or person."""

from collections.abc import Iterable

from textual.widget import Widget

from core.days.compliance import ComplianceYear, Grouping, Standing
from core.finding import Finding
from core.records import Duty
from tui.commands.command import Command, Scope
from tui.compliance_text import LEGEND, mark, row_title, summed, titled_rows
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.choice import Choice, Option
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record
from tui.wording import duty_text

_COLUMNS = (
    Column("", 18, grows=True, importance=9),
    *(Column(f"{month}月", 4, importance=8) for month in range(1, 13)),
    Column("未办", 5, right=True, importance=7),
    Column("共", 5, right=True, importance=3),
)
_DUTY_COLUMNS = (
    Column("情况", 11, importance=9),
    Column("期限", 10, importance=9),
    Column("例行事项", 36, grows=True, importance=9),
    Column("由谁办", 10, importance=5),
)
_LISTED = 500


class ComplianceScreen(Frame):
    """One line for each regulation, clause, unit or person; Enter lists the duties behind it."""

    SCOPES = (Scope.LIST, Scope.DIARY)
    DEFAULT_CSS = "ComplianceScreen #summary { padding: 0 1; }"

    def __init__(self, session: Session) -> None:
        self._grouping = Grouping.REGULATION
        self._year = ComplianceYear(session.desk, session.day.year)
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        yield Prose(id="summary")
        yield RecordList(_COLUMNS, FixedSource(), empty="这一年没有例行事项。")

    def on_mount(self) -> None:
        self._show()
        self.query_one(RecordList).focus()

    def reload(self) -> None:
        self._year.follow()
        self._show(keep_place=True)

    def _show(self, *, keep_place: bool = False) -> None:
        office, year = self.session.office, self._year
        whole = summed(year.whole())
        told = f"{year.year}年，按{self._grouping.title}　"
        counted = "　".join(f"{each.title} {whole[each]}" for each in Standing)
        self.query_one("#summary", Prose).show([Paragraph(told + counted, strong=True), Paragraph(LEGEND)])
        rows = []
        for key, title, months in titled_rows(office, year, self._grouping):
            total = summed(months)
            undone = total[Standing.OVERDUE] + total[Standing.DUE]
            rows.append(Record(key, (title, *(mark(each) for each in months), str(undone or ""), str(total.total))))
        self.query_one(RecordList).show(FixedSource(rows), keep_place=keep_place)
        self.refresh_keys()

    def why_not(self, command: Command) -> Finding | str | None:
        if command.key == "open" and not self.query_one(RecordList).current:
            return "没有可以打开的行。"
        return super().why_not(command)

    def on_record_list_selected(self, _: RecordList.Selected) -> None:
        self.action_give("open")

    async def give_open(self) -> None:
        record = self.query_one(RecordList).current
        if record is not None:
            title = row_title(self.session.office, self._grouping, record.key)
            duties = self._year.duties(self._grouping, record.key)
            self.show(YearsDuties(self.session, f"{self._year.year}年　{title}", duties))

    async def give_filter(self) -> None:
        options = [Option(each.value, f"按{each.title}", "") for each in Grouping]
        chosen = await self.app.push_screen_wait(Choice("怎样分行", options))
        if chosen is not None:
            self._grouping = Grouping(chosen)
            self._show()

    async def give_earlier(self) -> None:
        self._turn(-1)

    async def give_later(self) -> None:
        self._turn(1)

    def _turn(self, years: int) -> None:
        self._year = ComplianceYear(self.session.desk, self._year.year + years)
        self._show()


class YearsDuties(Frame):
    """The duties behind one line of the year; Enter tells all about one."""

    SCOPES = (Scope.LIST,)
    DEFAULT_CSS = "YearsDuties #summary { padding: 0 1; }"

    def __init__(self, session: Session, title: str, duties: list[Duty]) -> None:
        self._title, self._duties = title, {duty.key: duty for duty in duties}
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        yield Prose(id="summary")
        yield RecordList(_DUTY_COLUMNS, FixedSource(), empty="没有例行事项。")

    def on_mount(self) -> None:
        more = f"，列出前 {_LISTED} 件" if len(self._duties) > _LISTED else ""
        told = f"{self._title}　共 {len(self._duties)} 件{more}"
        self.query_one("#summary", Prose).show([Paragraph(told, strong=True)])
        listed = self.query_one(RecordList)
        listed.show(FixedSource(self._record(duty) for duty in [*self._duties.values()][:_LISTED]))
        listed.focus()

    def _record(self, duty: Duty) -> Record:
        owners = "、".join(self.session.organisation.name(owner) for owner in duty.owners)
        return Record(
            duty.key,
            (duty_text(duty, self.session.day), duty.due.isoformat(), duty.title, owners or "（暂缺）"),
        )

    def on_record_list_selected(self, _: RecordList.Selected) -> None:
        self.action_give("open")

    async def give_open(self) -> None:
        from tui.screens.duties_tab import duty_paragraphs

        record = self.query_one(RecordList).current
        if record is not None:
            duty = self._duties[record.key]
            await self.tell(duty.title, duty_paragraphs(self.session, duty))

"""My calendar: the week or the month day by day, with what kind of day each is and what is on it."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from textual.widget import Widget

from core.days.diary import Day, Item, Occasion, diary
from core.finding import Finding
from tui.commands.command import Command, Scope
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.choice import Choice, Option
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record

_COLUMNS = (
    Column("日期", 11, importance=9),
    Column("日子", 20, importance=6),
    Column("类别", 8, importance=8),
    Column("内容", 30, grows=True, importance=9),
)
_WEEK = timedelta(days=7)


class DiaryScreen(Frame):
    """One line for each thing on each day; Enter opens the matter or the duty it is about."""

    SCOPES = (Scope.LIST, Scope.DIARY)
    DEFAULT_CSS = "DiaryScreen #summary { padding: 0 1; }"

    def __init__(self, session: Session) -> None:
        self._monthly = False
        self._since = session.day - timedelta(days=session.day.weekday())
        super().__init__(session)

    @property
    def _until(self) -> date:
        if self._monthly:
            return self._since.replace(day=monthrange(self._since.year, self._since.month)[1])
        return self._since + _WEEK - timedelta(days=1)

    def body(self) -> Iterable[Widget]:
        yield Prose(id="summary")
        yield RecordList(_COLUMNS, FixedSource(), empty="没有日程。")

    def on_mount(self) -> None:
        self._show()
        self.query_one(RecordList).focus()

    def _show(self, *, keep_place: bool = False) -> None:
        days = diary(self.session.desk, self.session.person, self._since, self._until)
        self.query_one("#summary", Prose).show([Paragraph(self._told(days), strong=True)])
        rows = [record for day in days for record in _records(day, day.day == self.session.day)]
        listed = self.query_one(RecordList)
        listed.show(FixedSource(rows), keep_place=keep_place)
        if not keep_place:
            today = self.session.day.isoformat()
            listed.cursor = next((place for place, row in enumerate(rows) if row.key.startswith(today)), 0)
            self.refresh_keys()

    def _told(self, days: list[Day]) -> str:
        working = sum(day.workday for day in days)
        told = f"我的日程　{self._since} 至 {self._until}　工作日 {working} 天，休息 {len(days) - working} 天"
        return told + ("（放假安排未公布）" if any(day.provisional for day in days) else "")

    def reload(self) -> None:
        self._show(keep_place=True)

    def why_not(self, command: Command) -> Finding | str | None:
        if command.key == "open" and not self._current:
            return "这一天没有可以打开的事项。"
        return super().why_not(command)

    @property
    def _current(self) -> str:
        record = self.query_one(RecordList).current
        return record.key.partition("|")[2] if record else ""

    def on_record_list_moved(self) -> None:
        self.refresh_keys()

    def on_record_list_selected(self, _: RecordList.Selected) -> None:
        self.action_give("open")

    async def give_open(self) -> None:
        session, key = self.session, self._current
        if duty := session.desk.duty(key):
            from tui.screens.duties_tab import duty_paragraphs

            await self.tell(duty.title, duty_paragraphs(session, duty))
            return
        from tui.screens.matter import MatterScreen

        self.show(MatterScreen(session, key))

    async def give_filter(self) -> None:
        options = (
            Option("week", "本周", "从周一到周日"),
            Option("month", "本月", "从一日到月底"),
        )
        chosen = await self.app.push_screen_wait(Choice("看多长时间", options))
        if chosen is not None:
            day = self.session.day
            self._monthly = chosen == "month"
            self._since = day.replace(day=1) if self._monthly else day - timedelta(days=day.weekday())
            self._show()

    async def give_earlier(self) -> None:
        before = self._since - timedelta(days=1)
        self._since = before.replace(day=1) if self._monthly else self._since - _WEEK
        self._show()

    async def give_later(self) -> None:
        self._since = self._until + timedelta(days=1)
        self._show()


def _records(day: Day, today: bool) -> Iterable[Record]:
    weekday = "一二三四五六日"[day.day.weekday()]
    date_cell = f"{day.day:%m-%d} 周{weekday}{'*' if today else ''}"
    items: tuple[Item | None, ...] = day.items or (None,)
    for place, item in enumerate(items):
        head = (date_cell, day.nature) if place == 0 else ("", "")
        key = item.key if item and item.occasion is not Occasion.AWAY else ""
        cells = (item.occasion.title, item.text) if item else ("", "")
        yield Record(f"{day.day}/{place}|{key}", (*head, *cells))

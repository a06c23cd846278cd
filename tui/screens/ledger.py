"""One ledger: its lines narrowed, ordered, summed and exported."""

from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from textual.widget import Widget
from tinydb import where

from core.codec import entry_from_document
from core.days.terms import read_period
from core.desk import ledger_table
from core.fields import Field, Kind
from core.finding import Finding
from core.money import format_money, from_fen, parse_money, to_fen
from core.records import Entry
from core.store.document import StoreDocument
from tui.commands.command import Command, Scope
from tui.screens.frame import Frame
from tui.session import Session
from tui.sources import TableSource
from tui.widgets.ask import LineDialog
from tui.widgets.choice import Choice, Option
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import Record
from tui.wording import value_text

_SMALL = 20_000
"""Lines up to which every column may be searched and sorted by, and sums stand on the screen by themselves; beyond
it a search reads an index, and sums are added up when asked for.
"""

_YEARS = 10
"""Years back that are offered for printing."""

_NUMBER, _DAY, _MATTER = "", "on", "matter"
_IMPORTANCE = {Kind.PERSON: 7, Kind.DATE: 6, Kind.PERIOD: 6, Kind.NUMBER: 6}
_WIDTHS = {Kind.MONEY: 13, Kind.DATE: 10, Kind.PERIOD: 14, Kind.NUMBER: 8, Kind.FLAG: 4, Kind.PERSON: 10, Kind.UNIT: 12}


class LedgerScreen(Frame):
    """A ledger's lines, newest first until sorted otherwise."""

    SCOPES = (Scope.LIST, Scope.LEDGER)
    DEFAULT_CSS = "LedgerScreen #summary { padding: 0 1; }"

    def __init__(self, session: Session, ledger: str) -> None:
        self._ledger = session.office.host.ledgers[ledger]
        self._table = session.office.store.table(ledger_table(ledger))
        self._readable = session.desk.readable(ledger)
        self._query = self._readable
        self._told = ""
        self._summed = False
        self._order, self._descending = _NUMBER, True
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        columns = [Column("行号", 6, right=True, importance=8), Column("日期", 10, importance=9)]
        described = self._described()
        for place, column in enumerate(self._ledger.columns):
            width = max(_WIDTHS.get(column.kind, 12), 2 * len(column.title))
            right = column.kind in (Kind.MONEY, Kind.NUMBER)
            importance = 9 if column.kind is Kind.MONEY or column is described else _IMPORTANCE.get(column.kind, 5)
            columns.append(Column(column.title, width, right, column is described, importance - (place > 5)))
        columns.append(Column("事项", 14, importance=1, whole=True))
        yield Prose(id="summary")
        yield RecordList(columns, self._source(), empty="没有符合条件的行。")

    def on_mount(self) -> None:
        self._summary(self._source())

    def _described(self) -> Field | None:
        """The column that tells most to a reader: a text that no rule counts by, else the last text."""
        texts = [column for column in self._ledger.columns if column.kind in (Kind.TEXT, Kind.LONG)]
        free = [column for column in texts if column.key not in self._ledger.indexed]
        return next(iter(free or texts[-1:]), None)

    def _source(self) -> TableSource:
        order = [self._order] if self._order else []
        return TableSource(self._table, self._query, self._record, order=order, descending=self._descending)

    def _entry(self, row: StoreDocument) -> Entry:
        return entry_from_document(row, row.doc_id, self._ledger)

    def _record(self, row: StoreDocument) -> Record:
        entry = self._entry(row)
        cells = [self._cell(column, entry) for column in self._ledger.columns]
        number = f"红{entry.number}" if entry.corrects else str(entry.number)
        return Record(str(row.doc_id), (number, entry.on.isoformat(), *cells, entry.matter))

    def _cell(self, column: Field, entry: Entry) -> str:
        """A cell of the list; people by name alone, their posts are told where the line is opened."""
        value = entry.values.get(column.key)
        if column.kind is Kind.PERSON:
            return self.session.organisation.name(str(value or ""))
        return value_text(self.session.desk, column, value)

    def _summary(self, source: TableSource) -> None:
        parts = [self._ledger.title]
        if self._told:
            parts.append(f"筛选：{self._told}")
        money = [column for column in self._ledger.columns if column.kind is Kind.MONEY]
        if self._summed or source.count() <= _SMALL:
            parts += [f"{column.title}合计 {format_money(self._total(column))}" for column in money]
        elif money:
            parts.append("行数很多，按 T 合计")
        if self._readable is not None and (rest := len(self._table) - self._table.count(self._readable)):
            parts.append(f"另有 {rest} 行不在您的查阅范围")
        self.query_one("#summary", Prose).show([Paragraph("　".join(parts), strong=True)])

    def _total(self, column: Field) -> Decimal:
        return from_fen(self._table.total(f"values.{column.key}", self._query))

    def _show(self, *, keep_place: bool = False) -> None:
        """The lines and their summary as they are now; sums asked for earlier were of other lines."""
        source = self._source()
        self._summed = False
        self.query_one(RecordList).show(source, keep_place=keep_place)
        self._summary(source)

    def reload(self) -> None:
        self._show(keep_place=True)

    async def give_sum(self) -> None:
        self._summed = True
        self._summary(self._source())

    def why_not(self, command: Command) -> Finding | str | None:
        if command.key == "open" and self.query_one(RecordList).current is None:
            return "没有选中的行。"
        return super().why_not(command)

    def on_record_list_selected(self) -> None:
        self.action_give("open")

    async def give_open(self) -> None:
        record = self.query_one(RecordList).current
        entry = self.session.desk.entry(self._ledger.key, int(record.key)) if record else None
        if entry is None:
            return
        lines = [f"日期：{entry.on}"]
        for column in self._ledger.columns:
            if text := value_text(self.session.desk, column, entry.values.get(column.key)):
                lines.append(f"{column.title}：{text}")
        if entry.corrects:
            lines.append(f"红字：冲销第 {entry.corrects} 行")
        if entry.matter:
            lines.append(f"事项：{entry.matter}")
        await self.tell(f"{self._ledger.title}第 {entry.number} 行", "\n".join(lines))

    @property
    def _small(self) -> bool:
        return len(self._table) <= _SMALL

    def _columns(self) -> list[Field]:
        every = self._small
        held = [column for column in self._ledger.columns if column.kind is not Kind.ROWS]
        return [column for column in held if every or column.key in self._ledger.indexed]

    async def give_filter(self) -> None:
        options = [Option("all", "全部", "不筛选"), Option(_DAY, "日期", "某年、某月或某日")]
        options += [Option(f"values.{column.key}", column.title) for column in self._columns()]
        if self._small:
            options.append(Option(_MATTER, "事项", "由哪件事项产生"))
        chosen = await self.app.push_screen_wait(Choice("按哪一栏筛选", options))
        if chosen is None:
            return
        self._query, self._told = self._readable, ""
        if chosen != "all":
            title = next(option.title for option in options if option.key == chosen)
            asked = "写作 2026、2026-03 或 2026-03-02。" if chosen == _DAY else self._asking(chosen)
            words = await self.app.push_screen_wait(LineDialog(f"筛选：{title}", asked))
            if words:
                test, self._told = self._test(chosen, words), f"{title} {words}"
                self._query = test if self._readable is None else self._readable & test
        self._show()

    def _asking(self, chosen: str) -> str:
        """How a filter is asked for: a large ledger is read by an index, so by how a text begins."""
        column = next((each for each in self._ledger.columns if f"values.{each.key}" == chosen), None)
        beginning = column is not None and column.kind is not Kind.PERSON and not self._small
        return f"只看这一栏{'以下面文字开头' if beginning else '含有下面文字'}的行。"

    def _test(self, chosen: str, words: str) -> Any:
        if chosen == _DAY:
            return (where(_DAY) >= words) & (where(_DAY) <= f"{words}~")
        if chosen == _MATTER:
            return where(_MATTER).test(lambda held: words in str(held))
        column = next(each for each in self._ledger.columns if f"values.{each.key}" == chosen)
        if column.kind is Kind.MONEY:
            try:
                return where("values")[column.key] == to_fen(parse_money(words, allow_negative=True))
            except ValueError:
                return where("values")[column.key] == words
        desk = self.session.desk
        if not self._small:
            return self._test_by_index(column, words)
        return where("values")[column.key].test(lambda held: words in value_text(desk, column, held) or words == held)

    def _test_by_index(self, column: Field, words: str) -> Any:
        held = where("values")[column.key]
        if column.kind is Kind.PERSON:
            return held.one_of([key for key, each in self.session.organisation.people.items() if words in each.name])
        if column.kind is Kind.NUMBER and words.isdecimal():
            return held == int(words)
        if column.kind is Kind.PERIOD:
            with suppress(ValueError):
                words = read_period(words, today=self.session.day)
        return (held >= words) & (held <= f"{words}\U0010ffff")

    async def give_sort(self) -> None:
        options = [Option(_NUMBER or "id", "行号", "登记的先后"), Option(_DAY, "日期")]
        options += [Option(f"values.{column.key}", column.title) for column in self._columns()]
        chosen = await self.app.push_screen_wait(Choice("按哪一栏排列；再选一次，次序相反", options))
        if chosen is None:
            return
        order = _NUMBER if chosen == "id" else chosen
        self._descending = not self._descending if order == self._order else False
        self._order = order
        self.query_one(RecordList).show(self._source())

    async def give_export(self) -> None:
        from tui.commandline.spreadsheet import write_ledger
        from tui.screens.saving import save

        def write(path: str) -> str:
            entries = list(self._entries())
            write_ledger(self.session.desk, self._ledger, entries, path)
            return f"共 {len(entries)} 行，筛选和次序与画面相同。"

        await save(self, self._ledger.title, ".xlsx", write)

    async def give_reconcile(self) -> None:
        from core.reconciling import kept_from, reconcile

        if self._ledger.key in kept_from(self.session.desk):
            await self.tell(
                f"核对：{self._ledger.title}", "这本台账或者它所凭的事项，您不能全部查阅，请能够查阅的人核对。"
            )
            return
        found = [f"{each.facts}。{each.remedy}。" for each in reconcile(self.session.office.desk, self._ledger.key)]
        await self.tell(f"核对：{self._ledger.title}", "\n".join(found) or "逐一核对，没有发现不符。")

    async def give_bind(self) -> None:
        from tui.papers.book import bound
        from tui.screens.saving import save_document

        this_year = self.session.day.year
        years = [Option(str(year), f"{year} 年度") for year in range(this_year, this_year - _YEARS, -1)]
        chosen = await self.app.push_screen_wait(Choice("打印哪一年的登记", years))
        if chosen is not None:
            content = bound(self.session.desk, self._ledger, int(chosen))
            await save_document(self, f"{self._ledger.title}-{chosen}年度", ".docx", content)

    def _entries(self) -> Iterable[Entry]:
        order = [self._order] if self._order else []
        return map(self._entry, self._table.each(self._query, order=order, descending=self._descending))

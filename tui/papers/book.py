"""A year of a ledger as a book: a title page, every line of the year in order, and what they come to."""

from collections.abc import Iterator
from decimal import Decimal

from tinydb import where

from core.codec import entry_from_document
from core.desk import Desk, ledger_table
from core.family import LedgerType
from core.fields import Field, Kind
from core.journal import Journal
from core.money import format_money, in_words
from core.records import Entry
from tui.papers.layout import boxes, widths
from tui.papers.sheet import Grid
from tui.papers.values import proof, short, to_the_right
from tui.papers.word import Page

_SIGNATURES = ("登记人", "复核人", "立卷日期")


def bound(desk: Desk, ledger: LedgerType, year: int) -> bytes:
    """The lines of a year, red ones included, as a Word document on wide pages."""
    paper = desk.host.papers.get(ledger.key)
    title = paper.title if paper else ledger.title
    entries = list(_entries(desk, ledger, year))
    columns = _columns(ledger, paper.named if paper else (), entries, year)
    page = Page(f"{title} {year} 年度", desk.agency.title, desk.now, wide=True, size=9)
    page.heading(desk.agency.title, 16)
    page.heading(title, 24)
    page.heading(f"{year} 年度", 16)
    page.line(_counted(entries))
    headings = ("行号", "日期", *(column.title for column in columns), "凭")
    grid = Grid("", headings, tuple(_line(desk, columns, entry) for entry in entries), (), to_the_right(columns, 2))
    page.table(widths(grid), boxes(grid), headed=True)
    for column in columns:
        if told := _sum(column, entries):
            page.line(f"{column.title}合计：{told}", bold=True)
    signatures = paper.signatures if paper and paper.signatures else _SIGNATURES
    page.line("　　".join(f"{each}：＿＿＿＿＿＿" for each in signatures), before=18)
    page.foot(proof(Journal(desk.store).head(), desk.day))
    return page.saved()


def _entries(desk: Desk, ledger: LedgerType, year: int) -> Iterator[Entry]:
    """The lines dated in the year, by day; read by the index of days."""
    in_year = (where("on") >= f"{year:04d}-01-01") & (where("on") <= f"{year:04d}-12-31")
    readable = desk.readable(ledger.key)
    query = in_year if readable is None else in_year & readable
    rows = desk.store.table(ledger_table(ledger.key)).each(query, order=["on"])
    return (entry_from_document(row, row.doc_id, ledger) for row in rows)


def _columns(ledger: LedgerType, named: tuple[str, ...], entries: list[Entry], year: int) -> list[Field]:
    """The columns a form names; else those in which any line tells more than the year."""
    columns = {column.key: column for column in ledger.columns if column.kind is not Kind.ROWS}
    if named:
        return [columns[key] for key in named]
    told = {key for entry in entries for key, value in entry.values.items() if value not in (None, "", str(year))}
    return [column for key, column in columns.items() if key in told]


def _line(desk: Desk, columns: list[Field], entry: Entry) -> tuple[str, ...]:
    cells = (short(desk, column, entry.values.get(column.key), entry.on) for column in columns)
    number = f"{entry.number}（红字，冲第 {entry.corrects} 行）" if entry.corrects else str(entry.number)
    return number, entry.on.isoformat(), *cells, entry.matter


def _counted(entries: list[Entry]) -> str:
    if not entries:
        return "本年度没有登记。"
    red = sum(1 for entry in entries if entry.corrects)
    return f"共 {len(entries)} 行，第 {entries[0].number} 行至第 {entries[-1].number} 行，其中红字 {red} 行。"


def _sum(column: Field, entries: list[Entry]) -> str:
    """What a column of amounts or numbers comes to; empty where there is nothing to add up."""
    held = [entry.values.get(column.key) for entry in entries]
    if column.kind is Kind.MONEY and (amounts := [each for each in held if isinstance(each, Decimal)]):
        total = sum(amounts, Decimal(0))
        return f"{format_money(total)} 元（大写：{in_words(total)}）"
    counts = [each for each in held if isinstance(each, int)] if column.kind is Kind.NUMBER and column.unit else []
    return f"{sum(counts)}{column.unit}" if counts else ""

"""Values of blanks as they are written on paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.days.wording import day_written
from core.desk import Desk
from core.fields import Field, Kind, Value
from core.journal import Entry
from core.money import format_money, in_words
from core.store.transaction import Receipt
from core.text import clean
from core.verdict import receipt_line
from tui.papers.sheet import Grid
from tui.wording import value_text


def written(desk: Desk, blank: Field, value: Value | None, day: date) -> str:
    """A value in full: an amount also in capital numerals, a person with the post he held on the day, a matter
    with what it is about.
    """
    if value is None or value == "" or isinstance(value, tuple):
        return ""
    if isinstance(value, Decimal):
        return f"{format_money(value)} 元（大写：{in_words(value)}）"
    return clean(_in_words(desk, blank, value, day))


def _in_words(desk: Desk, blank: Field, value: Value, day: date) -> str:
    match value:
        case date():
            return day_written(value)
        case str() if blank.kind is Kind.PERSON:
            return desk.organisation.described(value, day)
        case str() if blank.kind is Kind.MATTER:
            return _matter(desk, value)
        case _:
            return value_text(desk, blank, value)


def _matter(desk: Desk, number: str) -> str:
    found = desk.matter(number)
    kind = desk.matter_type(found.kind) if found else None
    subject = kind.about(found.values) if found and kind else ""
    return f"{number}（{subject}）" if subject else number


def table(desk: Desk, blank: Field, rows: tuple[Mapping[str, Any], ...], day: date) -> Grid:
    """The rows of a blank; columns that no row fills are left out, amounts are added up."""
    columns = [column for column in blank.columns if any(row.get(column.key) not in (None, "") for row in rows)]
    cells = tuple(tuple(short(desk, column, row.get(column.key), day) for column in columns) for row in rows)
    headings = tuple(column.title for column in columns)
    return Grid(blank.title, headings, cells, _total(columns, rows), to_the_right(columns))


def to_the_right(columns: Sequence[Field], first: int = 0) -> frozenset[int]:
    """The places of the columns of amounts and numbers; `first` is the place of the first column given."""
    return frozenset(place for place, each in enumerate(columns, first) if each.kind in (Kind.MONEY, Kind.NUMBER))


def short(desk: Desk, column: Field, value: Value | None, day: date) -> str:
    """A value in a table: an amount in digits, a person by name."""
    if isinstance(value, Decimal):
        return format_money(value)
    if column.kind is Kind.PERSON and isinstance(value, str):
        return clean(desk.organisation.name(value))
    return written(desk, column, value, day)


def _total(columns: list[Field], rows: tuple[Mapping[str, Any], ...]) -> tuple[str, ...]:
    sums = [sum_of(column, rows) if column.kind is Kind.MONEY else None for column in columns]
    return headed_total(["" if each is None or not rows else format_money(each) for each in sums])


def headed_total(sums: Sequence[str]) -> tuple[str, ...]:
    """The last row of a table, which says what it is where its first column has no sum; empty where none has."""
    return (sums[0] or "合计", *sums[1:]) if any(sums) else ()


def sum_of(column: Field, rows: tuple[Mapping[str, Any], ...]) -> Decimal:
    """What a money column of the rows comes to."""
    held = (row.get(column.key) for row in rows)
    return sum((each for each in held if isinstance(each, Decimal)), Decimal(0))


def proof(entry: Entry | None, day: date) -> str:
    """What ties a document to the records: a journal entry by number and digest, and the day it was printed."""
    printed = f"{day_written(day)}打印"
    return f"{receipt_line(Receipt(entry.sequence, entry.digest, entry.at))}　{printed}" if entry else printed

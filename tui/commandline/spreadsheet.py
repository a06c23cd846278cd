"""A ledger as a spreadsheet in which no cell is ever a formula."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from core.text import clean
from tui.commandline.new_files import new_file

if TYPE_CHECKING:
    from core.desk import Desk
    from core.family import LedgerType
    from core.fields import Field, Value
    from core.records import Entry

    Line = Mapping[str, Value]

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")
_LONGEST_CELL = 32_767
"""Characters a cell of a spreadsheet holds."""


def write_ledger(desk: "Desk", ledger: "LedgerType", entries: Sequence["Entry"], name: str) -> None:
    """Write the entries to a new file, readable by its owner alone. Raises StoreError when it exists."""
    with new_file(name, ".xlsx") as file:
        _write(desk, ledger, entries, file)


def _write(desk: "Desk", ledger: "LedgerType", entries: Sequence["Entry"], file: BinaryIO) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append([neutral(text) for text in ("行号", "日期", *(each.title for each in ledger.columns), "凭", "冲销行")])
    for entry in entries:
        values = [_cell(desk, column, entry.values.get(column.key)) for column in ledger.columns]
        sheet.append([entry.number, entry.on, *values, neutral(entry.matter), entry.corrects or None])
    book.save(file)


def write_table(desk: "Desk", title: str, columns: Sequence["Field"], lines: Sequence["Line"], name: str) -> None:
    """Write the lines of a table to a new file, readable by its owner alone. Raises StoreError when it exists."""
    from openpyxl import Workbook

    with new_file(name, ".xlsx") as file:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(neutral(title))
        sheet.append([neutral(column.title) for column in columns])
        for line in lines:
            sheet.append([_cell(desk, column, line.get(column.key)) for column in columns])
        book.save(file)


def neutral(text: str) -> str:
    """The text as a cell that a spreadsheet never takes for a formula: an apostrophe before what looks like one."""
    safe = clean(text)[: _LONGEST_CELL - 1]
    return f"'{safe}" if safe.startswith(_FORMULA_SIGNS) else safe


def _cell(desk: "Desk", column: "Field", value: "Value | None") -> object:
    from tui.wording import value_text

    if isinstance(value, Decimal | date) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return neutral(value_text(desk, column, value))

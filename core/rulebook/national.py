"""Reading the national tables: `config/national/*.toml` with `[[table]]`, each with its reference and dates."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from core.national_tables import Cell, NationalTable
from core.rulebook.faults import Sheet
from core.rulebook.tables import Table
from core.rulebook.values import exact_decimal, plain_text

FOLDER = "national/"
"""Head of the paths under which the tables stand among a rulebook's texts."""


def read_national(sheet: Sheet) -> list[NationalTable]:
    """The tables of one file, every fault noted in its sheet. The file's name is the first half of their keys."""
    values = sheet.parse()
    if values is None:
        return []
    head = sheet.path.removeprefix(FOLDER).removesuffix(".toml")
    whole = Table(sheet, (), values)
    found = [(table, _table(table, head)) for table in whole.tables("table")]
    whole.close("全国统一的标准")
    for (_, one), (place, other) in combinations(found, 2):
        if one.key == other.key and one.span.since <= other.span.until and other.span.since <= one.span.until:
            place.fault("key", f"“{one.key}”有两张表的施行日期重叠，请给前一张写明“until”")
    return [table for _, table in found]


def _table(table: Table, head: str) -> NationalTable:
    for key in ("key", "title", "reference", "since"):
        table.needed(key, "全国统一的标准")
    span = table.span()
    rows = table.table("rows")
    none: Cell = ""
    cells = {name: rows.read(name, _cell, none) for name in rows.values} if rows else {}
    otherwise = table.read("otherwise", _cell, none)
    if not cells and not otherwise:
        table.fault("", "全国统一的标准要写“rows”（分项的数额）或“otherwise”（其余各项的数额）")
    found = NationalTable(
        f"{head}.{table.text('key')}", table.text("title"), table.text("reference"), span, cells, otherwise
    )
    table.close("全国统一的标准")
    return found


def _cell(raw: Any) -> Cell:
    """A figure as text, or a list of names."""
    if isinstance(raw, list):
        return tuple(plain_text(each) for each in raw)
    return str(exact_decimal(raw))


def parted(files: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of regulations and those of national tables, by path."""
    national = {path: text for path, text in files.items() if path.startswith(FOLDER)}
    return {path: text for path, text in files.items() if path not in national}, national

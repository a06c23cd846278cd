"""The ledgers: which there are, their lines, and a spreadsheet of them."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.exports import OUTPUT, tell_exported
from tui.commandline.output import say_json, say_table
from tui.commandline.parser import Parser
from tui.commandline.place import opened, readers_desk

if TYPE_CHECKING:
    from core.family import LedgerType
    from core.fields import Value
    from core.office import Office
    from core.records import Entry

_LIMIT = 200
_EVERYTHING = 1 << 40


def arguments(parser: Parser, verb: str) -> None:
    if verb == "ledger":
        parser.add_argument("ledger", nargs="?", metavar="台账", help="台账的编号或名称；不写则列出全部台账")
        parser.add_argument(
            "--where", action="append", default=[], metavar="栏目=内容", help="只看这一栏是这个内容的行；可写多次"
        )
        parser.add_argument("--order", metavar="栏目", help="按这一栏排列，不写则新的在前")
        parser.add_argument("--limit", type=int, metavar="行数", help=f"最多列出多少行，不写为 {_LIMIT}；导出时不限")
        parser.add_argument("--export", metavar=OUTPUT, help="写成电子表格（.xlsx），文件不能已经存在")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        if arguments.verb == "ledgers" or arguments.ledger is None:
            _ledgers(office, arguments.json)
        else:
            _ledger(office, arguments)
    return Exit.DONE


def _ledgers(office: "Office", json: bool) -> None:
    from core.desk import ledger_table

    ledgers = [
        {
            "key": ledger.key,
            "title": ledger.title,
            "entries": len(office.store.table(ledger_table(ledger.key))),
            "columns": [{"key": column.key, "title": column.title} for column in ledger.columns],
        }
        for ledger in office.host.ledgers.values()
    ]
    if json:
        say_json(ledgers)
        return
    rows = [(each["key"], each["title"], each["entries"]) for each in ledgers]
    say_table(("编号", "台账", "行数"), rows, "没有台账")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A ledger, and what of it is asked for."""

    ledger: "LedgerType"
    values: dict[str, "Value"]
    order: str


def ledger_named(office: "Office", name: str) -> "LedgerType":
    """The ledger of that key or title."""
    from core.text import nearest

    ledgers = office.host.ledgers
    ledger = ledgers.get(name) or next((each for each in ledgers.values() if each.title == name), None)
    if ledger is None:
        hint = nearest(name, [*ledgers, *(each.title for each in ledgers.values())])
        raise UsageFault(f"没有“{name}”这本台账" + (f"，是否指“{hint}”？" if hint else "，见 guizhang ledgers"))
    return ledger


def _asked(office: "Office", arguments: argparse.Namespace) -> _Asked:
    from core.directory import OfficeDirectory
    from core.fields import read

    ledger = ledger_named(office, arguments.ledger)
    columns = {column.key: column for column in ledger.columns} | {column.title: column for column in ledger.columns}
    values: dict[str, Value] = {}
    for written in arguments.where:
        title, sign, content = written.partition("=")
        if not sign or title not in columns:
            raise UsageFault(_no_column(ledger, title))
        try:
            values[columns[title].key] = read(columns[title], content, OfficeDirectory(office.desk))
        except ValueError as error:
            raise UsageFault(f"{title}：{error}") from None
    if arguments.order is not None and arguments.order not in columns:
        raise UsageFault(_no_column(ledger, arguments.order))
    return _Asked(ledger, values, columns[arguments.order].key if arguments.order is not None else "")


def _no_column(ledger: "LedgerType", name: str) -> str:
    return f"《{ledger.title}》没有“{name}”一栏，可用：{'、'.join(column.title for column in ledger.columns)}"


def _ledger(office: "Office", arguments: argparse.Namespace) -> None:
    asked = _asked(office, arguments)
    limit = arguments.limit if arguments.limit is not None else _EVERYTHING if arguments.export else _LIMIT
    read = _EVERYTHING if asked.order else max(1, limit)
    entries = readers_desk(office, arguments).entries(asked.ledger.key, limit=read, **asked.values)
    if asked.order:
        entries.sort(key=lambda entry: _sortable(entry.values.get(asked.order)))
        del entries[max(1, limit) :]
    if arguments.export:
        from tui.commandline.spreadsheet import write_ledger

        write_ledger(office.desk, asked.ledger, entries, arguments.export)
        tell_exported(f" {len(entries)} 行", arguments.export, arguments)
    elif arguments.json:
        say_json([_entry_json(entry) for entry in entries])
    else:
        _say_entries(office, asked.ledger, entries)


def _sortable(value: Any) -> tuple[int, Any]:
    return (0, "") if value is None else (1, value) if not isinstance(value, tuple) else (2, len(value))


def _entry_json(entry: "Entry") -> dict[str, Any]:
    from core.fields import to_json

    return {
        "number": entry.number,
        "on": entry.on.isoformat(),
        "matter": entry.matter,
        "corrects": entry.corrects or None,
        "values": {key: to_json(value) for key, value in entry.values.items()},
    }


def _say_entries(office: "Office", ledger: "LedgerType", entries: Sequence["Entry"]) -> None:
    from tui.wording import value_text

    headings = ("行号", "日期", *(column.title for column in ledger.columns), "凭", "更正")
    rows = [
        (
            entry.number,
            entry.on,
            *(value_text(office.desk, column, entry.values.get(column.key)) for column in ledger.columns),
            entry.matter,
            f"冲销第 {entry.corrects} 行" if entry.corrects else "",
        )
        for entry in entries
    ]
    say_table(headings, rows, f"《{ledger.title}》没有这样的行")

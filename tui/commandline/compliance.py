"""How the year's duties stand, month by month."""

import argparse
from typing import TYPE_CHECKING, Any

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say_json, say_table
from tui.commandline.parser import Parser
from tui.commandline.place import opened, readers_desk

if TYPE_CHECKING:
    from core.days.compliance import Months

_GROUPINGS = {"制度": "regulation", "条款": "clause", "科室": "unit", "人员": "person"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("--year", type=int, metavar="年份", help="哪一年，不写为今年")
    parser.add_argument("--by", metavar="分法", default="制度", help="按制度、条款、科室或人员分行，不写为制度")


def run(arguments: argparse.Namespace) -> int:
    from core.days.compliance import ComplianceYear, Grouping, Standing
    from tui.compliance_text import mark, summed, titled_rows

    with opened(arguments) as office:
        asked = arguments.year if arguments.year is not None else office.desk.day.year
        if not _FIRST_YEAR <= asked <= _LAST_YEAR:
            raise UsageFault(f"年份要在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间")
        if arguments.by not in _GROUPINGS:
            raise UsageFault(f"不能按“{arguments.by}”分行，可用：{'、'.join(_GROUPINGS)}")
        grouping = Grouping(_GROUPINGS[arguments.by])
        year = ComplianceYear(readers_desk(office, arguments), asked)
        rows = list(titled_rows(office, year, grouping))
        if arguments.json:
            say_json([{"key": key, "title": title, "months": _plain(months)} for key, title, months in rows])
            return Exit.DONE
        table = []
        for _, title, months in rows:
            total = summed(months)
            counts = (total[Standing.OVERDUE] + total[Standing.DUE], total.total)
            table.append((title, *(mark(each) for each in months), *counts))
        headings = (grouping.title, *(f"{month}月" for month in range(1, 13)), "未办", "共")
        say_table(headings, table, "这一年没有例行事项")
    return Exit.DONE


def _plain(months: "Months") -> list[dict[str, Any]]:
    from core.days.compliance import Standing

    return [{each.name.lower(): month[each] for each in Standing} for month in months]

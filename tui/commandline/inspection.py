"""The list that an inspection team asks for, as a spreadsheet."""

import argparse
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from tui.commandline.dates import day_of
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.exports import OUTPUT
from tui.commandline.papers import write_out
from tui.commandline.parser import Parser
from tui.commandline.place import opened, readers_desk

if TYPE_CHECKING:
    from core.desk import Desk

_SUFFIX = ".xlsx"


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("--regulation", metavar="制度", help="只列这一项制度：名称或编号；不写则列全部制度")
    parser.add_argument("--from", dest="since", metavar="日期", help="从哪一天起，不写为今年 1 月 1 日")
    parser.add_argument("--to", dest="until", metavar="日期", help="到哪一天止，不写为今天")
    parser.add_argument("--output", metavar=OUTPUT, help=f"写成这个文件（{_SUFFIX}）；不写则写到标准输出")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        desk = readers_desk(office, arguments)
        today = office.desk.day
        since = day_of(arguments.since) or today.replace(month=1, day=1)
        content = listed(desk, since, day_of(arguments.until) or today, _regulation(desk, arguments.regulation))
    write_out(content, _SUFFIX, arguments)
    return Exit.DONE


def listed(desk: "Desk", since: date, until: date, regulation: str = "") -> bytes:
    """The list as the bytes of a spreadsheet. Raises `UsageFault` for a period that ends before it begins."""
    from core.inspection import Inspection
    from tui.commandline.inspection_sheets import write_inspection

    if until < since:
        raise UsageFault(f"起止日期写反了：{since} 晚于 {until}")
    held = BytesIO()
    write_inspection(Inspection(desk, since, until, regulation), held)
    return held.getvalue()


def _regulation(desk: "Desk", given: str | None) -> str:
    from core.text import nearest

    regulations = desk.rulebook.regulations
    if given is None:
        return ""
    found = next((each.id for each in regulations.values() if given in (each.id, each.title)), None)
    if found is None:
        hint = nearest(given, [name for each in regulations.values() for name in (each.id, each.title)])
        raise UsageFault(f"没有“{given}”这项制度" + (f"，是否指“{hint}”？" if hint else "，见 guizhang rulebook show"))
    return found

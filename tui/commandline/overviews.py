"""Tables worked out from the records for a stretch of time: which there are, one of them, a spreadsheet of it."""

import argparse
from typing import TYPE_CHECKING

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.exports import OUTPUT, tell_exported
from tui.commandline.output import say_json, say_table
from tui.commandline.parser import Parser
from tui.commandline.place import opened, person_named

if TYPE_CHECKING:
    from core.family import Overview
    from core.office import Office


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("overview", nargs="?", metavar="一览", help="一览的编号或名称；不写则列出全部")
    parser.add_argument("--term", metavar="时间", help="如 2026年、2026年上半年、2026年第二季度、2026年6月；不写为今年")
    parser.add_argument("--export", metavar=OUTPUT, help="写成电子表格（.xlsx），文件不能已经存在")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        found = [each for family in office.host.families for each in family.overviews]
        if arguments.overview is None:
            _list(found, arguments.json)
        else:
            _show(office, _named(found, arguments.overview), arguments)
    return Exit.DONE


def _list(found: list["Overview"], json: bool) -> None:
    if json:
        say_json([{"key": each.key, "title": each.title, "help": each.help} for each in found])
        return
    say_table(("编号", "一览", "说明"), [(each.key, each.title, each.help) for each in found], "没有一览")


def _named(found: list["Overview"], name: str) -> "Overview":
    from core.text import nearest

    overview = next((each for each in found if name in (each.key, each.title)), None)
    if overview is None:
        hint = nearest(name, [text for each in found for text in (each.key, each.title)])
        raise UsageFault(f"没有“{name}”这个一览" + (f"，是否指“{hint}”？" if hint else "，见 guizhang overview"))
    return overview


def _show(office: "Office", overview: "Overview", arguments: argparse.Namespace) -> None:
    from core.days.terms import Term
    from core.fields import to_json
    from tui.commandline.spreadsheet import write_table
    from tui.wording import value_text

    try:
        term = Term.read(arguments.term or str(office.desk.day.year), office.desk.day)
    except ValueError as error:
        raise UsageFault(str(error)) from None
    reader = person_named(office, arguments.person) if arguments.person is not None else ""
    desk = office.desk_of(reader)
    lines = list(overview.rows(desk, term))
    if arguments.export:
        write_table(desk, overview.title, overview.columns, lines, arguments.export)
        tell_exported(f" {len(lines)} 行", arguments.export, arguments)
    elif arguments.json:
        say_json([{key: to_json(value) for key, value in line.items()} for line in lines])
    else:
        titles = tuple(column.title for column in overview.columns)
        cells = [[value_text(desk, each, line.get(each.key)) for each in overview.columns] for line in lines]
        say_table(titles, cells, f"{term.title}没有这样的记录")

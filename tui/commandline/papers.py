"""Paper: a matter or a year of a ledger as a Word document, and a template to begin with."""

import argparse
from typing import TYPE_CHECKING

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.exports import OUTPUT, tell_exported
from tui.commandline.output import give, tell
from tui.commandline.parser import Parser
from tui.commandline.place import matter_read, opened, readers_desk

if TYPE_CHECKING:
    from core.family import MatterType
    from core.office import Office

STANDARD_OUTPUT = "-"
_SUFFIX = ".docx"
_FIRST_YEAR = 1900


def arguments(parser: Parser, verb: str) -> None:
    if verb == "print":
        parser.add_argument("number", metavar="编号", help="事项的编号；或台账的名称，打印它一个年度的登记")
        parser.add_argument("--year", type=int, metavar="年度", help="打印台账的哪一年，不写为今年")
    else:
        parser.add_argument("kind", metavar="事项", help="哪一种事项：名称或编号，见 guizhang offers")
    parser.add_argument("--output", metavar=OUTPUT, help=f"写成这个文件（{_SUFFIX}）；不写则写到标准输出")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        content = _template(office, arguments) if arguments.verb == "paper-template" else _print(office, arguments)
    write_out(content, _SUFFIX, arguments)
    return Exit.DONE


def write_out(content: bytes, suffix: str, arguments: argparse.Namespace) -> None:
    """Write a document where it was asked for: to a new file, else to standard output."""
    if arguments.output in (None, STANDARD_OUTPUT):
        give([content])
        return
    from tui.commandline.new_files import new_file

    with new_file(arguments.output, suffix) as file:
        file.write(content)
    tell_exported("", arguments.output, arguments)


def _print(office: "Office", arguments: argparse.Namespace) -> bytes:
    name, ledgers = arguments.number, office.host.ledgers
    ledger = ledgers.get(name) or next((each for each in ledgers.values() if each.title == name), None)
    if ledger is not None:
        from tui.papers.book import bound

        return bound(readers_desk(office, arguments), ledger, _year(office, arguments.year))
    if arguments.year is not None:
        raise UsageFault(f"“{name}”不是台账的名称，不能写 --year；全部台账见 guizhang ledgers")
    from tui.papers.printing import printed

    matter = matter_read(office, arguments)
    found = printed(readers_desk(office, arguments), matter)
    if found.told:
        tell(found.told)
    return found.content


def _year(office: "Office", given: int | None) -> int:
    this_year = office.desk.day.year
    if given is None:
        return this_year
    if not _FIRST_YEAR <= given <= this_year:
        raise UsageFault(f"年度要在 {_FIRST_YEAR} 到 {this_year} 之间")
    return given


def _template(office: "Office", arguments: argparse.Namespace) -> bytes:
    from tui.papers.printing import template_folder
    from tui.papers.template_start import starting_template

    kind = _kind(office, arguments.kind)
    tell(f"改好以后存为 {template_folder(office.desk) / f'{kind.key}{_SUFFIX}'}，即用它打印《{kind.title}》")
    return starting_template(office.desk, kind)


def _kind(office: "Office", name: str) -> "MatterType":
    from core.text import nearest

    kinds = office.host.matter_types
    found = kinds.get(name) or next((each for each in kinds.values() if each.title == name), None)
    if found is None:
        hint = nearest(name, [each.title for each in kinds.values()])
        raise UsageFault(f"没有“{name}”这种事项" + (f"，是否指“{hint}”？" if hint else "，见 guizhang offers"))
    return found

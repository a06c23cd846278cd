"""Files of a matter: taken from standard input, given back to standard output."""

import argparse
import sys
from typing import TYPE_CHECKING

from tui.commandline.acts import show_result
from tui.commandline.exits import Exit, UsageFault, exit_of
from tui.commandline.output import give
from tui.commandline.parser import Parser
from tui.commandline.place import actor, matter_read, opened

if TYPE_CHECKING:
    from core.office import Office


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("number", metavar="编号", help="事项的编号，如 费支-2026-0001")
    parser.add_argument("name", metavar="名称", help="附件的名称，如 发票.pdf")
    if verb == "attach":
        parser.add_argument("--opinion", metavar="说明", default="", help="附件的说明")
        parser.add_argument("--seen", type=int, metavar="版本", default=0, help="看到的是第几版；已有变动的不办")
        parser.add_argument("--token", metavar="标记", default="", help="给这次办理一个标记；同一标记只办一次")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        return _attach(office, arguments) if arguments.verb == "attach" else _fetch(office, arguments)


def _attach(office: "Office", arguments: argparse.Namespace) -> int:
    from core.acts import Act, Verb
    from core.attachments.handing_in import attach

    if sys.stdin.isatty():
        raise UsageFault("请从标准输入送来文件，如：attach 编号 名称 < 文件")
    act = Act(
        Verb.ATTACH,
        actor(office, arguments),
        matter=arguments.number,
        target=arguments.name,
        opinion=arguments.opinion,
        version=arguments.seen,
        token=arguments.token,
    )
    result = attach(office, act, sys.stdin.buffer)
    show_result(office, result, arguments.json)
    return Exit.DONE if result.done else exit_of(result.verdict)


def _fetch(office: "Office", arguments: argparse.Namespace) -> int:
    from core.attachments.handing_in import attachment_files

    matter = matter_read(office, arguments)
    found = next((each for each in matter.attachments if each.name == arguments.name), None)
    if found is None:
        held = "、".join(each.name for each in matter.attachments) or "一件也没有"
        raise UsageFault(f"{matter.number} 没有名为“{arguments.name}”的附件；现有：{held}")
    give(attachment_files(office).read(found.digest))
    return Exit.DONE

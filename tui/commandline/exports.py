"""What a person had written out while signed in: listed, and given back to standard output."""

import argparse
from pathlib import Path

from core.exports import ExportFolder
from tui.commandline.exits import Exit
from tui.commandline.output import give, say_json, say_table, tell
from tui.commandline.parser import Parser
from tui.commandline.place import actor, opened
from tui.own_machine import named, over_the_line

OUTPUT = "导出文件"
"""How an argument is called that names a file to be written out: in a session, one in the person's own folder."""


def arguments(parser: Parser, verb: str) -> None:
    if verb == "fetch-export":
        parser.add_argument("name", metavar="名称", help="取哪一个，见 guizhang exports")


def run(arguments: argparse.Namespace) -> int:
    from core.attachments.attachment import size_text

    with opened(arguments) as office:
        folder = ExportFolder(office.store.storage.path, actor(office, arguments))
    if arguments.verb == "fetch-export":
        give(folder.read(arguments.name))
    elif arguments.json:
        say_json([{"name": each.name, "size": each.size, "at": each.at.isoformat()} for each in folder.all()])
    else:
        rows = [(each.name, size_text(each.size), f"{each.at:%Y-%m-%d %H:%M}") for each in folder.all()]
        say_table(("名称", "大小", "导出时间"), rows, "没有导出的文件")
    return Exit.DONE


def tell_exported(what: str, written: str, arguments: argparse.Namespace) -> None:
    """Say where what was written out has gone: on a session, how to fetch it."""
    if arguments.session:
        name = Path(written).name
        fetching = over_the_line("fetch-export", name)
        tell(f"已导出{what}，文件在您的导出目录中；取回：{fetching} > {named(name)}")
    else:
        tell(f"已导出{what}到 {written}")

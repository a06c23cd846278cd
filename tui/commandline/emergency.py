"""What to do in an emergency."""

import argparse

from tui.commandline.exits import Exit
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import opened, readers_desk


def arguments(parser: Parser, verb: str) -> None:
    """Nothing beyond what every verb takes."""


def run(arguments: argparse.Namespace) -> int:
    from core.emergency import emergency_cards

    with opened(arguments) as office:
        cards = emergency_cards(readers_desk(office, arguments))
    if arguments.json:
        say_json([{"title": title, "lines": lines} for title, lines in cards])
        return Exit.DONE
    if not cards:
        tell("启用的业务没有应急卡")
    for title, lines in cards:
        say(f"{title}：马上这样做")
        for number, line in enumerate(lines, 1):
            say(f"  {number}  {line}")
    return Exit.DONE

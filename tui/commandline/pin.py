"""A person's own PIN exchanged for another."""

import argparse
import sys

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import actor, answer_line, opened


def arguments(parser: Parser, verb: str) -> None:
    """Nothing beyond what every verb takes: what is secret stands on no command line."""


def run(arguments: argparse.Namespace) -> int:
    from core.access.factor import change_pin

    if not arguments.session:
        raise UsageFault("没有用密钥登录，不需要口令；请登录以后更换：ssh 服务器 pin")
    if arguments.pin_stdin:
        raise UsageFault("现在的口令写在标准输入的第一行，新的写在第二行，请去掉 --pin-stdin")
    with opened(arguments) as office:
        now, new = answer_line(sys.stdin.buffer), answer_line(sys.stdin.buffer)
        change_pin(office, actor(office, arguments), now, new)
    if arguments.json:
        say_json({"changed": True})
    else:
        tell("口令已更换")
    return Exit.DONE

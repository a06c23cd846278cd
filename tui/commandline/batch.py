"""Approving several matters with one opinion: each is judged by itself, and each answer is told."""

import argparse

from tui.commandline.exits import Exit
from tui.commandline.output import remark_lines, say, say_json
from tui.commandline.parser import Parser
from tui.commandline.place import actor, opened


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("numbers", nargs="+", metavar="编号", help="事项的编号，可写多个")
    parser.add_argument("--opinion", metavar="意见", default="", help="对各件都签署的意见")


def run(arguments: argparse.Namespace) -> int:
    from core.acts import Act, Verb
    from core.finding import remarks
    from core.verdict import receipt_line

    with opened(arguments) as office:
        by = actor(office, arguments)
        office.tick()
        numbers = list(dict.fromkeys(arguments.numbers))
        acts = [Act(Verb.APPROVE, by, matter=number, opinion=arguments.opinion) for number in numbers]
        results = office.perform_all(acts)
        if arguments.json:
            say_json([{"number": number, **each.to_json()} for number, each in zip(numbers, results, strict=True)])
        else:
            for number, result in zip(numbers, results, strict=True):
                if result.receipt is not None:
                    say(f"{number} 已同意 {receipt_line(result.receipt)}")
                    continue
                say(f"{number} 没有办")
                for remark in remarks(result.verdict.findings):
                    for line in remark_lines(remark, ""):
                        say(f"  {line}")
    return Exit.DONE if all(result.done for result in results) else Exit.REFUSED

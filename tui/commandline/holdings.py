"""What a person has in hand, and the handover form that lists it."""

import argparse

from tui.commandline.exits import Exit
from tui.commandline.output import say_json, say_table
from tui.commandline.parser import Parser
from tui.commandline.place import opened, person_named, readers_desk


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("person", metavar="人员", help="姓名、编号，或科室加职务")
    parser.add_argument("--to", metavar="接收人", help="写出离任移交单的 JSON，各项都由此人接收")
    parser.add_argument("--supervisor", metavar="监交人", help="与 --to 一起写明监交人")


def run(arguments: argparse.Namespace) -> int:
    from core.registers.handover import left

    with opened(arguments) as office:
        person = person_named(office, arguments.person)
        desk = readers_desk(office, arguments)
        uncovered = left(desk, person)
        if arguments.to is not None:
            receiver = person_named(office, arguments.to)
            items = [
                {"编号": each.key, "内容": f"{each.what}：{each.title}", "接收人": receiver}
                for each in uncovered
                if not each.settle
            ]
            form = {"移交人": person, "移交清单": items}
            if arguments.supervisor is not None:
                form["监交人"] = person_named(office, arguments.supervisor)
            say_json(form)
            return Exit.DONE
        keys = {each.key for each in uncovered}
        held = list({each.key: each for each in desk.holdings(person)}.values())
        if arguments.json:
            say_json(
                [
                    {
                        "key": each.key,
                        "what": each.what,
                        "title": each.title,
                        "settle": each.settle,
                        "handed_over": each.key not in keys,
                        "remedy": each.remedy,
                    }
                    for each in held
                ]
            )
            return Exit.DONE
        rows = [(each.key, each.what, each.title, each.remedy if each.key in keys else "已移交") for each in held]
        say_table(("编号", "种类", "内容", "怎样办"), rows, f"{office.desk.organisation.name(person)}手中没有要移交的")
    return Exit.DONE

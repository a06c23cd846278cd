"""Whether the ledgers agree with the matters they are kept for."""

import argparse
from dataclasses import asdict

from tui.commandline.exits import Exit, NotAllowedFault
from tui.commandline.ledgers import ledger_named
from tui.commandline.output import say_json, say_table, tell
from tui.commandline.parser import Parser
from tui.commandline.place import opened, readers_desk


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("ledger", nargs="?", metavar="台账", help="台账的编号或名称；不写则核对全部台账")


def run(arguments: argparse.Namespace) -> int:
    from core.reconciling import kept_from, reconcile

    with opened(arguments) as office:
        key = ledger_named(office, arguments.ledger).key if arguments.ledger is not None else ""
        kept = kept_from(readers_desk(office, arguments))
        titles = "、".join(f"《{office.host.ledgers[each].title}》" for each in kept)
        if key in kept:
            raise NotAllowedFault("这本台账或者它所凭的事项，您不能全部查阅，请能够查阅的人核对")
        found = [each for each in reconcile(office.desk, key) if each.ledger not in kept]
    if kept and not key:
        tell(f"没有核对{titles}：您不能全部查阅")
    if arguments.json:
        say_json([asdict(each) for each in found])
    else:
        rows = [(each.facts, each.remedy) for each in found]
        say_table(("不符之处", "怎样办"), rows, "台账和事项逐一核对，没有发现不符")
    return Exit.REFUSED if found else Exit.DONE

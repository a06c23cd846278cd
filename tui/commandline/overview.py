"""What the program can do, and which families it has loaded to do it with."""

import argparse

from core.text import nearest
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, say_table
from tui.commandline.parser import Parser, listed
from tui.commandline.place import agency_key, config_folder
from tui.commands.command import Scope
from tui.commands.registry import COMMANDS


def arguments(parser: Parser, verb: str) -> None:
    if verb == "help":
        parser.add_argument("about", nargs="*", metavar="动作", help="要说明的动作；不写则列出全部动作")


def run(arguments: argparse.Namespace) -> int:
    match arguments.verb:
        case "commands":
            _commands(arguments.json)
        case "plugins":
            _plugins(arguments)
        case _:
            return _help(" ".join(arguments.about))
    return Exit.DONE


def overview() -> int:
    """Say every verb with what it does, by where it is used."""
    from tui.commandline.dispatch import VERBS

    say("用法：guizhang [动作] [选项]")
    say("不写动作则打开界面；某个动作怎样写，见 guizhang 动作 --help")
    for scope in Scope:
        entries = [(each.verb, each.help) for each in COMMANDS if each.scope is scope and each.verb in VERBS]
        if entries:
            say(f"\n{scope.title}：\n{listed(entries)}")
    say("\n--version 显示版本。退出码：0 办成，1 被制度拒绝，2 写法或配置有误，3 稍后再试，4 无权或未轮到")
    return Exit.DONE


def _help(verb: str) -> int:
    from tui.commandline.dispatch import VERBS, parser_of

    if not verb:
        return overview()
    if verb not in VERBS:
        hint = nearest(verb, VERBS)
        raise UsageFault(f"没有“{verb}”这个动作，" + (f"是否指“{hint}”？" if hint else "全部动作见 guizhang --help"))
    say(parser_of(verb).format_help().rstrip("\n"))
    return Exit.DONE


def _commands(json: bool) -> None:
    if json:
        say_json(
            [
                {
                    "key": each.key,
                    "title": each.title,
                    "help": each.help,
                    "scope": each.scope.value,
                    "binding": each.binding,
                    "verb": each.verb,
                }
                for each in COMMANDS
            ]
        )
        return
    rows = [(each.scope.title, each.title, each.label, each.verb, each.help) for each in COMMANDS]
    say_table(("何处", "命令", "按键", "命令行", "说明"), rows, "没有命令")


def _plugins(arguments: argparse.Namespace) -> None:
    from core.host import Host
    from core.rulebook.agency_file import load_agency

    config = config_folder(arguments.config)
    key = agency_key(config, arguments.agency)
    loaded = Host(load_agency(config / "agencies" / key / "agency.toml").families).loaded
    if arguments.json:
        say_json(
            [
                {
                    "name": each.name,
                    "title": each.title,
                    "state": each.state.value,
                    "reason": each.reason,
                    "matters": [kind.key for kind in each.family.matters] if each.family else [],
                    "ledgers": [ledger.key for ledger in each.family.ledgers] if each.family else [],
                }
                for each in loaded
            ]
        )
        return
    rows = [
        (each.name, each.title, each.state.title, len(each.family.matters) if each.family else "", each.reason)
        for each in loaded
    ]
    say_table(("编号", "业务模块", "状态", "事项", "原因"), rows, "没有启用任何业务模块")

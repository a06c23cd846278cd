"""Accounts under three administrators: set up, opened, activated, locked, ended; and who came and went."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.acts import Act, Verb
from tui.commandline.exits import Exit, UsageFault, exit_of
from tui.commandline.output import say, say_json, say_table
from tui.commandline.parser import Parser
from tui.commandline.place import actor, kept_to, opened

if TYPE_CHECKING:
    from core.office import Office

_ACTS = {
    "accounts open": Verb.OPEN_ACCOUNT,
    "accounts activate": Verb.ACTIVATE,
    "accounts lock": Verb.LOCK,
    "accounts end": Verb.END_ACCOUNT,
    "accounts reset": Verb.RESET_FACTOR,
    "keys grant": Verb.GRANT_KEY,
}
_ROLES = {"--system": "系统管理员", "--security": "安全管理员", "--audit": "审计员"}
_LATEST = 50


def arguments(parser: Parser, verb: str) -> None:
    match verb:
        case "accounts setup":
            for option, title in _ROLES.items():
                words = ("账号", "姓名", "公钥文件")
                parser.add_argument(option, nargs=3, required=True, metavar=words, help=f"{title}是谁")
        case "accounts open":
            parser.add_argument("target", metavar="账号", help="业务人员写人员编号；管理员另取一个")
            titles = "、".join(_ROLES.values())
            parser.add_argument("--role", metavar="用途", default="业务人员", help=f"{titles}，不写为业务人员")
            parser.add_argument("--name", metavar="姓名", default="", help="管理员的姓名")
        case "keys grant":
            parser.add_argument("target", metavar="指纹", help="要启用的密钥的指纹，见 guizhang keys list")
            parser.add_argument("--until", metavar="日期", default="", help="有效到哪一天（含当天），不写为长期")
        case "logins":
            said = f"最多列出多少条，不写为 {_LATEST}"
            parser.add_argument("--limit", type=int, default=_LATEST, metavar="条数", help=said)
        case "accounts list":
            pass
        case _:
            parser.add_argument("target", metavar="账号", help="哪个账号，见 guizhang accounts list")
    if verb in ("accounts lock", "accounts end", "accounts reset"):
        parser.add_argument("--reason", metavar="缘由", default="", help="为什么，如：调离、长期外出、遗忘")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        match arguments.verb:
            case "accounts setup":
                _set_up(office, arguments)
            case "accounts list":
                _list(office, arguments.json)
            case "logins":
                _logins(office, arguments)
            case _:
                return _act(office, arguments)
    return Exit.DONE


def _act(office: "Office", arguments: argparse.Namespace) -> int:
    from tui.commandline.acts import show_result

    values = {name: getattr(arguments, name) for name in ("role", "name", "until") if getattr(arguments, name, "")}
    opinion = getattr(arguments, "reason", "")
    by = actor(office, arguments)
    act = Act(_ACTS[arguments.verb], by, target=arguments.target, values=values, opinion=opinion)
    result = office.perform(act)
    show_result(office, result, arguments.json)
    return Exit.DONE if result.done else exit_of(result.verdict)


def _set_up(office: "Office", arguments: argparse.Namespace) -> None:
    from core.access.account import Role
    from core.access.setting_up import Appointed, set_up
    from core.verdict import receipt_line, receipt_to_json

    appointed = {}
    for option in _ROLES:
        key, name, file = getattr(arguments, option.removeprefix("--"))
        try:
            text = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise UsageFault(f"公钥文件 {file} 读不出，请核对路径和权限") from None
        appointed[Role(option.removeprefix("--"))] = Appointed(key, name, text)
    receipt = set_up(office, appointed)
    if arguments.json:
        say_json({"receipt": receipt_to_json(receipt)})
    else:
        say("三员已经设立。从现在起，账号由系统管理员开立、安全管理员启用，办事都要用自己的密钥登录")
        say(receipt_line(receipt))


def _list(office: "Office", json: bool) -> None:
    from core.access.accounts import all_accounts, state_of

    rows = [
        {
            "account": each.key,
            "name": each.name,
            "role": each.role.value,
            "title": each.role.title,
            "state": state_of(office.store, each.key).value,
            "state_title": state_of(office.store, each.key).title,
            "opened_by": each.opened_by,
            "opened_on": each.opened_on.isoformat(),
        }
        for each in all_accounts(office.store)
    ]
    if json:
        say_json(rows)
        return
    cells = [
        (each["account"], each["name"], each["title"], each["state_title"], each["opened_by"], each["opened_on"])
        for each in rows
    ]
    say_table(("账号", "姓名", "用途", "情况", "由谁开立", "开立日期"), cells, "没有账号；本单位还没有设立三员")


def _logins(office: "Office", arguments: argparse.Namespace) -> None:
    from core.access.logins import comings
    from tui.wording import coming_text

    found = comings(office.journal, max(1, arguments.limit), kept_to(office, arguments))
    if arguments.json:
        say_json(
            [
                {
                    "sequence": each.sequence,
                    "at": each.at.isoformat(),
                    "account": each.actor,
                    "act": each.act,
                    "key": each.session,
                    **each.detail,
                }
                for each in found
            ]
        )
        return
    rows = [
        (
            each.sequence,
            f"{each.at:%Y-%m-%d %H:%M:%S}",
            each.actor,
            coming_text(each),
            each.detail.get("address", ""),
            each.detail.get("terminal", ""),
            each.detail.get("why", ""),
            each.session,
        )
        for each in found
    ]
    say_table(("序号", "时间", "账号", "做什么", "地址", "终端", "缘由", "密钥"), rows, "没有登录记录")

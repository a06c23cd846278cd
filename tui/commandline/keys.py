"""Keys of persons: registered, listed, revoked, and told to sshd."""

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.commandline.dates import day_of
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, say_table, tell
from tui.commandline.parser import Parser
from tui.commandline.place import actor, kept_to, opened, person_named, place_of, stored

if TYPE_CHECKING:
    from core.access.keys import PersonKey
    from core.office import Office
    from core.store.transaction import Receipt


def arguments(parser: Parser, verb: str) -> None:
    match verb:
        case "keys add":
            parser.add_argument("owner", metavar="人员", help="密钥是谁的：姓名、编号，或科室加职务")
            parser.add_argument("file", metavar="文件", help="公钥文件（.pub），“-”为标准输入")
            parser.add_argument("--expires", metavar="日期", help="有效到哪一天（含当天），如 2026-12-31")
            parser.add_argument(
                "--from", dest="addresses", metavar="地址", default="", help="只许从这些地址登录，多个以逗号分开"
            )
            parser.add_argument("--note", metavar="说明", default="", help="如：办公电脑、密钥盘编号")
        case "keys list":
            parser.add_argument("--person", dest="owner", metavar="人员", help="只列此人的")
        case "keys revoke":
            parser.add_argument("fingerprint", metavar="指纹", help="密钥的指纹，见 guizhang keys list；可只写开头几位")
            parser.add_argument("--reason", required=True, metavar="缘由", help="为什么吊销，如：遗失、离任、更换")
        case _:
            parser.add_argument("--fingerprint", required=True, metavar="指纹", help="来人所用密钥的指纹")
            parser.add_argument("--key", required=True, metavar="公钥", help="来人所用公钥的内容")


def run(arguments: argparse.Namespace) -> int:
    if arguments.verb == "keys authorized":
        return _authorized(arguments)
    with opened(arguments) as office:
        match arguments.verb:
            case "keys add":
                _add(office, arguments)
            case "keys list":
                _list(office, arguments)
            case _:
                _revoke(office, arguments)
    return Exit.DONE


def _add(office: "Office", arguments: argparse.Namespace) -> None:
    from core.access.accounts import account_of
    from core.access.keys import add_key

    by = actor(office, arguments)
    has_account = account_of(office.store, arguments.owner) is not None
    owner = arguments.owner if has_account else person_named(office, arguments.owner)
    key, receipt = add_key(
        office,
        by=by,
        person=owner,
        text=_text(arguments.file),
        expires=day_of(arguments.expires),
        addresses=[each.strip() for each in arguments.addresses.split(",") if each.strip()],
        note=arguments.note,
    )
    _told(office, key, receipt, "已登记", arguments.json)


def _revoke(office: "Office", arguments: argparse.Namespace) -> None:
    from core.access.keys import all_keys, revoke_key

    begun = arguments.fingerprint
    found = [each.fingerprint for each in all_keys(office.store) if each.fingerprint.startswith(begun)]
    if len(found) > 1 and begun not in found:
        raise UsageFault(f"以“{begun}”开头的密钥有 {len(found)} 把，请写全：\n" + "\n".join(found))
    fingerprint = found[0] if len(found) == 1 else begun
    key, receipt = revoke_key(office, by=actor(office, arguments), fingerprint=fingerprint, reason=arguments.reason)
    _told(office, key, receipt, "已吊销，正在使用的会在下一次办理时退出", arguments.json)


def _told(office: "Office", key: "PersonKey", receipt: "Receipt", done: str, json: bool) -> None:
    from core.verdict import receipt_line, receipt_to_json

    if json:
        say_json({"key": _json(office, key), "receipt": receipt_to_json(receipt)})
        return
    say(f"{office.desk.organisation.described(key.person, office.desk.day)} {key.fingerprint} {done}")
    say(receipt_line(receipt))


def _list(office: "Office", arguments: argparse.Namespace) -> None:
    from core.access.keys import all_keys

    owner = kept_to(office, arguments)
    if arguments.owner is not None and not owner:
        owner = person_named(office, arguments.owner)
    rows = [_json(office, key) for key in all_keys(office.store) if owner in ("", key.person)]
    if arguments.json:
        say_json(rows)
        return
    cells = [
        (each["name"], each["state"], each["expires"] or "长期", "、".join(each["addresses"]) or "不限", each["note"],
         f"{each['added_on']} {each['added_by']}", each["fingerprint"])
        for each in rows
    ]  # fmt: skip
    say_table(("人员", "情况", "有效期至", "登录地址", "说明", "登记", "指纹"), cells, "没有登记过密钥")


def _json(office: "Office", key: "PersonKey") -> dict[str, Any]:
    from core.access.accounts import account_of
    from core.access.keys import against

    why, account = against(office.store, key, office.desk.day), account_of(office.store, key.person)
    return {
        "fingerprint": key.fingerprint,
        "kind": key.kind,
        "person": key.person,
        "name": account.name if account else office.desk.organisation.name(key.person),
        "state": "吊销" if key.revoked else "停用" if why and key.granted else "未启用" if why else "可用",
        "why": why,
        "expires": key.expires.isoformat() if key.expires else None,
        "addresses": list(key.addresses),
        "note": key.note,
        "added_by": key.added_by,
        "added_on": key.added_on.isoformat(),
        "revoked_by": key.revoked_by,
        "reason": key.reason,
    }


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageFault(f"公钥文件 {name} 读不出，请核对路径和权限") from None


def _authorized(arguments: argparse.Namespace) -> int:
    """Say the one line by which sshd lets a key in; nothing for a key that is not good."""
    from core.access.keys import against, key_of
    from core.days.clock import SystemClock
    from core.store.upgrading import OLDEST

    place, clock = place_of(arguments), SystemClock()
    # Whoever signs in before the records are upgraded is let in to be told so.
    with stored(arguments, OLDEST) as store:
        key = key_of(store, arguments.fingerprint)
        if key is None or key.encoded != arguments.key:
            tell("没有登记这把密钥")
            return Exit.DONE
        if reason := against(store, key, clock.today()):
            tell(reason)
            return Exit.DONE
    command = [sys.executable, "-I", "-X", "utf8", "-m", "tui", "session", "--key", key.fingerprint]
    command += ["--agency", place.agency, "--store", str(place.store.absolute())]
    command += ["--config", str(place.config.absolute())]
    say(f"{_options(key, shlex.join(command), clock)} {key.kind} {key.encoded}")
    return Exit.DONE


def _options(key: "PersonKey", command: str, clock: Any) -> str:
    from core.access.keys import expiry_moment

    options = ["restrict", "pty"]
    if key.expires is not None:
        # sshd reads this moment in the machine's own zone.
        options.append(f'expiry-time="{expiry_moment(key.expires, clock.zone).astimezone():%Y%m%d%H%M}"')
    if key.addresses:
        options.append(f'from="{",".join(key.addresses)}"')
    escaped = command.replace('"', '\\"')
    return ",".join([*options, f'command="{escaped}"'])

"""The intranet server: laid out in a folder for inspection, and looked over item by item."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from core.text import fit
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import place_of, store_given

if TYPE_CHECKING:
    from tui.server.layout import Layout

_STORES, _BACKUPS, _ANCHORS = "/var/lib/guizhang", "/var/backups/guizhang", "/var/lib/guizhang-anchors"


def arguments(parser: Parser, verb: str) -> None:
    init = verb == "server init"
    said = "写到哪个目录之下；写 / 则装到这台机器上" if init else "检查布置在哪个目录之下的，不写为 /"
    parser.add_argument("--root", metavar="目录", required=init, default="/", help=said)
    parser.add_argument("--account", metavar="账号", default="guizhang", help="拥有记录的系统账号")
    parser.add_argument("--backups", metavar="目录", default=_BACKUPS, help="备份放在哪里")
    parser.add_argument("--anchors", metavar="目录", default=_ANCHORS, help="锚记放在哪里")


def run(arguments: argparse.Namespace) -> int:
    root = Path(arguments.root).absolute()
    if not root.is_dir():
        raise UsageFault(f"没有目录 {root}，请先建立，或核对 --root")
    layout = _layout(arguments)
    return _init(layout, root, arguments.json) if arguments.verb == "server init" else _doctor(layout, root, arguments)


def _layout(arguments: argparse.Namespace) -> "Layout":
    from core.rulebook.agency_file import load_agency
    from tui.server.layout import Layout

    place = place_of(arguments)
    store = place.store if store_given(arguments) else Path(_STORES) / f"{place.agency}.store"
    paths = (store, place.config, Path(arguments.backups), Path(arguments.anchors))
    found = store, config, backups, anchors = [path.absolute() for path in paths]
    if not arguments.account.isascii() or not arguments.account.replace("-", "").replace("_", "").isalnum():
        raise UsageFault(f"“{arguments.account}”不能作账号名，请用小写字母、数字和连字符")
    for path in found:
        if any(character.isspace() for character in str(path)):
            raise UsageFault(f"路径 {path} 含有空格，登录服务不能用，请换一个")
    second = load_agency(place.folder / "agency.toml").second_place
    python = Path(sys.executable)
    return Layout(arguments.account, python, place.agency, store, config, backups, anchors, second)


def _init(layout: "Layout", root: Path, json: bool) -> int:
    from tui.server.layout import TASKS, write_layout

    written = write_layout(layout, root)
    if json:
        say_json({"root": str(root), "written": [str(each) for each in written]})
        return Exit.DONE
    for each in written:
        say(str(each))
    if layout.second is None:
        tell(
            "注意：单位文件没有写明锚记的第二处（[anchors]），锚记只存在这台服务器上，每天的任务会报错；写好后再运行一次"
        )
    tell("接下来（以 root）：")
    tell(f"  useradd --system --shell /bin/sh --home-dir /nonexistent {layout.account}")
    tell("  systemd-tmpfiles --create && systemctl daemon-reload && systemctl reload ssh")
    tell(f"  systemctl enable --now {' '.join(f'guizhang-{task}.timer' for task in TASKS)}")
    tell("  guizhang server doctor")
    tell("要设三员的（设立以后不能取消）：guizhang accounts setup，见 docs/server.md")
    return Exit.DONE


def _doctor(layout: "Layout", root: Path, arguments: argparse.Namespace) -> int:
    from tui.server.check import Health
    from tui.server.checks import checks

    found = list(checks(layout, root))
    bad = sum(each.health is Health.BAD for each in found)
    if arguments.json:
        say_json(
            [
                {"what": each.what, "health": each.health.name.lower(), "facts": each.facts, "remedy": each.remedy}
                for each in found
            ]
        )
    else:
        for each in found:
            say(f"{fit(each.health.value, 8)}{each.what}：{each.facts}")
            if each.remedy:
                say(f"{'':8}怎样办：{each.remedy}")
        tell(f"共 {len(found)} 项，{bad} 项有问题" if bad else f"共 {len(found)} 项，没有问题")
    return Exit.REFUSED if bad else Exit.DONE

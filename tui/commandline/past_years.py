"""The records over the years: brought to a new format, closed years of the journal put into sealed volumes."""

import argparse
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.acts import SYSTEM
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import stored

if TYPE_CHECKING:
    from core.store.database import Store

_FIRST_YEAR = 2000


def arguments(parser: Parser, verb: str) -> None:
    if verb == "archive":
        parser.add_argument("year", type=int, metavar="年份", help="把这一年和以前的留痕立卷")
        parser.add_argument("folder", metavar="目录", help="各卷放在哪里，不能是记录库所在的目录")
        parser.add_argument("--anchors", required=True, metavar="文件", help="存放在别处的锚记，每行一个")
        return
    parser.add_argument("--dry-run", action="store_true", help="只在备份出的副本上试升级并核对，不动正在用的库")
    parser.add_argument("--backup", metavar="目录", help="升级前的备份放在哪里，不写则放在记录库旁边")


def run(arguments: argparse.Namespace) -> int:
    return _archive(arguments) if arguments.verb == "archive" else _upgrade(arguments)


def _archive(arguments: argparse.Namespace) -> int:
    from core.archiving import archive
    from core.days.clock import SystemClock
    from tui.commandline.audit import read_anchors

    folder, anchors = Path(arguments.folder), read_anchors(arguments.anchors)
    if not folder.is_dir():
        raise UsageFault(f"没有目录 {folder}，请先建立")
    if not _FIRST_YEAR < arguments.year <= date.max.year:
        raise UsageFault(f"“{arguments.year}”不是年份，请写如 2025")
    with stored(arguments) as store:
        actor = arguments.person or SYSTEM
        volume = archive(store, arguments.year, folder, anchors, actor=actor, today=SystemClock().today())
    if arguments.json:
        say_json({"file": str(volume.path), "first": volume.first, "last": volume.last})
        return Exit.DONE
    say(str(volume.path))
    tell(f"第 {volume.first} 条到第 {volume.last} 条留痕已立卷，立卷本身是第 {volume.receipt.sequence} 条；")
    tell("卷和旁边的锚记请另存到别的机器和移动介质；核对：guizhang audit verify --volumes 目录")
    return Exit.DONE


def _upgrade(arguments: argparse.Namespace) -> int:
    from core.store.opening import FORMAT
    from core.store.upgrading import OLDEST, upgrade
    from tui.commandline.backups import stamped

    with stored(arguments, oldest=OLDEST) as store:
        before, path = store.storage.format, Path(store.storage.path)
        told = {"from": before, "to": FORMAT}
        if before == FORMAT:
            say_json({**told, "backup": None}) if arguments.json else say(f"记录库已是第 {FORMAT} 版，无需升级")
            return Exit.DONE
        _try_out(store)
        if arguments.dry_run:
            say_json({**told, "backup": None}) if arguments.json else say(
                f"在副本上从第 {before} 版升级到第 {FORMAT} 版，全部核对无误；正在用的库没有动"
            )
            return Exit.DONE
        copy = stamped(Path(arguments.backup) if arguments.backup is not None else path.parent, path.stem)
        store.backup(copy)
        receipts = upgrade(store, arguments.person or SYSTEM)
    if arguments.json:
        say_json({**told, "backup": str(copy)})
    else:
        say(f"记录库已从第 {before} 版升级到第 {FORMAT} 版，留痕第 {receipts[-1].sequence} 号")
        tell(f"升级前的备份：{copy}")
    return Exit.DONE


def _try_out(store: "Store") -> None:
    """Upgrade a copy and prove all of it; raises `UsageFault` where that fails, and nothing has been touched."""
    from core.journal import Journal
    from core.store.database import Store
    from core.store.upgrading import OLDEST, upgrade

    with tempfile.TemporaryDirectory(prefix=".upgrade-", dir=Path(store.storage.path).parent) as folder:
        place = Path(folder) / "copy.store"
        store.backup(place)
        copy = Store(place, oldest=OLDEST)
        try:
            upgrade(copy, "")
            proof = Journal(copy).verify(documents=True)
        finally:
            copy.close()
    if not proof.sound:
        raise UsageFault(f"在副本上升级后核对不符，没有升级：{proof.sentence}")

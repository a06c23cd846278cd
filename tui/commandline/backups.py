"""Copies of the records: made while the office works, and proven restorable against anchors kept elsewhere."""

import argparse
import re
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.attachments.files import AttachmentFiles, folder_of
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import stored

if TYPE_CHECKING:
    from core.store.database import Store
    from core.verifying import Anchor

_STAMP = "%Y%m%d-%H%M%S"


def arguments(parser: Parser, verb: str) -> None:
    if verb == "backup":
        parser.add_argument("file", metavar="文件", help="备份写到这个文件，不能已经存在；写目录则按时间取名")
        parser.add_argument("--keep", type=int, metavar="份数", help="目录里只留最近的这么多份，更早的删去")
        return
    parser.add_argument("file", metavar="文件", help="要演练的备份文件")
    parser.add_argument("--anchors", required=True, metavar="文件", help="存放在别处的锚记，每行一个")


def run(arguments: argparse.Namespace) -> int:
    return _backup(arguments) if arguments.verb == "backup" else _drill(arguments)


def _backup(arguments: argparse.Namespace) -> int:
    if arguments.keep is not None and arguments.keep < 1:
        raise UsageFault("至少要留一份，请把 --keep 改为 1 或更多")
    path = Path(arguments.file)
    with stored(arguments) as store:
        from core.journal import Journal

        name = Path(store.storage.path).stem
        folder = path if path.is_dir() else None
        if folder is not None:
            path = stamped(folder, name)
        elif arguments.keep is not None:
            raise UsageFault("--keep 只用于备份到目录")
        store.backup(path)
        head = Journal(store).head()
        attached = _keep_attachments(store, path.parent / name)
    removed = _thin(folder, name, arguments.keep) if folder is not None and arguments.keep else []
    size = path.stat().st_size
    if arguments.json:
        told = {"file": str(path), "bytes": size, "sequence": head.sequence if head else 0, "attachments": attached}
        say_json({**told, "removed": [str(each) for each in removed]})
        return Exit.DONE
    say(str(path))
    tell(f"已备份，{size / 1_000_000:.1f} 兆字节，已核对" + (f"；删去旧备份 {len(removed)} 份" if removed else ""))
    if attached:
        tell(f"新存附件 {attached} 件，在 {folder_of(path.parent / name)}；恢复时与备份放在一起")
    return Exit.DONE


def stamped(folder: Path, name: str) -> Path:
    """Where a copy of the store of that name, made now, goes in a folder."""
    return folder / f"{name}-{datetime.now().strftime(_STAMP)}.store"


def _keep_attachments(store: "Store", beside: Path) -> int:
    """Copy the contents of attachments into the folder that all backups of this store share."""
    from core.attachments.held import spoken_of

    files = AttachmentFiles(store.storage.path, store.storage.algorithm)
    return files.copy_new(set(spoken_of(store)), beside)


def _thin(folder: Path, name: str, keep: int) -> list[Path]:
    """Remove all but the newest copies of this store; files of any other name stay."""
    ours = re.compile(re.escape(name) + r"-\d{8}-\d{6}\.store")
    copies = sorted(path for path in folder.iterdir() if path.is_file() and ours.fullmatch(path.name))
    old = copies[:-keep]
    for path in old:
        path.unlink()
    return old


def _drill(arguments: argparse.Namespace) -> int:
    """Restore the backup in a folder of its own and prove all of it."""
    from core.journal import Journal
    from core.store.database import Store
    from core.store.upgrading import OLDEST, upgrade
    from tui.commandline.audit import read_anchors

    backup, anchors = Path(arguments.file), read_anchors(arguments.anchors)
    if not backup.is_file():
        raise UsageFault(f"没有备份文件 {backup}")
    log = Path(f"{backup}-wal")
    if log.exists() and log.stat().st_size:
        raise UsageFault(f"{backup} 正在使用，不是备份；请先用 guizhang backup 备份，再演练")
    with tempfile.TemporaryDirectory(prefix="guizhang-") as folder:
        copy = Path(folder) / "restored.store"
        shutil.copyfile(backup, copy)
        copy.chmod(0o600)
        store = Store(copy, oldest=OLDEST)
        try:
            upgrade(store, "")
            journal = Journal(store)
            head = journal.head()
            earlier = [each for each in anchors if head is not None and each.sequence <= head.sequence]
            # What lies in a sealed volume is proven with the volume.
            within = [each for each in earlier if each.sequence >= journal.archived]
            proof = journal.verify(within, documents=True)
            documents = sum(len(store.table(name)) for name in store.tables())
            lost = _lost_attachments(store, backup)
        finally:
            store.close()
    sound, sentence = proof.sound, proof.sentence
    if sound and lost:
        sound, sentence = False, "\n".join(lost)
    if sound and not within:
        sound, sentence = False, "没有一个锚记落在这份备份之内，不能证明它没有被换过；请用备份以前取的锚记再演练"
    later = len(anchors) - len(earlier)
    if arguments.json:
        say_json(
            {
                "sound": sound,
                "sentence": sentence,
                "entries": proof.entries,
                "documents": documents,
                "anchors": len(within),
                "anchors_later": later,
                "latest": head.at.isoformat() if head else None,
            }
        )
    else:
        say(sentence)
        if sound:
            say(_proven(within, documents, later, head.at if head else None))
    return Exit.DONE if sound else Exit.REFUSED


def _lost_attachments(store: "Store", backup: Path) -> list[str]:
    """What of the attachments lies neither beside the backup nor in the folder that the backups of a store share."""
    from core.attachments.held import unsound

    name = re.sub(r"-\d{8}-\d{6}$", "", backup.stem)
    return unsound(store, AttachmentFiles(backup.parent / name, store.storage.algorithm))


def _proven(within: list["Anchor"], documents: int, later: int, at: datetime | None) -> str:
    until = f"{at:%Y-%m-%d %H:%M}" if at else "开始"
    told = f"可以恢复到 {until}：{documents} 份记录与留痕一致，{len(within)} 个锚记相符"
    return told + (f"；另有 {later} 个锚记取于备份之后，那以后办的事不在这份备份里" if later else "")

"""Whether anchors are kept in a second place, and whether the last one arrived there."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.anchoring import SecondPlace, last_line
from core.system_errors import reason
from tui.server.check import Check, Health
from tui.server.layout import UNITS, Layout, below

_WHAT = "锚记第二处"
_AGAIN = "改好以后：systemctl start guizhang-anchor，再看 journalctl -u guizhang-anchor"


def anchor_checks(layout: Layout, root: Path) -> Iterator[Check]:
    """The second place is named, apart from this disk, open to the account, served by the daily task and up to date."""
    second = layout.second
    if second is None:
        facts = "没有写明；锚记只在这台服务器上，控制服务器的人可以连同留痕一起改写"
        remedy = "在单位文件里写 [anchors]（另一块盘、另一台机器的共享目录，或送出的命令），再运行 guizhang server init"
        yield Check(_WHAT, Health.BAD, facts, remedy)
        return
    here = second if second.folder is None else replace(second, folder=below(root, second.folder))
    anchors, store = below(root, layout.anchors), below(root, layout.store).parent
    if unfit := here.unfit((anchors, store)):
        yield Check(_WHAT, Health.BAD, unfit, f"挂上另一块盘或另一台机器的共享目录；{_AGAIN}")
        return
    if here.folder is not None and not _writable(layout.account, here.folder):
        remedy = f"chown {layout.account}: {second.folder}；chmod 700 {second.folder}；{_AGAIN}"
        yield Check(_WHAT, Health.BAD, f"{second.folder} 不能由 {layout.account} 写入", remedy)
    unit = root / UNITS / "guizhang-anchor.service"
    if not unit.is_file() or unit.read_text(encoding="utf-8") != layout.files[f"{UNITS}/{unit.name}"]:
        remedy = "重新运行 guizhang server init，再 systemctl daemon-reload"
        yield Check(_WHAT, Health.BAD, "每天取锚记的任务不是照现在的单位文件写的", remedy)
    yield _arrived(here, anchors / "anchors", layout.agency)


def _arrived(second: SecondPlace, first: Path, agency: str) -> Check:
    """Whether what was taken last on the server is what the second place holds last."""
    try:
        taken, held = last_line(first), last_line(second.record(first, agency))
    except OSError as error:
        return Check(_WHAT, Health.BAD, f"锚记的文件读不出：{reason(error)}", _AGAIN)
    if not taken:
        return Check(_WHAT, Health.CARE, "还没有取过锚记", "刚装好的，先取一次：systemctl start guizhang-anchor")
    if taken != held:
        there = f"那里最近的是第 {held.split()[0]} 条" if held else "那里一个也没有"
        return Check(_WHAT, Health.BAD, f"最近的锚记（第 {taken.split()[0]} 条）没有送到，{there}", _AGAIN)
    return Check(_WHAT, Health.SOUND, f"{second.folder or second.command[0]}，最近的是第 {taken.split()[0]} 条")


def _writable(account: str, folder: Path) -> bool:
    """Whether the account may write there; what root may says nothing."""
    if os.geteuid() != 0:
        return os.access(folder, os.W_OK | os.X_OK)
    try:
        held = pwd.getpwnam(account)
    except KeyError:
        return False
    asked = ["test", "-w", str(folder), "-a", "-x", str(folder)]
    return subprocess.run(asked, user=held.pw_uid, group=held.pw_gid, extra_groups=[]).returncode == 0

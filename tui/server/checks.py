"""What is looked at to see that a server is sound, each answered 正常, 注意 or 有问题 with what to do."""

import locale
import os
import pwd
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from core.days.national_days import read_national_days
from core.errors import StoreError
from core.journal import Journal
from core.store.database import Store
from core.store.links import BEIJING, has_algorithm
from tui.server.anchors import anchor_checks
from tui.server.check import Check, Health
from tui.server.layout import Layout, below
from tui.server.sshd import sshd_checks

_FAR = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "vboxsf", "virtiofs"})
_FLEETING = frozenset({"tmpfs", "ramfs", "overlay"})
_REPAIRED = ((3, 44, 6), (3, 50, 7))
"""Releases of SQLite's older lines in which the fault of resetting the log is repaired."""
_LEAST_FREE, _LITTLE_FREE = 0.05, 0.15
_BESIDE = {
    **dict.fromkeys((".lock", "-wal", "-shm", ".pepper"), 0o600),
    **dict.fromkeys((".files", ".exports", ".drafts", ".sessions"), 0o700),
}
"""What lies beside the store, with its mode."""
_LATEST = timedelta(days=2)
"""How long ago what is done daily may have been done last."""


def sqlite_check(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> Check:
    """Whether this SQLite may lose pages when a checkpoint meets a commit, which the gate keeps from happening."""
    told = ".".join(map(str, version))
    repaired = version >= (3, 51, 3) or any(version[:2] == each[:2] and version >= each for each in _REPAIRED)
    if version < (3, 35, 0):
        return Check("数据库引擎", Health.BAD, f"SQLite {told} 太旧", "升级到 3.35 或更新的版本")
    if repaired:
        return Check("数据库引擎", Health.SOUND, f"SQLite {told}")
    remedy = "写入由本程序排队，不会触发；切勿用别的工具打开记录库，有新版本时升级"
    return Check("数据库引擎", Health.CARE, f"SQLite {told} 有日志重置缺陷（3.51.3 修复）", remedy)


def digest_check() -> Check:
    if has_algorithm("sm3"):
        return Check("国密算法", Health.SOUND, "可用 SM3")
    return Check(
        "国密算法", Health.CARE, "系统的密码库没有 SM3，新建的库改用 SHA-256", "更换带 SM3 的 OpenSSL 后再建库"
    )


def locale_check() -> Check:
    encoding = locale.getpreferredencoding(False).upper().replace("-", "")
    if sys.flags.utf8_mode or encoding == "UTF8":
        return Check("文字编码", Health.SOUND, "UTF-8")
    return Check("文字编码", Health.CARE, f"这个环境的编码是 {encoding}", "把 LANG 设为 C.UTF-8；登录的会话不受影响")


def disk_check(store: Path, mounts: str) -> Check:
    """The records lie on a disk of this machine that outlives a restart. `mounts` is the text of /proc/mounts."""
    found = [line.split()[1:3] for line in mounts.splitlines() if len(line.split()) > 2]
    holding = [(place, kind) for place, kind in found if store.is_relative_to(place.replace("\\040", " "))]
    kind = max(holding, key=lambda each: len(each[0]), default=("", "未知"))[1]
    if kind in _FAR or kind.startswith("fuse"):
        return Check("磁盘类型", Health.BAD, f"记录库在网络或共享文件系统（{kind}）上，锁不可靠", "移到本机磁盘")
    if kind in _FLEETING:
        return Check("磁盘类型", Health.BAD, f"记录库在 {kind} 上，重启后会丢失", "移到本机磁盘")
    return Check("磁盘类型", Health.SOUND, f"本机磁盘（{kind}）")


def space_check(folder: Path, store: Path) -> Check:
    usage = shutil.disk_usage(folder)
    share, size = usage.free / usage.total, store.stat().st_size if store.is_file() else 0
    told = f"余 {usage.free / 1e9:.1f} 吉字节（{share:.0%}）"
    if share < _LEAST_FREE or usage.free < 2 * size:
        return Check("磁盘空间", Health.BAD, told, "立即清出空间，或换大的磁盘；满了以后不能办理任何事")
    if share < _LITTLE_FREE:
        return Check("磁盘空间", Health.CARE, told, "尽快清出空间")
    return Check("磁盘空间", Health.SOUND, told)


def calendar_check(national: Path, now: datetime) -> Check:
    published = read_national_days(national).published
    if now.year not in published:
        remedy = "按国务院办公厅的通知，在 national/holidays.toml 中补上这一年"
        return Check("节假日安排", Health.BAD, f"{now.year} 年的还没有录入，工作日只是推算", remedy)
    if now.month == 12 and now.year + 1 not in published:
        return Check("节假日安排", Health.CARE, f"{now.year + 1} 年的还没有录入", "通知已发布的，补上这一年")
    return Check("节假日安排", Health.SOUND, f"已录入到 {max(published)} 年")


def clock_check(store: Path, now: datetime, root: Path) -> Iterator[Check]:
    """The clock is kept by a service, and does not stand before what is recorded already."""
    kept = any((root / each).exists() for each in ("run/systemd/timesync/synchronized", "run/chrony", "run/ntpd.pid"))
    told = f"{now:%Y-%m-%d %H:%M:%S}"
    if kept:
        yield Check("时钟同步", Health.SOUND, told)
    else:
        yield Check(
            "时钟同步", Health.CARE, f"{told}，没有见到校时服务", "启用 systemd-timesyncd 或 chrony，指向内网时间源"
        )
    if not store.is_file():
        return
    try:
        opened = Store(store)
    except StoreError as error:
        yield Check("记录库", Health.BAD, str(error), "按提示处理；不能打开的，从备份恢复")
        return
    try:
        head = Journal(opened).head()
    finally:
        opened.close()
    if head is not None and head.at > now:
        remedy = "把时钟校准；此前办的事会记在最后一条留痕的时间上"
        yield Check("时钟先后", Health.BAD, f"时钟早于最后一条留痕（{head.at:%Y-%m-%d %H:%M:%S}）", remedy)
    else:
        yield Check("记录库", Health.SOUND, f"留痕 {head.sequence if head else 0} 条")


def owner_checks(layout: Layout, root: Path) -> Iterator[Check]:
    """The account's folders and the store are its own and nobody else's to read."""
    try:
        account = pwd.getpwnam(layout.account)
    except KeyError:
        remedy = f"useradd --system --shell /bin/sh --home-dir /nonexistent {layout.account}"
        yield Check("服务账号", Health.BAD, f"没有账号 {layout.account}", remedy)
        return
    plain = account.pw_shell in ("/bin/sh", "/usr/bin/sh")
    remedy = "" if plain else f"usermod --shell /bin/sh {layout.account}；停用的外壳会使人登录不了"
    yield Check(
        "服务账号", Health.SOUND if plain else Health.CARE, f"{layout.account}，外壳 {account.pw_shell}", remedy
    )
    beside = {Path(f"{layout.store}{ending}"): mode for ending, mode in _BESIDE.items()}
    there = {path: mode for path, mode in beside.items() if below(root, path).exists()}
    for path, mode in {**layout.folders, layout.store: 0o600, **there}.items():
        place = below(root, path)
        if not place.exists():
            told = "先运行 systemd-tmpfiles --create" if path != layout.store else "先运行 guizhang init"
            yield Check("归属权限", Health.BAD, f"没有 {path}", told)
            continue
        held = place.stat()
        if held.st_uid != account.pw_uid or stat.S_IMODE(held.st_mode) & ~mode:
            remedy = f"chown {layout.account}: {path}；chmod {mode:o} {path}"
            yield Check("归属权限", Health.BAD, f"{path} 别人可以读写，或不归 {layout.account}", remedy)
        else:
            yield Check("归属权限", Health.SOUND, f"{path} {stat.S_IMODE(held.st_mode):o}")


def fresh_checks(layout: Layout, root: Path, now: datetime) -> Iterator[Check]:
    """The daily backup and the daily anchor were taken: neither is older than two days."""
    anchors = below(root, layout.anchors) / "anchors"
    made = {
        ("备份", "backup"): below(root, layout.backups).glob("*.store"),
        ("锚记", "anchor"): [anchors] if anchors.is_file() else [],
    }
    for (what, task), files in made.items():
        newest = max((each.stat().st_mtime for each in files), default=None)
        remedy = f"看 systemctl status guizhang-{task}.timer 和 journalctl -u guizhang-{task}，当天补一次"
        if newest is None:
            yield Check(f"每日{what}", Health.CARE, f"还没有{what}", f"刚装好的，明天再查；不是的，{remedy}")
            continue
        at = datetime.fromtimestamp(newest, BEIJING)
        stale = now - at > _LATEST
        told = f"最近一次在 {at:%Y-%m-%d %H:%M}"
        yield Check(f"每日{what}", Health.BAD if stale else Health.SOUND, told, remedy if stale else "")


def checks(layout: Layout, root: Path, now: datetime | None = None) -> Iterable[Check]:
    """Everything that can be seen from here of a server laid out below the root."""
    moment, store = now or datetime.now(BEIJING), below(root, layout.store)
    folder = next(each for each in (store.parent, *store.parents) if each.exists())
    yield from sshd_checks(layout, root)
    yield from owner_checks(layout, root)
    yield sqlite_check()
    yield digest_check()
    yield locale_check()
    yield disk_check(Path(os.path.realpath(store)), Path("/proc/mounts").read_text(encoding="utf-8", errors="replace"))
    yield space_check(folder, store)
    yield from clock_check(store, moment, root)
    yield from fresh_checks(layout, root, moment)
    yield from anchor_checks(layout, root)
    yield calendar_check(layout.config / "national", moment)

"""Whether sshd will let in whom the office knows, and nobody and nothing else."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.server.check import Check, Health
from tui.server.layout import SSHD, SSHD_OPTIONS, TASKS, UNITS, Layout

_SYSTEM = Path("/")
_LONGEST_GRACE = 60
"""Seconds in which a key is given, with room for typing its passphrase."""
_LEAST_STARTS, _MOST_STARTS = 20, 200
"""Connections not signed in yet: how many at least are let be, how many there are at most."""


def options_of(text: str, account: str) -> dict[str, str]:
    """The options that a configuration sets for the account, the first of each name, names in lower case."""
    found: dict[str, str] = {}
    concerned = False
    for line in text.splitlines():
        name, _, value = line.strip().partition(" ")
        if name.lower() == "match":
            concerned = value.split() == ["User", account]
        elif concerned and name and not name.startswith("#"):
            found.setdefault(name.lower(), value.strip())
    return found


def effective_options(account: str) -> dict[str, str] | None:
    """What sshd itself says it would do for the account on this machine; None where it cannot be asked."""
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/sbin")
    if program is None or os.geteuid() != 0:
        return None
    asked = [program, "-T", "-C", f"user={account},host=localhost,addr=127.0.0.1"]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=20)
    if told.returncode:
        return None
    return dict(line.split(" ", 1) for line in told.stdout.splitlines() if " " in line)


def sshd_checks(layout: Layout, root: Path) -> Iterator[Check]:
    """The drop-in as written, then, on the machine itself, what sshd makes of it; the daily tasks last."""
    path = root / SSHD
    redo = f"重新运行 guizhang server init，再 systemctl reload ssh（{SSHD}）"
    if not path.is_file():
        yield Check("登录配置", Health.BAD, f"没有 {SSHD}", redo)
    else:
        found = options_of(path.read_text(encoding="utf-8"), layout.account)
        yield from _differing("登录配置", found, redo)
        yield _asking(layout, found)
    if root == _SYSTEM:
        effective = effective_options(layout.account)
        if effective is None:
            yield Check("登录服务", Health.CARE, "没能询问 sshd", "以 root 运行，并确认装有 openssh-server")
        else:
            yield from _differing(
                "登录服务", effective, "别处的配置压过了它，在 sshd_config 中改正后 systemctl reload ssh"
            )
            if effective.get("permituserenvironment", "no") != "no":
                yield Check("登录服务", Health.BAD, "允许来人带入环境变量", "把 PermitUserEnvironment 设为 no")
            yield waiting_check(effective)
    for task in TASKS:
        there = (root / UNITS / f"guizhang-{task}.timer").is_file()
        remedy = "" if there else "重新运行 guizhang server init，再 systemctl enable --now"
        facts = f"guizhang-{task}.timer" + ("" if there else " 没有安装")
        yield Check("定时任务", Health.SOUND if there else Health.BAD, facts, remedy)


def waiting_check(effective: Mapping[str, str]) -> Check:
    """Whether connections that have not signed in yet are limited in time and number, and leave room for a morning's
    logins; `effective` is what sshd says it would do.
    """
    grace, starts = effective.get("logingracetime", "120"), effective.get("maxstartups", "10:30:100")
    free, _, rest = starts.partition(":")
    most = int(rest.rpartition(":")[2] or free)
    faults = []
    if not 0 < int(grace) <= _LONGEST_GRACE:
        faults.append(f"登录限时 {grace} 秒" if int(grace) else "登录不限时")
    if int(free) < _LEAST_STARTS:
        faults.append(f"还没有登录成功的连接到 {free} 个就可能被拒，上班时会有人登不上")
    if not int(free) <= most <= _MOST_STARTS:
        faults.append(f"还没有登录成功的连接最多 {most} 个，太多")
    if not faults:
        return Check("登录限时限数", Health.SOUND, f"{grace} 秒，{starts}")
    remedy = "在全局的 sshd_config 中写 LoginGraceTime 30、MaxStartups 20:50:100，再 systemctl reload ssh"
    return Check("登录限时限数", Health.CARE, "；".join(faults), remedy)


def _differing(what: str, found: Mapping[str, str], remedy: str) -> Iterator[Check]:
    wrong = [
        f"{name} 应为 {value}，现为 {found.get(name.lower(), '没有写')}"
        for name, value in SSHD_OPTIONS.items()
        if found.get(name.lower(), "").lower() != value.lower()
    ]
    if wrong:
        yield Check(what, Health.BAD, "；".join(wrong), remedy)
    else:
        yield Check(what, Health.SOUND, f"{len(SSHD_OPTIONS)} 项符合要求")


def _asking(layout: Layout, found: Mapping[str, str]) -> Check:
    """That sshd asks the office about each key, by a program that nobody else can have altered."""
    words = shlex.split(found.get("authorizedkeyscommand", ""))
    if "keys" not in words or words[-4:] != ["--fingerprint", "%f", "--key", "%k"]:
        return Check("密钥询问", Health.BAD, "登录服务没有向本系统询问密钥", "重新运行 guizhang server init")
    for place in (Path(words[0]), *Path(words[0]).parents):
        if not place.exists():
            return Check(
                "密钥询问", Health.BAD, f"没有 {place}", "把程序装到 /opt/guizhang，再运行 guizhang server init"
            )
        held = place.stat()
        if held.st_uid != 0 or held.st_mode & 0o022:
            facts = f"{place} 别人可以改动，登录服务会拒绝运行它"
            return Check("密钥询问", Health.BAD, facts, f"chown root: {place}；chmod go-w {place}")
    return Check("密钥询问", Health.SOUND, words[0])

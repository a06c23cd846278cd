"""A real sshd on a loopback port, laid out as on an agency's server, with real clients on pseudo terminals."""

import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyte

from tui.server.layout import Layout
from tui.start import main

AGENCY = "baicheng"
CONFIG = Path(__file__).parent.parent / "config"
PATIENCE = 120.0
"""Seconds before a wait is given up; far more than anything needs, so that no busy machine fails a test."""


def missing() -> str:
    """Why no sshd can be tried here; empty when one can."""
    for program in ("/usr/sbin/sshd", shutil.which("ssh"), shutil.which("ssh-keygen")):
        if program is None or not os.access(program, os.X_OK):
            return "这台机器没有安装 OpenSSH 的服务端和客户端"
    if os.geteuid() != 0:
        return "sshd 要以 root 启动，才能分配终端"
    for place in (Path(sys.executable), *Path(sys.executable).parents):
        held = place.stat()
        if held.st_uid != 0 or held.st_mode & 0o022:
            return f"sshd 不运行放在 {place} 下的程序，因为别人可以改动它"
    return ""


class Server:
    """An office behind sshd; `key` makes a key, `ssh` runs a client to its end, `Client` holds one open."""

    def __init__(self, folder: Path, *global_options: str) -> None:
        self.folder, self.store = folder, folder / "office.store"
        assert self.guizhang("init", "--since", "2026-01-01") == 0
        budget = folder / "budget.json"
        lines = [{"预算科目": "办公费", "金额": "20000"}]
        form = {"年度": date.today().year, "事项": "年初下达", "依据": "财预1号", "预算明细": lines}
        budget.write_text(json.dumps(form), encoding="utf-8")
        assert self.guizhang("submit", "预算下达与调整", "--form", str(budget), "--as", "P008") == 0
        for name in ("host", "unknown"):
            self._generate(name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        layout = Layout("root", Path(sys.executable), AGENCY, self.store, CONFIG, folder, folder)
        config = folder / "sshd_config"
        config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\n"
            f"PermitRootLogin prohibit-password\nStrictModes no\n"
            + "".join(f"{each}\n" for each in global_options or ("MaxStartups 100",))
            + f"Subsystem sftp internal-sftp\n{layout.sshd}",
            encoding="utf-8",
        )
        self.log = folder / "sshd.log"
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", str(config), "-E", str(self.log)])
        assert until(self._listens), self.log.read_text()

    def _listens(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def _generate(self, name: str, kind: str = "ed25519") -> Path:
        path = self.folder / name
        words = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", str(path)]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
        return path

    def guizhang(self, *words: str) -> int:
        return main([*words, "--agency", AGENCY, "--store", str(self.store), "--config", str(CONFIG)])

    def key(self, name: str, person: str, *options: str, kind: str = "ed25519") -> Path:
        path = self._generate(name, kind)
        assert self.guizhang("keys", "add", person, f"{path}.pub", "--as", "P001", *options) == 0
        return path

    def fingerprint(self, key: Path) -> str:
        told = subprocess.run(["ssh-keygen", "-lf", f"{key}.pub"], check=True, capture_output=True, text=True)
        return told.stdout.split()[1]

    def words(self, key: Path, *options: str) -> list[str]:
        fixed = ["-F", "/dev/null", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR"]
        fixed += ["-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={self.folder}/known"]
        return ["ssh", *fixed, "-i", str(key), "-p", str(self.port), *options, "root@127.0.0.1"]

    def ssh(self, key: Path, *command: str, options: tuple[str, ...] = (), given: bytes = b"", **variables: str):
        """Run a client to its end."""
        return subprocess.run(
            [*self.words(key, *options), *(["--"] if command else []), *command],
            input=given,
            capture_output=True,
            timeout=PATIENCE * 2,
            env={**os.environ, **variables},
        )

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()


class Client:
    """A client with a screen of 80 by 24."""

    def __init__(self, words: list[str], **variables: str) -> None:
        self.received = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.terminal, other = pty.openpty()
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            words,
            stdin=other,
            stdout=other,
            stderr=other,
            env={**os.environ, "TERM": "xterm-256color", **variables},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(other)

    @property
    def picture(self) -> str:
        """What stands on the screen, without blanks."""
        while select.select([self.terminal], [], [], 0.05)[0]:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                break
            if not data:
                break
            self.received += data
            self._stream.feed(re.sub(rb"\x1b\[[?>=<][0-9;$]*[pu]", b"", data))
        return "".join(self.screen.display).replace(" ", "")

    def shows(self, words: str) -> bool:
        return until(lambda: words in self.picture)

    def send(self, data: str) -> None:
        """Type; what is typed after the client has ended reaches nobody."""
        with suppress(OSError):
            os.write(self.terminal, data.encode())

    def ended(self) -> bool:
        self.picture  # noqa: B018  # what is left to read must be read, or the client cannot end
        return self.process.poll() is not None

    def drop(self) -> None:
        """The line is cut, without a word."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.terminal)

    def close(self) -> None:
        if self.process.poll() is None:
            self.drop()


def until(condition: Callable[[], bool]) -> bool:
    """Wait until it holds; false when patience ends first."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False

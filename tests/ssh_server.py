"""A real sshd on a loopback port, laid out as on an agency's server, and clients of it."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from core.days.clock import SystemClock
from pseudo_terminal import PATIENCE, Terminal, until
from tui.server.layout import Layout
from tui.start import main

AGENCY = "baicheng"
CONFIG = Path(__file__).parent.parent / "config"


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
    """An office behind sshd; `key` makes a key, `ssh` runs a client to its end, `client` opens one on a screen."""

    def __init__(self, folder: Path, *global_options: str) -> None:
        self.folder, self.store = folder, folder / "office.store"
        assert self.guizhang("init", "--since", "2026-01-01") == 0
        budget = folder / "budget.json"
        lines = [{"预算科目": "办公费", "金额": "20000"}]
        form = {"年度": SystemClock().today().year, "事项": "年初下达", "依据": "财预1号", "预算明细": lines}
        budget.write_text(json.dumps(form), encoding="utf-8")
        assert self.guizhang("submit", "预算下达与调整", "--form", str(budget), "--as", "P008") == 0
        for name in ("host", "unknown"):
            self._generate(name)
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.log = folder / "sshd.log"
        # A free port may be taken by somebody else before sshd has it.
        assert until(lambda: self._begun(global_options or ("MaxStartups 100",))), self.log.read_text()

    def _begun(self, global_options: tuple[str, ...]) -> bool:
        """Start sshd on a port that is free now; false when it could not have it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder = self.folder
        config = folder / "sshd_config"
        config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\n"
            f"PermitRootLogin prohibit-password\nStrictModes no\n"
            + "".join(f"{each}\n" for each in global_options)
            + "Subsystem sftp internal-sftp\n"
            + Layout("root", Path(sys.executable), AGENCY, self.store, CONFIG, folder, folder).sshd,
            encoding="utf-8",
        )
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", str(config), "-E", str(self.log)])
        assert until(lambda: self._listens() or self.process.poll() is not None), self.log.read_text()
        return self.process.poll() is None

    def _listens(self) -> bool:
        return self.log.exists() and f"Server listening on 127.0.0.1 port {self.port}." in self.log.read_text()

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
            timeout=PATIENCE,
            env={**os.environ, **variables},
        )

    def client(self, key: Path, *command: str, **variables: str) -> Terminal:
        """Open a client that has a terminal."""
        environment = {**os.environ, "TERM": "xterm-256color", **variables}
        return Terminal([*self.words(key, "-tt"), *command], environment)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait()

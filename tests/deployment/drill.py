"""From nothing to a working office: `python tests/deployment/drill.py WHEELHOUSE [FOLDER]`, as root.

Makes a fresh Debian below FOLDER from the mirror that this machine's own apt uses, runs in it exactly the commands of
`docs/install.md`, starts its sshd, and signs in over the network to file a matter. Ends with 0 when all of it worked.
"""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

MANUAL = Path(__file__).parents[2] / "docs" / "install.md"
STORE = "/var/lib/guizhang/baicheng.store"
SURROUNDINGS = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/root",
    "DEBIAN_FRONTEND": "noninteractive",
}
PATIENCE = 30.0
"""Seconds until sshd must answer."""
FILED = "submit 印章更换新增申请 新印章名称=秘书科章 事由=损坏更换 理由=印面磨损 --json"
REFUSED = "submit 费用支出申请 事由=购打印纸 金额=120 预算科目=办公费 支出类别=办公用品 资金渠道=年度预算"
"""Refused by its clause, since no budget has been set."""


def commands(text: str) -> str:
    """The blocks of the manual that are marked to be run, in their order, as one script."""
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S))


def mirror() -> tuple[str, str]:
    """The release and the archive that apt on this machine takes Debian from."""
    told = subprocess.run(["apt-get", "indextargets"], capture_output=True, text=True, check=True).stdout
    found = {
        (fields.get("Codename", ""), fields["Site"].rstrip("/"))
        for block in told.split("\n\n")
        if (fields := dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)).get("Label") == "Debian"
        and fields.get("Component") == "main"
        and fields.get("Created-By") == "Packages"
    }
    plain = sorted(each for each in found if "-" not in each[0])
    if not plain:
        fail("apt on this machine names no Debian archive")
    return plain[0]


def fail(what: str) -> NoReturn:
    """Say at once what went wrong, and end; taking the system away takes its time."""
    print(what, flush=True)
    raise SystemExit(1)


def quiet(*words: str) -> None:
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        fail(f"{shlex.join(words)}\n{done.stdout[-3000:]}")


@contextmanager
def root_below(folder: Path) -> Iterator[Path]:
    """A fresh Debian with its own /proc and /dev/pts, taken away in the end."""
    release, archive = mirror()
    root = folder / "root"
    quiet("debootstrap", "--variant=minbase", "--include=ca-certificates", release, str(root), archive)
    mounts = [root / "dev" / "pts", root / "proc", root / "mnt" / "anchors"]
    quiet("mount", "-t", "proc", "proc", str(mounts[1]))
    mounts[2].mkdir()
    quiet("mount", "-t", "tmpfs", "tmpfs", str(mounts[2]))
    quiet("mount", "-t", "devpts", "-o", "newinstance,ptmxmode=0666,mode=620,gid=5", "devpts", str(mounts[0]))
    try:
        yield root
    finally:
        for place in mounts:
            subprocess.run(["umount", "-l", str(place)], check=False)
        shutil.rmtree(root)


def inside(root: Path, script: str) -> str:
    """Run a script in the new system; what it said. Ends the drill where a command of it fails."""
    # With a process number 1 outside of it, the tools in there see that nothing is booted, and only enable services.
    enter = 'mount -t proc proc "$0/proc"; chroot "$0" /bin/sh -eux; exit $?'
    done = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "/bin/sh", "-c", enter, str(root)],
        input=script,
        text=True,
        env=SURROUNDINGS,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        fail(f"in the new system, exit code {done.returncode}:\n{done.stdout[-5000:]}")
    return done.stdout


@contextmanager
def serving(root: Path, port: int) -> Iterator[None]:
    """The new system's sshd on a loopback port."""
    (root / "run/sshd").mkdir(mode=0o755, exist_ok=True)
    words = ["chroot", str(root), "/usr/sbin/sshd", "-D", "-e", "-p", str(port), "-o", "ListenAddress=127.0.0.1"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def asked(ssh: list[str], command: str, given: str = "") -> bytes:
    """What a command over the network answers; ends the drill where it is not done."""
    done = subprocess.run([*ssh, command], capture_output=True, input=given.encode(), timeout=60)
    if done.returncode:
        fail(f"{command}: exit code {done.returncode}\n{(done.stdout + done.stderr).decode()}")
    return done.stdout


def drill(wheelhouse: Path, folder: Path) -> None:
    begun = time.monotonic()

    def said(what: str) -> None:
        print(f"{time.monotonic() - begun:6.1f} s  {what}", flush=True)

    key = folder / "key"
    quiet("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    with root_below(folder) as root:
        said(f"a fresh Debian: {(root / 'etc/debian_version').read_text().strip()}")
        shutil.copytree(wheelhouse, root / "root/wheelhouse")
        shutil.copyfile(f"{key}.pub", root / "root/first.pub")
        told = inside(root, commands(MANUAL.read_text(encoding="utf-8")))
        said("every command of the manual done; the last said:")
        print("\n".join(told.splitlines()[-30:]))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with serving(root, port):
            options = ["StrictHostKeyChecking=no", f"UserKnownHostsFile={folder}/known", "BatchMode=yes"]
            fixed = [word for option in options for word in ("-o", option)]
            ssh = ["ssh", "-F", "/dev/null", *fixed, "-i", str(key), "-p", str(port), "guizhang@127.0.0.1"]
            for command, expected in (("inbox --json", 0), (REFUSED, 1), ("id", 2), ("keys list", 4)):
                done = subprocess.run([*ssh, command], capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
                if done.returncode != expected:
                    fail(f"{command}: exit code {done.returncode}\n{(done.stdout + done.stderr).decode()}")
                said(f"signed in: {command.split(' ')[0]} ends with {expected}")
            filed = json.loads(asked(ssh, FILED))
            said(f"filed over the network: {filed['matter']['number']}, entry {filed['receipt']['sequence']}")
            attach = f"attach {filed['matter']['number']} 说明.txt"
            said(f"attached: {asked(ssh, attach, given='印面磨损。').decode().splitlines()[0]}")
            fetched = asked(ssh, attach.replace("attach", "fetch"))
            if fetched.decode() != "印面磨损。":
                fail("what was fetched is not what was attached")
        place = f"--store {STORE}"
        proof = inside(root, f"runuser -u guizhang -- /opt/guizhang/bin/guizhang audit verify --documents {place}")
        said(proof.strip().splitlines()[-1])


def main(arguments: list[str]) -> int:
    wheelhouse = Path(arguments[0])
    if len(arguments) > 1:
        drill(wheelhouse, Path(arguments[1]))
        return 0
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        drill(wheelhouse, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

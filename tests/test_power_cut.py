"""Power cuts and failing disks: a writer's calls are recorded, and the disk rebuilt as any cut could leave it.

After a cut, what was synced is there; what was written since its last sync may be there, be missing, or be torn, in
any combination. The names of files count as written only once their folder was synced.
"""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import StoreError
from core.journal import Journal
from core.store.database import Store
from pseudo_terminal import PATIENCE

WRITER = """
import os, signal, sys
from core.store.database import Store

store = Store(sys.argv[1], synchronous=sys.argv[2])
told = os.open(sys.argv[3], os.O_CREAT | os.O_WRONLY | os.O_APPEND)
matters = store.table("matters")
matters.index("no")
for number in range(int(sys.argv[4])):
    with store.transaction("甲", "登记") as act:
        matters.insert({"no": f"用印-{number}", "文": "规章" * 150})
    os.write(told, b"%d\\n" % act.sequence)
    if number % 6 == 4:
        kind = "TRUNCATE" if number % 12 == 4 else "RESTART"
        store.storage.connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchall()
os.kill(os.getpid(), signal.SIGKILL)
"""

STUBBORN = """
import sys
from core.errors import StoreError
from core.store.database import Store

for number in range(60):
    try:
        store = Store(sys.argv[1], timeout=2)
        while True:
            with store.transaction("甲", "登记") as act:
                added = store.table("matters").insert({"文": "规章" * 150})
            print(added, act.sequence, flush=True)
            if act.sequence >= 40:
                sys.exit()
            if act.sequence % 8 == 0:
                store.close()
                store = Store(sys.argv[1], timeout=2)
    except StoreError as error:
        print("failed", error, flush=True)
"""

CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,openat,unlink,unlinkat"
LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
OPENED_FILE = re.compile(r"\d+<([^>]*)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _tracing_refused() -> str:
    strace = shutil.which("strace")
    if strace is None:
        return "strace 未安装"
    tried = subprocess.run([strace, "-f", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "本机不许跟踪进程（ptrace）"


REFUSED = _tracing_refused()
pytestmark = pytest.mark.skipif(REFUSED != "", reason=f"断电模拟需要 strace：{REFUSED}")


@dataclass(frozen=True)
class Call:
    """One recorded call: create, write, cut, remove, sync, sync-folder or told."""

    kind: str
    file: str
    offset: int = 0
    data: bytes = b""


def _record(folder: Path, synchronous: str, acts: int) -> list[Call]:
    trace, live = folder.parent / "trace", folder / "store.db"
    command = ["strace", "-f", "-qq", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    writer = [sys.executable, "-c", WRITER, str(live), synchronous, str(folder / "told"), str(acts)]
    subprocess.run([*command, *writer], check=False, capture_output=True, timeout=PATIENCE)
    calls: list[Call] = []
    for line in trace.read_text(errors="replace").splitlines():
        parsed = LINE.match(line)
        if parsed is not None and int(parsed[3]) >= 0:
            calls += _understood(folder, parsed[1], parsed[2], {call.file for call in calls if call.kind == "create"})
    return calls


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _understood(folder: Path, name: str, arguments: str, known: set[str]) -> Iterator[Call]:
    texts = [_bytes(text) for text in TEXT.findall(arguments)]
    opened = OPENED_FILE.match(arguments)
    path = _bytes(opened[1]).decode() if opened and "\\x" in opened[1] else opened[1] if opened else ""
    if name in ("openat", "unlink", "unlinkat"):
        path = texts[0].decode(errors="replace")
    if name in ("fsync", "fdatasync") and path == str(folder):
        yield Call("sync-folder", "")
    file = path.removeprefix(f"{folder}/")
    if file == "told" and name == "write":
        yield Call("told", "", int(texts[0]))
    if file not in ("store.db", "store.db-wal"):
        return
    if name == "openat" and "O_CREAT" in arguments and file not in known:
        yield Call("create", file)
    elif name == "pwrite64":
        yield Call("write", file, int(arguments.rsplit(",", 1)[1]), texts[0])
    elif name == "ftruncate":
        yield Call("cut", file, int(arguments.rsplit(",", 1)[1]))
    elif name in ("fsync", "fdatasync"):
        yield Call("sync", file)
    elif name in ("unlink", "unlinkat"):
        yield Call("remove", file)


@dataclass
class Disk:
    """What a disk holds for certain, and the calls since whose effect a cut may still undo."""

    contents: dict[str, bytearray] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    unsynced: list[Call] = field(default_factory=list)

    def take(self, call: Call) -> None:
        """Follows one call of the writer."""
        if call.kind == "sync":
            self._settle([each for each in self.unsynced if each.file == call.file and each.kind in ("write", "cut")])
        elif call.kind == "sync-folder":
            self._settle([each for each in self.unsynced if each.kind in ("create", "remove")])
        else:
            self.unsynced.append(call)

    def after_cut(self, kept: list[Call]) -> dict[str, bytes]:
        """The files found after a cut that spared these of the unsynced calls."""
        found = Disk({name: bytearray(held) for name, held in self.contents.items()}, set(self.names))
        for call in kept:
            found._apply(call)
        return {name: bytes(found.contents.get(name, b"")) for name in found.names}

    def _settle(self, calls: list[Call]) -> None:
        for call in calls:
            self._apply(call)
        self.unsynced = [each for each in self.unsynced if each not in calls]

    def _apply(self, call: Call) -> None:
        if call.kind == "create":
            self.names.add(call.file)
        elif call.kind == "remove":
            self.names.discard(call.file)
            self.contents.pop(call.file, None)
        else:
            held = self.contents.setdefault(call.file, bytearray())
            held.extend(bytes(max(0, call.offset - len(held))))
            if call.kind == "cut":
                del held[call.offset :]
            else:
                held[call.offset : call.offset + len(call.data)] = call.data


def _possible(disk: Disk, chance: random.Random) -> Iterator[list[Call]]:
    """Nothing kept, all kept, two random choices, and one whose last write is torn at a sector."""
    yield []
    if not disk.unsynced:
        return
    yield list(disk.unsynced)
    for torn in (False, False, True):
        kept = [call for call in disk.unsynced if chance.random() < 0.5]
        if torn and kept and kept[-1].kind == "write":
            last = kept[-1]
            kept[-1] = Call(
                "write", last.file, last.offset, last.data[: chance.randrange(len(last.data) // 512 + 1) * 512]
            )
        yield kept


def _fault(folder: Path, files: dict[str, bytes], acknowledged: int) -> str:
    """Opens what a cut left; says what is wrong with it, or nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        with Store(folder / "store.db", synchronous="OFF") as store:
            verdict = Journal(store).verify(documents=True)
            entries, documents = max(verdict.entries - 1, 0), len(store.table("matters"))
            damage = store.storage.rows("PRAGMA integrity_check") != [("ok",)]
    except StoreError as error:
        return str(error)
    if damage or not verdict.sound:
        return verdict.sentence
    if not acknowledged <= entries <= acknowledged + 1 or documents != entries:
        return f"{acknowledged} acts were acknowledged, {entries} entries and {documents} documents are left"
    return ""


def _cuts(tmp_path: Path, synchronous: str, acts: int, seed: int) -> Iterator[str]:
    """What is wrong after each possible cut of one recorded run; empty where nothing is."""
    folder = tmp_path / "live"
    folder.mkdir()
    calls = _record(folder, synchronous, acts)
    assert sum(call.kind == "told" for call in calls) == acts
    chance, disk, acknowledged = random.Random(seed), Disk(), 0
    for call in calls:
        if call.kind == "told":
            acknowledged += 1
        else:
            disk.take(call)
        for kept in _possible(disk, chance):
            yield _fault(tmp_path / "after", disk.after_cut(kept), acknowledged)


def test_no_power_cut_loses_an_acknowledged_act_or_leaves_half_of_one(tmp_path: Path) -> None:
    faults = list(_cuts(tmp_path, "FULL", acts=15, seed=1))
    assert len(faults) > 500
    assert [fault for fault in faults if fault] == []


def test_the_simulation_sees_acts_lost_where_commits_are_not_synced(tmp_path: Path) -> None:
    assert any("acknowledged" in fault for fault in _cuts(tmp_path, "NORMAL", acts=8, seed=1))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_many_power_cuts_lose_nothing(tmp_path: Path, seed: int) -> None:
    assert [fault for fault in _cuts(tmp_path, "FULL", acts=60, seed=seed) if fault] == []


@pytest.mark.parametrize(
    "failing",
    ["fdatasync:error=EIO:when=7+9", "pwrite64:error=ENOSPC:when=25+60", "pwrite64:error=EIO:when=61..63"],
)
def test_a_failing_disk_is_told_and_loses_nothing_acknowledged(tmp_path: Path, failing: str) -> None:
    path = tmp_path / "store.db"
    Store(path).close()
    watched = [each for name in ("store.db", "store.db-wal") for each in ("-P", str(tmp_path / name))]
    command = ["strace", "-f", "-qq", "-o", "/dev/null", *watched, "-e", f"inject={failing}", sys.executable, "-c"]
    output = subprocess.run(
        [*command, STUBBORN, str(path)], capture_output=True, text=True, check=False, timeout=PATIENCE
    ).stdout.splitlines()
    assert any(line.startswith("failed") and "磁盘" in line for line in output)
    with Store(path) as store:
        verdict = Journal(store).verify(documents=True)
        assert verdict.sound, verdict.sentence
        told = [line.split() for line in output if not line.startswith("failed")]
        assert told
        for added, sequence in told:
            entry = Journal(store).entry(int(sequence))
            assert entry is not None
            assert [image.doc_id for image in entry.documents] == [int(added)]

"""The memory of sessions with a screen, counted by its fair share: one alone, twenty, a hundred at once."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bench_agency import measured_people
from peers import BENCH, PROJECT
from report import Line
from terminal import COLUMNS, ROWS

from core.office import Office

AGENCY = "baicheng"
CROWDS = (1, 20, 100)
AT_ONCE = 10
"""Sessions that start together; the next begin when these show their first screen."""
QUIET, LONGEST = 3.0, 120.0
"""Seconds without a word after which every screen stands; seconds it may take."""
AIM = 40.0
"""Mebibytes a session may have of its own among a hundred."""


def measure() -> list[Line]:
    lines = []
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        store = Path(folder) / "office.store"
        office = Office.open(PROJECT / "config", AGENCY, store)
        person = measured_people(office, PROJECT / "config" / "agencies" / AGENCY / "people.toml")
        office.close()
        for count in CROWDS:
            with sessions(store, person, count) as processes:
                shares = sorted(map(share_of, processes))
            middle = shares[len(shares) // 2]
            met = middle < AIM if count == CROWDS[-1] else None
            aim = f"< {AIM:g} MiB" if met is not None else ""
            lines.append(Line("memory", f"{count} sessions at once: MiB of each (PSS)", middle, count, None, aim, met))
    return lines


@contextmanager
def sessions(store: Path, person: str, count: int) -> Iterator[list[int]]:
    """So many workbenches open, each on a terminal of its own; the numbers of their processes."""
    program = str(Path(sys.executable).with_name("guizhang"))
    words = [program, "--agency", AGENCY, "--store", str(store), "--as", person]
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": str(store.parent), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    opened: list[tuple[int, int]] = []
    try:
        while len(opened) < count:
            fresh = []
            for _ in range(min(AT_ONCE, count - len(opened))):
                process, terminal = pty.fork()
                if process == 0:
                    os.execve(words[0], words, surroundings)
                fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                opened.append((process, terminal))
                fresh.append(terminal)
            _settle([terminal for _, terminal in opened], set(fresh))
        yield [process for process, _ in opened]
    finally:
        for process, terminal in opened:
            os.close(terminal)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _settle(terminals: list[int], silent: set[int]) -> None:
    """Read whatever the screens draw until those still silent have drawn something and none draws any more."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        ready, _, _ = select.select(terminals, [], [], QUIET)
        if not ready and not silent:
            return
        for terminal in ready:
            os.read(terminal, 1 << 16)
            silent.discard(terminal)
    raise RuntimeError(f"{len(silent)} screens showed nothing")


def share_of(process: int) -> float:
    """Mebibytes that the process holds, what it shares with others divided among them."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.M)
    assert found is not None
    return int(found.group(1)) / 1024

"""A program watched through a terminal of its own: when what it shows at the end is on the screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter, sleep

import pyte

ROWS, COLUMNS = 24, 80
SILENCE, LONGEST = 0.5, 30.0
"""Seconds without a byte after which a screen has settled; seconds a start may take at all."""
COMPLETE = 0.97
"""The share of the settled screen's cells that must stand for the first frame to count as there."""


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the process; bytes written until the screen settled."""

    first_byte: float
    frame: float
    written: int


def watch(command: Sequence[str], environment: Mapping[str, str]) -> Start:
    """Start a program in a terminal, wait until its screen settles, end it."""
    begun = perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], list(command), dict(environment))
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        chunks = _read(terminal, begun)
    finally:
        os.close(terminal)
        _end(process)
    if not chunks:
        raise RuntimeError(f"{command[0]} showed nothing")
    return Start(chunks[0][0], _frame(chunks), sum(len(text) for _, text in chunks))


def _read(terminal: int, begun: float) -> list[tuple[float, bytes]]:
    chunks: list[tuple[float, bytes]] = []
    while perf_counter() - begun < LONGEST:
        # Only once something visible came does silence mean that the screen has settled.
        patience = SILENCE if len(chunks) > 1 else LONGEST
        ready, _, _ = select.select([terminal], [], [], patience)
        if not ready:
            break
        try:
            text = os.read(terminal, 1 << 16)
        except OSError:
            break
        if not text:
            break
        chunks.append((perf_counter() - begun, text))
    return chunks


def _frame(chunks: list[tuple[float, bytes]]) -> float:
    """When the settled screen was first nearly whole."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    seen = []
    for at, text in chunks:
        stream.feed(text)
        seen.append((at, tuple(screen.display)))
    cells = [
        (row, column, cell) for row, line in enumerate(seen[-1][1]) for column, cell in enumerate(line) if cell != " "
    ]
    for at, shown in seen:
        standing = sum(shown[row][column : column + 1] == cell for row, column, cell in cells)
        if cells and standing >= COMPLETE * len(cells):
            return at
    raise RuntimeError("the program left an empty screen")


def _end(process: int) -> None:
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.kill(process, number)
        for _ in range(100):
            if os.waitpid(process, os.WNOHANG)[0]:
                return
            sleep(0.02)
    os.waitpid(process, 0)

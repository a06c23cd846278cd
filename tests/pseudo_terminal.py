"""A program on a pseudo terminal, seen as its user sees it; and how long a test waits for what it needs to see."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

import pyte

PATIENCE = 600.0
"""Seconds before a wait is given up; far more than anything needs, so that no busy machine fails a test."""


def until(condition: Callable[[], bool]) -> bool:
    """Wait until it holds; false when patience ends first."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class Terminal:
    """A program in a session of its own, on a screen of 80 by 24."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str]) -> None:
        self.received = b""
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self._line, other = pty.openpty()
        self._sized(24, 80)
        self.process = subprocess.Popen(
            words,
            stdin=other,
            stdout=other,
            stderr=other,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(other)

    def _sized(self, lines: int, columns: int) -> None:
        fcntl.ioctl(self._line, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def resize(self, lines: int, columns: int) -> None:
        """Make the window larger or smaller."""
        self.screen.resize(lines, columns)
        self._sized(lines, columns)
        self.process.send_signal(signal.SIGWINCH)

    def receive(self, seconds: float = 0.05) -> bytes:
        """What the program sends until it is silent that long."""
        chunk = b""
        while self._line >= 0 and select.select([self._line], [], [], seconds)[0]:
            try:
                data = os.read(self._line, 65536)
            except OSError:
                break
            if not data:
                break
            chunk += data
            # The picture needs no answers to the program's questions about the terminal.
            self._stream.feed(re.sub(rb"\x1b\[[?>=<][0-9;$]*[pu]", b"", data))
        self.received += chunk
        return chunk

    @property
    def picture(self) -> str:
        """What stands on the screen, without blanks."""
        self.receive()
        return "".join(self.screen.display).replace(" ", "")

    def shows(self, words: str) -> bool:
        """Wait until the words, written without blanks, stand on the screen."""
        return until(lambda: words in self.picture)

    def send(self, data: str | bytes) -> None:
        """Type; what is typed after the program has ended reaches nobody."""
        with suppress(OSError):
            os.write(self._line, data.encode() if isinstance(data, str) else data)

    def ended(self) -> bool:
        """Whether the program has ended; what it has still to say is read, or it could not."""
        self.receive(0)
        return self.process.poll() is not None

    def hang_up(self) -> None:
        """Close the terminal, as a dropped line does."""
        os.close(self._line)
        self._line = -1

    def drop(self) -> None:
        """Kill the program, without a word."""
        self.process.kill()
        self.process.wait()
        self.hang_up()

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._line >= 0:
            self.hang_up()

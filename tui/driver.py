"""The terminal's driver: forgiving input, no idle work, a clean end when the line drops."""

import asyncio
import codecs
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import _xterm_parser
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

if TYPE_CHECKING:
    from textual.app import App

_READ_SIZE = 65536
_ESCAPE_CHECK = 0.005
"""Seconds between looks at an unfinished escape sequence; only while one is pending."""

# An input method may commit two hundred characters as one escape sequence, each spelled as a number.
_xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD = 4096


class LineDropped(Message):
    """The terminal is gone or the service is stopping; sent to the application just before it is told to exit."""


class WrongEncoding(Message):
    """The client sent bytes that are not UTF-8; sent once, so that the user can be told to switch the client."""

    advice = "收到的字不是 UTF-8 编码，可能显示为乱码。请把登录软件的字符编码改为 UTF-8 后重新输入。"


class InputDecoder:
    """Turns bytes from the keyboard into text; what is not UTF-8 becomes U+FFFD and is remembered."""

    def __init__(self) -> None:
        self.malformed = False
        self._rest = b""

    def decode(self, data: bytes) -> str:
        """The text of the bytes so far; an unfinished character waits for its remaining bytes."""
        whole = self._rest + data
        text, used = codecs.utf_8_decode(whole, "replace", False)
        self._rest = whole[used:]
        if "\ufffd" in text and text.count("\ufffd") > whole[:used].count(b"\xef\xbf\xbd"):
            self.malformed = True
        return text


class TerminalWriter:
    """A text file on a terminal that always writes UTF-8 and stays silent once the terminal is gone."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting = bytearray()

    def write(self, text: str) -> int:
        """Keep the text for the next flush."""
        self._waiting += text.encode("utf-8", "replace")
        return len(text)

    def flush(self) -> None:
        """Send everything kept, waiting for a slow terminal; drop it when there is none."""
        data, self._waiting = bytes(self._waiting), bytearray()
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [], 1.0)
            except OSError:
                return

    def fileno(self) -> int:
        """The descriptor written to."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether the descriptor is a terminal."""
        return os.isatty(self._descriptor)


class SessionDriver(LinuxDriver):
    """Input and output of one person's session; give it to the application as ``driver_class``."""

    def __init__(
        self, app: "App[Any]", *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file: Any = TerminalWriter(sys.__stderr__.fileno() if sys.__stderr__ else 2)
        self._wake_reader, self._wake_writer = os.pipe()
        self._dropped = False

    @property
    def can_suspend(self) -> bool:
        """Never: a stopped session behind a forced command could not be continued by anybody."""
        return False

    def start_application_mode(self) -> None:
        """Take over the terminal, and end the session when it hangs up or the service stops."""
        start: Callable[[], None] = super().start_application_mode
        start()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._drop)

    def _sigtstp_application(self, *_: object) -> None:
        """A request to stop is ignored, see `can_suspend`."""

    def _enable_mouse_support(self) -> None:
        """Clicks and wheel only: reports of every movement would cost a repaint each over a slow line."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")
            self.flush()

    def _enable_mouse_pixels(self) -> None:
        """Cells are exact enough for clicks."""

    def disable_input(self) -> None:
        """Stop reading; wakes the reading thread, which otherwise sleeps until the next key."""
        with suppress(OSError):
            os.write(self._wake_writer, b"x")
        super().disable_input()

    def close(self) -> None:
        """Release the writer and the wake-up pipe."""
        super().close()
        for descriptor in (self._wake_reader, self._wake_writer):
            with suppress(OSError):
                os.close(descriptor)
        self._wake_reader = self._wake_writer = -1

    def _drop(self) -> None:
        """Tell the application once that the line is gone, then let it exit in its usual order."""
        if not self._dropped:
            self._dropped = True
            self._app.post_message(LineDropped())
            self._app.exit()

    def run_input_thread(self) -> None:
        """Read until told to stop, sleeping while nothing arrives; only a half-read key sets a time limit."""
        parser = XTermParser(self._debug)
        decoder = InputDecoder()
        warned = False
        while not self.exit_event.is_set():
            waiting = None if parser._timeout_time is None else _ESCAPE_CHECK
            ready, _, _ = select.select([self.fileno, self._wake_reader], [], [], waiting)
            if self._wake_reader in ready:
                break
            if self.fileno in ready:
                data = self._read()
                if not data:
                    self._loop.call_soon_threadsafe(self._drop)
                    break
                if text := decoder.decode(data):
                    for event in parser.feed(text):
                        self.process_message(event)
                if decoder.malformed and not warned:
                    warned = True
                    self.send_message(WrongEncoding())
            for event in parser.tick():
                self.process_message(event)
        with suppress(EOFError, ParseError):
            for _event in parser.feed(""):
                pass

    def _read(self) -> bytes:
        """The next bytes, or none at the end of the line however the system reports it."""
        try:
            return os.read(self.fileno, _READ_SIZE)
        except OSError:
            return b""

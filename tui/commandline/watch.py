"""Watches over a command without a screen: it ends when the client is gone, or when it takes too long."""

import os
import select
import signal
import threading
import time
from types import TracebackType
from typing import Self

TIME_LIMIT = 300.0
"""Seconds after which a command is stopped."""
_LOOK_EVERY = 0.5
_GRACE = 10.0
"""Seconds a stopped command has to undo what it was writing."""
_GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL


class Watch:
    """A thread beside the command. The end of what the client sends is no reason to stop: it may still be reading."""

    def __init__(self, limit: float = TIME_LIMIT, output: int = 1) -> None:
        self.reason = ""
        """Why the command was stopped; empty when it was not."""
        self._limit, self._output = limit, output
        self._done = threading.Event()
        self._main = threading.main_thread().ident or 0

    def __enter__(self) -> Self:
        # Whoever started the program may have left interrupts ignored, as a shell does in the background.
        self._before = signal.signal(signal.SIGINT, signal.default_int_handler)
        threading.Thread(target=self._look, name="watch", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        signal.signal(signal.SIGINT, self._before)

    def _look(self) -> None:
        line = select.poll()
        line.register(self._output, 0)
        end = time.monotonic() + self._limit
        while not self._done.wait(_LOOK_EVERY):
            if any(state & _GONE for _, state in line.poll(0)):
                self._stop("连接已断开，没有办完的已经撤销")
                return
            if time.monotonic() > end:
                self._stop(f"超过 {self._limit:g} 秒仍未办完，已经停止，没有办完的已经撤销；请缩小范围后再试")
                return

    def _stop(self, reason: str) -> None:
        """Interrupt the command where it stands, so that its transaction is undone; end the process if it hangs."""
        self.reason = reason
        signal.pthread_kill(self._main, signal.SIGINT)
        if not self._done.wait(_GRACE):
            os._exit(130)

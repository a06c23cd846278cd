"""The write gate: a lock file on which writers queue, so that one connection at a time commits or checkpoints."""

import fcntl
import os
import threading
from pathlib import Path

from core.errors import StoreBusy


class Gate:
    """A kernel lock on a file beside the store; the kernel opens it again when its holder dies.

    Waiting in the kernel's own queue keeps the worst wait short among many writers, and keeps checkpoints from
    meeting another connection's commit, which SQLite before 3.51.3 does not always survive.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._timeout = timeout
        self._file = self._open()

    @property
    def closed(self) -> bool:
        """Whether another stands behind the gate at this moment; to be asked only by who does not himself."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        self.release()
        return False

    def acquire(self, timeout: float | None = None) -> None:
        """Closes the gate behind the caller; raises `StoreBusy` when others keep it beyond the time allowed."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._queue(self._timeout if timeout is None else timeout)

    def release(self) -> None:
        """Opens the gate to the next writer."""
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Gives the lock file up."""
        os.close(self._file)

    def _open(self) -> int:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        # Root looks at a store too; a lock of root's own would shut out the account that the store belongs to.
        if os.geteuid() == 0:
            owner = self._path.parent.stat()
            os.fchown(file, owner.st_uid, owner.st_gid)
        return file

    def _queue(self, timeout: float) -> None:
        # The kernel queue has no deadline, so a thread stands in it; one that comes too late closes its own file.
        waiting = _Waiter(self._file)
        try:
            if waiting.arrived.wait(timeout):
                return
        except BaseException:
            if not self._abandon(waiting):
                self.release()
            raise
        if self._abandon(waiting):
            raise StoreBusy(f"记录库正被其他人占用，等了 {timeout:g} 秒仍未轮到，请稍后再试")

    def _abandon(self, waiting: "_Waiter") -> bool:
        left = waiting.leave()
        if left:
            self._file = self._open()
        return left


class _Waiter:
    """One thread standing in the kernel's queue for a lock file."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._turn = threading.Lock()
        self._left = False
        self.arrived = threading.Event()
        threading.Thread(target=self._stand, name="store-gate", daemon=True).start()

    def leave(self) -> bool:
        """Gives up waiting; False when the lock had already been got."""
        with self._turn:
            self._left = not self.arrived.is_set()
            return self._left

    def _stand(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except OSError:
            return
        with self._turn:
            if self._left:
                os.close(self._file)
            else:
                self.arrived.set()

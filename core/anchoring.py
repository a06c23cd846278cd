"""Where anchors go besides the server's own file, and what tells that each one arrived there."""

import errno
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """`[anchors]` of `agency.toml`: a folder on another file system, or a command of the agency's own that has another
    machine keep what it is given on its standard input, and answers with what that machine holds last.
    """

    folder: Path | None = None
    command: tuple[str, ...] = ()

    def record(self, first: Path, agency: str) -> Path:
        """The file that tells what the second place holds: its own in the folder, or, beside the server's own file
        `first`, what the command answered.
        """
        return Path(f"{first}.acknowledged") if self.folder is None else self.folder / f"{agency}.anchors"

    def unfit(self, beside: Iterable[Path]) -> str:
        """Why the folder is not a second place beside those of the server, as a sentence; empty when it is."""
        if self.folder is None:
            return ""
        if not self.folder.is_dir():
            return f"没有目录 {self.folder}，或者它所在的磁盘没有挂载"
        device = self.folder.stat().st_dev
        same = [path for path in beside if path.exists() and path.stat().st_dev == device]
        return f"{self.folder} 和 {same[0]} 在同一个文件系统上，丢失或被改写时两处会一起失去" if same else ""


def last_line(path: Path) -> str:
    """The last line of a file of anchors; empty where there is none. Raises `OSError`."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return ""
    with os.fdopen(opened, "rb") as file:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise OSError(errno.EINVAL, "no plain file")
        file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST_LINE))
        lines = file.read(_LONGEST_LINE).decode("utf-8", "replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "")


def add_line(path: Path, line: str) -> None:
    """Add an anchor to a file of anchors, for good. Raises `OSError`; a link is not followed."""
    opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(opened, "ab") as file:
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())

"""The folder of what one person had written out while signed in: his alone to list and to fetch."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from core.attachments.limits import plain_name
from core.errors import StoreError
from core.store.links import BEIJING
from core.system_errors import reason

KEPT = 50
"""Files a person's folder holds; the oldest give way."""
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Exported:
    """One file in the folder."""

    name: str
    size: int
    at: datetime


class ExportFolder:
    """Beside the store; mode 0700 of the service account. No path in it leads out of it."""

    def __init__(self, store: str | Path, person: str) -> None:
        self._folder = Path(f"{store}.exports") / quote(person, safe="")

    def place(self, given: str) -> Path:
        """Where a new file of that name is to be written; room is made for it. Raises `StoreError` for no name."""
        name = plain_name(given)
        if not name or name != given:
            raise StoreError(f"“{given}”不能作导出文件的名称，只写普通的文件名，不写目录")
        try:
            self._folder.parent.mkdir(mode=0o700, exist_ok=True)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            for each in self.all()[KEPT - 1 :]:
                (self._folder / each.name).unlink()
        except OSError as error:
            raise StoreError(f"导出目录不能用（{reason(error)}），请告诉系统管理员") from error
        return self._folder / name

    def all(self) -> list[Exported]:
        """The files, the newest first; what is no plain file is passed over."""
        found = []
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            held = path.lstat()
            if stat.S_ISREG(held.st_mode):
                found.append(Exported(path.name, held.st_size, datetime.fromtimestamp(held.st_mtime, BEIJING)))
        return sorted(found, key=lambda each: (each.at, each.name), reverse=True)

    def read(self, name: str) -> Iterator[bytes]:
        """The contents of one file in blocks. Raises `StoreError` when there is none of that name."""
        if name not in {each.name for each in self.all()}:
            raise StoreError(f"没有导出过“{name}”，请用 exports 查看")
        try:
            opened = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with os.fdopen(opened, "rb") as file:
                while block := file.read(_BLOCK):
                    yield block
        except OSError as error:
            raise StoreError(f"“{name}”读不出（{reason(error)}），请重新导出") from error

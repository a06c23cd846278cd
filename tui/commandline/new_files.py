"""Files that a command writes out: new ones only, readable by their owner alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from core.errors import StoreError


@contextmanager
def new_file(name: str, suffix: str) -> Iterator[BinaryIO]:
    """A new file to be written in the block; nothing is left of it where that fails.

    Raises `StoreError` when it exists, when its name does not end in the suffix, and when it cannot be written.
    """
    path = Path(name)
    if path.suffix.lower() != suffix:
        raise StoreError(f"文件名应以 {suffix} 结尾，不能是“{path.name}”")
    try:
        with open(path, "xb", opener=_private) as file:
            yield file
    except FileExistsError:
        raise StoreError(f"文件 {path} 已存在，请换一个文件名") from None
    except OSError as error:
        path.unlink(missing_ok=True)
        raise StoreError(f"文件 {path} 写不成，请核对目录、权限和磁盘") from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)

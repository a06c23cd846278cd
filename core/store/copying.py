"""Copies of a whole store, made while it is in use."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import StoreError, StoreFailed
from core.store.engine import Engine
from core.store.faults import sentence
from core.store.opening import sync_directory
from core.system_errors import reason


def copy_store(engine: Engine, path: Path) -> None:
    """Copies the store as it is at one moment to a new file, checks the copy, and makes it durable."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        raise StoreError(f"备份文件 {path} 已存在，请换一个文件名") from None
    except OSError as error:
        raise StoreFailed(f"备份文件 {path} 不能建立（{reason(error)}），请核对路径和权限") from error
    try:
        with closing(sqlite3.connect(path)) as copy:
            engine.connection.backup(copy)
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        sync_directory(path.parent)
    except (sqlite3.Error, OSError) as error:
        path.unlink(missing_ok=True)
        told = reason(error) if isinstance(error, OSError) else sentence(error)
        raise StoreFailed(f"备份没有写成：{told}；请处理后重做") from error
    if not sound:
        path.unlink(missing_ok=True)
        raise StoreFailed("备份核对不符，记录库可能已损坏，请立即联系系统管理员")

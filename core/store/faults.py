"""SQLite's errors, told as the errors of this program."""

import sqlite3

from core.errors import StoreBusy, StoreError, StoreFailed

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SENTENCES = {
    sqlite3.SQLITE_FULL: "磁盘已满，记录库无法写入，请先清出空间",
    sqlite3.SQLITE_IOERR: "磁盘读写出错，多半是满了或坏了，请查看余量和磁盘",
    sqlite3.SQLITE_CORRUPT: "记录库文件已损坏，请停止使用并从备份恢复",
    sqlite3.SQLITE_NOTADB: "这个文件不是记录库，请核对路径",
    sqlite3.SQLITE_CANTOPEN: "记录库文件打不开，请核对路径和权限",
    sqlite3.SQLITE_READONLY: "记录库文件不能写入，请核对权限",
    sqlite3.SQLITE_NOMEM: "内存不足，记录库无法继续",
}


def sentence(error: sqlite3.Error) -> str:
    """What is wrong and what to do, whichever act met it."""
    code = _code(error)
    return _SENTENCES.get(code, f"记录库出错（错误代号 {code}），请联系系统管理员")


def translated(error: sqlite3.Error, *, at_commit: bool = False) -> StoreError:
    """The error as this program tells it.

    A failure at commit leaves the outcome unknown, and the sentence says so; at any other moment nothing was
    written. The caller closes the store when it is a `StoreFailed`.
    """
    if _code(error) in _BUSY:
        return StoreBusy("记录库正被其他程序占用，本次没有写入，请稍后再试")
    if at_commit:
        return StoreFailed(f"{sentence(error)}；本次是否已经记下不能确定，记录库已关闭，请重新打开后先核对再办理")
    return StoreFailed(f"{sentence(error)}；记录库已关闭，本次没有写入")


def _code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF

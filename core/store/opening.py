"""Opening and founding the database file: its mark, its format, its schema."""

import contextlib
import os
import sqlite3
from pathlib import Path

from core.errors import StoreFailed, StoreTooNew, StoreTooOld
from core.store.gate import Gate
from core.store.links import ALGORITHMS, JOURNAL_SCHEMA, available_algorithm, has_algorithm

MARK = 0x67756968
"""The application id in the header of every store file."""
FORMAT = 3
"""The format this program writes; it refuses stores of a later one, and upgrades earlier ones when told to."""
MEMORY = ":memory:"
"""The path of a store that lives in memory alone."""
LOG_LIMIT = 4 << 20
"""Bytes of the write-ahead log beyond which it is moved into the file; begun anew, the log is cut to this size."""

_SYNCHRONOUS = {"FULL", "NORMAL", "OFF"}
_CACHE_KIBIBYTES = 16_000
_SCHEMA = (
    f"PRAGMA application_id={MARK}",
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    *JOURNAL_SCHEMA,
)
_META = "SELECT value FROM meta WHERE key=?"


def create_file(path: Path) -> None:
    """Makes the file, readable by the service account alone, unless it is there; never opens an existing one."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def connect(path: str, synchronous: str, timeout: float) -> sqlite3.Connection:
    """A connection that checkpoints only when told to and begins transactions only when told to."""
    if synchronous not in _SYNCHRONOUS:
        raise ValueError(f"synchronous 只能取 {'、'.join(sorted(_SYNCHRONOUS))}")
    connection = sqlite3.connect(path, isolation_level=None, timeout=timeout, cached_statements=512)
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute(f"PRAGMA journal_size_limit={LOG_LIMIT}")
    return connection


def settle(connection: sqlite3.Connection, path: str, gate: Gate | None, oldest: int) -> tuple[str, int]:
    """Founds an empty store or checks an existing one; returns the algorithm of its journal, and its format.

    Raises `StoreTooNew` for a later format, `StoreTooOld` for one before `oldest`, `StoreFailed` for a file that is no
    store or cannot be continued here.
    """
    if _is_empty(connection):
        if gate is None:
            _found(connection)
        else:
            _found_behind_gate(connection, Path(path), gate)
    if _number(connection, "application_id") != MARK:
        raise StoreFailed(f"{path} 不是本程序的记录库，请核对路径")
    found = format_of(connection)
    if found > FORMAT:
        raise StoreTooNew(f"记录库的格式是第 {found} 版，本程序只认到第 {FORMAT} 版，不能降级使用，请先升级程序")
    if found < oldest:
        raise StoreTooOld(
            f"记录库的格式是第 {found} 版，本程序用第 {FORMAT} 版；请系统管理员先运行 guizhang store upgrade，会先备份"
        )
    algorithm = str(connection.execute(_META, ("algorithm",)).fetchone()[0])
    if algorithm not in ALGORITHMS or not has_algorithm(algorithm):
        raise StoreFailed(
            f"记录库的留痕采用 {ALGORITHMS.get(algorithm, algorithm)} 算法，本机不支持，请更换系统的密码库"
        )
    return algorithm, found


def format_of(connection: sqlite3.Connection) -> int:
    """The format that the store says it has."""
    try:
        return int(connection.execute(_META, ("format",)).fetchone()[0])
    except (TypeError, ValueError):
        raise StoreFailed("记录库没有写明格式，已经损坏或被改动，请停止使用，核对留痕并从备份恢复") from None


def sync_directory(directory: Path) -> None:
    """Makes the names of newly created files survive a power cut."""
    opened = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _found_behind_gate(connection: sqlite3.Connection, path: Path, gate: Gate) -> None:
    gate.acquire()
    try:
        if _is_empty(connection):
            connection.execute("PRAGMA journal_mode=WAL")
            _found(connection)
            sync_directory(path.parent)
    finally:
        gate.release()


def _found(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA:
        connection.execute(statement)
    settings = {"format": str(FORMAT), "algorithm": available_algorithm()}
    connection.executemany("INSERT INTO meta VALUES (?,?)", settings.items())
    connection.execute("COMMIT")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return _number(connection, "schema_version") == 0


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

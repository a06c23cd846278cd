"""The SQLite connection beneath the tables: its gate, its transactions, its failures."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import Conflict, StoreError, StoreFailed, StoreTooNew, Unrecorded
from core.store.columns import TABLE_PREFIX, Columns, Schema
from core.store.faults import translated
from core.store.gate import Gate
from core.store.links import HEAD
from core.store.names import told_name
from core.store.opening import LOG_LIMIT, MEMORY, connect, create_file, format_of, settle
from core.system_errors import reason

if TYPE_CHECKING:
    from core.store.transaction import Transaction

Row = tuple[Any, ...]

_CHECKPOINT_COMMITS = 16
_MISSING = (f"no such table: {TABLE_PREFIX}", "no such column: f_")


class Engine:
    """One connection to one store; used by one thread.

    Every SQLite error leaves here as a `StoreError`; one that means a bad file or disk closes the connection.
    """

    def __init__(self, path: str | Path, synchronous: str, timeout: float, oldest: int) -> None:
        # One file, one gate and one set of files beside it, by whichever link it is opened.
        self.path = str(path) if str(path) == MEMORY else os.path.realpath(path)
        self.current: Transaction | None = None
        self.unattended: Callable[[], Transaction] | None = None
        """Makes the transaction of a lone write; None where a lone write is refused."""
        self._schema = Schema()
        self._commits = 0
        self._gate: Gate | None = None
        self._connection: sqlite3.Connection | None = None
        try:
            if self.path != MEMORY:
                create_file(Path(self.path))
                self._gate = Gate(Path(f"{self.path}.lock"), timeout)
            self._connection = connect(self.path, synchronous, timeout)
            self.algorithm, self.format = settle(self._connection, self.path, self._gate, oldest)
        except OSError as error:
            self.discard()
            raise StoreFailed(f"记录库 {self.path} 打不开（{reason(error)}），请核对路径和权限") from error
        except sqlite3.Error as error:
            self.discard()
            raise translated(error) from error
        except BaseException:
            self.discard()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection; raises `StoreError` once closed."""
        if self._connection is None:
            raise StoreError("记录库已关闭，请重新打开")
        return self._connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query; none for a table that nobody has written to yet."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            if _is_missing_table(error):
                return []
            raise self.failure(error) from error

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query one by one."""
        try:
            yield from self.connection.execute(sql, parameters)
        except sqlite3.Error as error:
            if not _is_missing_table(error):
                raise self.failure(error) from error

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        """Runs a statement inside the current transaction; a broken constraint stays an `IntegrityError`.

        Raises `Conflict` when the table has been dropped meanwhile.
        """
        try:
            return self.connection.execute(sql, parameters)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            if _is_missing_table(error):
                raise Conflict("要写入的表刚被其他人删除，请重新打开后再办理") from error
            raise self.failure(error) from error

    def columns(self, table: str) -> Columns | None:
        """The columns of the table with that SQL name, as the store has them now; None when there is no such table."""
        if self.current is not None and table in self._schema.known:
            return self._schema.known[table]
        connection = self.connection
        try:
            if not connection.in_transaction:
                self._schema.refresh(connection)
            return self._schema.columns(connection, table)
        except sqlite3.Error as error:
            raise self.failure(error) from error

    def restructure(self, sql: str) -> None:
        """Runs a statement that makes, changes or drops a table or an index."""
        self._schema.forget()
        self.execute(sql)

    def failure(self, error: sqlite3.Error, *, at_commit: bool = False) -> StoreError:
        """The error to raise instead; the connection is closed when it cannot be trusted any more."""
        told = translated(error, at_commit=at_commit)
        if isinstance(told, StoreFailed):
            self.discard()
        return told

    def writing(self) -> "AbstractContextManager[Transaction]":
        """The current transaction, which fails as a whole when the block fails; raises `Unrecorded` without one."""
        if self.current is not None:
            return self.current.step
        if self.unattended is None:
            raise Unrecorded("写入没有放在一次留痕的办理之中，已拒绝；请通过办理入口写入")
        return self.unattended()

    @property
    def awaited(self) -> bool:
        """Whether a writer would have to wait for another now."""
        return self._gate is not None and self.current is None and self._gate.closed

    def begin(self) -> Row | None:
        """Takes the gate and the write lock; returns number, time and digest of the newest journal entry."""
        connection = self.connection
        if self._gate is not None:
            self._gate.acquire()
        try:
            connection.execute("BEGIN IMMEDIATE")
            self._check_format(connection)
            head: Row | None = connection.execute(HEAD).fetchone()
            self._schema.refresh(connection)
        except sqlite3.Error as error:
            self.rollback()
            raise self.failure(error) from error
        except BaseException:
            self.rollback()
            raise
        return head

    def _check_format(self, connection: sqlite3.Connection) -> None:
        """Raises `StoreTooNew` where the store was upgraded while this connection was open."""
        found = format_of(connection)
        if found != self.format:
            raise StoreTooNew(f"记录库刚刚升级到第 {found} 版，请退出后重新登录，再办理")

    def commit(self) -> None:
        """Commits and opens the gate; raises `StoreFailed`, the outcome unknown, when the disk refuses."""
        try:
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self.rollback()
            raise self.failure(error, at_commit=True) from error
        try:
            self._commits += 1
            if self._commits % _CHECKPOINT_COMMITS == 0:
                self._checkpoint_when_long()
        finally:
            self._release()

    def rollback(self) -> None:
        """Undoes the open transaction, if any, and opens the gate."""
        self._schema.forget()
        with suppress(sqlite3.Error):
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        self._release()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads in the block see the store as it is at one moment; the block writes nothing."""
        if self.connection.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            self._schema.refresh(self.connection)
            yield
        finally:
            with suppress(sqlite3.Error, StoreError):
                self.connection.execute("COMMIT")

    def table_names(self) -> list[str]:
        """The names of all tables of documents."""
        found = self.rows("SELECT name FROM sqlite_master WHERE type='table' AND name GLOB ?", (f"{TABLE_PREFIX}*",))
        return sorted(told_name(name, TABLE_PREFIX) for (name,) in found)

    def close(self) -> None:
        """Moves the log into the file if nobody is in the way, and closes; the store may be closed twice."""
        if self._connection is None:
            return
        if self._gate is None:
            self.discard()
            return
        try:
            self._gate.acquire(timeout=1.0)
        except StoreError:
            self.discard()
            return
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA busy_timeout=0")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.discard()

    def discard(self) -> None:
        """Closes without touching the file further; an open transaction is undone."""
        connection, self._connection = self._connection, None
        gate, self._gate = self._gate, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
        if gate is not None:
            gate.close()

    def _release(self) -> None:
        if self._gate is not None:
            self._gate.release()

    def _checkpoint_when_long(self) -> None:
        if self._gate is None:
            return
        with suppress(OSError, sqlite3.Error):
            if os.path.getsize(f"{self.path}-wal") > LOG_LIMIT:
                self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _is_missing_table(error: sqlite3.Error) -> bool:
    """Whether a table is not there, or was dropped at this moment: a column that was there went with it."""
    return isinstance(error, sqlite3.OperationalError) and str(error).startswith(_MISSING)

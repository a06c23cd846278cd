"""The contents of attachments: files beside the store, each under the name of its own digest."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from core.errors import StoreError, StoreFailed
from core.store.opening import MEMORY, sync_directory
from core.system_errors import reason

BEGINNING = 8
"""Bytes by which the kind of a file is told."""
_BLOCK = 1 << 16
_INCOMING = "incoming-"
_FORGOTTEN = 86_400


@dataclass(frozen=True, slots=True)
class Received:
    """Contents that have arrived and belong to nothing yet; `path` is where they wait."""

    path: Path
    digest: str
    size: int
    beginning: bytes


class AttachmentFiles:
    """The folder of one store's attachments; readable by the service account alone."""

    def __init__(self, store: str | Path, algorithm: str) -> None:
        self.folder = folder_of(store)
        self._algorithm = algorithm

    def receive(self, source: BinaryIO, largest: int) -> Received:
        """Take in contents and make them durable. Raises `StoreError` when they are longer than `largest` bytes."""
        if str(self.folder).startswith(MEMORY):
            raise StoreError("演示用的记录不存附件，请在正式的记录库里添加")
        path = self.folder / f"{_INCOMING}{secrets.token_hex(8)}"
        digest, size, beginning = hashlib.new(self._algorithm), 0, b""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self._sweep()
            with open(path, "xb", opener=_private) as file:
                while block := source.read(_BLOCK):
                    size += len(block)
                    if size > largest:
                        raise StoreError(f"附件太大，最多 {largest / 1_000_000:g} 兆字节，请压缩或拆分后再添加")
                    beginning = beginning or block[:BEGINNING]
                    digest.update(block)
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            path.unlink(missing_ok=True)
            raise StoreFailed(f"附件没有存成（{reason(error)}），请告诉系统管理员") from error
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Received(path, digest.hexdigest(), size, beginning)

    def _sweep(self) -> None:
        """Contents that have waited for a day were left by a process that was ended."""
        for path in self.folder.glob(f"{_INCOMING}*"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _FORGOTTEN:
                    path.unlink()

    def keep(self, received: Received) -> None:
        """Put received contents under their digest, for good."""
        place = self._place(received.digest)
        try:
            place.parent.mkdir(mode=0o700, exist_ok=True)
            received.path.replace(place)
            sync_directory(place.parent)
            sync_directory(self.folder)
        except OSError as error:
            raise StoreFailed(f"附件没有存成（{reason(error)}），请告诉系统管理员") from error

    def discard(self, received: Received) -> None:
        """Forget contents that were not kept."""
        with suppress(OSError):
            received.path.unlink()

    def sound(self, digest: str) -> bool:
        """Whether the contents are there and still have that digest."""
        try:
            with self._open(digest) as file:
                return hashlib.file_digest(file, self._new).hexdigest() == digest
        except OSError:
            return False

    def read(self, digest: str) -> Iterator[bytes]:
        """The contents in blocks, after proving them. Raises `StoreFailed` when they are not as they were received."""
        try:
            with self._open(digest) as file:
                if hashlib.file_digest(file, self._new).hexdigest() != digest:
                    raise StoreFailed("附件的内容与留痕所记的摘要不符，曾被改动；请从备份找回，并告诉安全审计员")
                file.seek(0)
                while block := file.read(_BLOCK):
                    yield block
        except OSError as error:
            raise StoreFailed(f"附件读不出（{reason(error)}），请告诉系统管理员，可从备份找回") from error

    def copy_new(self, digests: set[str], folder: Path) -> int:
        """Copy what the folder of a backup lacks of these contents; returns how many. Raises `StoreFailed`."""
        other, copied = AttachmentFiles(folder, self._algorithm), 0
        for digest in sorted(digests):
            if other._place(digest).exists():
                continue
            with self._open_told(digest) as file:
                other.keep(other.receive(file, 1 << 62))
            copied += 1
        return copied

    def _open_told(self, digest: str) -> BufferedReader:
        try:
            return self._open(digest)
        except OSError as error:
            raise StoreFailed(f"附件 {digest[:16]} 读不出（{reason(error)}），请从备份找回") from error

    def _open(self, digest: str) -> BufferedReader:
        return open(os.open(self._place(digest), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")

    def _new(self) -> "hashlib._Hash":
        return hashlib.new(self._algorithm)

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def folder_of(store: str | Path) -> Path:
    """Where the attachments of a store lie."""
    return Path(f"{store}.files")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)

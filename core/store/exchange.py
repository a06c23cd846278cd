"""Going out and coming in: documents as TinyDB's own JSON file, the journal as lines for an offline verifier."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from core.errors import StoreError, StoreFailed
from core.store.database import Store
from core.store.links import ARCHIVED, HEAD, Base, Header, base_of
from core.store.opening import sync_directory
from core.store.rows import Rows
from core.store.values import decode, encode
from core.system_errors import reason

IMPORTING_ACT = "导入"
"""The act under which imported documents are recorded."""


def export_documents(store: Store, path: str | Path) -> int:
    """Writes all documents to a new file that plain TinyDB opens; returns how many.

    Raises `StoreError` when the file exists, `StoreFailed` when it cannot be written.
    """
    count = 0

    def lines() -> Iterable[str]:
        nonlocal count
        yield "{"
        for number, name in enumerate(store.storage.table_names()):
            yield f"{',' if number else ''}\n{encode(name)}: {{"
            for place, (doc_id, _, text) in enumerate(Rows(store.storage, name).every()):
                decode(text)
                yield f'{"," if place else ""}\n"{doc_id}": {text}'
                count += 1
            yield "\n}"
        yield "\n}\n"

    with store.storage.snapshot():
        write_new(Path(path), lines())
    return count


def import_documents(store: Store, path: str | Path, actor: str) -> int:
    """Adds the documents of a TinyDB file under their own ids, in one recorded transaction; returns how many.

    Raises `StoreError` when the file is not of that form or an id is taken, `ValueError` for a value that may not
    be stored; nothing is added then.
    """
    data = _read(Path(path))
    count = 0
    with store.transaction(actor, IMPORTING_ACT, detail={"file": Path(path).name}):
        for name, documents in data.items():
            table = store.table(name)
            table.insert_multiple(table.document_class(document, doc_id) for doc_id, document in documents)
            count += len(documents)
    return count


def export_journal(store: Store, path: str | Path) -> int:
    """Writes the journal to a new file, one JSON object a line: header array, body text, digest; returns how many.

    The digest is that of the header's compact JSON text, a line feed, and the body, all in UTF-8. The algorithm
    stands in the detail of the first body.
    """
    with store.storage.snapshot():
        base = base_of(store.meta(ARCHIVED))
        write_new(Path(path), journal_lines(store, base))
        head = store.storage.rows(HEAD)
    return int(head[0][0]) - base.sequence if head else 0


def journal_lines(store: Store, base: Base, last: int = 1 << 62) -> Iterator[str]:
    """The lines of the entries after `base`, up to the number `last`."""
    previous = base.digest
    entries = store.storage.stream("SELECT * FROM journal WHERE sequence<=? ORDER BY sequence", (last,))
    for sequence, *rest, body, digest in entries:
        header = Header(sequence, previous, *rest)
        yield encode({"header": header, "body": body, "digest": digest}) + "\n"
        previous = digest


def write_new(path: Path, lines: Iterable[str]) -> None:
    """Writes a new file, readable by the service account alone, and makes it durable."""
    try:
        with open(path, "x", encoding="utf-8", opener=_private) as file:
            try:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        sync_directory(path.parent)
    except FileExistsError:
        raise StoreError(f"文件 {path} 已存在，请换一个文件名") from None
    except OSError as error:
        raise StoreFailed(f"文件 {path} 没有写成（{reason(error)}），请检查磁盘和权限后重做") from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _read(path: Path) -> dict[str, list[tuple[int, Mapping[str, Any]]]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(name): [(int(doc_id), dict(document)) for doc_id, document in documents.items()]
            for name, documents in data.items()
        }
    except OSError as error:
        raise StoreError(f"文件 {path} 读不出（{reason(error)}），请核对路径和权限") from error
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        raise StoreError(f"文件 {path} 不是可以导入的记录文件，请用导出得到的文件") from error

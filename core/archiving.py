"""Closed years of the journal: proven, written into a sealed volume, and only then taken out of the store."""

import filecmp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from core.errors import StoreError
from core.journal import Journal
from core.store.database import Store
from core.store.exchange import journal_lines, write_new
from core.store.links import ARCHIVED, ARCHIVING_ACT, BEIJING, Base, base_of, microseconds, recorded_time
from core.store.transaction import Receipt
from core.verifying import Anchor

ON_LINE = timedelta(days=184)
"""How long entries stay in the store at least: six months, by the Cybersecurity Law's demand on logs."""
_VOLUMES = "*-journal-*.jsonl"


@dataclass(frozen=True, slots=True)
class Volume:
    """A sealed volume: its file, its first and last entry, and the receipt of the act that sealed it."""

    path: Path
    first: int
    last: int
    receipt: Receipt


def volumes_in(folder: Path) -> list[Path]:
    """The volumes in a folder, in the order of their entries."""
    return sorted(folder.glob(_VOLUMES), key=lambda path: path.stem.rsplit("-", 1))


def archive(
    store: Store, year: int, folder: Path, anchors: Sequence[Anchor], *, actor: str, session: str = "", today: date
) -> Volume:
    """Move the entries up to the end of the year into a volume in the folder.

    Beside the volume an anchor of its last entry is written. Killed in between, the journal is whole and the same
    command finishes. Raises `StoreError` where nothing is to be moved, the year is too young, the chain does not hold,
    or no anchor was taken after the last entry.
    """
    base, end = base_of(store.meta(ARCHIVED)), datetime(year + 1, 1, 1, tzinfo=BEIJING)
    if end.date() + ON_LINE > today:
        raise StoreError(f"{year} 年的留痕要到 {end.date() + ON_LINE} 以后才能立卷：网络日志至少在线留存六个月")
    last = _last_before(store, end)
    if last is None:
        raise StoreError(f"{year} 年和以前没有要立卷的留痕")
    proof = Journal(store).verify(anchors)
    if not proof.sound:
        raise StoreError(f"留痕核对不符，不能立卷：{proof.sentence}")
    if not any(anchor.sequence >= last.sequence for anchor in anchors):
        raise StoreError(f"没有一个锚记取于第 {last.sequence} 条以后，不能证明要立卷的留痕没有被改写；请用新近的锚记")
    name = f"{Path(store.storage.path).stem}-journal-{base.sequence + 1:09d}-{last.sequence:09d}.jsonl"
    path = _sealed(store, base, last, folder / name)
    detail = {"volume": name, "first": base.sequence + 1, "last": last.sequence, "digest": last.digest}
    with store.transaction(actor, ARCHIVING_ACT, session=session, detail=detail) as transaction:
        if store.meta(ARCHIVED) != (base.setting if base.sequence else None):
            raise StoreError("另有人正在立卷，请稍后再办")
        transaction.set_meta(ARCHIVED, last.setting)
        store.storage.execute("DELETE FROM journal WHERE sequence<=?", (last.sequence,))
    return Volume(path, base.sequence + 1, last.sequence, transaction.receipt)


def _last_before(store: Store, end: datetime) -> Base | None:
    """The last entry before a moment."""
    found = store.storage.rows(
        "SELECT sequence, at, digest FROM journal WHERE at<? ORDER BY sequence DESC LIMIT 1", (microseconds(end),)
    )
    return Base(*found[0]) if found else None


def _sealed(store: Store, base: Base, last: Base, path: Path) -> Path:
    """Write the volume and the anchor beside it, each whole; one that is there already must be the same."""
    at = recorded_time(last.at).isoformat()
    contents = {
        path: journal_lines(store, base, last.sequence),
        path.with_suffix(".anchor"): [f"{last.sequence} {at} {last.digest} {last.sequence}\n"],
    }
    for place, lines in contents.items():
        fresh = place.with_name(f"{place.name}.new")
        fresh.unlink(missing_ok=True)
        write_new(fresh, lines)
        if place.exists() and not filecmp.cmp(place, fresh, shallow=False):
            raise StoreError(f"文件 {place} 已存在而内容不同，请移走后再办")
        fresh.replace(place)
        place.chmod(0o400)
    return path

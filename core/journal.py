"""The journal: every act in one hash chain, read, anchored and verified."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import StoreError
from core.store.database import Store
from core.store.links import ARCHIVED, base_of, recorded_time
from core.store.values import decode
from core.verifying import Anchor, Verdict, verify_journal

_COLUMNS = "SELECT sequence, at, actor, on_behalf, act, matter, session, rulebook, body, digest FROM journal"


@dataclass(frozen=True, slots=True)
class Image:
    """A document as an act left it; `document` is None when the act removed it."""

    table: str
    doc_id: int
    revision: int
    document: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as recorded: who, for whom, what, on which matter, from which session, under which rulebook.

    `at` is in Beijing time and never earlier than the entry before; `digest` is hexadecimal.
    """

    sequence: int
    at: datetime
    actor: str
    on_behalf: str
    act: str
    matter: str
    session: str
    rulebook: str
    detail: Mapping[str, Any]
    documents: tuple[Image, ...]
    settings: Mapping[str, str]
    digest: str


class Journal:
    """Reads the journal of a store; nothing here writes."""

    def __init__(self, store: Store) -> None:
        self._store, self._engine = store, store.storage

    def entries(self, after: int = 0, limit: int = 100) -> list[Entry]:
        """Up to `limit` entries after the number given, oldest first."""
        return [_entry(row) for row in self._engine.rows(f"{_COLUMNS} WHERE sequence>? LIMIT ?", (after, limit))]

    def latest(self, before: int | None = None, limit: int = 100) -> list[Entry]:
        """Up to `limit` entries before the number given, newest first; from the head without one."""
        bound = (1 << 62) if before is None else before
        found = self._engine.rows(f"{_COLUMNS} WHERE sequence<? ORDER BY sequence DESC LIMIT ?", (bound, limit))
        return [_entry(row) for row in found]

    def of_acts(self, acts: Sequence[str], limit: int = 100, actor: str = "", after: int = 0) -> list[Entry]:
        """Up to `limit` entries of some acts that come `after` a number, newest first; with an `actor`, his alone."""
        marks = ",".join("?" * len(acts))
        sql = f"{_COLUMNS} WHERE sequence>? AND ? IN ('', actor) AND act IN ({marks}) ORDER BY sequence DESC LIMIT ?"
        return [_entry(row) for row in self._engine.rows(sql, (after, actor, *acts, limit))]

    def entry(self, sequence: int) -> Entry | None:
        """The entry of that number, or None."""
        found = self._engine.rows(f"{_COLUMNS} WHERE sequence=?", (sequence,))
        return _entry(found[0]) if found else None

    def for_matter(self, matter: str) -> list[Entry]:
        """Every act on a matter, oldest first."""
        found = self._engine.rows(f"{_COLUMNS} WHERE matter=? AND matter<>'' ORDER BY sequence", (matter,))
        return [_entry(row) for row in found]

    def head(self) -> Entry | None:
        """The newest entry; None before the first act."""
        found = self.latest(limit=1)
        return found[0] if found else None

    def anchor(self) -> Anchor | None:
        """What to keep outside the server: with it, cutting or rewriting anything up to now shows."""
        head = self.head()
        if head is None:
            return None
        return Anchor(head.sequence, head.at, head.digest, head.sequence)

    def holds(self, anchor: Anchor) -> bool:
        """Whether the journal still has the entry that an anchor was taken at, or had it before it was archived."""
        entry = self.entry(anchor.sequence)
        return anchor.sequence <= self.archived if entry is None else entry.digest == anchor.digest

    @property
    def archived(self) -> int:
        """The number of the last entry that lies in a sealed volume; 0 where none does."""
        return base_of(self._store.meta(ARCHIVED)).sequence

    def verify(
        self, anchors: Iterable[Anchor] = (), *, documents: bool = False, volumes: Sequence[Path] = ()
    ) -> Verdict:
        """Walks the whole chain and names the first bad entry.

        With `documents`, every document of the store is also compared with its latest image in the journal; with the
        sealed `volumes` in their order, the chain is walked from its very first entry.
        """
        return verify_journal(self._engine, anchors, documents=documents, volumes=volumes)


def _entry(row: tuple[Any, ...]) -> Entry:
    sequence, at, actor, on_behalf, act, matter, session, rulebook, body, digest = row
    try:
        held = decode(body)
        images = tuple(Image(*image) for image in held["documents"])
        detail, settings, moment = held["detail"], held["settings"], recorded_time(at)
        "".join((actor, on_behalf, act, matter, session, rulebook, digest))
    except (KeyError, TypeError, ValueError, OverflowError, StoreError) as error:
        raise StoreError(f"第 {sequence} 条留痕已损坏，读不出内容，请安全审计员立即核对留痕") from error
    return Entry(
        sequence,
        moment,
        actor,
        on_behalf,
        act,
        matter,
        session,
        rulebook,
        detail,
        images,
        settings,
        digest,
    )

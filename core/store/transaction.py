"""One act's transaction: its documents and its journal entry are written together or not at all."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from core.errors import NotEntitled, StoreError
from core.store.engine import Engine
from core.store.links import APPEND, FIRST_LINK, FOUNDING_ACT, Header, link, microseconds, recorded_time
from core.store.opening import FORMAT
from core.store.values import check_text, encode, encode_document

if TYPE_CHECKING:
    from core.store.entitlement import Entitlement


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a committed act stands in the journal: entry number, digest in hexadecimal, recorded time."""

    sequence: int
    digest: str
    at: datetime


class Transaction:
    """The write side of one act.

    `matter` and `detail` may be changed until the block ends; they are read at commit. The recorded time is never
    earlier than that of the entry before, whatever the clock says.
    """

    def __init__(
        self,
        engine: Engine,
        actor: str,
        act: str,
        *,
        on_behalf: str = "",
        matter: str = "",
        session: str = "",
        rulebook: str = "",
        at: datetime | None = None,
        detail: Mapping[str, object] | None = None,
        entitled: "Callable[[str, str, date], Entitlement]",
    ) -> None:
        self.actor = actor
        self.act = act
        self.on_behalf = on_behalf
        self.matter = matter
        self.session = session
        self.rulebook = rulebook
        self.detail: dict[str, object] = dict(detail or {})
        self.step = Step(self)
        self._engine, self._entitled = engine, entitled
        self._entitlement: Entitlement | None = None
        self._at = None if at is None else microseconds(at)
        self._head: tuple[int, int, str] | None = None
        self._images: dict[tuple[str, int], tuple[int, str]] = {}
        self._settings: dict[str, str] = {}
        self._failed: BaseException | None = None
        self._receipt: Receipt | None = None

    @property
    def receipt(self) -> Receipt:
        """Number, digest and time of the entry; raises `StoreError` before the commit."""
        if self._receipt is None:
            raise StoreError("本次办理尚未记下，还没有回执")
        return self._receipt

    @property
    def sequence(self) -> int:
        """The number of the journal entry; known after the commit."""
        return self.receipt.sequence

    @property
    def digest(self) -> str:
        """The digest of the journal entry in hexadecimal; known after the commit."""
        return self.receipt.digest

    def record(self, table: str, doc_id: int, revision: int, text: str | None) -> None:
        """Notes the new image of a document, None when it was removed; the last image of each counts."""
        self._may(lambda entitlement: entitlement.check(table, revision, text))
        self._images[table, doc_id] = (revision, "null" if text is None else text)

    def set_meta(self, key: str, value: str) -> None:
        """Sets one of the store's own settings; the journal entry shows it."""
        with self.step:
            check_text(f"{key}{value}", "设置")
            self._may(lambda entitlement: entitlement.check_setting(key))
            self._engine.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (key, value))
            self._settings[key] = value

    def _may(self, asked: "Callable[[Entitlement], None]") -> None:
        """Ask the actor's right to a write; a refusal dooms the act, even where somebody catches it."""
        try:
            if self._entitlement is not None:
                asked(self._entitlement)
        except NotEntitled as refusal:
            self.fail(refusal)
            raise

    def fail(self, cause: BaseException) -> None:
        """Dooms the transaction: whatever follows, nothing of it will be written."""
        self._failed = self._failed or cause

    def __enter__(self) -> "Transaction":
        if self._engine.current is not None:
            raise StoreError("上一次办理尚未结束，不能另起一次；请先办完再办下一件")
        self._head = self._engine.begin()
        self._engine.current = self
        try:
            self._entitlement = self._entitled(self.actor, self.session, recorded_time(self._wanted()).date())
        except BaseException:
            self._engine.current = None
            self._engine.rollback()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        self._engine.current = None
        if error is not None:
            self._engine.rollback()
            return False
        if self._failed is not None:
            self._engine.rollback()
            raise StoreError("本次办理中有一步没有办成，已全部撤销，请重新办理") from self._failed
        try:
            receipt = self._append()
        except BaseException:
            self._engine.rollback()
            raise
        self._engine.commit()
        self._receipt = receipt
        return False

    def _wanted(self) -> int:
        return time.time_ns() // 1000 if self._at is None else self._at

    def _append(self) -> Receipt:
        wanted = self._wanted()
        if self._head is None:
            founding = {"algorithm": self._engine.algorithm, "format": FORMAT}
            first = Header(1, FIRST_LINK, wanted, "", "", FOUNDING_ACT, "", "", "")
            self._head = (1, wanted, self._insert(first, _body(founding, "", {})))
        sequence, last_time, previous = self._head
        at = max(wanted, last_time)
        texts = (self.actor, self.on_behalf, self.act, self.matter, self.session, self.rulebook)
        check_text("".join(texts), "留痕的抬头")
        images = ",".join(
            f"[{encode(table)},{doc_id},{revision},{text}]"
            for (table, doc_id), (revision, text) in self._images.items()
        )
        header = Header(sequence + 1, previous, at, *texts)
        digest = self._insert(header, _body(self.detail, images, self._settings))
        return Receipt(header.sequence, digest, recorded_time(at))

    def _insert(self, header: Header, body: str) -> str:
        digest = link(self._engine.algorithm, header, body)
        sequence, _, *rest = header
        self._engine.execute(APPEND, (sequence, *rest, body, digest))
        return digest


class Step:
    """One write within a transaction, or a transaction begun inside another: it joins, and its failure dooms all."""

    def __init__(self, whole: Transaction) -> None:
        self._whole = whole

    def __enter__(self) -> Transaction:
        return self._whole

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        if error is not None:
            self._whole.fail(error)
        return False


def _body(detail: Mapping[str, object], images: str, settings: Mapping[str, str]) -> str:
    told = encode_document(detail) if detail else "{}"
    set_to = encode(settings) if settings else "{}"
    return f'{{"detail":{told},"documents":[{images}],"settings":{set_to}}}'

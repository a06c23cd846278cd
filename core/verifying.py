"""The proof of the journal: entries against digests, the chain against anchors, documents against images."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import StoreFailed
from core.store.engine import Engine, Row
from core.store.links import (
    ALGORITHMS,
    ARCHIVED,
    ARCHIVING_ACT,
    FOUNDING_ACT,
    GUARDS,
    Base,
    Header,
    base_of,
    has_algorithm,
    link,
    recorded_time,
)
from core.store.opening import FORMAT
from core.store.rows import Rows
from core.store.values import decode, encode

_ENTRIES = (
    "SELECT sequence, at, actor, on_behalf, act, matter, session, rulebook, body, digest FROM journal ORDER BY sequence"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain at one moment, kept where the server's masters cannot reach it."""

    sequence: int
    at: datetime
    digest: str
    count: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.

    `entries` is the number of the last entry proven, so how many there are; `head` its digest; `first_bad` the number
    of the first entry that is wrong or missing, or whose document is no longer as recorded, None when sound or when the
    fault belongs to no entry.
    """

    sound: bool
    entries: int
    head: str
    first_bad: int | None
    sentence: str


class _Broken(Exception):
    """The proof fails at an entry."""

    def __init__(self, sequence: int | None, sentence: str) -> None:
        super().__init__(sentence)
        self.sequence = sequence


def verify_journal(
    engine: Engine, anchors: Iterable[Anchor], *, documents: bool, volumes: Sequence[Path] = ()
) -> Verdict:
    """Walks the chain, all of it as it stands at one moment: through the sealed volumes, in their order, where they
    are given; else from the last entry that lies in one.
    """
    try:
        with engine.snapshot():
            proof = _Proof(engine, anchors, volumes, keep_images=documents)
            proof.walk()
            if documents:
                proof.compare_documents()
                proof.compare_settings()
                proof.compare_guards()
    except _Broken as broken:
        return Verdict(False, proof.entries, proof.head, broken.sequence, str(broken))
    return Verdict(True, proof.entries, proof.head, None, proof.sentence)


@dataclass(frozen=True, slots=True)
class _Latest:
    """The newest image of a document: the entry, the revision, and the text's fingerprint, None when removed."""

    sequence: int
    revision: int
    fingerprint: int | None


class _Proof:
    """One walk along the chain."""

    def __init__(
        self, engine: Engine, anchors: Iterable[Anchor], volumes: Sequence[Path], *, keep_images: bool
    ) -> None:
        self._setting = next(
            (value for (value,) in engine.rows("SELECT value FROM meta WHERE key=?", (ARCHIVED,))), None
        )
        self._base = Base() if volumes else base_of(self._setting)
        self.entries, self._time, self.head = self._base
        self._engine = engine
        self._anchors = {anchor.sequence: anchor for anchor in anchors if anchor.sequence >= self._base.sequence}
        self._volumes = volumes
        self._keep_images = keep_images
        self._algorithm = engine.algorithm
        self._elsewhere = 0
        """Documents that changed last in a volume that is not at hand."""
        self._images: dict[tuple[str, int], _Latest] = {}
        self._settings: dict[str, tuple[int, str]] = {}

    @property
    def sentence(self) -> str:
        """What has been proven."""
        if not self._base.sequence:
            return f"留痕共 {self.entries} 条，逐条核对无误"
        told = f"第 {self._base.sequence + 1} 条到第 {self.entries} 条留痕，逐条核对无误；"
        told += f"此前 {self._base.sequence} 条已立卷封存，用 --volumes 连同各卷核对"
        return told + (f"；{self._elsewhere} 份记录最后的变动在卷里，没有核对" if self._elsewhere else "")

    def walk(self) -> None:
        """Proves every entry, then that the chain begins where it was archived to and reaches the last anchor."""
        if self._base.sequence:
            self._anchored(self._base.sequence, self._base.at, self._base.digest)
        for volume in self._volumes:
            for row in volume_rows(volume):
                self._prove(row)
        for row in self._engine.stream(_ENTRIES):
            self._prove(row)
        if self._settings.get(ARCHIVED, (0, None))[1] != self._setting:
            raise _Broken(None, "记录库所说的立卷止处与留痕所记不符，前面的留痕曾被绕过立卷删去")
        beyond = [sequence for sequence in self._anchors if sequence > self.entries]
        if beyond:
            raise _Broken(
                self.entries + 1,
                f"留痕只到第 {self.entries} 条，外存的锚记表明曾到第 {max(beyond)} 条：末尾被截去或换成了旧备份",
            )

    def compare_documents(self) -> None:
        """Every document is as its latest image says, none is without one, and every column is as its document says."""
        for name in self._engine.table_names():
            rows = Rows(self._engine, name)
            for doc_id, revision, text in rows.every():
                self._compare(name, doc_id, revision, text)
            astray = rows.disagreeing()
            if astray is not None:
                raise _Broken(None, f"{name}第 {astray} 号记录的检索栏与记录本身不符，曾被绕过留痕改动")
        lost = [(latest.sequence, *key) for key, latest in self._images.items() if latest.fingerprint is not None]
        if lost:
            sequence, name, doc_id = min(lost)
            raise _Broken(sequence, f"{name}第 {doc_id} 号记录按第 {sequence} 条留痕应当存在，现已绕过留痕被删去")

    def compare_settings(self) -> None:
        """The store's own settings are as last recorded."""
        present = {key: value for key, value in self._engine.rows("SELECT key, value FROM meta")}
        for key, (sequence, value) in self._settings.items():
            if present.get(key) != value:
                raise _Broken(sequence, f"设置“{key}”与第 {sequence} 条留痕所记不符，曾被绕过留痕改动")

    def compare_guards(self) -> None:
        """What keeps the journal from being altered is as it was made, and nothing else acts by itself in the file."""
        sql = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
        found: dict[Any, Any] = dict(self._engine.rows(sql))
        # An earlier format is about to have its guards made anew.
        if found.keys() != GUARDS.keys() or (self._engine.format == FORMAT and found != GUARDS):
            raise _Broken(None, "守护留痕的触发器被删改，或者另加了触发器、视图，曾被别的程序改动，请从备份恢复")

    def _prove(self, row: Row) -> None:
        sequence, at, *texts, body, digest = row
        expected = self.entries + 1
        if sequence != expected:
            raise _Broken(expected, f"第 {expected} 条留痕缺失（其后是第 {sequence} 条）")
        if expected == 1:
            self._algorithm = _founding_algorithm(texts[2], body)
        header = Header(sequence, self.head, at, *texts)
        if self._digest(header, body) != digest:
            raise _Broken(sequence, f"第 {sequence} 条留痕的内容与摘要不符，曾被改动、调换或伪造")
        if at < self._time:
            raise _Broken(sequence, f"第 {sequence} 条留痕的时间早于上一条，时间曾被倒拨或伪造")
        self._anchored(sequence, at, digest)
        if self._keep_images:
            self._note(sequence, decode(body))
        elif texts[2] == ARCHIVING_ACT:
            self._note_settings(sequence, decode(body))
        self.entries, self.head, self._time = sequence, digest, at

    def _anchored(self, sequence: int, at: int, digest: str) -> None:
        anchor = self._anchors.get(sequence)
        if anchor is not None and (anchor.digest, anchor.at, anchor.count) != (digest, recorded_time(at), sequence):
            raise _Broken(sequence, f"第 {sequence} 条留痕与外存的锚记不符，锚记以前的留痕曾被整体改写")

    def _digest(self, header: Header, body: object) -> str | None:
        try:
            return link(self._algorithm, header, body) if isinstance(body, str) else None
        except (TypeError, ValueError, StoreFailed):
            return None

    def _note(self, sequence: int, body: Mapping[str, Any]) -> None:
        for name, doc_id, revision, document in body["documents"]:
            fingerprint = None if document is None else hash(encode(document))
            self._images[name, doc_id] = _Latest(sequence, revision, fingerprint)
        self._note_settings(sequence, body)

    def _note_settings(self, sequence: int, body: Mapping[str, Any]) -> None:
        for key, value in body["settings"].items():
            self._settings[key] = (sequence, value)

    def _compare(self, name: str, doc_id: int, revision: int, text: object) -> None:
        latest = self._images.pop((name, doc_id), None)
        if latest is None and self._base.sequence:
            self._elsewhere += 1
            return
        if latest is None:
            raise _Broken(None, f"{name}第 {doc_id} 号记录没有任何留痕，是绕过留痕写入的")
        if latest.fingerprint is None:
            raise _Broken(latest.sequence, f"{name}第 {doc_id} 号记录已由第 {latest.sequence} 条留痕删除，却仍在库中")
        if (revision, hash(text)) != (latest.revision, latest.fingerprint):
            raise _Broken(
                latest.sequence, f"{name}第 {doc_id} 号记录与第 {latest.sequence} 条留痕所记不符，曾被绕过留痕改动"
            )


def volume_rows(volume: Path) -> Iterator[Row]:
    """The entries of a sealed volume as the journal held them."""
    try:
        with volume.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    held = json.loads(line)
                    sequence, _, *rest = held["header"]
                    yield (sequence, *rest, held["body"], held["digest"])
                except (ValueError, KeyError, TypeError):
                    raise _Broken(None, f"卷“{volume.name}”第 {number} 行无法辨认，曾被改动") from None
    except (OSError, UnicodeDecodeError):
        raise _Broken(None, f"卷“{volume.name}”读不出，请核对文件和权限") from None


def _founding_algorithm(act: object, body: object) -> str:
    try:
        algorithm = decode(str(body))["detail"]["algorithm"] if act == FOUNDING_ACT else None
    except (KeyError, TypeError, ValueError, StoreFailed):
        algorithm = None
    if algorithm not in ALGORITHMS:
        raise _Broken(1, "第 1 条留痕不是建库记录或没有写明算法，曾被改动或伪造")
    if not has_algorithm(str(algorithm)):
        raise _Broken(1, f"本机不支持 {ALGORITHMS[algorithm]} 算法，不能核对，请换一台机器核对")
    return str(algorithm)

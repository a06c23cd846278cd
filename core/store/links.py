"""The links of the journal's hash chain: how an entry is encoded, and how each is bound to the one before."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from core.errors import StoreFailed
from core.store.values import encode

FIRST_LINK = "0" * 64
"""Stands before the first entry."""
FOUNDING_ACT = "建库"
"""The act of the first entry, whose detail names the algorithm of the chain."""
ALGORITHMS = {"sm3": "SM3", "sha256": "SHA-256"}
"""The digests a chain may use, with their printed names."""

BEIJING = timezone(timedelta(hours=8), "北京时间")
"""The one legal time of every agency; entries are read back in it."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

ARCHIVING_ACT = "立卷"
"""The act by which entries of closed years go into a sealed volume."""
ARCHIVED = "archived"
"""The store's setting that says how far its journal lies in sealed volumes: `number time digest` of the last entry
there, the time in microseconds.
"""
UNDELETED = (
    "CREATE TRIGGER journal_undeleted BEFORE DELETE ON journal "
    f"WHEN OLD.sequence > coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key='{ARCHIVED}'), 0) "
    "BEGIN SELECT RAISE(ABORT, '留痕只能追加，不能删除'); END"
)
"""Only entries that lie in a sealed volume may leave the table."""
UNALTERED = (
    "CREATE TRIGGER journal_unaltered BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, '留痕只能追加，不能修改'); END"
)
GUARDS = {"journal_unaltered": UNALTERED, "journal_undeleted": UNDELETED}
"""The only triggers of a store, by name."""
JOURNAL_SCHEMA = (
    "CREATE TABLE journal(sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, "
    "on_behalf TEXT NOT NULL, act TEXT NOT NULL, matter TEXT NOT NULL, session TEXT NOT NULL, "
    "rulebook TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL)",
    "CREATE INDEX journal_matter ON journal(matter, sequence) WHERE matter <> ''",
    UNALTERED,
    UNDELETED,
)
APPEND = "INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?,?)"
HEAD = "SELECT sequence, at, digest FROM journal ORDER BY sequence DESC LIMIT 1"


class Header(NamedTuple):
    """The fields of an entry beside its body, in the order in which they are hashed.

    `at` counts microseconds since 1970 in UTC; `previous` is the digest of the entry before.
    """

    sequence: int
    previous: str
    at: int
    actor: str
    on_behalf: str
    act: str
    matter: str
    session: str
    rulebook: str


class Base(NamedTuple):
    """The last entry that lies in a sealed volume; the chain in the store goes on from it."""

    sequence: int = 0
    at: int = 0
    digest: str = FIRST_LINK

    @property
    def setting(self) -> str:
        """As the store keeps it under `ARCHIVED`."""
        return f"{self.sequence} {self.at} {self.digest}"


def base_of(setting: str | None) -> Base:
    """Where the chain in the store begins; raises `StoreFailed` for a setting that was never written so."""
    if setting is None:
        return Base()
    try:
        sequence, at, digest = setting.split()
        return Base(int(sequence), int(at), digest)
    except ValueError:
        raise StoreFailed("记录库所说的立卷止处无法辨认，曾被绕过留痕改动，请从备份恢复") from None


def available_algorithm() -> str:
    """SM3 where this machine's OpenSSL has it, SHA-256 where it does not."""
    return "sm3" if has_algorithm("sm3") else "sha256"


def has_algorithm(algorithm: str) -> bool:
    """Whether this machine can compute the digest."""
    try:
        hashlib.new(algorithm)
    except ValueError:
        return False
    return True


def link(algorithm: str, header: Header, body: str) -> str:
    """The digest of an entry in hexadecimal: of its header as a JSON array, a line feed, and its body.

    JSON escapes line feeds, so the first one ends the header and no two entries share an encoding.
    """
    return hashlib.new(algorithm, f"{encode(header)}\n{body}".encode()).hexdigest()


def microseconds(moment: datetime) -> int:
    """The moment as hashed and stored; one that names no zone is Beijing time."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=BEIJING)
    return (aware - _EPOCH) // _MICROSECOND


def recorded_time(stored: int) -> datetime:
    """The moment of a stored time, in Beijing time."""
    return (_EPOCH + stored * _MICROSECOND).astimezone(BEIJING)

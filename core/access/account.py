"""Accounts: who may sign in at all and as what, and the measures that decide it."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum


class Role(Enum):
    """What an account is for. The three administrators' roles exclude one another and every business post."""

    STAFF = "staff"
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"

    @property
    def title(self) -> str:
        return {"staff": "业务人员", "system": "系统管理员", "security": "安全管理员", "audit": "审计员"}[self.value]


ADMINISTRATORS = (Role.SYSTEM, Role.SECURITY, Role.AUDIT)
"""The three administrators (三员)."""


class State(Enum):
    """How an account stands: inert until it is activated by another than who opened it."""

    INERT = "inert"
    ACTIVE = "active"
    LOCKED = "locked"
    ENDED = "ended"

    @property
    def title(self) -> str:
        return {"inert": "未启用", "active": "启用", "locked": "停用", "ended": "注销"}[self.value]


class Measure(StrEnum):
    """What is decided of an account or a key."""

    ACTIVATE = "activate"
    LOCK = "lock"
    END = "end"
    GRANT = "grant"
    REVOKE = "revoke"
    RESET = "reset"
    """The second factor is void; its owner sets a new one."""


AFTER = {Measure.ACTIVATE: State.ACTIVE, Measure.LOCK: State.LOCKED, Measure.END: State.ENDED}
"""How an account stands after a measure."""


def bare_name(name: str) -> str:
    """A name without what only makes it look like another: spaces, letters of another width or case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


@dataclass(frozen=True, slots=True)
class Account:
    """One account, as it was opened: of a member of staff under his own key, of an administrator under its own."""

    key: str
    name: str
    role: Role
    opened_by: str
    opened_on: date


@dataclass(frozen=True, slots=True)
class Grant:
    """One measure on an account, or on a key by its fingerprint; never altered. The latest counts."""

    subject: str
    measure: Measure
    by: str
    on: date
    reason: str = ""
    until: date | None = None
    """The last day on which a key is good."""

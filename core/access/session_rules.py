"""What an agency asks of a session: when it locks, and what else than the key proves who sits there."""

from dataclasses import dataclass
from enum import StrEnum

from core.acts import ADMINISTERING, Verb


class Factor(StrEnum):
    """What proves a person beside his key."""

    PIN = "pin"
    TOTP = "totp"


SIGNING = ADMINISTERING | {
    Verb.APPROVE,
    Verb.REJECT,
    Verb.RETURN,
    Verb.RESOLVE,
    Verb.PERFORM,
    Verb.FILE,
    Verb.OVERRIDE,
    Verb.URGENT,
    Verb.SETTLE_OBJECTION,
}
"""The acts that take a fresh proof: those by which a person decides."""


@dataclass(frozen=True, slots=True)
class SessionRules:
    """`[session]` of `agency.toml`; without a second factor nothing locks and nothing asks."""

    factor: Factor | None = None
    idle_lock_minutes: int = 0
    """Minutes without a key after which the screen locks; 0 for never."""
    proof_minutes: int = 15
    """Minutes for which a proof is good for signing."""


USUAL_SESSION = SessionRules()

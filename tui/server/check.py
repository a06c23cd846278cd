"""One thing looked at on a server, and how it was found."""

from dataclasses import dataclass
from enum import Enum


class Health(Enum):
    """How a thing was found."""

    SOUND = "正常"
    CARE = "注意"
    BAD = "有问题"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what, how it is, the facts, and what to do where something is to be done."""

    what: str
    health: Health
    facts: str
    remedy: str = ""

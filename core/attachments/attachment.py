"""One file of a matter, as the matter records it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a matter: its name there, the digest and length of its contents, by whom and when."""

    name: str
    digest: str
    size: int
    by: str
    at: datetime

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "at": self.at.isoformat()}


def attachment_from_json(document: Mapping[str, Any]) -> Attachment:
    """An attachment as the store keeps it."""
    return Attachment(**{**document, "at": datetime.fromisoformat(document["at"])})


def size_text(size: int) -> str:
    """A length as people read it."""
    return f"{size / 1_000_000:.1f} 兆字节" if size >= 100_000 else f"{size / 1000:.1f} 千字节"


def attachment_text(attachment: Attachment) -> str:
    """A file of a matter in one line, with the digits by which its contents are known."""
    return f"{attachment.name}（{size_text(attachment.size)}，摘要 {attachment.digest[:16]}）"

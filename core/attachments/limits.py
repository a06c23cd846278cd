"""What an agency lets be attached: kinds, size, number; and how a file's name is made plain."""

import re
import unicodedata
from dataclasses import dataclass

MEGABYTE = 1_000_000
LONGEST_NAME = 100
"""Characters a file's name may have."""

_ZIPPED, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "png": (b"\x89PNG",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    **dict.fromkeys(("ofd", "docx", "xlsx", "pptx", "zip"), (_ZIPPED,)),
    **dict.fromkeys(("doc", "xls", "ppt"), (_COMPOUND,)),
    **dict.fromkeys(("wps", "et", "dps"), (_COMPOUND, _ZIPPED)),
}
"""How the contents of a kind begin; a kind that is not here may begin in any way."""
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    """`[attachments]` of `agency.toml`. `kinds` are name endings, `largest` bytes, `most` files of a matter."""

    kinds: tuple[str, ...] = ("pdf", "ofd", "jpg", "jpeg", "png", "docx", "xlsx", "wps", "et", "txt", "csv")
    largest: int = 20 * MEGABYTE
    most: int = 20


USUAL_LIMITS = AttachmentLimits()
"""What holds where an agency says nothing."""


def plain_name(given: str) -> str:
    """The name without folders, without what other systems cannot keep, at most `LONGEST_NAME` long; maybe empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    name = _UNSAFE.sub("_", " ".join(last.split())).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot and len(name) > LONGEST_NAME else name


def ending_of(name: str) -> str:
    """The kind that a name claims: its ending in lower case; empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def begins_like(kind: str, beginning: bytes) -> bool:
    """Whether contents that begin so can be of that kind."""
    return beginning.startswith(_BEGINNINGS.get(kind, (b"",)))

"""Which contents a store's matters speak of, and whether all of them are there and sound."""

from tinydb import where

from core.attachments.files import AttachmentFiles
from core.store.database import Store


def spoken_of(store: Store) -> dict[str, tuple[str, str]]:
    """Digest of every attachment's contents, to the first matter and name they stand under."""
    found: dict[str, tuple[str, str]] = {}
    for document in store.table("matters").search(where("attachments").exists()):
        for each in document["attachments"]:
            found.setdefault(each["digest"], (document["number"], each["name"]))
    return found


def unsound(store: Store, files: AttachmentFiles) -> list[str]:
    """A sentence for each attachment whose contents are missing or were changed."""
    return [
        f"{number} 的附件“{name}”不在或被改动过（摘要 {digest[:16]}），请从备份找回"
        for digest, (number, name) in sorted(spoken_of(store).items())
        if not files.sound(digest)
    ]

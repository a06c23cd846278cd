"""Places: how many screens, and how many commands, one person may have open at once."""

import fcntl
import os
from pathlib import Path
from urllib.parse import quote


def take_place(store: str | Path, person: str, what: str, most: int) -> int | None:
    """Take one of a person's places until this process ends, however it ends; None where all are taken.

    A place is a file beside the store that the process holds locked: what ends the process gives it back. Returns the
    descriptor, which closing gives back earlier.
    """
    folder = Path(f"{store}.sessions")
    folder.mkdir(mode=0o700, exist_ok=True)
    for number in range(most):
        path = folder / f"{quote(person, safe='')}.{what}.{number}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None

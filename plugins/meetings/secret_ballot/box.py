"""A secret vote's box: two locked keys and one shuffled pile beside the store, all destroyed when it is counted.

A ballot is sealed for the watcher and, around that, for the recorder. The recorder's key takes the outer seal off all
ballots at once and shuffles them: he knows whose each was and cannot read it. The watcher's key opens the shuffled
ballots: he reads them and cannot tell whose they were.
"""

import json
import os
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from time import time

from core.errors import UnseenRefused
from plugins.meetings.secret_ballot.sealing import BrokenSealError, locked, new_key, public_part, seal, unlocked, unseal
from plugins.meetings.sitting import ABSTAINED, AGAINST, CHOICES, FOR, Tally

SHORTEST_WORD = 6
"""Characters of the word that locks a key."""

_INNER_BYTES = 49
"""A ballot in its inner seal."""


class BoxError(UnseenRefused):
    """Why a box cannot be sealed, opened or counted; the sentence to show."""


def sealed_ballot(choice: str, recorder: str, watcher: str, ballot: str) -> str:
    """A choice as it goes into the box, for the two public seals and the number of the vote."""
    purpose = ballot.encode()
    inner = seal(bytes.fromhex(watcher), bytes([CHOICES.index(choice)]), purpose)
    return seal(bytes.fromhex(recorder), inner, purpose).hex()


class BallotBox:
    """The keys and the pile of the votes under way, in a folder that only the service account reads."""

    def __init__(self, store: Path | str) -> None:
        if str(store) == ":memory:":
            raise BoxError("记录库不在磁盘上，不能存放票箱的钥匙")
        self._folder = Path(f"{store}.ballots")

    def new_seal(self, word: str) -> str:
        """Put a fresh key under a word; its public seal."""
        if len(word) < SHORTEST_WORD:
            raise BoxError(f"口令至少 {SHORTEST_WORD} 个字符")
        key = new_key()
        public = public_part(key).hex()
        self._write(f"{public}.key", locked(key, word))
        return public

    def mix(self, seal_of: str, word: str, ballot: str, sealed: Sequence[str]) -> int:
        """Take the recorder's seal off every ballot and leave them shuffled for the watcher; how many there are.

        What is no ballot, or a copy of another, is put in as a blank that counts as invalid.
        """
        key = self._key(seal_of, word)
        opened: list[bytes] = []
        for each in sealed:
            try:
                inner = unseal(key, bytes.fromhex(each), ballot.encode())
            except (BrokenSealError, ValueError):
                inner = b""
            whole = len(inner) == _INNER_BYTES and inner not in opened
            opened.append(inner if whole else secrets.token_bytes(_INNER_BYTES))
        secrets.SystemRandom().shuffle(opened)
        self._write(f"{seal_of}.pile", json.dumps([each.hex() for each in opened]).encode())
        return len(opened)

    def count(self, recorder: str, seal_of: str, word: str, ballot: str) -> tuple[Tally, int]:
        """The votes in the pile and how many are invalid; the watcher's key opens them."""
        key = self._key(seal_of, word)
        try:
            pile = json.loads((self._folder / f"{recorder}.pile").read_text())
        except (OSError, ValueError):
            raise BoxError("开箱以后的选票不在了；请记录人登记《重新投票》") from None
        found: Counter[str] = Counter()
        for each in pile:
            try:
                content = unseal(key, bytes.fromhex(each), ballot.encode())
                found[CHOICES[content[0]]] += 1
            except (BrokenSealError, IndexError):
                found[""] += 1
        return Tally(found[FOR], found[AGAINST], found[ABSTAINED]), found[""]

    def forget_key(self, seal_of: str) -> None:
        """The key of a seal is no more."""
        self._destroy(self._folder / f"{seal_of}.key")

    def forget(self, *seals: str) -> None:
        """Nothing that could open a ballot of these seals is left."""
        for each in seals:
            self.forget_key(each)
            self._destroy(self._folder / f"{each}.pile")

    def keep_only(self, seals: Collection[str], older_than: float) -> None:
        """Forget the seals of every vote but these; one not yet so many seconds old may be about to be used."""
        for path in self._folder.glob("*"):
            with suppress(FileNotFoundError):
                fresh = path.stat().st_mtime > time() - older_than
                if path.name.partition(".")[0] not in seals and not fresh:
                    self._destroy(path)

    @staticmethod
    def _destroy(path: Path) -> None:
        with suppress(FileNotFoundError):
            with open(path, "r+b") as file:
                file.write(secrets.token_bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()

    def _key(self, seal_of: str, word: str) -> bytes:
        try:
            return unlocked((self._folder / f"{seal_of}.key").read_bytes(), word)
        except OSError:
            raise BoxError("这把钥匙不在了；请记录人登记《重新投票》") from None
        except BrokenSealError:
            raise BoxError("口令不对") from None

    def _write(self, name: str, content: bytes) -> None:
        """A file that is there whole or not at all, on the disk before this returns."""
        try:
            self._written(name, content)
        except OSError as error:
            raise BoxError("票箱的文件写不进磁盘，请系统管理员检查磁盘") from error

    def _written(self, name: str, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        fresh = self._folder / f"{name}.new"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._folder / name)
        folder = os.open(self._folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

"""What a person has typed and not yet handed in: one small file each, beside the store, so that nothing is lost."""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from core.acts import Verb


@dataclass(frozen=True, slots=True)
class Task:
    """What a form is filled in for: an act of a verb, on a kind of matter, a matter, or a duty, notice or regulation.

    `to` is the step a matter is returned to.
    """

    verb: Verb
    kind: str = ""
    matter: str = ""
    target: str = ""
    duty: str = ""
    to: int = -1


@dataclass(frozen=True, slots=True)
class Draft:
    """One form half written. `key` names the file and the act, so that handing it in twice does it once."""

    key: str
    task: Task
    heading: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = ""
    saved: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed."""
        return not self.opinion.strip() and not any(self.values.values())


def new_draft(task: Task, heading: str = "") -> Draft:
    """A draft of its own name, not kept until something is typed."""
    return Draft(secrets.token_hex(8), task, heading)


class Drafts:
    """The drafts of one person, in a folder that only the service account reads."""

    def __init__(self, store: Path | str, person: str) -> None:
        self._folder = None if str(store) == ":memory:" else Path(f"{store}.drafts") / quote(person, safe="")
        self._held: dict[str, Draft] = {}

    def save(self, draft: Draft, at: datetime) -> None:
        """Keep the draft as it is now, whole or not at all; OSError when the disk refuses."""
        if draft.empty:
            self.discard(draft.key)
            return
        kept = replace(draft, saved=at.isoformat(timespec="seconds"))
        if self._folder is None:
            self._held[draft.key] = kept
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        document = asdict(kept) | {"task": asdict(kept.task) | {"verb": kept.task.verb.value}}
        fresh = self._folder / f".{draft.key}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="replace") as file:
            json.dump(document, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._folder / f"{draft.key}.json")

    def discard(self, key: str) -> None:
        """Forget a draft that was handed in or thrown away."""
        self._held.pop(key, None)
        if self._folder is not None:
            with suppress(OSError):
                (self._folder / f"{key}.json").unlink()

    def all(self) -> list[Draft]:
        """Every draft, the one typed at last first; a file that cannot be read is passed over."""
        found = list(self._held.values())
        for path in self._folder.glob("*.json") if self._folder is not None else ():
            with suppress(OSError, ValueError, KeyError, TypeError):
                document = json.loads(path.read_text(encoding="utf-8"))
                task = document.pop("task")
                found.append(Draft(**document, task=Task(**{**task, "verb": Verb(task["verb"])})))
        return sorted(found, key=lambda draft: draft.saved, reverse=True)

    def of(self, task: Task) -> Draft | None:
        """The latest draft for the same act."""
        return next((draft for draft in self.all() if draft.task == task), None)

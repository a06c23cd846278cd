"""Commands for a person to copy to his own machine: what the screen cannot do, since it cannot reach his files."""

import os
import re
import shlex
from typing import TYPE_CHECKING

from tui.environment import REACHED

if TYPE_CHECKING:
    from core.office import Office

_PLAIN = re.compile(r"[\w.@%+=:/-]+")


def over_the_line(verb: str, *words: str) -> str:
    """The command by which a client's machine asks this office for a verb."""
    # What the client's shell takes one pair of quotes from, the server splits as a shell would.
    said = (each if _PLAIN.fullmatch(each) else f'"{shlex.quote(each)}"' for each in words)
    return " ".join((os.environ.get(REACHED, "ssh 服务器"), verb, *said))


def command(office: "Office", person: str, verb: str, *words: str) -> str:
    """The command that does the verb as this person: over the line he came in by, else on this very machine."""
    if office.session:
        return over_the_line(verb, *words)
    place = ("--agency", office.agency.key, "--store", str(office.store.storage.path), "--as", person)
    return " ".join(("guizhang", verb, *map(named, words), *map(named, place)))


def named(name: str) -> str:
    """A file's name as one types it, in quotes where it needs them."""
    return name if _PLAIN.fullmatch(name) else f'"{name}"'

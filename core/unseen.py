"""What is said beside a form and recorded nowhere: a word that opens something, a secret choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.fields import Value

if TYPE_CHECKING:
    from core.acts import Act
    from core.consulted import Consulted
    from core.verdict import Result


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits who files a form and says something beside it."""

    office: "Consulted"
    store: Path | str
    perform: "Callable[[Act], Result | None]"
    """Does an act; None where the records could not be written."""
    person: str
    values: Mapping[str, Value]
    """What he has filled in, as far as it can be read."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a kind of matter asks for beside its form, and how it is filed with what was said."""

    asks: Callable[[Seat], str]
    """What is asked for, such as 口令; empty where nothing is and the form is filed like any other."""
    file: "Callable[[Seat, str], Result | None]"
    """Files the form with what is made of what was said. Raises `UnseenRefused`."""

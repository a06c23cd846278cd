"""What a person may file in this agency, and why not the rest."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.family import MatterType
from core.finding import Finding
from core.office import Office
from tui.commands.availability import availability
from tui.commands.registry import by_key


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of matter that the agency's regulations know; `why` says why this person cannot file it."""

    kind: MatterType
    why: Finding | None = None


def offers(office: Office, person: str) -> Iterator[Offer]:
    """Every kind that has a course in the rulebook or is a register, in the order of the families.

    Without a person, nothing is said of who may file it.
    """
    submit = by_key("submit")
    for kind in office.host.matter_types.values():
        if kind.register or office.rulebook.chains(kind.key):
            yield Offer(kind, availability(submit, office, person, kind.key) if person else None)

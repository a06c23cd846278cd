"""What the people on a matter's course have changed of it: signers added, places handed on, opinions asked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from core.acts import Position
from core.chains.steps import Otherwise, Policy, Step, StepKind

ADDITION_CLAUSE = "general/addition"
"""The built-in principle that an added step carries out."""


@dataclass(frozen=True, slots=True)
class Added:
    """A signer whom an actor asked for: a step of his own at `index`, or one more signature at that step (`BESIDE`)."""

    index: int
    person: str
    by: str
    position: Position
    title: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handed:
    """A place at a step that its holder handed to another."""

    index: int
    giver: str
    taker: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An opinion asked for at a step and not given yet; the place of `capacity` waits for it."""

    index: int
    asker: str
    capacity: str
    asked: str


_IN_PLACE = Policy(vacant=Otherwise.SUPERIOR, applicant=Otherwise.REFUSE)
"""Where an added signer leaves, his signature is not dropped: it falls to the superior."""


def with_added(steps: tuple[Step, ...], added: tuple[Added, ...]) -> tuple[Step, ...]:
    """The rulebook's steps with the added ones among them; each stands at the index it names."""
    found = list(steps)
    for each in sorted(added, key=lambda one: one.index):
        if each.position is not Position.BESIDE:
            by = (f"person:{each.person}",)
            found.insert(each.index, Step(StepKind.SIGN, each.title, by, clause=ADDITION_CLAUSE, policy=_IN_PLACE))
    return tuple(found)


Changes = tuple[tuple[Added, ...], tuple[Handed, ...], tuple[Asked, ...]]


def changes_to_document(
    added: tuple[Added, ...], handed: tuple[Handed, ...], asked: tuple[Asked, ...]
) -> dict[str, list[dict[str, Any]]]:
    """The changes as the store keeps them; nothing where there are none."""
    told = {
        "added": [{**asdict(each), "position": each.position.value, "at": each.at.isoformat()} for each in added],
        "handed": [asdict(each) for each in handed],
        "asked": [asdict(each) for each in asked],
    }
    return {name: found for name, found in told.items() if found}


def changes_from_document(document: Mapping[str, Any]) -> Changes:
    """The changes of a stored matter."""
    added = tuple(
        Added(**{**each, "position": Position(each["position"]), "at": datetime.fromisoformat(each["at"])})
        for each in document.get("added", ())
    )
    handed = tuple(Handed(**each) for each in document.get("handed", ()))
    return added, handed, tuple(Asked(**each) for each in document.get("asked", ()))

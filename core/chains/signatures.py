"""Whose signatures a step still wants, and whether those it has are enough."""

from core.acts import Verb
from core.chains.actors import Actor, Lawful
from core.chains.steps import Mode, Step
from core.matter import Mark


def _apart(found: Lawful, signed: tuple[Mark, ...]) -> tuple[list[str], set[str]]:
    """In whose capacity the step's own signatures were given, and which added signers have signed."""
    added = {person for person, _ in found.beside}
    own: list[str] = []
    beside: set[str] = set()
    for mark in signed:
        capacity = mark.on_behalf or mark.by
        if capacity in added - beside:
            beside.add(capacity)
        else:
            own.append(capacity)
    return own, beside


def still_to_sign(step: Step, found: Lawful, signed: tuple[Mark, ...]) -> tuple[Actor, ...]:
    """The actors who may act now, given the signatures that count; empty when the step is done."""
    withheld = {asked.capacity for asked in found.withheld}
    return tuple(actor for actor in _unsigned(step, found, signed) if actor.capacity not in withheld)


def _unsigned(step: Step, found: Lawful, signed: tuple[Mark, ...]) -> tuple[Actor, ...]:
    if _overridden(signed):
        return ()
    have, beside = _apart(found, signed)
    added = tuple(actor for person, actors in found.beside if person not in beside for actor in actors)
    return tuple(dict.fromkeys((*_own_unsigned(step, found, have), *added)))


def _overridden(signed: tuple[Mark, ...]) -> bool:
    """Whether the step was decided in its signers' place."""
    return any(mark.verb is Verb.OVERRIDE for mark in signed)


def _own_unsigned(step: Step, found: Lawful, have: list[str]) -> tuple[Actor, ...]:
    left = tuple(actor for actor in found.actors if actor.capacity not in have)
    match step.mode:
        case Mode.ALL:
            return left
        case Mode.ORDER:
            return tuple(actor for actor in left if actor.capacity == left[0].capacity) if left else ()
        case Mode.COUNT | Mode.RATIO:
            return left if len(set(have)) < step.needed(found.places) else ()
        case Mode.GROUPS:
            open_groups = [group for group in found.groups if not {actor.capacity for actor in group} & set(have)]
            return tuple(dict.fromkeys(actor for group in open_groups for actor in group))
        case _:
            return found.actors if not have else ()


def complete(step: Step, found: Lawful, signed: tuple[Mark, ...]) -> bool:
    """Whether the signatures that count are all the step needs; a step that lacks an actor is never complete."""
    if _overridden(signed):
        return True
    have, beside = _apart(found, signed)
    if not have or len(beside) < len(found.beside):
        return False
    if step.mode in (Mode.COUNT, Mode.RATIO):
        return len(set(have)) >= step.needed(found.places)
    if found.missing and step.mode in (Mode.ALL, Mode.ORDER, Mode.GROUPS):
        return False
    return not _own_unsigned(step, found, have)

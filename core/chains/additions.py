"""What the people on a matter's course change of it: pure transitions from one state to the next."""

from dataclasses import replace

from core.acts import Position, Verb
from core.chains.changes import Added, Asked, Handed, with_added
from core.chains.course import Setting, completed, onward, waiting_at
from core.chains.steps import Step, StepKind
from core.matter import ONWARD, Mark, Matter

ASIDE = frozenset({Verb.COMMENT, Verb.URGE, Verb.COPY, Verb.TAKE_BACK})
"""Acts beside the course: after them the last one to have acted is still the same."""


def handed_on(matter: Matter, handed: Handed, mark: Mark) -> Matter:
    """The matter with a place in another's hands."""
    return replace(matter, handed=(*matter.handed, handed)).with_mark(mark)


def asked_of(matter: Matter, asked: Asked, mark: Mark) -> Matter:
    """The matter with a place that waits for an opinion."""
    return replace(matter, asked=(*matter.asked, asked)).with_mark(mark)


def answered(matter: Matter, by: str, mark: Mark) -> Matter:
    """The matter with the opinion given; the place is back with the one who asked."""
    return replace(matter, asked=tuple(each for each in matter.asked if each.asked != by)).with_mark(mark)


def _shifted(matter: Matter, index: int, by: int) -> Matter:
    """The matter with everything that stands at `index` or later moved by so many steps."""

    def moved(at: int) -> int:
        return at + by if at >= index else at

    return replace(
        matter,
        at=moved(matter.at),
        resume=moved(matter.resume),
        course=tuple(replace(mark, step=moved(mark.step)) for mark in matter.course),
        added=tuple(replace(each, index=moved(each.index)) for each in matter.added),
        handed=tuple(replace(each, index=moved(each.index)) for each in matter.handed),
        asked=tuple(replace(each, index=moved(each.index)) for each in matter.asked),
    )


def signer_added(matter: Matter, added: Added, setting: Setting) -> Matter:
    """The matter with one more signer: beside the present step's, or at a step of his own before or after it."""
    if added.position is Position.BESIDE:
        return replace(matter, added=(*matter.added, added))
    moved = _shifted(matter, added.index, 1)
    with_him = replace(moved, steps=with_added(matter.steps, (added,)), added=(*moved.added, added))
    return waiting_at(with_him, added.index, setting) if added.position is Position.BEFORE else with_him


def has_signed(matter: Matter, added: Added) -> bool:
    """Whether the signature that an added signer was asked for is there, or the step was decided without it."""
    if any(mark.verb is Verb.OVERRIDE for mark in matter.signed(added.index)):
        return True
    signers = {mark.on_behalf or mark.by for mark in matter.signed(added.index)}
    if added.position is Position.BESIDE:
        return added.person in signers
    here = [each for each in matter.added if each.index == added.index and each.position is Position.BESIDE]
    return bool(signers - {each.person for each in here})


def signer_removed(matter: Matter, added: Added, mark: Mark, setting: Setting) -> tuple[Matter, Step | None]:
    """The matter without an added signer who has not signed, and the step that is completed by it, if one is."""
    if added.position is Position.BESIDE:
        left = replace(matter.with_mark(mark), added=tuple(each for each in matter.added if each != added))
        return completed(left, added.index, setting) if added.index == matter.at else (left, None)
    own = [each for each in matter.added if each == added or (each.index == added.index and _beside(each))]
    course = tuple(
        replace(each, step=-1, void=each.void or each.verb in ONWARD) if each.step == added.index else each
        for each in matter.course
    )
    without = replace(
        matter,
        course=(*course, mark),
        steps=(*matter.steps[: added.index], *matter.steps[added.index + 1 :]),
        added=tuple(each for each in matter.added if each not in own),
        handed=tuple(each for each in matter.handed if each.index != added.index),
        asked=tuple(each for each in matter.asked if each.index != added.index),
    )
    moved = _shifted(without, added.index + 1, -1)
    return (onward(moved, added.index, setting) if added.index == matter.at else moved), None


def _beside(added: Added) -> bool:
    return added.position is Position.BESIDE


def last_acted(matter: Matter) -> tuple[Mark, ...]:
    """The last act that moved the matter and still counts, with the earlier signatures that it carried along."""
    found: list[Mark] = []
    for mark in reversed(matter.course):
        if mark.void or mark.verb in ASIDE:
            continue
        found.append(mark)
        if not mark.carried:
            break
    return tuple(found)


def taken_back(matter: Matter, mark: Mark, setting: Setting) -> Matter:
    """The matter as it stood before its last act, which is kept in the course and counts no more."""
    last = last_acted(matter)
    course = tuple(replace(each, void=True) if any(each is one for one in last) else each for each in matter.course)
    back = replace(matter, course=course).with_mark(mark)
    act = last[-1]
    if act.verb is Verb.TRANSFER:
        return replace(back, handed=back.handed[:-1])
    if act.verb is Verb.CONSULT:
        return replace(back, asked=tuple(each for each in back.asked if each.asked not in act.persons))
    if act.step == matter.at:
        return back
    return replace(waiting_at(back, act.step, setting), resume=max(matter.at, matter.resume))


def overridden(matter: Matter, mark: Mark, setting: Setting) -> tuple[Matter, Step]:
    """The matter past a step that was decided in its signers' place."""
    return onward(matter.with_mark(mark), mark.step + 1, setting), matter.steps[mark.step]


def performing_step(matter: Matter) -> int:
    """The index of the next step that performs what the matter asks for; -1 where there is none."""
    return next((at for at, step in enumerate(matter.steps) if at >= matter.at and step.kind is StepKind.PERFORM), -1)


def performed_first(matter: Matter, mark: Mark) -> tuple[Matter, Step]:
    """The matter performed before its signatures, which it still waits for."""
    return matter.with_mark(mark), matter.steps[mark.step]

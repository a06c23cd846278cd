"""A matter put on another course: which steps are the same there, what of its signatures stands, where it waits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.chains.course import Setting, applies, arrive, complete_at
from core.chains.steps import Step, StepKind
from core.matter import Mark, Matter, State
from core.rule_kinds import matter_facts


@dataclass(frozen=True, slots=True)
class Difference:
    """What another course changes for a matter: titles of the steps gained, lost, and of those to be signed anew."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    anew: tuple[str, ...]

    def __str__(self) -> str:
        told = (("增加", self.gained), ("取消", self.lost), ("重新签字的", self.anew))
        parts = [f"{what}{'、'.join(f'“{title}”' for title in titles)}" for what, titles in told if titles]
        return "；".join(parts) or "环节没有增减"


def same_steps(old: tuple[Step, ...], new: tuple[Step, ...]) -> dict[int, int]:
    """The steps that ask the same of the same people under the same title, by their places in both courses."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [_asked(step) for step in old], [_asked(step) for step in new], autojunk=False)
    return {block.a + place: block.b + place for block in matcher.get_matching_blocks() for place in range(block.size)}


def _asked(step: Step) -> tuple[object, ...]:
    return (step.kind, step.title, step.by, step.mode, step.count, step.ratio, step.body, step.form, step.policy.repeat)


def remapped(matter: Matter, target: Matter, setting: Setting) -> Matter:
    """`target` is the matter with its new steps; the course it has behind it is carried over to them.

    A signature stands where its step is still asked for in the same way. The matter waits at the first step that is
    not done, and goes on from there to where it was. A publication that is new lets nothing after it stand.
    """
    same = same_steps(matter.steps, target.steps)
    facts = matter_facts(target, setting.organisation, setting.day)
    was = max(matter.at, matter.resume)
    behind = {new for old, new in same.items() if old < was}
    reached = same.get(was, max(behind, default=-1) + 1)
    published = [
        place
        for place in range(reached)
        if target.steps[place].kind is StepKind.NOTICE and place not in behind and applies(target.steps[place], facts)
    ]
    reached = published[0] if published else reached
    course = tuple(_carried_over(mark, matter, same, reached) for mark in matter.course)
    handed = tuple(replace(each, index=same[each.index]) for each in matter.handed if each.index in same)
    on_it = replace(target, course=course, at=reached, resume=reached, handed=handed)
    if matter.state is State.RETURNED:
        return on_it
    open_steps = (
        place
        for place in range(reached)
        if applies(on_it.steps[place], facts)
        and on_it.steps[place].kind is not StepKind.NOTICE
        and not complete_at(on_it, place, setting)
    )
    first = next(open_steps, reached)
    there = arrive(on_it if first < reached else replace(on_it, resume=-1), first, setting)
    if same.get(matter.at) == there.at and matter.steps[matter.at].due == there.steps[there.at].due:
        return replace(there, arrived=matter.arrived, due=matter.due)
    return there


def _carried_over(mark: Mark, matter: Matter, same: Mapping[int, int], reached: int) -> Mark:
    """A mark at the place of its step on the new course; what is no more a step is told in words."""
    if mark.step < 0:
        return mark
    if mark.step not in same:
        gone = f"原“{matter.steps[mark.step].title}”环节，现行制度不再设" if mark.step < len(matter.steps) else ""
        return replace(mark, step=-1, basis="；".join(filter(None, (mark.basis, gone))))
    place = same[mark.step]
    return replace(mark, step=place, void=mark.void or place > reached)


def difference(matter: Matter, moved: Matter, setting: Setting) -> Difference:
    """What a move changes of the steps that apply."""
    same = same_steps(matter.steps, moved.steps)
    before, after = (_applying(each, setting) for each in (matter, moved))
    lost = [old for old in before if same.get(old) not in after]
    gained = [new for new in after if new not in {same[old] for old in before if old in same}]
    counted = [old for old in before if matter.signed(old) and same.get(old) in after]
    anew = [old for old in counted if not moved.signed(same[old])]
    return Difference(
        tuple(moved.steps[place].title for place in gained),
        tuple(matter.steps[place].title for place in lost),
        tuple(matter.steps[place].title for place in anew),
    )


def _applying(matter: Matter, setting: Setting) -> list[int]:
    facts = matter_facts(matter, setting.organisation, setting.day)
    return [place for place, step in enumerate(matter.steps) if applies(step, facts)]

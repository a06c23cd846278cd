"""Whatever two courses a matter is moved between, at its end every step of the new one is signed by its own signer."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.acts import Verb
from core.chains.course import Setting, begin, returned, signed
from core.chains.remapping import difference, remapped, same_steps
from core.chains.steps import Step, StepKind
from core.days.calendar import Calendar
from core.days.clock import ZONE
from core.matter import Mark, Matter, State
from core.people import Organisation, Person, Post, Tenure, Unit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
SIGNERS = "ABCDEF"
ORGANISATION = Organisation(
    {"office": Unit("office", "办公室")},
    {"clerk": Post("clerk", "科员", 1)},
    {},
    {key: Person(key, f"人员{key}") for key in (*SIGNERS, "Z")},
    tuple(Tenure(key, "clerk", "office") for key in (*SIGNERS, "Z")),
)
SETTING = Setting(ORGANISATION, Calendar.load(Path(__file__).parent.parent / "config" / "national"), NOW)
STEPS = {key: Step(StepKind.SIGN, f"{key}签字", (f"person:{key}",)) for key in SIGNERS}
COURSES = st.lists(st.sampled_from(SIGNERS), min_size=1, max_size=6, unique=True).map(
    lambda keys: tuple(STEPS[key] for key in keys)
)


def sign(matter: Matter) -> Matter:
    """The matter after the one who may has signed."""
    assert matter.step is not None
    person = matter.step.by[0].partition(":")[2]
    mark = Mark(Verb.APPROVE, person, NOW + timedelta(minutes=len(matter.course)), matter.at)
    return signed(matter, mark, SETTING)[0]


def filed(steps: tuple[Step, ...]) -> Matter:
    return begin(Matter("项目-1", "x", "Z", "office", NOW, {}, "old", "r/1", 0, steps), SETTING)


@given(COURSES, COURSES, st.integers(0, 5), st.one_of(st.none(), st.integers(0, 5)))
def test_a_matter_moved_at_any_point_ends_with_each_new_step_signed_once_by_its_signer(
    old: tuple[Step, ...], new: tuple[Step, ...], signatures: int, back: int | None
) -> None:
    matter = filed(old)
    for _ in range(min(signatures, len(old) - 1)):
        matter = sign(matter)
    if back is not None and back < matter.at:
        matter = returned(matter, Mark(Verb.RETURN, "A", NOW, matter.at), back, SETTING)
    before = {mark.by for index in range(len(old)) for mark in matter.signed(index)}
    target = replace(matter, steps=new, rulebook="new", moved=date(2026, 3, 2))
    moved = remapped(matter, target, SETTING)
    kept = {mark.by for index in range(len(new)) for mark in moved.signed(index)}
    assert kept <= before
    assert len(moved.course) == len(matter.course)
    for _ in range(12):
        if moved.step is None:
            break
        moved = sign(moved)
    assert moved.state is State.SETTLED
    for index, step in enumerate(new):
        assert {f"person:{mark.by}" for mark in moved.signed(index)} == set(step.by)
        assert len(moved.signed(index)) == 1


@given(COURSES, COURSES)
def test_steps_are_paired_in_their_order_and_only_with_the_same(old: tuple[Step, ...], new: tuple[Step, ...]) -> None:
    same = same_steps(old, new)
    assert list(same) == sorted(same) and list(same.values()) == sorted(same.values())
    assert all(old[place] == new[other] for place, other in same.items())


@given(COURSES)
def test_a_move_to_the_same_course_changes_nothing_but_the_rulebook(steps: tuple[Step, ...]) -> None:
    matter = filed(steps)
    target = replace(matter, rulebook="new", moved=date(2026, 3, 2))
    assert remapped(matter, target, SETTING) == target
    assert str(difference(matter, target, SETTING)) == "环节没有增减"

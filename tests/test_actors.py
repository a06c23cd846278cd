"""Who may act at a step: posts, stand-ins and policies; never the applicant, never nobody, never by default."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.acts import Verb
from core.chains.actors import lawful
from core.chains.signatures import complete, still_to_sign
from core.chains.steps import Mode, Otherwise, Policy, Repeat, Step, StepKind
from core.matter import Mark, Matter
from core.people import Absence, Delegation, Organisation, Oversight, Person, Post, Span, Tenure, Unit, posted

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0)
POSTS = {
    "director": Post("director", "局长", 1),
    "deputy": Post("deputy", "副局长", 2),
    "head": Post("head", "科长", 3, head=True),
    "clerk": Post("clerk", "科员", 4),
}
PEOPLE = "ABCDEFGH"
AGENCY = Organisation(
    {"leaders": Unit("leaders", "局领导", leaders=True), "trade": Unit("trade", "贸易科")},
    POSTS,
    {"finance": "财务"},
    {key: Person(key, f"人员{key}") for key in PEOPLE},
    (
        Tenure("A", "director", "leaders"),
        Tenure("B", "deputy", "leaders"),
        Tenure("C", "deputy", "leaders"),
        Tenure("D", "head", "trade"),
        Tenure("E", "clerk", "trade"),
    ),
    (Oversight("B", ("trade",), ("finance",)), Oversight("C", ("leaders",))),
)

MATTER = Matter("X-1", "sample", "E", "trade", NOW, {}, "", "r/1")
EVERYONE = Span()


def step(*by: str, mode: Mode = Mode.ONE, count: int = 0, **policy: object) -> Step:
    return Step(StepKind.SIGN, "审批", by, mode, count, policy=Policy(**policy))  # type: ignore[arg-type]


def people(found: object) -> set[str]:
    return {actor.person for actor in found.actors}  # type: ignore[attr-defined]


def signed(*persons: str, index: int = 0) -> tuple[Mark, ...]:
    return tuple(Mark(Verb.APPROVE, person, NOW, index) for person in persons)


def test_each_selector_names_its_holders() -> None:
    for selector, expected in {
        "deputy": {"B", "C"},
        "unit-head": {"D"},
        "supervising-leader": {"B"},
        "principal": {"A"},
        "head-of:trade": {"D"},
        "leader-of:leaders": {"C"},
        "leader-of-function:finance": {"B"},
        "person:C": {"C"},
        "head@trade": {"D"},
    }.items():
        assert people(lawful(step(selector), 0, MATTER, AGENCY, DAY)) == expected, selector


def test_a_vacant_post_leaves_the_step_without_an_actor_unless_a_policy_names_another() -> None:
    empty = replace(AGENCY, tenures=tuple(each for each in AGENCY.tenures if each.post != "head"))
    assert lawful(step("unit-head"), 0, MATTER, empty, DAY).stuck
    assert people(lawful(step("unit-head", vacant=Otherwise.SUPERIOR), 0, MATTER, empty, DAY)) == {"B"}
    assert people(lawful(step("unit-head", vacant=Otherwise.PRINCIPAL), 0, MATTER, empty, DAY)) == {"A"}
    instead = step("unit-head", vacant=Otherwise.INSTEAD, instead=("person:C",))
    assert people(lawful(instead, 0, MATTER, empty, DAY)) == {"C"}


def test_the_applicants_own_step_falls_to_his_superior_and_above_him_to_the_principal() -> None:
    by_head = replace(MATTER, applicant="D")
    assert people(lawful(step("unit-head"), 0, by_head, AGENCY, DAY)) == {"B"}
    by_leader = replace(MATTER, applicant="B")
    assert people(lawful(step("supervising-leader"), 0, by_leader, AGENCY, DAY)) == {"A"}
    by_principal = replace(MATTER, applicant="A", unit="leaders")
    assert people(lawful(step("principal"), 0, by_principal, AGENCY, DAY)) == {"C"}


def test_one_who_is_away_is_waited_for_or_stood_in_for() -> None:
    away = replace(AGENCY, absences=(Absence("D", "出差", EVERYONE),))
    found = lawful(step("unit-head"), 0, MATTER, away, DAY)
    assert not found.actors and not found.stuck and "出差" in found.missing[0]
    assert people(lawful(step("unit-head", absent=Otherwise.SUPERIOR), 0, MATTER, away, DAY)) == {"B"}
    covered = replace(away, delegations=(Delegation("d", "D", "C", "B", "分管领导指定", EVERYONE),))
    actor = lawful(step("unit-head"), 0, MATTER, covered, DAY).actors[0]
    assert (actor.person, actor.on_behalf, actor.capacity) == ("C", "D", "D")


def test_the_applicant_never_stands_in_for_the_one_who_decides_his_matter() -> None:
    covered = replace(AGENCY, delegations=(Delegation("d", "D", "E", "B", "指定", EVERYONE),))
    assert people(lawful(step("unit-head"), 0, MATTER, covered, DAY)) == {"D"}


def test_another_must_sign_where_the_same_hand_may_not_sign_twice() -> None:
    matter = replace(MATTER, course=signed("B"))
    assert people(lawful(step("deputy", repeat=Repeat.OTHER), 1, matter, AGENCY, DAY)) == {"C"}
    only = step("supervising-leader", repeat=Repeat.OTHER)
    assert people(lawful(only, 1, matter, AGENCY, DAY)) == {"A"}


def test_one_from_each_group_signs() -> None:
    groups = step("deputy", "unit-head", mode=Mode.GROUPS)
    found = lawful(groups, 0, MATTER, AGENCY, DAY)
    assert {actor.person for actor in still_to_sign(groups, found, signed("B"))} == {"D"}
    assert complete(groups, found, signed("C", "D"))


def test_signatures_in_order_wait_for_one_another() -> None:
    order = step("person:D", "person:B", mode=Mode.ORDER)
    found = lawful(order, 0, MATTER, AGENCY, DAY)
    assert [actor.person for actor in still_to_sign(order, found, ())] == ["D"]
    assert [actor.person for actor in still_to_sign(order, found, signed("D"))] == ["B"]
    assert complete(order, found, signed("D", "B"))


PERSONS = st.sampled_from(PEOPLE)
TENURES = st.lists(
    st.builds(Tenure, PERSONS, st.sampled_from(sorted(POSTS)), st.sampled_from(["leaders", "trade"])), max_size=8
).map(tuple)
OVERSIGHTS = st.lists(st.builds(Oversight, PERSONS, st.just(("trade",)), st.just(("finance",))), max_size=2).map(tuple)
ABSENCES = st.lists(st.builds(Absence, PERSONS, st.just("出差"), st.just(EVERYONE)), max_size=3).map(tuple)
DELEGATIONS = st.lists(
    st.builds(Delegation, st.just("d"), PERSONS, PERSONS, PERSONS, st.just("指定"), st.just(EVERYONE)), max_size=3
).map(tuple)
SELECTORS = st.sampled_from(
    ["director", "deputy", "head", "unit-head", "supervising-leader", "principal", "leader-of-function:finance"]
)
STEPS = st.builds(
    lambda by, mode, count, vacant, absent, applicant, repeat: step(
        *by, mode=mode, count=count, vacant=vacant, absent=absent, applicant=applicant, repeat=repeat
    ),
    st.lists(SELECTORS, min_size=1, max_size=3, unique=True),
    st.sampled_from(list(Mode)),
    st.integers(1, 3),
    st.sampled_from([Otherwise.REFUSE, Otherwise.SUPERIOR, Otherwise.PRINCIPAL]),
    st.sampled_from([Otherwise.WAIT, Otherwise.SUPERIOR, Otherwise.PRINCIPAL]),
    st.sampled_from([Otherwise.REFUSE, Otherwise.SUPERIOR, Otherwise.PRINCIPAL]),
    st.sampled_from([Repeat.AGAIN, Repeat.OTHER]),
)


@given(TENURES, OVERSIGHTS, ABSENCES, DELEGATIONS, STEPS, PERSONS, st.lists(PERSONS, max_size=3))
def test_whatever_the_organisation_no_step_passes_unsigned_nor_by_the_applicant(
    tenures: tuple[Tenure, ...],
    oversights: tuple[Oversight, ...],
    absences: tuple[Absence, ...],
    delegations: tuple[Delegation, ...],
    one: Step,
    applicant: str,
    earlier: list[str],
) -> None:
    organisation = replace(AGENCY, tenures=tenures, oversights=oversights, absences=absences, delegations=delegations)
    matter = replace(MATTER, applicant=applicant, course=signed(*earlier))
    found = lawful(one, 1, matter, organisation, DAY)
    assert applicant not in {actor.person for actor in found.actors}
    assert not complete(one, found, ())
    if not found.actors:
        assert found.missing
    marks: tuple[Mark, ...] = ()
    for _ in range(len(found.actors) + 1):
        waiting = still_to_sign(one, found, marks)
        if not waiting:
            break
        marks += (Mark(Verb.APPROVE, waiting[0].person, NOW, 1, on_behalf=waiting[0].on_behalf),)
    assert complete(one, found, marks) == (bool(found.actors) and not (found.missing and bool(marks)))


@pytest.mark.parametrize(
    ("unit", "post", "said"),
    [
        ("秘书科", "科长", "秘书科科长"),
        ("派驻纪检监察组", "派驻纪检监察组组长", "派驻纪检监察组组长"),
        ("派驻纪检监察组", "组长", "派驻纪检监察组组长"),
        ("服务中心", "中心主任", "服务中心主任"),
        ("第一党支部", "支部书记", "第一党支部书记"),
    ],
)
def test_what_ends_a_unit_and_begins_a_post_is_said_once(unit: str, post: str, said: str) -> None:
    assert posted(unit, post) == said


def test_a_leaders_post_is_said_without_the_unit_that_the_leaders_form() -> None:
    assert AGENCY.described("B", date(2026, 3, 2)) == "人员B（副局长）"
    assert AGENCY.in_post("局领导副局长", date(2026, 3, 2)) == AGENCY.in_post("副局长", date(2026, 3, 2))

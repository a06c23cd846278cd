"""No reachable step lacks a lawful actor: found by survey, checked against going through everything by hand."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Verb
from core.agency import Body
from core.chains.actors import Actor, Lawful, lawful
from core.chains.reachability import Reach, reach
from core.chains.situations import courses
from core.chains.steps import Chain, Mode, Otherwise, Policy, Repeat, Step, StepKind
from core.condition import Comparison
from core.condition import Test as Compared
from core.family import MatterType
from core.fields import Field, Kind
from core.matter import Mark, Matter
from core.people import Absence, Delegation, Organisation, Oversight, Person, Post, Span, Tenure, Unit
from core.rulebook.model import Clause, Regulation, Rulebook, RuleUse
from core.rules.persons import FiledBy, filed_by
from core.rules.signatures import SignersDiffer, signers_differ
from tui.commandline.dispatch import run

DAY = date(2026, 3, 2)
AGENCIES = sorted(each.name for each in (Path(__file__).parents[1] / "config" / "agencies").iterdir())
POSTS = {
    "director": Post("director", "局长", 1),
    "deputy": Post("deputy", "副局长", 2),
    "head": Post("head", "科长", 3, head=True),
    "cashier": Post("cashier", "出纳", 4),
    "clerk": Post("clerk", "科员", 5),
}
UNITS = {key: Unit(key, title) for key, title in (("leaders", "局领导"), ("office", "办公室"), ("trade", "贸易科"))}
KIND = MatterType(
    "x.claim",
    "报销",
    "报销",
    (Field("amount", "金额", Kind.MONEY), Field("urgent", "急件", Kind.FLAG), Field("witness", "证明人", Kind.PERSON)),
)
AGENCY = Organisation(
    UNITS,
    POSTS,
    {"finance": "财务"},
    {key: Person(key, f"人员{key}") for key in "ABCDEFG"},
    (
        Tenure("A", "director", "leaders"),
        Tenure("B", "deputy", "leaders"),
        Tenure("C", "head", "office"),
        Tenure("D", "cashier", "office"),
        Tenure("E", "head", "trade"),
        Tenure("F", "clerk", "trade"),
        Tenure("G", "clerk", "trade"),
    ),
    (Oversight("B", ("office", "trade"), ("finance",)), Oversight("A", ("leaders",))),
)


def step(*by: str, title: str = "审批", mode: Mode = Mode.ONE, count: int = 0, **rest: Any) -> Step:
    policy = {key: rest.pop(key) for key in ("vacant", "absent", "applicant", "repeat", "instead") if key in rest}
    return Step(StepKind.SIGN, title, by, mode, count, policy=Policy(**policy), **rest)


def book(*steps: Step, rules: tuple[RuleUse, ...] = ()) -> Rulebook:
    clause = Clause("1", "approval", "按此办理", rules=rules, chains=(Chain(KIND.key, "1", steps),))
    return Rulebook("x", "示例局", {"r": Regulation("r", "办法", "x", (clause,))}, {}, "digest")


def use(kind: Any, parameters: Any) -> RuleUse:
    return RuleUse(f"{kind.key}@r/1", kind, parameters, (KIND.key,))


def survey(rulebook: Rulebook, organisation: Organisation = AGENCY, bodies: dict[str, Body] | None = None) -> Reach:
    return reach(rulebook, {KIND.key: KIND}, bodies or {}, organisation, DAY)


def dead(found: Reach) -> set[tuple[str, str]]:
    return {(each.place.step, person) for each in found.dead for person in each.applicants}


def test_a_chain_everyone_can_pass_has_no_dead_step() -> None:
    found = survey(book(step("head-of:office"), step("leader-of:office", title="分管"), step("cashier", title="付款")))
    assert not found.dead


def test_a_step_whose_only_signer_is_the_applicant_is_dead_for_him_alone() -> None:
    found = survey(book(step("cashier", applicant=Otherwise.REFUSE, title="付款")))
    assert dead(found) == {("付款", "D")}
    assert "本人" in found.dead[0].why and found.dead[0].stated


def test_where_all_sign_and_the_clause_wants_none_in_the_applicants_place_that_is_stated() -> None:
    found = survey(book(step("principal", "deputy", mode=Mode.ALL, applicant=Otherwise.REFUSE, title="会签")))
    assert dead(found) == {("会签", "A"), ("会签", "B")} and all(each.stated for each in found.dead)


def test_nobody_stands_above_a_principal_whose_own_matter_needs_a_superior() -> None:
    found = survey(book(step("principal", title="局长批准")))
    assert dead(found) == {("局长批准", "A")}
    assert "if_applicant" in found.dead[0].remedy and not found.dead[0].stated


def test_one_person_in_two_posts_cannot_pass_what_two_must_sign() -> None:
    both = replace(AGENCY, tenures=(*(each for each in AGENCY.tenures if each.person != "D"),
                                    Tenure("C", "cashier", "office")))  # fmt: skip
    chain = (step("head-of:office", title="审核"), step("cashier", title="付款"))
    apart = use(signers_differ, SignersDiffer(("审核", "付款")))
    assert not survey(book(*chain), both).dead
    assert dead(survey(book(*chain, rules=(apart,)), both)) == {("付款", key) for key in "ABCEFG"}
    assert not survey(book(*chain, rules=(apart,))).dead


def test_a_signer_of_an_earlier_step_may_use_up_the_only_other_hand() -> None:
    chain = (step("supervising-leader", title="分管"), step("deputy", title="会签", repeat=Repeat.OTHER))
    without_director = replace(AGENCY, tenures=tuple(each for each in AGENCY.tenures if each.post != "director"))
    assert {title for title, _ in dead(survey(book(*chain), without_director))} == {"会签"}
    assert ("会签", "F") not in dead(survey(book(*chain)))


def test_a_step_that_never_applies_to_a_matter_is_not_asked_about() -> None:
    large = Compared("amount", "金额", Comparison.AT_LEAST, Decimal("1000.00"))
    small = Compared("amount", "金额", Comparison.UNDER, Decimal("500.00"))
    both = step("nobody", title="从不", when=large)
    chain = Chain(KIND.key, "1", (both,), when=small)
    assert [course.steps for course in courses(KIND, [chain], {})] == [()]
    assert [course.steps for course in courses(KIND, [Chain(KIND.key, "1", (both,))], {})] == [(0,), ()]


def test_a_body_nobody_sits_on_cannot_decide() -> None:
    council = Body("council", "局务会", ("cashier",), ("cashier",), ("head-of:office",))
    decision = Step(StepKind.RESOLUTION, "研究", ("head-of:office",), body="council")
    assert not [each for each in survey(book(decision), bodies={"council": council}).dead if "成员" in each.why]
    gone = replace(AGENCY, tenures=tuple(each for each in AGENCY.tenures if each.post != "cashier"))
    assert all("没有一名成员" in each.why for each in survey(book(decision), gone, {"council": council}).dead)
    assert survey(book(decision), gone, {"council": council}).dead


def test_only_those_who_may_file_are_asked_about() -> None:
    own = step("cashier", title="付款", applicant=Otherwise.REFUSE)
    assert not survey(book(own, rules=(use(filed_by, FiledBy(("clerk",))),))).dead


def test_a_person_chosen_on_the_form_is_no_dead_end_while_someone_else_can_be_chosen() -> None:
    chosen = step("chosen:witness", title="证明", applicant=Otherwise.REFUSE)
    assert not survey(book(chosen)).dead
    alone = replace(AGENCY, tenures=(Tenure("F", "clerk", "trade"),))
    assert dead(survey(book(chosen), alone)) == {("证明", "F")}


def test_whose_absence_stops_what_and_what_a_policy_covers() -> None:
    chain = (step("head-of:trade", title="科长"), step("cashier", title="付款", absent=Otherwise.INSTEAD,
             instead=("head-of:office", "deputy")), step("clerk", title="登记"))  # fmt: skip
    by_person = {each.person: each for each in survey(book(*chain)).dependences}
    assert [place.step for place in by_person["E"].stopped] == ["科长"]
    assert [place.step for place in by_person["D"].covered] == ["付款"] and not by_person["D"].stopped
    assert {"F", "G"} <= set(by_person), "one clerk alone can register what the other files"
    assert "A" not in by_person


def _ways(one: Step, possible: Lawful, able: list[Actor]) -> Iterator[tuple[Actor, ...]]:
    """Every way in which those who are able can sign a step for good."""
    held = {each.capacity: [other for other in able if other.capacity == each.capacity] for each in possible.actors}
    match one.mode:
        case Mode.ALL:
            yield from product(*held.values())
        case Mode.COUNT:
            for some in combinations(held.values(), one.count):
                yield from product(*some)
        case Mode.GROUPS:
            yield from product(*([each for each in group if each in able] for group in possible.groups))
        case _:
            yield from ((each,) for each in able)


def everything(rulebook: Rulebook, organisation: Organisation) -> set[tuple[str, str]]:
    """The dead steps, by trying every applicant and every way to sign, with nothing left out or remembered."""
    steps = rulebook.chains(KIND.key)[0][0].steps
    apart = [set(each[0].parameters.steps) for each in rulebook.uses(KIND.key)]
    found: set[tuple[str, str]] = set()

    def walk(at: int, matter: Matter) -> None:
        if at == len(steps):
            return
        one = steps[at]
        barred = {mark.by for mark in matter.course for each in apart if {one.title, steps[mark.step].title} <= each}
        possible = lawful(one, at, matter, organisation, DAY)
        able = [actor for actor in possible.actors if actor.person not in barred]
        ways = list(_ways(one, possible, able))
        if possible.stuck or not able or not ways:
            found.add((one.title, matter.applicant))
            walk(at + 1, matter)
            return
        for signers in ways:
            marks = tuple(Mark(Verb.APPROVE, each.person, datetime(2026, 3, 2), at, each.on_behalf) for each in signers)
            walk(at + 1, replace(matter, course=(*matter.course, *marks)))

    for person in organisation.staff(DAY):
        unit = organisation.unit_of(person.key, DAY)
        walk(0, Matter("", KIND.key, person.key, unit, datetime(2026, 3, 2), {}, "", "r/1", steps=steps))
    return found


PEOPLE = st.sampled_from("ABCDE")
TENURES = st.lists(
    st.builds(Tenure, PEOPLE, st.sampled_from(sorted(POSTS)), st.sampled_from(sorted(UNITS))), max_size=7, unique=True
).map(tuple)
OVERSIGHTS = st.lists(
    st.builds(Oversight, PEOPLE, st.sampled_from([("trade",), ("office", "leaders")]), st.just(("finance",))),
    max_size=2,
).map(tuple)
SELECTORS = st.sampled_from(
    ["director", "deputy", "cashier", "unit-head", "supervising-leader", "principal", "person:B", "clerk"]
)
STEPS = st.lists(
    st.builds(
        lambda by, mode, vacant, applicant, repeat: step(
            *by,
            mode=mode,
            count=2 * (mode is Mode.COUNT),
            vacant=vacant,
            applicant=applicant,
            repeat=repeat,
            instead=("cashier",),
        ),
        st.lists(SELECTORS, min_size=1, max_size=2, unique=True),
        st.sampled_from([Mode.ONE, Mode.ALL, Mode.COUNT, Mode.GROUPS]),
        st.sampled_from([Otherwise.REFUSE, Otherwise.SUPERIOR, Otherwise.INSTEAD]),
        st.sampled_from([Otherwise.REFUSE, Otherwise.SUPERIOR, Otherwise.PRINCIPAL]),
        st.sampled_from([Repeat.AGAIN, Repeat.OTHER]),
    ),
    min_size=1,
    max_size=3,
)


DELEGATIONS = st.lists(
    st.builds(Delegation, st.just("d"), PEOPLE, PEOPLE, st.just("A"), st.just("指定"), st.just(Span())), max_size=2
).map(tuple)


@given(TENURES, OVERSIGHTS, DELEGATIONS, STEPS, st.booleans())
@settings(max_examples=200)
def test_the_survey_finds_exactly_what_going_through_everything_finds(
    tenures: tuple[Tenure, ...],
    oversights: tuple[Oversight, ...],
    delegations: tuple[Delegation, ...],
    steps: list[Step],
    differ: bool,
) -> None:
    organisation = replace(AGENCY, tenures=tenures, oversights=oversights, delegations=delegations)
    titled = tuple(replace(each, title=f"第{number}步") for number, each in enumerate(steps))
    rules = (use(signers_differ, SignersDiffer(tuple(each.title for each in titled))),) if differ else ()
    rulebook = book(*titled, rules=rules)
    assert dead(survey(rulebook, organisation)) == everything(rulebook, organisation)


def stopping(one: Step, organisation: Organisation) -> set[str]:
    """Those whose absence without a stand-in stops some other's matter at a step that otherwise can be passed."""
    found = set()
    for person, applicant in product(organisation.people, organisation.staff(DAY)):
        unit = organisation.unit_of(applicant.key, DAY)
        matter = Matter("", KIND.key, applicant.key, unit, datetime(2026, 3, 2), {}, "", "r/1", steps=(one,))
        whole = lawful(one, 0, matter, organisation, DAY)
        if person == applicant.key or whole.stuck or not whole.actors:
            continue
        kept = tuple(each for each in organisation.delegations if each.person != person)
        without = replace(organisation, absences=(Absence(person, "出差", Span()),), delegations=kept)
        left = lawful(one, 0, matter, without, DAY)
        if left.missing or not left.actors:
            found.add(person)
    return found


@given(
    TENURES, OVERSIGHTS, DELEGATIONS, STEPS, st.sampled_from([Otherwise.WAIT, Otherwise.SUPERIOR, Otherwise.INSTEAD])
)
@settings(max_examples=200)
def test_the_survey_names_exactly_those_whose_absence_stops_a_step(
    tenures: tuple[Tenure, ...],
    oversights: tuple[Oversight, ...],
    delegations: tuple[Delegation, ...],
    steps: list[Step],
    absent: Otherwise,
) -> None:
    organisation = replace(AGENCY, tenures=tenures, oversights=oversights, delegations=delegations)
    one = replace(steps[0], title="审批", policy=replace(steps[0].policy, repeat=Repeat.AGAIN, absent=absent))
    found = {each.person for each in survey(book(one), organisation).dependences if each.stopped}
    assert found == stopping(one, organisation)


def large(people: int) -> Organisation:
    """An organisation of many units, each with a head, a deputy head and clerks, under four leaders."""
    units = {f"u{number}": Unit(f"u{number}", f"第{number}科") for number in range(people // 10)}
    tenures = [Tenure("L0", "director", "leaders"), *(Tenure(f"L{each}", "deputy", "leaders") for each in (1, 2, 3))]
    for number, unit in enumerate(units):
        tenures.append(Tenure(f"{unit}h", "head", unit))
        tenures += [Tenure(f"{unit}c{each}", "clerk", unit) for each in range(9 if number else 8)]
    tenures.append(Tenure("u0k", "cashier", "u0"))
    charge = tuple(Oversight(f"L{each}", tuple(units)[each - 1 :: 3], ("finance",)) for each in (1, 2, 3))
    everyone = {each.person: Person(each.person, each.person) for each in tenures}
    return Organisation({**units, "leaders": UNITS["leaders"]}, POSTS, {"finance": "财务"}, everyone, tuple(tenures),
                        (*charge, Oversight("L0", ("leaders",))))  # fmt: skip


def many_chains(count: int) -> tuple[Rulebook, dict[str, MatterType]]:
    """A rulebook of so many kinds of matter, each with a chain whose course depends on the sum and on the haste."""
    kinds = {f"x.k{number}": replace(KIND, key=f"x.k{number}", title=f"事项{number}") for number in range(count)}
    at_least = Compared("amount", "金额", Comparison.AT_LEAST, Decimal("1000.00"))
    steps = (
        step("unit-head", title="科长"),
        step("supervising-leader", title="分管", repeat=Repeat.OTHER),
        step("deputy", title="会签", mode=Mode.ALL, when=at_least),
        step("principal", title="局长", when=Compared("urgent", "急件", Comparison.IS, True), instead=("deputy",),
             applicant=Otherwise.INSTEAD),
        step("cashier", title="付款", applicant=Otherwise.INSTEAD, instead=("head-of:u0",)),
    )  # fmt: skip
    clauses = tuple(
        Clause(str(number), "approval", "…", chains=(Chain(key, str(number), steps),))
        for number, key in enumerate(kinds)
    )
    return Rulebook("x", "大局", {"r": Regulation("r", "办法", "x", clauses)}, {}, "digest"), kinds


def test_two_hundred_people_and_sixty_chains_take_few_evaluations() -> None:
    rulebook, kinds = many_chains(60)
    organisation = large(200)
    found = reach(rulebook, kinds, {}, organisation, DAY)
    assert len(organisation.people) == 204
    steps, units = 5, 20
    assert found.evaluations < 60 * steps * 3 * units, "a few for each step and unit, not for each person and course"
    assert all(set(each.applicants) <= {"L0", "L1", "L2", "L3"} for each in found.dead)


@pytest.mark.parametrize("unit", ["u3", "u11", "u19"])
def test_every_vacancy_put_into_a_large_organisation_is_found_with_its_people(unit: str) -> None:
    rulebook, kinds = many_chains(3)
    whole = large(200)
    gone = replace(whole, tenures=tuple(each for each in whole.tenures if each.person != f"{unit}h"))
    before, after = (dead(reach(rulebook, kinds, {}, each, DAY)) for each in (whole, gone))
    assert after - before == {("科长", f"{unit}c{number}") for number in range(9)}


def command(sample: Any, capsys: Any, *words: str) -> Iterator[Any]:
    code = run(["rulebook", "check", "--people", "--config", str(sample.config), "--agency", "sample", *words])
    yield code
    yield capsys.readouterr().out


def test_the_command_reads_the_people_of_the_records(sample: Any, capsys: Any) -> None:
    sample.office.close()
    code, out = command(sample, capsys, "--store", str(sample.store_path), "--json")
    told = json.loads(out)[0]
    assert code == 1
    assert {(each["step"], *each["applicants"]) for each in told["dead"]} == {
        ("局长批准", "P1"),
        ("科长审核", "P1", "P2", "P7"),
        ("领导审批", "P1", "P2", "P7"),
    }


def test_the_command_says_it_in_words_from_the_people_file(
    sample: Any, sample_module: Any, capsys: Any, tmp_path: Path
) -> None:
    folder = sample.config / "agencies" / "sample"
    (folder / "people.toml").write_text(sample_module.PEOPLE, encoding="utf-8")
    code, out = command(sample, capsys, "--store", str(tmp_path / "none.store"))
    assert code == 2 and not out


def test_a_witness_is_chosen_so_that_the_leader_who_must_sign_apart_is_left_to_sign() -> None:
    chain = (step("chosen:witness", title="证明"), step("leader-of:trade", title="签批", applicant=Otherwise.PRINCIPAL))
    apart = use(signers_differ, SignersDiffer(("证明", "签批")))
    assert not survey(book(*chain, rules=(apart,))).dead


@pytest.mark.parametrize("agency", AGENCIES)
def test_in_no_agency_is_there_a_step_that_nobody_may_act_at_unless_its_clause_says_so(
    agency: str, tmp_path: Path, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run(["rulebook", "check", "--people", "--agency", agency, "--json"]) == 0
    ((found,),) = [json.loads(capsys.readouterr().out)]
    assert all(each["stated"] for each in found["dead"])

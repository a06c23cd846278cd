"""Random acts on random chains and organisations, against a simple oracle: who may act, and what then becomes of it."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tinydb import where

import chain_oracle
import sample_agency
from core.acts import Act, Position, Verb
from core.days.calendar import Calendar
from core.days.clock import FixedClock
from core.host import Host
from core.matter import ONWARD
from core.office import Office
from core.people import Person, Tenure
from core.rulebook.agency_file import read_agency
from core.rulebook.load import load_rulebook
from core.store.database import Store

PEOPLE = [f"P{number}" for number in range(1, 8)]
BURST = 12
"""Acts that follow on one another."""
POSTS = ["director", "deputy", "head", "cashier", "clerk"]
NATIONAL = sample_agency.CONFIG / "national"
GENERAL = (NATIONAL / "general.toml").read_text(encoding="utf-8")
CALENDAR = Calendar.load(NATIONAL, ())
MODES = st.sampled_from(
    [("one", ""), ("any", ""), ("all", ""), ("order", ""), ("groups", ""), ("count", "2"), ("ratio", "2/3")]
)
SIGNS = st.tuples(st.lists(st.sampled_from(POSTS), min_size=1, max_size=2, unique=True), MODES, st.booleans())
HELD = st.tuples(
    st.permutations(POSTS),
    st.lists(st.sampled_from(POSTS), min_size=5, max_size=5),
    st.sampled_from([*["clerk"] * 6, *POSTS]),
)
"""A post for each of five people, then some more of them; all who hold the last-named are clerks instead."""
VERBS = (
    [Verb.APPROVE] * 16
    + [Verb.RETURN, Verb.ADD_SIGNER] * 5
    + [Verb.RESUBMIT, Verb.REMOVE_SIGNER, Verb.PERFORM, Verb.OVERRIDE, Verb.URGENT] * 2
    + [Verb.TRANSFER, Verb.CONSULT, Verb.ANSWER, Verb.REMOVE_SIGNER, Verb.TAKE_BACK, Verb.RESUBMIT, Verb.PERFORM] * 2
    + [Verb.REJECT, Verb.WITHDRAW, Verb.OVERRIDE, Verb.URGENT, Verb.COMMENT, Verb.FILE, Verb.EXPIRE, Verb.RESOLVE]
)


ALLOWED = """
[[clause]]
no = "2"
kind = "approval"
text = "可以特批，可以先办"
"""


def chain_text(signs: list[Any], perform: int) -> str:
    lines = []
    for number, (by, (mode, share), override) in enumerate(signs):
        keys = [f"by = [{', '.join(map(repr, by))}]", f'mode = "{mode}"', f'title = "签{number}"']
        keys += [f"count = {share}"] if mode == "count" else [f'ratio = "{share}"'] if mode == "ratio" else []
        keys += ['override = { by = "director", clause = "2" }'] if override else []
        lines.append("  { " + ", ".join(keys) + " },")
    if perform >= 0:
        lines.insert(perform, '  { by = "cashier", title = "执行", perform = true },')
    urgent = '\nurgent = { clause = "2", days = 3 }' if perform >= 0 else ""
    return f"""
[regulation]
id = "r"
title = "办法"
family = "sample"
[[clause]]
no = "1"
kind = "approval"
text = "逐级审批"
[[clause.chain]]
matter = "sample.spending"{urgent}
steps = [
{chr(10).join(lines)}
]
{ALLOWED if "clause" in urgent + "".join(lines) else ""}"""


class Chains(RuleBasedStateMachine):
    """An office beside an oracle; after every act both say the same."""

    office: Office | None = None

    @initialize(held=HELD, signs=st.lists(SIGNS, min_size=2, max_size=4), perform=st.integers(-1, 4))
    def set_up(self, held: tuple[list[str], list[str], str], signs: list[Any], perform: int) -> None:
        sample_agency.install()
        agency = read_agency(sample_agency.AGENCY)
        host = Host(agency.families)
        self.perform = min(perform, len(signs))
        self.signs = signs
        texts = {"r.toml": chain_text(signs, self.perform), "general.toml": GENERAL}
        rulebook = load_rulebook(texts, agency, host.families)
        clock = FixedClock(sample_agency.datetime(2026, 3, 2, 9, 0, tzinfo=sample_agency.ZONE))
        self.office = Office(agency, rulebook, host, Store(":memory:"), CALENDAR, clock)
        ordered, more, vacant = held
        posts = ["clerk" if post == vacant else post for post in (*ordered, *more)]
        pairs = dict.fromkeys((PEOPLE[number % 7], post) for number, post in enumerate(posts))
        tenures = [Tenure(who, post, "office") for who, post in pairs]
        self.office.found([Person(who, who) for who in PEOPLE], tenures, [])
        self.posts: dict[str, list[str]] = {}
        for tenure in tenures:
            self.posts.setdefault(tenure.post, []).append(tenure.person)
        self.matters: dict[str, Any] = {}

    def teardown(self) -> None:
        if self.office is not None:
            self.office.close()

    def steps(self) -> list[Any]:
        steps = [chain_oracle.OracleStep(list(by), mode, share, override=can) for by, (mode, share), can in self.signs]
        if self.perform >= 0:
            steps.insert(self.perform, chain_oracle.OracleStep(["cashier"], perform=True))
        return steps

    @precondition(lambda self: sum(told.state in ("running", "returned") for told in self.matters.values()) < 2)
    @rule(applicant=st.sampled_from(PEOPLE))
    def file(self, applicant: str) -> None:
        assert self.office is not None
        told = chain_oracle.OracleMatter(applicant, self.posts, self.steps(), "100", "纸")
        result = self.office.perform(
            Act(Verb.SUBMIT, applicant, "sample.spending", values={"事由": "纸", "金额": "100"})
        )
        assert result.done == all(told.passable(step) for step in told.steps), result.verdict.findings
        if result.matter is not None:
            self.matters[result.matter.number] = told

    @precondition(lambda self: self.matters)
    @rule(seed=st.integers(0, 2**32))
    def acts(self, seed: int) -> None:
        chance = Random(seed)
        for _ in range(BURST):
            self.act(chance)
            self.both_say_the_same()

    def act(self, chance: Random) -> None:
        """One act by one who may well do it, or by anyone; now and then somebody keeps out of a matter."""
        assert self.office is not None
        number = chance.choice(sorted(self.matters))
        told = self.matters[number]
        if chance.random() < 0.02:
            who = chance.choice(PEOPLE)
            values = {"person": who, "matter": number, "reason": "亲属"}
            assert self.office.perform(Act(Verb.SUBMIT, who, "core.recusal", values=values)).done
            told.recused.add(who)
            return
        verb = chance.choice(VERBS)
        by = chance.choice(self.likely(told, verb) if chance.random() < 0.8 else PEOPLE)
        joined = [each[0] for step in told.steps for each in [step.by if step.adder else [""], *step.beside] if each[0]]
        other = chance.choice(joined if joined and verb is Verb.REMOVE_SIGNER else PEOPLE)
        position, to = chance.choice(list(Position)), chance.randint(-1, max(1, told.index(told.at)))
        values = {"事由": chance.choice("纸笔"), "金额": chance.choice([told.amount, told.amount, "100", "200"])}
        before = dict(self.office.desk.matter_document(number))
        filled = values if verb is Verb.RESUBMIT else {}
        act = Act(verb, by, matter=number, values=filled, opinion="已阅", to=to, persons=(other,), position=position)
        foreseen = foresee(told, verb, by, other, position, to, values)
        result = self.office.perform(act)
        assert result.done == (foreseen is not None), (act, [each.facts for each in result.verdict.findings])
        if foreseen is not None:
            foreseen()
        else:
            assert dict(self.office.desk.matter_document(number)) == before and result.verdict.findings

    def likely(self, told: Any, verb: Verb) -> list[str]:
        """Those who may well do it."""
        if verb in (Verb.WITHDRAW, Verb.RESUBMIT):
            return [told.applicant]
        if verb is Verb.ANSWER:
            return sorted({asked for _, asked in told.asked}) or PEOPLE
        if verb is Verb.TAKE_BACK:
            return [told.events[-1][1]]
        if verb is Verb.REMOVE_SIGNER:
            return [each[1] for step in told.steps for each in [["", step.adder], *step.beside] if each[1]] or PEOPLE
        return told.actors() or PEOPLE

    @invariant()
    def both_say_the_same(self) -> None:
        if self.office is None:
            return
        for number, told in self.matters.items():
            matter = self.office.desk.matter(number)
            assert matter is not None
            assert matter.state.value == told.state
            assert (matter.text("purpose"), matter.money("amount")) == (told.purpose, int(told.amount))
            if told.state == "running":
                assert (matter.at, len(matter.steps)) == (told.index(told.at), len(told.steps))
            rows = self.office.store.table("inbox").search(where("matter") == number)
            assert {row["person"] for row in rows} == told.inbox()
            assert not any(mark.by == matter.applicant and mark.verb in ONWARD for mark in matter.course)


def foresee(
    told: Any, verb: Verb, by: str, other: str, position: Position, to: int, values: dict[str, str]
) -> Callable[[], None] | None:
    """What the act does to the oracle's matter; None where it is to be refused."""
    if verb is Verb.COMMENT:
        return lambda: None
    if told.state not in ("running", "returned"):
        return None
    if verb is Verb.WITHDRAW and by == told.applicant and not told.performed:
        return lambda: told.close("withdrawn")
    if verb is Verb.RESUBMIT and told.state == "returned" and by == told.applicant:
        amount, purpose = values["金额"], values["事由"]
        tried = deepcopy(told)
        tried.refile(amount, purpose)
        if (told.performed and amount != told.amount) or not tried.manned():
            return None
        return lambda: told.refile(amount, purpose)
    if told.state != "running":
        return None
    if by in told.actors():
        return foresee_actor(told, verb, by, other, position, to) or foresee_other(told, verb, by, other)
    return foresee_other(told, verb, by, other)


def foresee_actor(told: Any, verb: Verb, by: str, other: str, position: Position, to: int) -> Callable[[], None] | None:
    """What one whose turn it is may do."""
    step = told.at
    able = other not in (by, told.applicant) and other not in told.recused
    people = {each for group in told.groups(step)[0] for each in group} | {each[0] for each in step.beside}
    match verb:
        case Verb.APPROVE if not step.perform:
            return lambda: told.sign(by)
        case Verb.PERFORM if step.perform:
            return lambda: told.sign(by)
        case Verb.REJECT if told.urgent or not told.carried_out(0):
            return lambda: told.close("rejected")
        case Verb.RETURN if to == -1:
            return lambda: told.hand_back(by, None)
        case Verb.RETURN if to < told.index(step) and told.steps[to].marked() and not told.carried_out(to):
            return lambda: told.hand_back(by, told.steps[to])
        case Verb.TRANSFER if able and other not in people | set(step.signed):
            added = (step.adder and step.by == [by]) or by in {each[0] for each in step.beside}
            return None if added else lambda: told.transfer(by, other)
        case Verb.CONSULT if able and other not in {asked for _, asked in told.asked}:
            return lambda: told.consult(by, other)
        case Verb.ADD_SIGNER if able and not told.added(other):
            if (position is Position.BESIDE and other in people) or (step.perform and position is not Position.BEFORE):
                return None
            return lambda: told.add(by, other, position.value)
    return None


def foresee_other(told: Any, verb: Verb, by: str, other: str) -> Callable[[], None] | None:
    """What those may do whose turn it is not."""
    step = told.at
    match verb:
        case Verb.ANSWER if by in {asked for _, asked in told.open_asks()}:
            return lambda: told.answer(by)
        case Verb.REMOVE_SIGNER if found := told.added(other):
            at, entry = found[-1]
            return (lambda: told.remove(by, at, entry)) if by == (entry[1] if entry else at.adder) else None
        case Verb.TAKE_BACK if told.events[-1][1] == by and told.events[-1][0] in ("approve", "transfer", "consult"):
            return lambda: told.take_back()
        case Verb.OVERRIDE if step.override and by in told.posts.get("director", []):
            able = by != told.applicant and by not in told.recused
            return (lambda: told.decide(by)) if able else None
        case Verb.URGENT if not told.performed:
            later = [each for each in told.steps[told.index(step) :] if each.perform]
            able = (
                later and later[0] is not step and by in {each for group in told.groups(later[0])[0] for each in group}
            )
            return (lambda: told.perform_first(by, later[0])) if able else None
    return None


TestChains = Chains.TestCase
TestChains.settings = settings(max_examples=120, stateful_step_count=8)


@pytest.mark.soak
def test_a_hundred_thousand_acts_come_out_as_foreseen() -> None:
    run_state_machine_as_test(
        Chains,
        settings=settings(
            max_examples=2900,
            stateful_step_count=8,
            phases=[Phase.generate],
            derandomize=False,
        ),
    )

"""Every combination of facts that a rulebook's conditions tell apart: which chain a matter takes, which steps apply."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from core.chains.steps import Chain
from core.condition import Comparison, Condition, Test
from core.family import MatterType
from core.fields import Field, Kind
from core.money import FEN

OTHER = "（其他）"
"""Stands for any text, person, post or unit that no condition names."""

_COUNTED = (Kind.MONEY, Kind.NUMBER, Kind.DATE, Kind.FLAG)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Course:
    """A way a matter may take: the chain by its place among those of its kind, and the steps that apply."""

    chain: int
    steps: tuple[int, ...]
    facts: Mapping[str, Any]
    """Facts under which it is taken; those of the applicant left out."""


def courses(kind: MatterType, chains: Sequence[Chain], applicant: Mapping[str, Any]) -> list[Course]:
    """Every course that a matter of a kind can take for an applicant of whom these facts hold."""
    found: dict[tuple[int, tuple[int, ...]], Course] = {}
    for facts in _combinations(kind, chains):
        known = {**facts, **applicant}
        number = next((at for at, chain in enumerate(chains) if chain.when is None or chain.when.met(known)), -1)
        if number >= 0:
            steps = tuple(
                at for at, step in enumerate(chains[number].steps) if step.when is None or step.when.met(known)
            )
            found.setdefault((number, steps), Course(number, steps, facts))
    return list(found.values())


def asks_of_applicant(chains: Sequence[Chain]) -> bool:
    """Whether a condition asks who the applicant is, so that courses differ from one to the next."""
    return any(test.fact.startswith("applicant.") for test in _tests(chains))


def _conditions(chains: Sequence[Chain]) -> Iterator[Condition]:
    for chain in chains:
        yield from (each for each in (chain.when, *(step.when for step in chain.steps)) if each is not None)


def _tests(chains: Sequence[Chain]) -> list[Test]:
    """Every single comparison that the chains make."""
    found: list[Test] = []
    waiting = list(_conditions(chains))
    while waiting:
        condition = waiting.pop()
        if isinstance(condition, Test):
            found.append(condition)
        else:
            waiting += condition.parts
    return found


def _combinations(kind: MatterType, chains: Sequence[Chain]) -> Iterator[dict[str, Any]]:
    by_fact: dict[str, list[Test]] = {}
    for test in _tests(chains):
        if not test.fact.startswith("applicant."):
            by_fact.setdefault(test.fact, []).append(test)
    names = list(by_fact)
    for values in product(*(_told_apart(kind.blank(name), by_fact[name]) for name in names)):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _told_apart(blank: Field | None, tests: Sequence[Test]) -> list[Any]:
    """One value for each answer that the tests of a fact can give together."""
    found: dict[tuple[bool, ...], Any] = {}
    for value in _samples(blank, tests):
        facts = {} if value is None else {tests[0].fact: value}
        found.setdefault(tuple(test.met(facts) for test in tests), value)
    return list(found.values())


def _samples(blank: Field | None, tests: Sequence[Test]) -> Iterator[Any]:
    """Values on, below and above every figure, every choice there is, and nothing where it may be left out."""
    for test in tests:
        figures = test.figure if test.comparison in (Comparison.IN, Comparison.NOT_IN) else (test.figure,)
        for figure in figures:
            yield from _around(figure)
    if blank is not None and blank.choices:
        yield from blank.choices
    elif blank is None or blank.kind not in _COUNTED:
        yield OTHER
    if blank is None or not blank.required:
        yield None


def _around(figure: Any) -> Iterator[Any]:
    match figure:
        case bool():
            yield from (True, False)
        case Decimal():
            yield from (each for each in (figure, figure - FEN, figure + FEN) if each >= 0)
        case int():
            yield from (each for each in (figure, figure - 1, figure + 1) if each >= 0)
        case date():
            yield from (figure, figure - _DAY, figure + _DAY)
        case _:
            yield figure

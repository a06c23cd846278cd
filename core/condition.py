"""Small typed conditions of the rulebook: `when = { amount = { at_least = "1000.00" } }`."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.money import format_money


class Comparison(StrEnum):
    """How a fact is compared with the figure in the rulebook."""

    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    UNDER = "under"
    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"


_HOLDS: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.AT_LEAST: operator.ge,
    Comparison.OVER: operator.gt,
    Comparison.AT_MOST: operator.le,
    Comparison.UNDER: operator.lt,
    Comparison.IS: operator.eq,
    Comparison.IS_NOT: operator.ne,
    Comparison.IN: lambda fact, figures: fact in figures,
    Comparison.NOT_IN: lambda fact, figures: fact not in figures,
}

_WORDS = {
    Comparison.AT_LEAST: "≥",
    Comparison.OVER: ">",
    Comparison.AT_MOST: "≤",
    Comparison.UNDER: "<",
    Comparison.IS: "是",
    Comparison.IS_NOT: "不是",
    Comparison.IN: "属于",
    Comparison.NOT_IN: "不属于",
}


def shown(value: object) -> str:
    """A fact or figure as people read it."""
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal():
            return f"{format_money(value)} 元"
        case date():
            return value.isoformat()
        case tuple() | list() | frozenset():
            return "、".join(shown(each) for each in value)
        case None:
            return "未填写"
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a named fact. An unknown fact meets no comparison but `is_not` and `not_in`."""

    fact: str
    title: str
    comparison: Comparison
    figure: Any

    def met(self, facts: Mapping[str, Any]) -> bool:
        value = facts.get(self.fact)
        if value is None:
            return self.comparison in (Comparison.IS_NOT, Comparison.NOT_IN)
        try:
            return _HOLDS[self.comparison](value, self.figure)
        except TypeError:  # A fact of a family that is not in use is kept as text, and is as good as unknown.
            return self.comparison in (Comparison.IS_NOT, Comparison.NOT_IN)

    def described(self, facts: Mapping[str, Any] | None = None) -> str:
        """`金额 1,200.00 元 ≥ 1,000.00 元`, with the fact where the facts are given."""
        value = f" {shown(facts.get(self.fact))}" if facts is not None else ""
        return f"{self.title}{value} {_WORDS[self.comparison]} {shown(self.figure)}"


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple["Condition", ...]

    def met(self, facts: Mapping[str, Any]) -> bool:
        return all(part.met(facts) for part in self.parts)

    def described(self, facts: Mapping[str, Any] | None = None) -> str:
        return "，且".join(part.described(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def met(self, facts: Mapping[str, Any]) -> bool:
        return any(part.met(facts) for part in self.parts)

    def described(self, facts: Mapping[str, Any] | None = None) -> str:
        return "，或".join(part.described(facts) for part in self.parts)


Condition = Test | Every | Either


def facts_named(condition: Condition) -> frozenset[str]:
    """Every fact a condition asks for."""
    if isinstance(condition, Test):
        return frozenset({condition.fact})
    return frozenset().union(*(facts_named(part) for part in condition.parts))


def settled_by(condition: Condition) -> dict[str, Any]:
    """The facts that can be but one thing where a condition holds, with what they are."""
    match condition:
        case Test(fact=fact, comparison=Comparison.IS, figure=figure):
            return {fact: figure}
        case Every(parts=parts):
            return {fact: figure for part in parts for fact, figure in settled_by(part).items()}
        case _:
            return {}

"""Values and conditions in words: what keys stand for, instead of the keys."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.condition import Condition, Every, Test
from core.days.terms import period_written
from core.desk import Desk
from core.fields import Kind
from core.rule_kinds import APPLICANT_FACTS

_KEPT_AS_KEYS = (Kind.UNIT, Kind.POST, Kind.PERSON, Kind.BODY, Kind.FUNCTION)


def _titles(desk: Desk, kind: Kind) -> Mapping[str, str]:
    """What the keys of a kind of thing stand for."""
    match kind:
        case Kind.UNIT:
            return {key: unit.title for key, unit in desk.agency.units.items()}
        case Kind.POST:
            return {key: post.title for key, post in desk.agency.posts.items()}
        case Kind.BODY:
            return {key: body.title for key, body in desk.agency.bodies.items()}
        case Kind.PERSON:
            return {key: person.name for key, person in desk.organisation.people.items()}
        case _:
            return desk.agency.functions


def named(value: Any, kind: Kind, desk: Desk) -> Any:
    """A value of a kind of blank, or several, with what its keys stand for instead of the keys."""
    if isinstance(value, tuple | list):
        return tuple(named(each, kind, desk) for each in value)
    if kind is Kind.PERIOD and isinstance(value, str):
        return period_written(value)
    return _titles(desk, kind).get(value, value) if kind in _KEPT_AS_KEYS else value


def in_words(condition: Condition, desk: Desk, kind: str, facts: Mapping[str, Any] | None = None) -> str:
    """A condition on matters of a kind, with the facts it was held to where they are given."""
    if not isinstance(condition, Test):
        joint = "，且" if isinstance(condition, Every) else "，或"
        return joint.join(in_words(part, desk, kind, facts) for part in condition.parts)
    declared, fact = desk.matter_type(kind), condition.fact
    blank = declared.blank(fact) if declared else None
    sort = blank.kind if blank else APPLICANT_FACTS.get(fact, ("", Kind.TEXT))[1]
    given = None if facts is None else {fact: named(facts.get(fact), sort, desk)}
    return replace(condition, figure=named(condition.figure, sort, desk)).described(given)

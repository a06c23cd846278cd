"""Who a selector names: a post, a head, a leader in charge, the applicant, a person chosen on the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.people import Organisation


@dataclass(frozen=True, slots=True)
class Scope:
    """What a selector is read against: the organisation on a day, and the matter's applicant, unit and values."""

    organisation: Organisation
    day: date
    applicant: str = ""
    unit: str = ""
    values: Mapping[str, Any] | None = None


def select(selector: str, scope: Scope) -> tuple[str, ...]:
    """The persons a selector names; empty when nobody holds what it asks for."""
    organisation, day = scope.organisation, scope.day
    head, _, tail = selector.partition(":")
    match head:
        case "applicant":
            return (scope.applicant,) if scope.applicant else ()
        case "unit-head":
            return organisation.heads(scope.unit, day)
        case "supervising-leader":
            return organisation.overseers(day, unit=scope.unit) if scope.unit else ()
        case "principal":
            return organisation.principals(day)
        case "everyone":
            return tuple(person.key for person in organisation.staff(day))
        case "head-of":
            return organisation.heads(tail, day)
        case "leader-of":
            return organisation.overseers(day, unit=tail)
        case "leader-of-function":
            return organisation.overseers(day, function=tail)
        case "person":
            return (tail,) if organisation.tenures_of(tail, day) else ()
        case "chosen":
            chosen = _chosen(tail, scope.values or {})
            return tuple(person for person in chosen if organisation.tenures_of(person, day))
        case _:
            post, _, unit = selector.partition("@")
            return organisation.holders(post, day, unit)


def _chosen(blank: str, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The persons in a blank of the form, or in a column of its rows (`rows.person`), each once."""
    key, _, column = blank.partition(".")
    value = values.get(key)
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(str(row[column]) for row in value if row.get(column)))
    return (value,) if isinstance(value, str) else ()


def unnamed(selectors: Iterable[str], values: Mapping[str, Any]) -> bool:
    """Whether a selector asks for a person whom the form does not name."""
    asked = (tail for head, _, tail in (each.partition(":") for each in selectors) if head == "chosen")
    return any(not _chosen(blank, values) for blank in asked)


def described(selector: str, organisation: Organisation) -> str:
    """A selector in words: 分管领导, 秘书科负责人, 会计."""
    head, _, tail = selector.partition(":")
    unit = organisation.units.get(tail)
    match head:
        case "applicant":
            return "申请人"
        case "unit-head":
            return "本科室负责人"
        case "supervising-leader":
            return "分管领导"
        case "principal":
            posts = sorted(organisation.posts.values(), key=lambda post: post.rank)
            return posts[0].title if posts else "主要负责人"
        case "everyone":
            return "全体人员"
        case "head-of":
            return f"{unit.title if unit else tail}负责人"
        case "leader-of":
            return f"分管{unit.title if unit else tail}领导"
        case "leader-of-function":
            return f"分管{organisation.functions.get(tail, tail)}领导"
        case "person":
            return organisation.name(tail)
        case "chosen":
            return "申请人选定的人"
        case _:
            post, _, where = selector.partition("@")
            found = organisation.posts.get(post)
            place = organisation.units.get(where)
            return f"{place.title if place else ''}{found.title if found else post}"

"""People, units, posts, oversight and stand-ins of an agency, as they are on any date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

_T = TypeVar("_T")


class Staff(StrEnum):
    """How a person belongs to the agency."""

    ESTABLISHED = "在编"
    CONTRACT = "编外"
    DISTRICT_CADRE = "区管干部"
    RETIRED = "退休"


@dataclass(frozen=True, slots=True)
class Unit:
    """A section (科室) of the agency. The agency's `leaders` form a unit of their own, not said before their posts."""

    key: str
    title: str
    leaders: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A post (职务). `rank` 1 is the principal; a larger number is lower. `head` says it leads its unit."""

    key: str
    title: str
    rank: int
    head: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person with a personal number; search keys hold every pinyin reading of the name."""

    key: str
    name: str
    staff: Staff = Staff.ESTABLISHED
    search: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` to `until`, both included; an open end runs on."""

    since: date = date.min
    until: date = date.max

    def holds(self, day: date) -> bool:
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person holds a post in a unit for a span of days."""

    person: str
    post: str
    unit: str
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Oversight:
    """A leader is in charge of units and of functions (财务, 人事…) for a span of days."""

    person: str
    units: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    span: Span = Span()


@dataclass(frozen=True, slots=True)
class Delegation:
    """A dated stand-in: `stand_in` acts for `person`, named by `named_by` on some basis; empty scope means all."""

    key: str
    person: str
    stand_in: str
    named_by: str
    basis: str
    span: Span
    scope: tuple[str, ...] = ()

    def covers(self, matter_type: str, day: date) -> bool:
        return self.span.holds(day) and (not self.scope or matter_type in self.scope)


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away (leave, a trip) for a span of days."""

    person: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Recusal:
    """A person keeps out of one matter, or of every matter of one applicant, for a reason."""

    person: str
    reason: str
    matter: str = ""
    applicant: str = ""
    span: Span = Span()


@dataclass(frozen=True)
class Organisation:
    """The people of one agency; every question takes the day it is asked for."""

    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    functions: Mapping[str, str]
    people: Mapping[str, Person] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    oversights: tuple[Oversight, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    absences: tuple[Absence, ...] = ()
    recusals: tuple[Recusal, ...] = ()

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[Tenure, ...]]:
        return _group(self.tenures, [tenure.person for tenure in self.tenures])

    @cached_property
    def _by_post(self) -> Mapping[str, tuple[Tenure, ...]]:
        return _group(self.tenures, [tenure.post for tenure in self.tenures])

    @cached_property
    def _delegations_of(self) -> Mapping[str, tuple[Delegation, ...]]:
        return _group(self.delegations, [delegation.person for delegation in self.delegations])

    @cached_property
    def _absences_of(self) -> Mapping[str, tuple[Absence, ...]]:
        return _group(self.absences, [absence.person for absence in self.absences])

    @cached_property
    def _recusals_of(self) -> Mapping[str, tuple[Recusal, ...]]:
        return _group(self.recusals, [recusal.person for recusal in self.recusals])

    def tenures_of(self, person: str, day: date) -> tuple[Tenure, ...]:
        """The posts a person holds on a day, highest first."""
        held = (tenure for tenure in self._by_person.get(person, ()) if tenure.span.holds(day))
        return tuple(sorted(held, key=lambda tenure: self.posts[tenure.post].rank))

    def holders(self, post: str, day: date, unit: str = "") -> tuple[str, ...]:
        """Who holds a post on a day (in a unit, where one is named), in the order they were appointed."""
        found = [
            tenure.person
            for tenure in self._by_post.get(post, ())
            if tenure.span.holds(day) and (not unit or tenure.unit == unit)
        ]
        return tuple(dict.fromkeys(found))

    def unit_of(self, person: str, day: date) -> str:
        """The unit of a person's highest post; empty when he holds none."""
        held = self.tenures_of(person, day)
        return held[0].unit if held else ""

    def heads(self, unit: str, day: date) -> tuple[str, ...]:
        """Who leads a unit on a day."""
        return tuple(
            person for post in self.posts.values() if post.head for person in self.holders(post.key, day, unit)
        )

    def principals(self, day: date) -> tuple[str, ...]:
        """The holders of the first-ranking post (一把手)."""
        first = min((post.rank for post in self.posts.values()), default=0)
        return tuple(
            person for post in self.posts.values() if post.rank == first for person in self.holders(post.key, day)
        )

    def overseers(self, day: date, *, unit: str = "", function: str = "") -> tuple[str, ...]:
        """The leaders in charge (分管领导) of a unit or of a function on a day."""
        return tuple(
            dict.fromkeys(
                oversight.person
                for oversight in self.oversights
                if oversight.span.holds(day)
                and (not unit or unit in oversight.units)
                and (not function or function in oversight.functions)
            )
        )

    def stand_ins(self, person: str, matter_type: str, day: date) -> tuple[Delegation, ...]:
        """The delegations under which others may act for a person in a kind of matter on a day."""
        return tuple(
            delegation for delegation in self._delegations_of.get(person, ()) if delegation.covers(matter_type, day)
        )

    def represents(self, person: str, day: date) -> tuple[Delegation, ...]:
        """The delegations under which a person stands in for others on a day."""
        return tuple(each for each in self.delegations if each.stand_in == person and each.span.holds(day))

    def absence(self, person: str, day: date) -> Absence | None:
        """Why a person is away on a day; None when he is there."""
        return next((each for each in self._absences_of.get(person, ()) if each.span.holds(day)), None)

    def recused(self, person: str, matter: str, applicant: str, day: date) -> Recusal | None:
        """Why a person keeps out of a matter; None when he does not."""
        return next(
            (
                each
                for each in self._recusals_of.get(person, ())
                if each.span.holds(day)
                and ((each.matter and each.matter == matter) or (each.applicant and each.applicant == applicant))
            ),
            None,
        )

    def changes_between(self, since: date, until: date) -> bool:
        """Whether a post, charge, stand-in, absence or recusal begins or ends after `since`, up to `until`."""
        dated: tuple[Tenure | Oversight | Delegation | Absence | Recusal, ...]
        dated = (*self.tenures, *self.oversights, *self.delegations, *self.absences, *self.recusals)
        return any(since < each.span.since <= until or since <= each.span.until < until for each in dated)

    def name(self, person: str) -> str:
        found = self.people.get(person)
        return found.name if found else person

    def described(self, person: str, day: date) -> str:
        """Name with unit and post, so that two people of one name are never confused."""
        held = self.tenures_of(person, day)
        return f"{self.name(person)}（{self.posted(held[0])}）" if held else self.name(person)

    def posted(self, tenure: Tenure) -> str:
        """Unit and post as one says them: 秘书科科长, 机关党办主任, 服务中心主任; a leader's post alone: 副主任."""
        return self.said(tenure.unit, tenure.post)

    def said(self, unit: str, post: str) -> str:
        """The post with those keys as one says it, in its unit where that is named."""
        within = self.units[unit].title if unit and not self.units[unit].leaders else ""
        return posted(within, self.posts[post].title)

    def in_post(self, text: str, day: date) -> tuple[str, ...]:
        """Whoever a unit and post, or a post alone, stands for in words: 秘书科会计, 会计."""
        found = []
        for tenure in self.tenures:
            unit, post = self.units[tenure.unit].title, self.posts[tenure.post].title
            if tenure.span.holds(day) and text in (unit + post, self.posted(tenure), post):
                found.append(tenure.person)
        return tuple(dict.fromkeys(found))

    def staff(self, day: date) -> Iterator[Person]:
        """Everyone who holds a post on a day."""
        return (person for person in self.people.values() if self.tenures_of(person.key, day))


_SAID_TWICE = 2
"""How many characters a unit's end and a post's beginning share before they are said once: 科 of 科科长 is not."""


def posted(unit: str, post: str) -> str:
    """A unit's and a post's titles as one: what ends the one and begins the other is said once, 服务中心 and 中心主任
    being 服务中心主任.
    """
    shared = next((size for size in range(len(unit), _SAID_TWICE - 1, -1) if unit.endswith(post[:size])), 0)
    return unit + post[shared:]


def _group(things: Iterable[_T], keys: Sequence[str]) -> dict[str, tuple[_T, ...]]:
    grouped: dict[str, list[_T]] = {}
    for thing, key in zip(things, keys, strict=True):
        grouped.setdefault(key, []).append(thing)
    return {key: tuple(found) for key, found in grouped.items()}

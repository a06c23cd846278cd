"""Whether every step that a matter can reach has someone who may lawfully act, and whose absence would stop what."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from core.agency import Body
from core.chains.actors import Lawful
from core.chains.reaching import Reaching, dead
from core.chains.selectors import Scope, described, select
from core.chains.situations import Course, asks_of_applicant, courses
from core.chains.steps import Chain, Mode, Otherwise, Step, StepKind
from core.family import MatterType
from core.matter import Matter
from core.people import Organisation
from core.rule_kinds import matter_facts
from core.rulebook.model import Rulebook
from core.rules.persons import FiledBy
from core.rules.signatures import SignersDiffer


@dataclass(frozen=True, slots=True)
class Place:
    """A step of a chain: the matter type, the clause (`regulation/no`) and the step's title."""

    matter: str
    clause: str
    step: str


@dataclass(frozen=True, slots=True)
class DeadStep:
    """A step that a matter of one of these applicants reaches and that nobody may lawfully act at."""

    place: Place
    applicants: tuple[str, ...]
    why: str
    remedy: str
    stated: bool = False
    """Whether the clause says so itself: nobody else signs in the place of one whose own matter it is."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """What one person's absence without a stand-in stops, and what others do for him by the step's policy."""

    person: str
    stopped: tuple[Place, ...]
    covered: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What was found: dead steps, and for each person whom steps depend on, which."""

    dead: tuple[DeadStep, ...]
    dependences: tuple[Dependence, ...]
    evaluations: int
    """How often a step's lawful actors were worked out."""


_EVERYONE = (Mode.ALL, Mode.ORDER, Mode.GROUPS)
"""The modes in which no place at a step may stay empty."""

Group = tuple[str, ...]
"""Persons who are alike as applicants: in unit, posts, oversight and staff kind, and named by nothing."""


def reach(
    rulebook: Rulebook,
    kinds: Mapping[str, MatterType],
    bodies: Mapping[str, Body],
    organisation: Organisation,
    day: date,
) -> Reach:
    """Go through every chain in force, every kind of applicant and every course his matter can take.

    Present absences are left aside: they make a matter wait, not die.
    """
    return _Survey(rulebook, kinds, bodies, replace(organisation, absences=()), day).run()


@dataclass
class _Survey:
    rulebook: Rulebook
    kinds: Mapping[str, MatterType]
    bodies: Mapping[str, Body]
    organisation: Organisation
    day: date
    dead: dict[tuple[Place, str, str, bool], set[str]] = field(default_factory=dict)
    stopped: dict[str, dict[Place, bool]] = field(default_factory=dict)
    """For each person the places that depend on him, and whether a policy covers them."""
    evaluations: int = 0

    def run(self) -> Reach:
        for key, kind in self.kinds.items():
            chains = [each[0] for each in self.rulebook.chains(key) if each[2].in_force(self.day)]
            clauses = [
                f"{regulation.id}/{clause.no}"
                for _, regulation, clause in self.rulebook.chains(key)
                if clause.in_force(self.day)
            ]
            if chains:
                self._kind(kind, chains, clauses)
        dead = tuple(
            DeadStep(place, tuple(sorted(persons)), why, remedy, stated)
            for (place, why, remedy, stated), persons in self.dead.items()
        )
        return Reach(dead, tuple(self._dependences()), self.evaluations)

    def _dependences(self) -> Iterator[Dependence]:
        for person, places in sorted(self.stopped.items(), key=lambda each: (-_stops(each[1]), each[0])):
            stopped = tuple(place for place, covered in places.items() if not covered)
            yield Dependence(person, stopped, tuple(place for place, covered in places.items() if covered))

    def _kind(self, kind: MatterType, chains: list[Chain], clauses: list[str]) -> None:
        apart = self._apart(kind.key)
        groups = self._groups(kind.key, chains)
        personal = asks_of_applicant(chains)
        shared = [] if personal else courses(kind, chains, {})
        reaching = [Reaching(chain.steps, apart, kind.key, self.organisation, self.day) for chain in chains]
        for group in groups:
            matter = self._matter(kind.key, group[0])
            facts = matter_facts(matter, self.organisation, self.day) if personal else {}
            for course in courses(kind, chains, facts) if personal else shared:
                self._course(kind, clauses[course.chain], reaching[course.chain], course, matter, group)
        self.evaluations += sum(each.evaluations for each in reaching)

    def _course(
        self, kind: MatterType, clause: str, reaching: Reaching, course: Course, matter: Matter, group: Group
    ) -> None:
        filled = replace(matter, values=course.facts, steps=reaching.steps)
        for at, found, before in reaching.states(filled, course.steps):
            step = reaching.steps[at]
            place = Place(kind.title, _clause_of(step, clause), step.title)
            if step.body and not self._members(step.body):
                title = self.bodies[step.body].title
                known = (place, f"{title}没有一名成员", f"登记{title}成员的任职，或改动其组成", False)
                self.dead.setdefault(known, set()).update(group)
                continue
            if dead(found):
                who = "、".join(described(each, self.organisation) for each in step.by)
                why = "；".join(found.missing) or f"{who}没有可以办理的人"
                remedy, stated = self._remedy(step, who, filled)
                self.dead.setdefault((place, why, remedy, stated), set()).update(group)
                continue
            for person in _needed(step, found) if step.kind is not StepKind.NOTICE else ():
                away = reaching.without(person, at, before)
                covered = bool(away.actors) and not away.missing
                # Of persons alike, each is to the others what this one is to the applicant.
                for each in group if person in group else (person,):
                    places = self.stopped.setdefault(each, {})
                    places[place] = places.get(place, True) and covered

    def _remedy(self, step: Step, who: str, matter: Matter) -> tuple[str, bool]:
        """What would give the step an actor, and whether its clause wants none."""
        scope = Scope(self.organisation, self.day, matter.applicant, matter.unit, matter.values)
        places = [set(select(selector, scope)) for selector in step.by]
        held = set[str]().union(*places)
        if not held:
            return f"登记{who}的任职或分管，或在条款中写明空缺时由谁办理（if_vacant）", False
        own = held == {matter.applicant} or (step.mode in _EVERYONE and {matter.applicant} in places)
        if own and step.policy.applicant is Otherwise.REFUSE:
            return f"条款写明{who}本人的不办，由他人提交", True
        if own:
            return f"在条款中写明本人就是{who}时由谁办理（if_applicant、instead），或增加一名{who}", False
        return f"增加一名可在“{step.title}”环节签字的人，或改动该环节的签字规定", False

    def _members(self, body: str) -> set[str]:
        scope = Scope(self.organisation, self.day)
        return {person for selector in self.bodies[body].members for person in select(selector, scope)}

    def _matter(self, kind: str, applicant: str) -> Matter:
        unit = self.organisation.unit_of(applicant, self.day)
        return Matter("", kind, applicant, unit, datetime.combine(self.day, time()), {}, "", "")

    def _apart(self, kind: str) -> list[frozenset[str]]:
        """The sets of steps that the rules want signed by different people."""
        return [
            frozenset(use.parameters.steps)
            for use, _, clause in self.rulebook.uses(kind)
            if isinstance(use.parameters, SignersDiffer) and use.when is None and clause.in_force(self.day)
        ]

    def _groups(self, kind: str, chains: list[Chain]) -> list[Group]:
        """Everyone who may file, those who are alike put together."""
        organisation, day = self.organisation, self.day
        named = {each.partition(":")[2] for each in _selectors(chains) if each.startswith("person:")}
        named |= {person for each in organisation.delegations for person in (each.person, each.stand_in)}
        named |= {each.applicant for each in organisation.recusals}
        alike: dict[object, list[str]] = {}
        for person in organisation.staff(day):
            if not self._may_file(kind, person.key):
                continue
            posts = frozenset((each.post, each.unit) for each in organisation.tenures_of(person.key, day))
            charge = frozenset(
                each for each in organisation.oversights if each.person == person.key and each.span.holds(day)
            )
            unit = organisation.unit_of(person.key, day)
            key = (unit, posts, charge, person.staff, person.key if person.key in named else "")
            alike.setdefault(key, []).append(person.key)
        return [tuple(persons) for persons in alike.values()]

    def _may_file(self, kind: str, person: str) -> bool:
        unit = self.organisation.unit_of(person, self.day)
        scope = Scope(self.organisation, self.day, person, unit)
        return all(
            any(person in select(selector, scope) for selector in use.parameters.by)
            for use, _, clause in self.rulebook.uses(kind)
            if isinstance(use.parameters, FiledBy) and use.when is None and clause.in_force(self.day)
        )


def _stops(places: Mapping[Place, bool]) -> int:
    return sum(not covered for covered in places.values())


def _selectors(chains: Collection[Chain]) -> Iterator[str]:
    for chain in chains:
        for step in chain.steps:
            yield from (*step.by, *step.policy.instead)


def _clause_of(step: Step, clause: str) -> str:
    if not step.clause:
        return clause
    return step.clause if "/" in step.clause else f"{clause.split('/')[0]}/{step.clause}"


def _needed(step: Step, found: Lawful) -> set[str]:
    """The persons of a step whose absence could leave it without enough actors."""
    groups = [{actor.capacity for actor in group} for group in found.groups]
    everyone = {person for group in groups for person in group}
    if "applicant" in step.by:
        return set()
    if step.mode.value in ("one", "any"):
        return everyone if len(everyone) == 1 else set()
    return everyone

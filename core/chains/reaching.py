"""The states a matter reaches on one chain: at each step who may act, after every choice of those who signed before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import combinations, product

from core.acts import Verb
from core.chains.actors import Actor, Lawful, lawful
from core.chains.selectors import Scope, select
from core.chains.steps import Mode, Otherwise, Repeat, Step, StepKind
from core.matter import Mark, Matter
from core.people import Absence, Organisation, Span

Signer = tuple[int, str, str]
"""A signature: the step's index, who signed, for whom."""

_BY_ITSELF = Lawful(((Actor("公示期满"),),))
_CHOSEN_AT_MOST = 8


class Reaching:
    """Walks the steps of one chain; what comes out the same is worked out once."""

    def __init__(
        self,
        steps: tuple[Step, ...],
        apart: Sequence[frozenset[str]],
        kind: str,
        organisation: Organisation,
        day: date,
    ) -> None:
        self.steps = steps
        self.evaluations = 0
        self._apart, self._kind, self._organisation, self._day = apart, kind, organisation, day
        self._at = datetime.combine(day, time())
        self._known: dict[tuple[object, ...], Lawful] = {}
        self._involved: dict[tuple[int, str], frozenset[str]] = {}
        self._special = {each.applicant for each in organisation.recusals}
        self._special |= {person for each in organisation.delegations for person in (each.person, each.stand_in)}
        self._away: dict[str, Organisation] = {}

    def states(self, matter: Matter, course: tuple[int, ...]) -> Iterator[tuple[int, Lawful, Matter]]:
        """Each step of a course in each state in which it can be reached, with the matter as it then stands; past a
        dead step the matter goes on without its signatures.
        """
        rivals = self._rivals(matter, course)
        reached: set[frozenset[Signer]] = {frozenset()}
        for at in course:
            following: set[frozenset[Signer]] = set()
            for signed in sorted(reached, key=sorted):
                there = replace(matter, course=tuple(self._mark(each) for each in sorted(signed)), at=at)
                found = self._allowed(at, self._lawful(at, there, signed), signed)
                yield at, found, there
                passed = [frozenset[Signer]()] if dead(found) else self._signatures(at, found, rivals)
                following.update(signed | new for new in passed)
            reached = following

    def without(self, person: str, at: int, matter: Matter) -> Lawful:
        """Who may act at a step while one person is away and nobody stands in for him."""
        if person not in self._away:
            kept = tuple(each for each in self._organisation.delegations if each.person != person)
            absent = (Absence(person, "不在岗", Span()),)
            self._away[person] = replace(self._organisation, delegations=kept, absences=absent)
        signed = frozenset((mark.step, mark.by, mark.on_behalf) for mark in matter.course)
        key = (person, *self._key(at, matter, signed))
        if key not in self._known:
            self.evaluations += 1
            self._known[key] = lawful(self.steps[at], at, self._chosen(at, matter), self._away[person], self._day)
        return self._allowed(at, self._known[key], signed)

    def _mark(self, signer: Signer) -> Mark:
        at, by, behalf = signer
        verb = Verb.APPROVE if self.steps[at].kind is StepKind.SIGN else Verb.PERFORM
        return Mark(verb, by, self._at, at, behalf)

    def _lawful(self, at: int, matter: Matter, signed: frozenset[Signer]) -> Lawful:
        if self.steps[at].kind is StepKind.NOTICE:
            return _BY_ITSELF
        key = self._key(at, matter, signed)
        if key not in self._known:
            self.evaluations += 1
            filled = self._chosen(at, matter)
            self._known[key] = lawful(self.steps[at], at, filled, self._organisation, self._day)
        return self._known[key]

    def _key(self, at: int, matter: Matter, signed: frozenset[Signer]) -> tuple[object, ...]:
        """What the actors of a step depend on: the unit, the applicant where he could be one of them, the signers."""
        involved = self._who(at, matter)
        own = matter.applicant in involved or matter.applicant in self._special or "applicant" in self.steps[at].by
        asked = self.steps[at].policy.repeat is Repeat.OTHER
        before = frozenset(each for each in signed if (each[2] or each[1]) in involved) if asked else frozenset()
        return (at, matter.unit if _by_unit(self.steps[at]) else "", matter.applicant if own else "", before)

    def _who(self, at: int, matter: Matter) -> frozenset[str]:
        """Everyone who could act at a step for applicants of a unit, by its selectors or by its policies."""
        step = self.steps[at]
        key = (at, matter.unit if _by_unit(step) else "")
        if key not in self._involved:
            organisation, day = self._organisation, self._day
            scope = Scope(organisation, day, "", matter.unit)
            people = {person for each in (*step.by, *step.policy.instead) for person in select(each, scope)}
            people |= {*organisation.overseers(day, unit=matter.unit), *organisation.principals(day)}
            if any(each.startswith("chosen:") for each in step.by):
                people |= {person.key for person in organisation.staff(day)}
            self._involved[key] = frozenset(people)
        return self._involved[key]

    def _chosen(self, at: int, matter: Matter) -> Matter:
        """The matter with someone chosen on its form who can act, where the step asks for such a one."""
        blanks = [each.partition(":")[2] for each in self.steps[at].by if each.startswith("chosen:")]
        if not blanks:
            return matter
        needed = self._needed_apart(at, matter)
        others = [each.key for each in self._organisation.staff(self._day) if each.key != matter.applicant]
        others.sort(key=lambda person: person in needed)
        filled = matter
        for person in others[:_CHOSEN_AT_MOST]:
            filled = replace(matter, values={**matter.values, **dict.fromkeys(blanks, person)})
            if not lawful(self.steps[at], at, filled, self._organisation, self._day).stuck:
                break
        return filled

    def _needed_apart(self, at: int, matter: Matter) -> frozenset[str]:
        """Who may have to sign another step that wants other hands, and so is not the one to choose."""
        title = self.steps[at].title
        titles = {each for apart in self._apart if title in apart for each in apart if each != title}
        rivals = [
            index
            for index, step in enumerate(self.steps)
            if step.title in titles and not any(each.startswith("chosen:") for each in step.by)
        ]
        return frozenset[str]().union(*(self._who(index, matter) for index in rivals))

    def _allowed(self, at: int, found: Lawful, signed: frozenset[Signer]) -> Lawful:
        """The actors that rules on different signers leave at a step."""
        step = self.steps[at]
        barred = {
            by
            for titles in self._apart
            if step.title in titles
            for index, by, _ in signed
            if index != at and self.steps[index].title in titles
        }
        if not barred & {actor.person for actor in found.actors}:
            return found
        groups = tuple(tuple(actor for actor in group if actor.person not in barred) for group in found.groups)
        left = replace(found, groups=groups)
        able, wanted = ({actor.capacity for actor in each.actors} for each in (left, found))
        match step.mode:
            case Mode.ALL | Mode.ORDER:
                enough = able == wanted
            case Mode.GROUPS:
                enough = all(left.groups)
            case Mode.COUNT | Mode.RATIO:
                enough = len(able) >= step.needed(found.places)
            case _:
                enough = bool(able)
        if enough:
            return left
        names = "、".join(sorted(map(self._organisation.name, barred & {actor.person for actor in found.actors})))
        return replace(left, missing=(f"{names}已在须由他人签字的环节签过字，没有另一人可签",), stuck=True)

    def _rivals(self, matter: Matter, course: tuple[int, ...]) -> dict[int, frozenset[str]]:
        """For each step of a course, the signers that a later step asks about."""
        found: dict[int, frozenset[str]] = {}
        for at in course:
            later = [each for each in course if each > at]
            people: set[str] = set()
            for other in later:
                titles = {self.steps[at].title, self.steps[other].title}
                repeat = self.steps[other].policy.repeat is Repeat.OTHER and self.steps[at].kind is StepKind.SIGN
                if repeat or any(titles <= each for each in self._apart):
                    people |= self._who(other, matter)
                    people |= {each.stand_in for each in self._organisation.delegations if each.person in people}
            found[at] = frozenset(people)
        return found

    def _signatures(self, at: int, found: Lawful, rivals: dict[int, frozenset[str]]) -> Iterable[frozenset[Signer]]:
        """The sets of signatures by which a step can be passed, as far as later steps ask about the signers."""
        step, asked = self.steps[at], rivals[at]
        if not asked or not found.actors:
            return [frozenset()]

        def kept(actors: Iterable[Actor]) -> frozenset[Signer]:
            told = (each for each in actors if each.person in asked or each.capacity in asked)
            return frozenset((at, each.person, each.on_behalf) for each in told)

        by_capacity: dict[str, list[Actor]] = {}
        for actor in found.actors:
            by_capacity.setdefault(actor.capacity, []).append(actor)
        match step.mode:
            case Mode.ALL | Mode.ORDER:
                return {kept(each) for each in product(*by_capacity.values())}
            case Mode.COUNT | Mode.RATIO:
                needed = min(step.needed(found.places), len(by_capacity))
                return {kept(each) for some in combinations(by_capacity.values(), needed) for each in product(*some)}
            case Mode.GROUPS:
                return {kept(each) for each in product(*(group for group in found.groups if group))}
            case _:
                return {kept((actor,)) for actor in found.actors}


def dead(found: Lawful) -> bool:
    """Whether nobody may act at a step, or not as many as it needs; whoever is away is not the reason."""
    return found.stuck or not found.actors


def _by_unit(step: Step) -> bool:
    """Whether who acts depends on the applicant's unit."""
    policy = step.policy
    superior = Otherwise.SUPERIOR in (policy.vacant, policy.absent, policy.applicant) or policy.repeat is Repeat.OTHER
    return superior or any(each in ("unit-head", "supervising-leader") for each in (*step.by, *policy.instead))

"""Who may lawfully act at a step now: holders, stand-ins, and what the step's policies allow in their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.acts import Verb
from core.chain import Mode, Otherwise, Policy, Repeat, Step, StepKind
from core.matter import Mark, Matter
from core.people import Organisation
from core.selectors import Scope, described, select


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who may act; for whom, if he stands in; and why he is lawful, where that is not plain."""

    person: str
    on_behalf: str = ""
    basis: str = ""

    @property
    def capacity(self) -> str:
        """The person whose signature this is."""
        return self.on_behalf or self.person


@dataclass(frozen=True, slots=True)
class Lawful:
    """The actors of a step, one group for each of its selectors; `missing` says why a group has none.

    `stuck` says that the matter can never pass as things stand, rather than merely wait.
    """

    groups: tuple[tuple[Actor, ...], ...]
    missing: tuple[str, ...] = ()
    stuck: bool = False

    @property
    def actors(self) -> tuple[Actor, ...]:
        return tuple(dict.fromkeys(actor for group in self.groups for actor in group))


def scope_of(matter: Matter, organisation: Organisation, day: date) -> Scope:
    return Scope(organisation, day, matter.applicant, matter.unit, matter.values)


def _signed_before(matter: Matter, index: int) -> frozenset[str]:
    """Whoever's signature already counts at an earlier sign step."""
    return frozenset(
        mark.on_behalf or mark.by
        for mark in matter.course
        if 0 <= mark.step < index and not mark.void and mark.verb is Verb.APPROVE
    )


def _replacement(
    policy: Policy, otherwise: Otherwise, matter: Matter, scope: Scope, without: Iterable[str]
) -> list[str]:
    """Whom a policy puts in the place of nobody; never the applicant, never those it replaces."""
    excluded = {*without, matter.applicant}
    organisation, day = scope.organisation, scope.day
    ladders: dict[Otherwise, list[tuple[str, ...]]] = {
        Otherwise.SUPERIOR: [
            organisation.overseers(day, unit=matter.unit) if matter.unit else (),
            organisation.principals(day),
        ],
        Otherwise.PRINCIPAL: [organisation.principals(day)],
        Otherwise.INSTEAD: [select(selector, scope) for selector in policy.instead],
    }
    for rung in ladders.get(otherwise, []):
        if found := [person for person in rung if person not in excluded]:
            return found
    return []


_ABOVE = {
    Otherwise.SUPERIOR: "由上一级领导办理",
    Otherwise.PRINCIPAL: "由主要负责人办理",
    Otherwise.INSTEAD: "由规定的替代人办理",
}


def _with_stand_ins(person: str, matter: Matter, scope: Scope, away: bool) -> list[Actor]:
    """The person himself unless away, and whoever stands in for him today; never the applicant."""
    actors = [] if away or person == matter.applicant else [Actor(person)]
    for delegation in scope.organisation.stand_ins(person, matter.kind, scope.day):
        if delegation.stand_in != matter.applicant and delegation.stand_in != person:
            until = delegation.span.until.isoformat()
            actors.append(Actor(delegation.stand_in, person, f"{delegation.basis}，期限至 {until}"))
    return actors


def _group(selector: str, step: Step, index: int, matter: Matter, scope: Scope) -> tuple[list[Actor], str, bool]:
    """The actors one selector yields under the step's policies, with what is missing where there are none."""
    organisation, policy = scope.organisation, step.policy
    who = described(selector, organisation)
    holders = list(select(selector, scope))
    if selector == "applicant":
        return [Actor(person) for person in holders], "", False
    if not holders:
        found = _replacement(policy, policy.vacant, matter, scope, ())
        basis = f"{who}空缺，{_ABOVE.get(policy.vacant, '')}"
        return [Actor(person, basis=basis) for person in found], f"{who}目前无人担任", True
    others = [person for person in holders if person != matter.applicant]
    if not others:
        found = _replacement(policy, policy.applicant, matter, scope, holders)
        basis = f"申请人本人即{who}，{_ABOVE.get(policy.applicant, '')}"
        return [Actor(person, basis=basis) for person in found], f"{who}就是申请人本人，不得审批自己的事项", True
    if policy.repeat is Repeat.OTHER and step.kind is StepKind.SIGN:
        before = _signed_before(matter, index)
        fresh = [person for person in others if person not in before]
        if not fresh:
            found = _replacement(policy, Otherwise.SUPERIOR, matter, scope, before | set(others))
            basis = f"{who}已在前面的环节签过字，{_ABOVE[Otherwise.SUPERIOR]}"
            return [Actor(person, basis=basis) for person in found], f"{who}已在前面的环节签过字，没有另一人可签", True
        others = fresh
    actors: list[Actor] = []
    for person in others:
        actors += _with_stand_ins(person, matter, scope, bool(organisation.absence(person, scope.day)))
    if actors:
        return actors, "", False
    away = organisation.absence(others[0], scope.day)
    reason = f"{who}{organisation.name(others[0])}{away.reason if away else '不在岗'}"
    found = _replacement(policy, policy.absent, matter, scope, others)
    basis = f"{reason}，{_ABOVE.get(policy.absent, '')}"
    return [Actor(person, basis=basis) for person in found], f"{reason}，且未指定代理人", False


def lawful(step: Step, index: int, matter: Matter, organisation: Organisation, day: date) -> Lawful:
    """Everyone who may act at a step today, whether or not he has acted already."""
    scope = scope_of(matter, organisation, day)
    groups, missing, stuck = [], [], False
    for selector in step.by:
        actors, why, never = _group(selector, step, index, matter, scope)
        groups.append(tuple(dict.fromkeys(actors)))
        if not actors:
            missing.append(why)
            stuck = stuck or never
    everyone = step.mode in (Mode.ALL, Mode.ORDER, Mode.GROUPS)
    if not everyone and any(groups):
        missing, stuck = [], False
    if step.mode is Mode.COUNT and len({actor.capacity for group in groups for actor in group}) < step.count:
        missing, stuck = [f"需要 {step.count} 人签字，目前可签的不足此数"], True
    return Lawful(tuple(groups), tuple(missing), stuck)


def still_to_sign(step: Step, found: Lawful, signed: tuple[Mark, ...]) -> tuple[Actor, ...]:
    """The actors who may act now, given the signatures that count; empty when the step is done."""
    have = [mark.on_behalf or mark.by for mark in signed]
    left = tuple(actor for actor in found.actors if actor.capacity not in have)
    match step.mode:
        case Mode.ALL:
            return left
        case Mode.ORDER:
            return tuple(actor for actor in left if actor.capacity == left[0].capacity) if left else ()
        case Mode.COUNT:
            return left if len(set(have)) < step.count else ()
        case Mode.GROUPS:
            open_groups = [group for group in found.groups if not {actor.capacity for actor in group} & set(have)]
            return tuple(dict.fromkeys(actor for group in open_groups for actor in group))
        case _:
            return found.actors if not have else ()


def complete(step: Step, found: Lawful, signed: tuple[Mark, ...]) -> bool:
    """Whether the signatures that count are all the step needs; a step that lacks an actor is never complete."""
    if not signed or (found.missing and step.mode in (Mode.ALL, Mode.ORDER, Mode.GROUPS)):
        return False
    if step.mode is Mode.COUNT:
        return len({mark.on_behalf or mark.by for mark in signed}) >= step.count
    return not still_to_sign(step, found, signed)

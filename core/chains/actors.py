"""Who may lawfully act at a step now: holders, stand-ins, and what the step's policies allow in their place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.acts import Position, Verb
from core.chains.changes import Asked
from core.chains.selectors import Scope, described, select
from core.chains.steps import Mode, Otherwise, Policy, Repeat, Step, StepKind
from core.matter import Matter
from core.people import Organisation


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
    beside: tuple[tuple[str, tuple[Actor, ...]], ...] = ()
    """Who was added to sign at this step too, with those who may do it for him."""
    withheld: tuple[Asked, ...] = ()
    """The places that wait for an opinion asked for."""
    places: int = 0
    """How many persons hold a place at the step, those away included: what a share is a share of."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        return tuple(dict.fromkeys(actor for group in self.groups for actor in group))


def scope_of(matter: Matter, organisation: Organisation, day: date) -> Scope:
    return Scope(organisation, day, matter.applicant, matter.unit, matter.values)


def signed_before(matter: Matter, index: int) -> frozenset[str]:
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
    organisation, day = scope.organisation, scope.day
    excluded = {*without, matter.applicant}
    ladders: dict[Otherwise, list[tuple[str, ...]]] = {
        Otherwise.SUPERIOR: [
            organisation.overseers(day, unit=matter.unit) if matter.unit else (),
            organisation.principals(day),
        ],
        Otherwise.PRINCIPAL: [organisation.principals(day)],
        Otherwise.INSTEAD: [select(selector, scope) for selector in policy.instead],
    }
    for rung in ladders.get(otherwise, []):
        if found := [person for person in rung if person not in excluded and not recused(person, matter, scope)]:
            return found
    return []


def recused(person: str, matter: Matter, scope: Scope) -> bool:
    """Whether a person keeps out of a matter today."""
    return scope.organisation.recused(person, matter.number, matter.applicant, scope.day) is not None


_ABOVE = {
    Otherwise.SUPERIOR: "由上一级领导办理",
    Otherwise.PRINCIPAL: "由主要负责人办理",
    Otherwise.INSTEAD: "由规定的替代人办理",
}


def _with_stand_ins(person: str, matter: Matter, scope: Scope, basis: str = "") -> list[Actor]:
    """The person himself unless away, and whoever stands in for him today; never the applicant, never one recused."""
    organisation = scope.organisation
    here = person != matter.applicant and not organisation.absence(person, scope.day)
    actors = [Actor(person, basis=basis)] if here else []
    for delegation in organisation.stand_ins(person, matter.kind, scope.day):
        stand_in = delegation.stand_in
        if stand_in not in (matter.applicant, person) and not recused(stand_in, matter, scope):
            until = delegation.span.until.isoformat()
            by_name = f"{delegation.basis}，期限至 {until}"
            actors.append(Actor(stand_in, person, f"{basis}；{by_name}" if basis else by_name))
    return actors


@dataclass(frozen=True, slots=True)
class _Group:
    """The actors one selector yields, and what is missing where there are none."""

    actors: tuple[Actor, ...]
    missing: str = ""
    stuck: bool = False
    places: frozenset[str] = frozenset()


def _group(selector: str, step: Step, index: int, matter: Matter, scope: Scope) -> _Group:
    """The actors one selector yields under the step's policies."""
    organisation, policy = scope.organisation, step.policy
    who = described(selector, organisation)
    named = select(selector, scope)
    if selector == "applicant":
        return _Group(tuple(Actor(person) for person in named), places=frozenset(named))

    def replaced(otherwise: Otherwise, without: Iterable[str], missing: str, vacancy: str) -> _Group:
        found = _replacement(policy, otherwise, matter, scope, without)
        actors, away = _placed(who, found, index, matter, scope, f"{vacancy}，{_ABOVE.get(otherwise, '')}")
        if actors or not found:
            return _Group(tuple(actors), "" if actors else missing, not found, frozenset(found))
        return _Group((), f"{missing}，{away}", False, frozenset(found))

    holders = [person for person in named if not recused(person, matter, scope)]
    if not holders:
        gone = f"{who}{'、'.join(map(organisation.name, named))}已回避" if named else f"{who}目前无人担任"
        return replaced(policy.vacant, named, gone, gone if named else f"{who}空缺")
    others = [person for person in holders if person != matter.applicant]
    if not others:
        own = f"{who}就是申请人本人，不得审批自己的事项"
        return replaced(policy.applicant, holders, own, f"申请人本人即{who}")
    if policy.repeat is Repeat.OTHER and step.kind is StepKind.SIGN:
        before = signed_before(matter, index)
        fresh = [person for person in others if person not in before]
        if not fresh:
            signed = f"{who}已在前面的环节签过字"
            return replaced(Otherwise.SUPERIOR, before | set(others), f"{signed}，没有另一人可签", signed)
        others = fresh
    return _present(who, others, step, index, matter, scope)


def _present(who: str, holders: list[str], step: Step, index: int, matter: Matter, scope: Scope) -> _Group:
    """Those of the holders who are there, and those who act for the others; where everyone signs, nobody is left out
    for being away.
    """
    actors, away = _placed(who, holders, index, matter, scope)
    places = frozenset(holders)
    everyone = step.mode in (Mode.ALL, Mode.ORDER)
    if not away or (actors and not everyone):
        return _Group(tuple(actors), places=places)
    otherwise = step.policy.absent
    found = _replacement(step.policy, otherwise, matter, scope, holders)
    instead, _ = _placed(who, found, index, matter, scope, f"{away}，{_ABOVE.get(otherwise, '')}")
    missing = "" if instead else f"{away}，且未指定代理人"
    return _Group((*actors, *instead), missing, places=places)


def _placed(
    who: str, holders: list[str], index: int, matter: Matter, scope: Scope, basis: str = ""
) -> tuple[list[Actor], str]:
    """The actors for the holders of a place, wherever it was handed on to, and who of them is away unreplaced."""
    organisation = scope.organisation
    actors: list[Actor] = []
    away: list[str] = []
    for holder in holders:
        taker, path = _handed_on(holder, index, matter, scope)
        found = _with_stand_ins(taker, matter, scope, "；".join(filter(None, (basis, path))))
        actors += found
        if not found:
            absence = organisation.absence(taker, scope.day)
            away.append(f"{who}{organisation.name(taker)}{absence.reason if absence else '不在岗'}")
    return actors, "，".join(away)


def _handed_on(holder: str, index: int, matter: Matter, scope: Scope) -> tuple[str, str]:
    """Who has a holder's place now that it may have been handed on, and how it came to him; it falls back to the
    giver where the taker has left or keeps out of the matter.
    """
    if not matter.handed:
        return holder, ""
    organisation = scope.organisation
    taker, path = holder, [organisation.name(holder)]
    for handed in matter.handed:
        able = organisation.tenures_of(handed.taker, scope.day) and not recused(handed.taker, matter, scope)
        if handed.index == index and handed.giver == taker and able and handed.taker != matter.applicant:
            taker = handed.taker
            path.append(organisation.name(taker))
    return taker, "转".join(path) if len(path) > 1 else ""


def _beside(index: int, matter: Matter, scope: Scope) -> tuple[tuple[str, tuple[Actor, ...]], ...]:
    """Who was added to sign at a step too; one who left or keeps out is still waited for until he is taken off."""
    found = []
    for added in matter.added:
        if added.index == index and added.position is Position.BESIDE:
            basis = f"{scope.organisation.name(added.by)}加签"
            able = scope.organisation.tenures_of(added.person, scope.day) and not recused(added.person, matter, scope)
            found.append((added.person, tuple(_with_stand_ins(added.person, matter, scope, basis)) if able else ()))
    return tuple(found)


def lawful(step: Step, index: int, matter: Matter, organisation: Organisation, day: date) -> Lawful:
    """Everyone who may act at a step today, whether or not he has acted already."""
    scope = scope_of(matter, organisation, day)
    read = [_group(selector, step, index, matter, scope) for selector in step.by]
    groups = tuple(tuple(dict.fromkeys(group.actors)) for group in read)
    missing = [group.missing for group in read if group.missing]
    stuck = any(group.stuck for group in read if group.missing)
    everyone = step.mode in (Mode.ALL, Mode.ORDER, Mode.GROUPS)
    if not everyone and any(groups):
        missing, stuck = [], False
    places = len(frozenset[str]().union(*(group.places for group in read)))
    able = len({actor.capacity for group in groups for actor in group})
    needed = step.needed(places)
    if able and needed > able:
        missing, stuck = [f"需要 {needed} 人签字，目前可签的只有 {able} 人"], needed > places
    beside = _beside(index, matter, scope) if matter.added else ()
    given = {mark.on_behalf or mark.by for mark in matter.signed(index)} if beside else set()
    gone = [person for person, actors in beside if not actors and person not in given]
    missing += [f"加签的{organisation.name(person)}不能签字" for person in gone]
    withheld = tuple(each for each in matter.asked if each.index == index and _answers(each, matter, scope))
    return Lawful(groups, tuple(missing), stuck, beside, withheld, places)


def _answers(asked: Asked, matter: Matter, scope: Scope) -> bool:
    """Whether one who was asked can still answer; otherwise nothing waits for him."""
    return bool(scope.organisation.tenures_of(asked.asked, scope.day)) and not recused(asked.asked, matter, scope)

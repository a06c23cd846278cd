"""What the core demands where one person stands in for another, and what it suggests where nobody does."""

from collections.abc import Iterator
from datetime import date

from core.finding import Level, Problem
from core.people import Delegation, Organisation, Span
from core.registers.people import named_kinds
from core.rule_kinds import Proposal

_SHOWN = 5


def delegation_problems(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Nobody stands in for himself, directly or through others; a stand-in serves in the agency; what he is to do is
    named as it is called.
    """
    matter, organisation = proposal.matter, proposal.office.organisation
    person, stand_in = matter.text("person"), matter.text("stand_in")
    for named in named_kinds(matter.text("scope")):
        if not proposal.office.kind_named(named):
            yield "form", Problem(f"“{named}”不是一种事项的名称", "改填事项的名称；不限事项的，不填", "scope")
    if person and person == stand_in:
        yield "form", Problem("代理人就是被代理人本人", "另选一位代理人", "stand_in")
    elif stand_in and not organisation.tenures_of(stand_in, proposal.office.day):
        facts = f"{organisation.name(stand_in)}目前在本单位没有职务"
        yield "permission", Problem(facts, "另选一位在岗人员", "stand_in")
    elif person and stand_in:
        yield from _circle(proposal, person, stand_in)


def _circle(proposal: Proposal, person: str, stand_in: str) -> Iterator[tuple[str, Problem]]:
    matter, organisation = proposal.matter, proposal.office.organisation
    span = Span(matter.day("since") or proposal.office.day, matter.day("until") or date.max)
    path = _way_back(organisation, stand_in, person, span, frozenset())
    if path:
        names = "→".join(organisation.name(each) for each in (person, stand_in, *(each.stand_in for each in path)))
        last = path[-1]
        held = f"{organisation.name(last.person)}由{organisation.name(last.stand_in)}代理至 {last.span.until}"
        facts = f"代理成环：{names}；已登记的{held}"
        yield "stand-in", Problem(facts, "另选一位代理人，或把起止日期与已登记的代理错开", "stand_in")


def _way_back(
    organisation: Organisation, start: str, goal: str, span: Span, seen: frozenset[str]
) -> tuple[Delegation, ...]:
    """The delegations that lead from one person on to another, all on one same day of the span; none where none do."""
    for each in organisation.delegations:
        since, until = max(span.since, each.span.since), min(span.until, each.span.until)
        if each.person != start or since > until or each.key in seen:
            continue
        if each.stand_in == goal:
            return (each,)
        if found := _way_back(organisation, each.stand_in, goal, Span(since, until), seen | {each.key}):
            return (each, *found)
    return ()


def absence_notes(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Whoever goes away while matters wait on him alone is reminded to have a stand-in named."""
    matter, office = proposal.matter, proposal.office
    person, since = matter.text("person"), matter.day("since") or office.day
    stood_in = [each for each in office.organisation.delegations if each.person == person and each.span.holds(since)]
    waiting = office.waiting_on(person) if person and not stood_in else []
    if waiting:
        more = f"等 {len(waiting)} 件" if len(waiting) > _SHOWN else ""
        name = office.organisation.name(person)
        facts = f"现有 {len(waiting)} 件事项只有{name}能办：{'、'.join(waiting[:_SHOWN])}{more}，外出期间将停下等候"
        yield "stand-in", Problem(facts, f"请办理《指定代理》，写明{name}外出期间由谁代办", "person", Level.NOTE)

"""Why a matter goes the way it goes: which chain and which steps and why, who may act and who not."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.chains.actors import lawful, recused, scope_of
from core.chains.planning import plan, step_clause
from core.chains.selectors import described, select
from core.chains.signatures import still_to_sign
from core.chains.steps import Step, StepKind
from core.condition_words import in_words
from core.desk import Desk
from core.matter import Matter, State
from core.rule_kinds import matter_facts
from core.verdict import Planned, Progress


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an explanation: a heading when `strong`, else set in by `indent` cells."""

    text: str
    indent: int = 0
    strong: bool = False


def reasons(desk: Desk, matter: Matter) -> Iterator[Told]:
    """The whole explanation of a matter whose family is in use."""
    yield from _now(desk, matter)
    yield from _next(desk, matter)
    yield from _chains(desk, matter)
    yield from _steps(desk, matter)


def _now(desk: Desk, matter: Matter) -> Iterator[Told]:
    yield Told("现在由谁办", strong=True)
    if not matter.state.open:
        yield Told(f"事项{matter.state.title}，不再需要谁办理。", 2)
        return
    step = matter.step
    if step is None:
        who = desk.organisation.described(matter.applicant, desk.day)
        yield Told(f"事项已退回，等申请人{who}修改后重新提交，或者撤回。", 2)
        return
    yield Told(f"现在是“{step.title}”环节，依据{step_clause(desk, matter, matter.at).quoted}", 2)
    if step.kind is StepKind.NOTICE:
        yield Told("公示期满、没有异议的，自动转到下一环节，不需要谁办理。", 2)
        return
    yield from _actors(desk, matter, step)
    if matter.due:
        yield Told(f"期限：{matter.due}", 2)


def _actors(desk: Desk, matter: Matter, step: Step) -> Iterator[Told]:
    """Who may act at the present step, and why those may not who hold a place at it or could be thought to."""
    organisation, day = desk.organisation, desk.day
    found = lawful(step, matter.at, matter, organisation, day)
    waiting = still_to_sign(step, found, matter.signed(matter.at))
    for actor in waiting:
        behalf = f"，代{organisation.name(actor.on_behalf)}" if actor.on_behalf else ""
        basis = f"（{actor.basis}）" if actor.basis else ""
        yield Told(f"可以办理：{organisation.described(actor.person, day)}{behalf}{basis}", 2)
    for each in found.withheld:
        yield Told(f"等候答复：{organisation.described(each.asked, day)}答复{organisation.name(each.asker)}", 2)
    for missing in found.missing:
        yield Told(f"暂缺：{missing}", 2)
    able = {actor.person for actor in waiting}
    scope = scope_of(matter, organisation, day)
    told = {person: selector for selector in step.by for person in select(selector, scope)}
    for person, selector in {**told, matter.applicant: ""}.items():
        if person not in able:
            yield Told(
                f"不能办理：{organisation.described(person, day)}，{_why_not(desk, matter, person, selector)}", 2
            )
    posts = "、".join(described(selector, organisation) for selector in step.by)
    yield Told(
        f"其他人不能办理：本环节只由{posts}或其代理人、替代人办理（{desk.rulebook.cite('general/turn').label}）", 2
    )


def _why_not(desk: Desk, matter: Matter, person: str, selector: str) -> str:
    """Why one who holds a place at the present step, or filed the matter, may not act at it now."""
    organisation, day = desk.organisation, desk.day
    if person == matter.applicant:
        return "是申请人本人，不得审批自己的事项"
    if recused(person, matter, scope_of(matter, organisation, day)):
        return "已登记回避"
    if any(person in (mark.by, mark.on_behalf) for mark in matter.signed(matter.at)):
        return "在本环节已经签过字"
    if taken := [each.taker for each in matter.handed if each.index == matter.at and each.giver == person]:
        return f"已转给{organisation.name(taken[-1])}"
    if absence := organisation.absence(person, day):
        return f"{absence.reason}，至 {absence.span.until}"
    return f"是{described(selector, organisation)}，但按本环节的签字规定现在不轮到他"


def _next(desk: Desk, matter: Matter) -> Iterator[Told]:
    coming = [each for each in plan(desk, matter) if each.progress is Progress.COMING] if matter.state.open else []
    yield Told("接下来", strong=True)
    if not coming:
        yield Told("没有后面的环节。" if matter.state is not State.RUNNING else "本环节办完即办结。", 2)
    for planned in coming[:1]:
        yield Told(f"“{planned.step.title}”：{_who(planned)}，依据{planned.clause.label}", 2)


def _who(planned: Planned) -> str:
    due = f"，{planned.due} 前{'（放假安排未公布，为推算）' if planned.provisional else ''}" if planned.due else ""
    return ("、".join(planned.names) or planned.missing or "待定") + due


def _chains(desk: Desk, matter: Matter) -> Iterator[Told]:
    """Every chain for this kind of matter in the order of the documents; the first that fits is followed."""
    rulebook = desk.rulebook_of(matter.rulebook)
    chains = rulebook.chains(matter.kind)
    yield Told("为什么走这条流程", strong=True)
    if not matter.steps or not chains:
        yield Told("登记事项，提交即办结，没有审批流程。", 2)
        return
    facts = matter_facts(matter, desk.organisation, desk.day)
    for place, (chain, regulation, clause) in enumerate(chains):
        name = rulebook.cite(f"{regulation.id}/{clause.no}").label
        condition = in_words(chain.when, desk, matter.kind, facts) if chain.when else "没有别的条件"
        met = chain.when is None or chain.when.met(facts)
        if place == matter.chain:
            yield Told(f"[采用] {name}：{condition}{'' if met else '（提交时成立）'}", 2)
        elif not clause.in_force(matter.ruled_on):
            yield Told(f"[不用] {name}：{matter.ruled_on} 没有施行", 2)
        elif place > matter.chain:
            yield Told(f"[不用] {name}：{condition}{'' if met else '，不成立'}；前面的一条已经适用", 2)
        else:
            yield Told(f"[不用] {name}：{condition}，{'提交时' if met else ''}不成立", 2)
    yield Told(f"按{'换用' if matter.moved else '提交'}之日 {matter.ruled_on} 的制度办理", 2)


def _steps(desk: Desk, matter: Matter) -> Iterator[Told]:
    """Each step of the chain: done, present, coming or passed by, with the condition and the facts it was held to."""
    if not matter.steps:
        return
    yield Told("各环节", strong=True)
    facts = matter_facts(matter, desk.organisation, desk.day)
    for index, step in enumerate(matter.steps):
        applies = step.when is None or step.when.met(facts)
        condition = f"：{in_words(step.when, desk, matter.kind, facts)}" if step.when else ""
        if matter.state is State.RUNNING and index == matter.at:
            state = "在办"
        elif matter.signed(index):
            state = "已办"
        elif not applies:
            state, condition = "不经过", f"{condition}，不成立"
        else:
            state = "已办" if index < matter.at and step.kind is StepKind.NOTICE else "待到"
        yield Told(f"[{state}] {step.title}（{step_clause(desk, matter, index).label}）{condition}", 2)

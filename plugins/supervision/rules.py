"""The rules of supervision: once for each origin, handled in its section, explained where late, told to a leader."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, Selector, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.supervision.matters import EXPLANATION, PROGRESS, RESULT, TASK, URGING

_ALIVE = (State.RUNNING, State.RETURNED, State.SETTLED)


@rule("supervision.once", "不重复立项", NoParameters, matters=(TASK,))
def once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What a meeting decided becomes a supervised matter once."""
    origin = proposal.matter.text("origin")
    others = proposal.office.matters(TASK, origin=origin) if origin else []
    for other in others:
        if other.number != proposal.matter.number and other.state in _ALIVE:
            yield Problem(f"{origin}已经立项督查：{other.number}", f"在{other.number}上继续办理", "origin")
            return


@rule("supervision.in-section", "承办人在承办科室", NoParameters, matters=(TASK,))
def in_section(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A supervised matter is handled by someone of the section it is given to."""
    matter, office = proposal.matter, proposal.office
    held = {each.unit for each in office.organisation.tenures_of(matter.text("handler"), office.day)}
    section = office.organisation.units.get(matter.text("section"))
    if section is not None and section.key not in held:
        facts = f"承办人{people(proposal, [matter.text('handler')])}不在{section.title}"
        yield Problem(facts, f"“承办人”改填{section.title}的人员，或改正“承办科室”", "handler")


@rule("supervision.explained", "逾期须说明", NoParameters, matters=(TASK,), verbs=(Verb.PERFORM,))
def explained(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is done after its day is reported as done only when its lateness has been explained."""
    matter, office = proposal.matter, proposal.office
    finish_by = matter.day("finish_by")
    if proposal.step is None or proposal.step.form != RESULT or finish_by is None or office.day <= finish_by:
        return
    if not any(each.state in _ALIVE for each in office.matters(EXPLANATION, task=matter.number)):
        facts = f"办理期限是 {finish_by}，今天是 {office.day}，还没有说明情况"
        yield Problem(facts, "先办理《未按期办结说明》", "result")


@rule("supervision.under-way", "在办的才督办", NoParameters, matters=(PROGRESS, EXPLANATION, URGING))
def under_way(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Progress is reported, lateness explained and haste asked for, of what is still under way."""
    task = proposal.office.matter(proposal.matter.text("task"))
    if task is not None and not task.state.open:
        yield Problem(f"{task.number}{task.state.title}", "办结的不再督办；另有任务的，另行立项", "task")


@dataclass(frozen=True, slots=True)
class ToldTo:
    """Selectors of those to whom lateness may be explained, read for whoever explains."""

    to: tuple[Selector, ...]


@rule("supervision.told-to", "向分管或主要领导说明", ToldTo, matters=(EXPLANATION,))
def told_to(parameters: ToldTo, proposal: Proposal) -> Iterator[Problem]:
    """Lateness is explained to one of those whom the clause names."""
    matter, office = proposal.matter, proposal.office
    able = [each for selector in parameters.to for each in office.selected(selector, matter.applicant)]
    able = [each for each in dict.fromkeys(able) if each != matter.applicant]
    if matter.text("told") not in able:
        facts = f"向谁说明：{people(proposal, [matter.text('told')])}"
        yield Problem(facts, f"“向谁说明”改填{people(proposal, able) or '主要领导'}", "told")


KINDS = (once, in_section, explained, under_way, told_to)

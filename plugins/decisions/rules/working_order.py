"""Rules of an office's working order: leaders meet on what they are in charge of, drills follow their plans."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.decisions.matters.accountability import ACCOUNTABILITY, DIRECT
from plugins.decisions.matters.working_order import DRILL


@dataclass(frozen=True, slots=True)
class Remit:
    """The blanks of a person and of the unit he must be in charge of."""

    person: FieldKey
    unit: FieldKey


@rule("decisions.own-remit", "分管范围之内", Remit)
def own_remit(parameters: Remit, proposal: Proposal) -> Iterator[Problem]:
    """Who is named is in charge of the unit that is named."""
    matter, office = proposal.matter, proposal.office
    person, unit = matter.text(parameters.person), office.organisation.units.get(matter.text(parameters.unit))
    if unit is None or not person:
        return
    able = office.organisation.overseers(office.day, unit=unit.key)
    if not able:
        yield Problem(f"{unit.title}还没有人分管", f"先登记由谁分管{unit.title}", parameters.unit)
    elif person not in able:
        facts = f"{unit.title}由{people(proposal, able)}分管，填的是{people(proposal, [person])}"
        yield Problem(facts, f"改填{people(proposal, able)}，或改正科室", parameters.person)


@rule("decisions.drill-of-plan", "按预案演练", NoParameters, matters=(DRILL,))
def drill_of_plan(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A drill exercises the plan that was drawn up for its kind of emergency."""
    matter = proposal.matter
    plan = proposal.office.matter(matter.text("plan"))
    if plan is not None and plan.text("hazard") != matter.text("hazard"):
        facts = f"{plan.number}是{plan.text('hazard')}的预案，演练的是{matter.text('hazard')}"
        yield Problem(facts, "改填同一类的预案；还没有的，先办理《应急预案登记》", "plan")


@rule("decisions.direct-decider", "追究直接决策人", NoParameters, matters=(ACCOUNTABILITY,))
def direct_decider(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Among those who are to answer is one who decided directly."""
    if not any(row.get("role") == DIRECT for row in proposal.matter.rows("responsible")):
        yield Problem("责任人中没有直接责任人", f"把直接决策人的“责任”填为{DIRECT}", "responsible")


KINDS = (own_remit, drill_of_plan, direct_decider)

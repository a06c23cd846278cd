"""Rules about what a meeting may cost: the year's plan that provides for it, and what is left of it."""

from collections.abc import Iterator
from decimal import Decimal

from core.acts import Verb
from core.consulted import Consulted
from core.finding import Problem
from core.matter import Matter, State
from core.money import format_money
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.meetings.plans.matters import ANNUAL_PLAN, ARRANGEMENT, HELD, MEETING_FUNDS


def _drawn(office: Consulted, plan: str, item: int, besides: str) -> Decimal:
    """What other meetings have been arranged for out of one line of a plan."""
    arranged = office.matters(ARRANGEMENT, state=State.SETTLED, limit=1000, plan=plan)
    return sum(
        (each.money("cost") for each in arranged if each.count("item") == item and each.number != besides), Decimal(0)
    )


@rule("meetings.planned-cost", "会议费在预算之内", NoParameters, matters=(ARRANGEMENT,))
def planned_cost(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Meeting funds are drawn on only for a meeting of an approved plan that is in the budget, up to what it provides
    for that meeting.
    """
    matter, office = proposal.matter, proposal.office
    if matter.text("funds") != MEETING_FUNDS:
        return
    plan, item = office.matter(matter.text("plan")), matter.count("item")
    if plan is None:
        yield Problem("用会议费，没有填写年度会议计划", "填写计划的编号和第几项；没有列入计划的，改用办公费", "plan")
    elif plan.state is not State.SETTLED:
        facts = f"年度会议计划{plan.number}{plan.state.title}，还没有列入经费预算"
        yield Problem(facts, "等计划审定、列入预算以后再安排", "plan")
    elif not 1 <= item <= len(plan.rows("meetings")):
        yield Problem(
            f"{plan.number}共 {len(plan.rows('meetings'))} 项，填的是第 {item} 项", "核对是计划中的第几项", "item"
        )
    elif (unit := plan.rows("meetings")[item - 1]["unit"]) != matter.text("subject_unit"):
        facts = f"计划第 {item} 项是{office.organisation.units[unit].title}的会议"
        yield Problem(facts, "核对是计划中的第几项；不能用其他科室的会议经费", "item")
    else:
        yield from _within(matter, plan, item, _drawn(office, plan.number, item, matter.number))


def _within(matter: Matter, plan: Matter, item: int, drawn: Decimal) -> Iterator[Problem]:
    left = plan.rows("meetings")[item - 1]["cost"] - drawn
    if matter.money("cost") > left:
        facts = f"所需经费 {format_money(matter.money('cost'))} > 计划第 {item} 项余额 {format_money(left)}"
        yield Problem(facts, f"压缩到 {format_money(left)} 以内，或先调整年度会议计划", "cost")


@rule("meetings.actual-cost", "支出不超过安排", NoParameters, matters=(HELD,))
def actual_cost(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting costs no more than was arranged; one that did says why."""
    matter = proposal.matter
    arranged = proposal.office.matter(matter.text("arrangement"))
    if arranged is not None and matter.money("cost") > arranged.money("cost") and not matter.text("overrun"):
        facts = f"实际支出 {format_money(matter.money('cost'))} > 安排的 {format_money(arranged.money('cost'))}"
        yield Problem(facts, "写明“超出的原因”；如填写有误，改正金额", "cost")


@rule("meetings.budgeted-in-full", "按审定的计划列入预算", NoParameters, matters=(ANNUAL_PLAN,), verbs=(Verb.PERFORM,))
def budgeted_in_full(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is entered in the budget is what the approved plan adds up to."""
    amount = proposal.given.get("amount")
    total = sum((row["cost"] for row in proposal.matter.rows("meetings")), Decimal(0))
    if isinstance(amount, Decimal) and amount != total:
        facts = f"列入金额 {format_money(amount)}，计划合计 {format_money(total)}"
        yield Problem(facts, f"“列入金额”改为 {format_money(total)}", "amount")


KINDS = (planned_cost, actual_cost, budgeted_in_full)

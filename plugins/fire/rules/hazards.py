"""Rules about hazards: traced to what was found, a limit ahead, paid for by what was approved."""

from collections.abc import Iterator
from decimal import Decimal

from core.acts import Verb
from core.condition import shown
from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import Proposal, rule
from plugins.fire.matters.hazards import NO_MONEY
from plugins.fire.matters.rounds import ROUNDS
from plugins.fire.rules.responsibilities import NoParameters


@rule("fire.hazard-traced", "隐患有来处", NoParameters, matters=("fire.hazard-report",))
def hazard_traced(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A hazard put right at once says how; the round it names is one that was made."""
    matter = proposal.matter
    if matter.flag("fixed") and not matter.text("how"):
        yield Problem("已当场改正，没有写明怎样改正", "填写怎样改正", "how")
    number = matter.text("round")
    found = proposal.office.matter(number) if number else None
    if number and (found is None or found.kind not in ROUNDS):
        yield Problem(f"没有编号为“{number}”的巡查检查记录", "改正巡查检查单号，不是巡查检查发现的留空", "round")


@rule("fire.limit-ahead", "整改期限", NoParameters, matters=("fire.hazard",))
def limit_ahead(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The limit lies ahead, and one report is put right by one matter."""
    matter, office = proposal.matter, proposal.office
    limit = matter.day("limit")
    if limit and limit < office.day:
        yield Problem(f"整改期限 {limit} 已经过去", f"改为 {office.day} 或以后", "limit")
    for other in office.matters("fire.hazard", report=matter.text("report")):
        if other.number != matter.number and (other.state.open or other.state is State.SETTLED):
            yield Problem(f"{matter.text('report')} 已由 {other.number} 整改", "无需重复提交", "report")


@rule("fire.money-approved", "整改经费有批准", NoParameters, matters=("fire.hazard",), verbs=(Verb.PERFORM,))
def money_approved(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What the rectification cost was approved as an expenditure, where spending is kept here."""
    office, given = proposal.office, proposal.given
    cost, number = given.get("cost"), str(given.get("expenditure") or "")
    if not isinstance(cost, Decimal) or not cost:
        return
    if proposal.matter.text("source") == NO_MONEY:
        yield Problem(f"定责时写明{NO_MONEY}，实际花费 {shown(cost)}", "退回申请人，写明经费来源", "cost")
    kinds = [each for each in office.setting("fire.money-matters") if office.matter_type(each)]
    if not kinds:
        return
    found = office.matter(number) if number else None
    titles = "、".join(declared.title for each in kinds if (declared := office.matter_type(each)))
    if found is None or found.kind not in kinds:
        said = f"“{number}”不是{titles}" if number else "没有填写支出事项编号"
        yield Problem(f"花费 {shown(cost)}，{said}", f"先办理{titles}，批准后填写它的编号", "expenditure")
    elif found.state is not State.SETTLED:
        yield Problem(f"{number} {found.state.title}，还没有批准", f"等 {number} 办结后再登记整改完成", "expenditure")
    elif (left := _left(proposal, found)) < cost:
        yield Problem(
            f"花费 {shown(cost)} > {number} 还可用的 {shown(left)}", "改正实际花费，或另行申请不足的部分", "cost"
        )


def _left(proposal: Proposal, spending: Matter) -> Decimal:
    """What of an expenditure no other hazard has used."""
    office = proposal.office
    declared = office.matter_type(spending.kind)
    approved = spending.money(declared.amount) if declared else Decimal(0)
    return approved - office.total("fire.hazards", "cost", expenditure=spending.number)


KINDS = (hazard_traced, limit_ahead, money_approved)

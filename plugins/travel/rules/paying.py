"""Rules of paying a claim: loans first, within the budget, from cash that is there."""

from collections.abc import Iterator
from decimal import Decimal

from core.acts import Verb
from core.condition import shown
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.travel import figures

_CLAIM = (figures.CLAIM,)


@rule("travel.loan-first", "先冲抵借款", NoParameters, matters=_CLAIM, verbs=(Verb.PERFORM,))
def loan_first(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A claim is set off against what its traveller owes, who is paid no cash; only a rest beyond it is transferred."""
    claim, given = proposal.matter, proposal.given
    if not given:
        return
    amount, offset, method = claim.money("amount"), given.get("offset"), given.get("method")
    offset = offset if isinstance(offset, Decimal) else figures.ZERO
    owed = figures.owed(proposal.office, claim.applicant)
    due = min(owed, amount)
    if offset != due:
        yield Problem(
            f"尚未结清的借款 {shown(owed)}，报销合计 {shown(amount)}，冲抵借款填了 {shown(offset)}",
            f"“冲抵借款”填 {shown(due)}",
            "offset",
        )
    if owed > 0 and method == "现金":
        facts = f"尚有借款 {shown(owed)} 未结清，只能用票据冲账，不得兑付现金"
        yield Problem(facts, f"余额付款方式改为“{'转账' if amount > due else '无余额'}”", "method")
    elif (method == "无余额") != (amount == due):
        facts = f"冲抵借款 {shown(due)} 后的余额是 {shown(amount - due)}，付款方式填了“{method}”"
        yield Problem(facts, f"余额付款方式改为“{'转账' if amount > due else '无余额'}”", "method")


@rule("travel.within-budget", "差旅费不得超预算", NoParameters, matters=_CLAIM, verbs=(Verb.SUBMIT, Verb.PERFORM))
def within_budget(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A claim stays within what is left of the travel budget, where budgets are kept."""
    office, amount = proposal.office, proposal.matter.money("amount")
    if not amount or not figures.kept(office):
        return
    year, heading = f"{office.day:%Y}", str(office.setting("travel.heading"))
    left = office.total("finance.budget", "amount", year=year, heading=heading)
    left -= office.total("finance.commitments", "amount", year=year, heading=heading)
    if amount > left:
        yield Problem(
            f"报销合计 {shown(amount)} > “{heading}”{year} 年预算余额 {shown(left)}",
            f"先登记“{heading}”追加预算 {shown(amount - left)}",
        )


@rule("travel.cash-on-hand", "现金付款须有现金", NoParameters, matters=_CLAIM, verbs=(Verb.PERFORM,))
def cash_on_hand(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is paid in cash is in the till by the books, where they are kept."""
    office, given = proposal.office, proposal.given
    offset = given.get("offset")
    paid = proposal.matter.money("amount") - (offset if isinstance(offset, Decimal) else figures.ZERO)
    if given.get("method") != "现金" or not figures.kept(office):
        return
    booked = office.total("finance.cash", "amount")
    if paid > booked:
        facts = f"付现金 {shown(paid)} > 账面库存现金 {shown(booked)}"
        yield Problem(facts, "改为转账，或先提取现金并登记", "method")


KINDS = (loan_first, within_budget, cash_on_hand)

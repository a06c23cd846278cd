"""Rules about public money lent."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.condition import shown
from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from plugins.finance import standing
from plugins.finance.rules.budgets import NoParameters


@dataclass(frozen=True, slots=True)
class NoOpenLoan:
    """How many days after the errand's end an earlier loan counts as open; nought, at once when it is lent."""

    days: int = 0


@rule("finance.no-open-loan", "前款不清后款不借", NoOpenLoan, matters=("finance.loan",))
def no_open_loan(parameters: NoOpenLoan, proposal: Proposal) -> Iterator[Problem]:
    """Nobody borrows again before an earlier loan is settled."""
    matter, office = proposal.matter, proposal.office
    lent = [each for each in office.entries("finance.loans", person=matter.applicant) if each.values["event"] == "借出"]
    for entry in lent:
        number = str(entry.values["loan"])
        left = standing.outstanding(office, number)
        loan = office.matter(number)
        ended = (loan.day("ends_on") if loan else None) or entry.on
        if left > 0 and (not parameters.days or (office.day - ended).days > parameters.days):
            yield Problem(f"{number} 尚有 {shown(left)} 未结清", f"先办理 {number} 的借款结清")


@rule(
    "finance.settlement-agrees",
    "结清须与借款相符",
    NoParameters,
    matters=("finance.settlement",),
    verbs=(Verb.SUBMIT, Verb.APPROVE),
)
def settlement_agrees(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What was spent on paid claims and what is given back make up the loan."""
    matter, office = proposal.matter, proposal.office
    loan = standing.application(matter, office, "loan")
    if loan is None:
        return
    left = standing.outstanding(office, loan.number)
    spent, returned = matter.money("spent"), matter.money("returned")
    if spent + returned != left:
        yield Problem(
            f"报账 {shown(spent)} + 退还 {shown(returned)} ≠ 未结清 {shown(left)}",
            f"退还金额改为 {shown(max(left - spent, standing.ZERO))}",
            "returned",
        )
    if not spent:
        return
    claim = standing.application(matter, office, "claim")
    if claim is None or claim.state is not State.SETTLED or claim.applicant != loan.applicant:
        yield Problem(f"报账 {shown(spent)} 没有对应的已付讫报销单", "填写借款人本人已付讫的报销单编号", "claim")
    elif claim.money("amount") < spent:
        yield Problem(
            f"报账 {shown(spent)} > 报销单 {shown(claim.money('amount'))}",
            f"报账金额改为 {shown(claim.money('amount'))}，差额退还现金",
            "spent",
        )


KINDS = (no_open_loan, settlement_agrees)

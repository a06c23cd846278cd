"""Rules about cash: what it is drawn for, where it goes, how much is kept."""

from collections.abc import Iterator
from decimal import Decimal

from core.acts import Verb
from core.condition import shown
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from plugins.finance import standing
from plugins.finance.rules.budgets import NoParameters

_COUNT = ("finance.cash-count",)


@rule(
    "finance.withdrawal-purpose",
    "提现须有批准的用途",
    NoParameters,
    matters=("finance.withdrawal",),
    verbs=(Verb.SUBMIT, Verb.APPROVE),
)
def withdrawal_purpose(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Cash is drawn only for spending that has been approved, and no more than that."""
    matter, office = proposal.matter, proposal.office
    application = standing.application(matter, office)
    if application is None:
        yield Problem("没有填写费用支出申请", "填写已批准的费用支出申请编号", "expenditure")
        return
    if standing.settled_on(application) is None:
        yield Problem(
            f"费用支出申请 {application.number} {application.state.title}", "待该申请批准后再提现", "expenditure"
        )
        return
    drawn = office.total("finance.cash", "amount", application=application.number, event="提取")
    left = application.money("amount") - drawn
    if matter.money("amount") > left:
        yield Problem(
            f"提现 {shown(matter.money('amount'))} > 批准用途的余额 {shown(left)}",
            f"把金额改为不超过 {shown(max(left, standing.ZERO))}",
            "amount",
        )


@rule("finance.cash-limit", "库存现金限额", NoParameters, matters=_COUNT)
def cash_limit(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The cash kept overnight stays within the limit."""
    counted, limit = proposal.matter.money("counted"), Decimal(proposal.office.setting("finance.cash-limit"))
    if counted > limit:
        yield Problem(
            f"实点现金 {shown(counted)} > 限额 {shown(limit)}",
            f"先把超出的 {shown(counted - limit)} 送存银行并登记，再按余额盘点",
            "counted",
        )


@rule("finance.nothing-off-the-books", "不得有账外现金", NoParameters, matters=_COUNT)
def nothing_off_the_books(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """There is no more cash in the safe than in the books."""
    counted, booked = proposal.matter.money("counted"), standing.cash(proposal.office)
    if counted > booked:
        yield Problem(
            f"实点现金 {shown(counted)} > 账面 {shown(booked)}",
            f"先登记未入账的现金收入 {shown(counted - booked)}，再办理日清",
            "counted",
        )


@rule("finance.nothing-missing", "账款须相符", NoParameters, matters=_COUNT)
def nothing_missing(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """There is no less cash in the safe than in the books, and slips do not count."""
    matter, booked = proposal.matter, standing.cash(proposal.office)
    if slips := matter.money("slips"):
        yield Problem(
            f"白头单抵库 {shown(slips)} > 0.00 元", "收回现金，或补办审批和报销手续；“白头单抵库金额”不填", "slips"
        )
    if matter.money("counted") < booked:
        yield Problem(
            f"实点现金 {shown(matter.money('counted'))} < 账面 {shown(booked)}",
            f"查明原因；属短缺的，先登记现金损失 {shown(booked - matter.money('counted'))}，再办理日清",
            "counted",
        )


@rule(
    "finance.cash-on-hand",
    "现金支出不得超过账面",
    NoParameters,
    matters=("finance.deposit", "finance.reimbursement", "finance.loan"),
    verbs=(Verb.SUBMIT, Verb.PERFORM),
)
def cash_on_hand(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """No more cash goes out than the books hold."""
    matter, booked = proposal.matter, standing.cash(proposal.office)
    leaves = matter.kind == "finance.deposit" or proposal.given.get("method") == "现金"
    if leaves and matter.money("amount") > booked:
        yield Problem(
            f"金额 {shown(matter.money('amount'))} > 账面现金 {shown(booked)}",
            "先登记提取的现金或现金收入，或改用转账",
            "amount",
        )


KINDS = (withdrawal_purpose, cash_limit, nothing_off_the_books, nothing_missing, cash_on_hand)

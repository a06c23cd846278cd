"""Rules that hold a claim to the application approved before."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.condition import shown
from core.finding import Problem
from core.rule_kinds import FieldKey, Proposal, Selector, rule
from core.rules.wording import people, titled, written
from plugins.finance import standing
from plugins.finance.rules.budgets import NoParameters

_CLAIM = ("finance.reimbursement",)


@dataclass(frozen=True, slots=True)
class PriorApproval:
    """Selectors of those who bear what was spent without asking first."""

    liable: tuple[Selector, ...] = ()


@rule("finance.prior-approval", "先审批后开支", PriorApproval, matters=_CLAIM)
def prior_approval(parameters: PriorApproval, proposal: Proposal) -> Iterator[Problem]:
    """What was spent before its application was approved is not reimbursed."""
    matter, office = proposal.matter, proposal.office
    bearers = [person for each in parameters.liable for person in office.selected(each, matter.applicant)]
    borne = f"；未经请示的开支不予报销，由{people(proposal, bearers)}承担" if bearers else "；未经请示的开支不予报销"
    application = standing.application(matter, office)
    if application is None:
        yield Problem("没有填写费用支出申请", f"填写已批准的费用支出申请编号{borne}", "expenditure")
        return
    approved = standing.settled_on(application)
    if approved is None:
        yield Problem(
            f"费用支出申请 {application.number} {application.state.title}",
            f"待该申请批准后再报销{borne}",
            "expenditure",
        )
        return
    spent = matter.day("spent_on")
    if spent and spent < approved:
        yield Problem(
            f"开支日期 {spent} 早于批准日期 {approved}（{application.number}）",
            f"开支日期填写有误的予以改正{borne}",
            "spent_on",
        )


@rule("finance.within-approval", "不得超过批准金额", NoParameters, matters=_CLAIM, verbs=(Verb.SUBMIT, Verb.PERFORM))
def within_approval(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """All claims on an application together stay within its approved sum."""
    matter, office = proposal.matter, proposal.office
    application = standing.application(matter, office)
    if application is None:
        return
    approved, amount = application.money("amount"), matter.money("amount")
    settled = standing.settled_on(application) is not None
    left = standing.unclaimed(office, application.number, matter.number) if settled else approved
    if amount > left:
        said = f"，已报销或退回预算 {shown(approved - left)}" if left < approved else ""
        yield Problem(
            f"金额 {shown(amount)} > 批准金额的余额 {shown(left)}（批准 {shown(approved)}{said}）",
            f"把金额改为不超过 {shown(left)}；超出部分另行申请，批准后再用款",
            "amount",
        )


@dataclass(frozen=True, slots=True)
class AsApproved:
    """The blanks in which a claim agrees with its application."""

    fields: tuple[FieldKey, ...]


@rule("finance.as-approved", "与批准内容一致", AsApproved, matters=_CLAIM)
def as_approved(parameters: AsApproved, proposal: Proposal) -> Iterator[Problem]:
    """A claim keeps to the scope and the source of funds that were approved."""
    matter = proposal.matter
    application = standing.application(matter, proposal.office)
    if application is None:
        return
    for key in parameters.fields:
        approved = application.values.get(key)
        if approved is not None and matter.values.get(key) != approved:
            title = titled(proposal, key)
            yield Problem(
                f"{written(proposal, key)}，批准的{title}是{shown(approved)}", f"{title}改为{shown(approved)}", key
            )


KINDS = (prior_approval, within_approval, as_approved)

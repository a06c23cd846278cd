"""Rules that hold spending to the budget, to monthly plans and to project documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.acts import Verb
from core.condition import shown
from core.days.terms import period_written
from core.finding import Level, Problem
from core.matter import Matter
from core.rule_kinds import Proposal, rule
from plugins.finance import standing

_SPENDING = ("finance.expenditure", "finance.reimbursement")
_BEFORE_PAYING = (Verb.SUBMIT, Verb.APPROVE, Verb.PERFORM)


@dataclass(frozen=True, slots=True)
class NoParameters:
    """Nothing to choose."""


def _from_application(proposal: Proposal) -> bool:
    """Whether the spending was approved, and its budget taken up, by an application before."""
    return bool(proposal.matter.text("expenditure"))


@rule("finance.budget-line", "须有预算科目", NoParameters, matters=_SPENDING)
def budget_line(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nothing is spent under a heading for which no budget has been issued this year."""
    matter, office = proposal.matter, proposal.office
    year, heading = standing.year(office.day), matter.text("heading")
    if heading and standing.budget(office, year, heading) <= 0:
        yield Problem(
            f"“{heading}” {year} 年已下达预算 0.00 元",
            f"改用已下达预算的科目，或先登记“{heading}”的预算下达或追加",
            "heading",
        )


@rule("finance.within-budget", "不得超预算", NoParameters, matters=_SPENDING, verbs=_BEFORE_PAYING)
def within_budget(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Spending stays within what is left of its heading's budget."""
    matter, office = proposal.matter, proposal.office
    if _from_application(proposal):
        return
    year, heading, amount = standing.year(office.day), matter.text("heading"), matter.money("amount")
    left = standing.budget_left(office, year, heading)
    if heading and amount > left:
        yield Problem(
            f"金额 {shown(amount)} > “{heading}”{year} 年预算余额 {shown(left)}",
            f"把金额改为不超过 {shown(max(left, standing.ZERO))}，或先登记追加预算 {shown(amount - left)}",
            "amount",
        )


@dataclass(frozen=True, slots=True)
class Splitting:
    """The figure in yuan from which one purchase needs a higher decision."""

    threshold: Decimal


@rule("finance.splitting", "不得化整为零", Splitting, matters=("finance.expenditure",))
def splitting(parameters: Splitting, proposal: Proposal) -> Iterator[Problem]:
    """One purchase is not cut into parts that each stay under the figure."""
    matter, office = proposal.matter, proposal.office
    amount, threshold = matter.money("amount"), parameters.threshold
    if amount >= threshold:
        return
    days = int(office.setting("finance.splitting-days"))
    found = {each.number: each for each in _related(proposal, days)}
    parts = [each for each in found.values() if each.money("amount") < threshold]
    total = amount + sum((each.money("amount") for each in parts), standing.ZERO)
    if parts and total >= threshold:
        numbers = "、".join(f"{each.number}（{shown(each.money('amount'))}）" for each in parts)
        yield Problem(
            f"{days} 天内的同类支出 {numbers}，连同本次合计 {shown(total)} ≥ {shown(threshold)}",
            "属同一笔采购的，撤回后合并为一份申请；确属不同采购的，写明理由后继续",
            "amount",
            Level.WARN,
        )


def _related(proposal: Proposal, days: int) -> Iterator[Matter]:
    """Earlier applications by the same person or section, for the same supplier or a similar purpose."""
    matter, office = proposal.matter, proposal.office
    alike = int(office.setting("finance.similarity"))
    supplier = matter.text("supplier")
    found = office.matters("finance.expenditure", heading=matter.text("heading"))
    if supplier:
        found += office.matters("finance.expenditure", supplier=supplier)
    for each in found:
        near = (office.day - each.submitted.date()).days < days
        ours = each.applicant == matter.applicant or each.unit == matter.unit
        same = bool(supplier) and each.text("supplier") == supplier
        similar = standing.likeness(each.text("purpose"), matter.text("purpose")) >= alike
        if each.number != matter.number and each.state not in standing.ENDED and near and ours and (same or similar):
            yield each


@rule("finance.in-special-plan", "专项资金须有计划", NoParameters, matters=_SPENDING)
def in_special_plan(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Special funds are spent only on an item of the section's plan for the month, within its sum."""
    matter, office = proposal.matter, proposal.office
    if _from_application(proposal):
        return
    month, item, amount = standing.month(office.day), matter.text("item"), matter.money("amount")
    if not item:
        yield Problem("“支出项目”未填写", "填写专项资金计划中的支出项目", "item")
        return
    where = {"unit": matter.unit, "month": month, "item": item}
    planned = office.total("finance.special-plans", "amount", **where)
    used = office.total("finance.commitments", "amount", **where)
    if amount > planned - used:
        yield Problem(
            f"金额 {shown(amount)} > {period_written(month)}计划“{item}”余额 {shown(planned - used)}",
            f"先办理{period_written(month)}专项资金月度计划，列入“{item}”并经分管领导同意",
            "item",
        )


@rule("finance.project-items", "限于项目文件列明的支出", NoParameters, matters=_SPENDING)
def project_items(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only items named in the project's document are charged to its fund."""
    matter, office = proposal.matter, proposal.office
    project = standing.application(matter, office, "project")
    if project is None:
        yield Problem("“项目”未填写", "填写项目经费分配的编号", "project")
        return
    items = [str(row["item"]) for row in project.rows("items")]
    if matter.text("item") not in items:
        listed = "、".join(items)
        yield Problem(
            f"支出项目“{matter.text('item')}”不在《{project.text('name')}》文件列明的项目内",
            f"改填列明的项目：{listed}",
            "item",
        )


@rule("finance.project-document", "项目经费须联合发文", NoParameters, matters=("finance.project",))
def project_document(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A project's fund stays closed until the number of the joint document is recorded."""
    for key, title in (("joint_with", "联合发文单位"), ("document", "联合发文文号")):
        if not proposal.matter.text(key):
            yield Problem(f"“{title}”未填写", f"联合发文后填写{title}", key)


@dataclass(frozen=True, slots=True)
class Standard:
    """`said` adds a note where no standard has been set for the category."""

    said: bool = False


@rule("finance.within-standard", "不得超开支标准", Standard, matters=("finance.reimbursement",))
def within_standard(parameters: Standard, proposal: Proposal) -> Iterator[Problem]:
    """A claim stays within its category's standard for each person and day."""
    matter, office = proposal.matter, proposal.office
    category, amount = matter.text("category"), matter.money("amount")
    standards = dict(str(each).split("=", 1) for each in office.setting("finance.standards") if "=" in str(each))
    if category not in standards:
        if parameters.said and category:
            yield Problem(f"“{category}”还没有设定开支标准", "按上级文件设定标准后即自动核对", "category", Level.NOTE)
        return
    each = Decimal(standards[category].strip())
    most = each * max(matter.count("persons"), 1) * max(matter.count("days"), 1)
    if amount > most:
        counted = f"{max(matter.count('persons'), 1)} 人 × {max(matter.count('days'), 1)} 天 × {shown(each)}"
        yield Problem(
            f"金额 {shown(amount)} > 标准 {shown(most)}（{counted}）",
            f"把金额改为不超过 {shown(most)}，或更正人数、天数",
            "amount",
        )


KINDS = (
    budget_line,
    within_budget,
    splitting,
    in_special_plan,
    project_items,
    project_document,
    within_standard,
)

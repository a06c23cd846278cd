"""Rules about the books: that a departing holder hands them over, and that reports and corrections are true."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.condition import shown
from core.finding import Problem
from core.matter import State
from core.rule_kinds import PostKey, Proposal, Selector, rule
from core.rules.wording import people, posts
from plugins.finance.matters.reports import execution_figures, statement_figures
from plugins.finance.rules.budgets import NoParameters


@dataclass(frozen=True, slots=True)
class HandoverFirst:
    """The posts that are left only after their books are handed over."""

    posts: tuple[PostKey, ...]


@rule("finance.handover-first", "先移交后离任", HandoverFirst, matters=("core.departure",))
def handover_first(parameters: HandoverFirst, proposal: Proposal) -> Iterator[Problem]:
    """Nobody leaves such a post before a supervised handover is complete."""
    matter, office = proposal.matter, proposal.office
    person, post = matter.text("person"), matter.text("post")
    if post not in parameters.posts:
        return
    done = office.matters("finance.handover", state=State.SETTLED, person=person)
    if not any(each.text("post") == post for each in done):
        yield Problem(
            f"{people(proposal, [person])}还没有办结{posts(proposal, [post])}的财务移交",
            "先办理《财务移交》，由接收人和监交人签字后再登记离任",
            "person",
        )


@rule("finance.figures-true", "报表与账一致", NoParameters, matters=("finance.statement", "finance.execution-report"))
def figures_true(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A report shows the figures of the books."""
    matter, office = proposal.matter, proposal.office
    period = matter.text("period")
    if matter.kind == "finance.execution-report":
        said = {str(row["heading"]): row["used"] for row in matter.rows("lines")}
        for line in execution_figures(office, period[:4]):
            if said.get(line["heading"]) != line["used"]:
                told = shown(said.get(line["heading"]))
                yield Problem(
                    f"{line['heading']}执行数 {told} ≠ 台账 {shown(line['used'])}",
                    f"{line['heading']}执行数改为 {shown(line['used'])}",
                    "lines",
                )
        return
    figures = statement_figures(office, period)
    for key, title in (("income", "本月收入"), ("spent", "本月支出")):
        if matter.money(key) != figures[key]:
            yield Problem(
                f"{title} {shown(matter.money(key))} ≠ 台账 {shown(figures[key])}",
                f"{title}改为 {shown(figures[key])}",
                key,
            )


@dataclass(frozen=True, slots=True)
class BooksKept:
    """Selectors of those who may reverse a line of the finance books."""

    by: tuple[Selector, ...]


@rule("finance.books-kept", "账目只能红字更正", BooksKept, matters=("core.correction",))
def books_kept(parameters: BooksKept, proposal: Proposal) -> Iterator[Problem]:
    """A line of the books is never altered; only those who keep them reverse it, once."""
    matter, office = proposal.matter, proposal.office
    ledger, number = matter.text("ledger"), matter.count("entry")
    if not ledger.startswith("finance."):
        return
    allowed = [person for each in parameters.by for person in office.selected(each, matter.applicant)]
    if matter.applicant not in allowed:
        yield Problem(f"更正人：{people(proposal, [matter.applicant])}", f"请由{people(proposal, allowed)}登记红字更正")
    entry = office.entry(ledger, number)
    if entry is None:
        yield Problem(f"台账没有第 {number} 行", "核对台账名称和行号", "entry")
    elif entry.corrects:
        yield Problem(f"第 {number} 行本身就是红字更正", "更正原来的那一行，或另行登记一笔", "entry")
    elif office.entries("core.corrections", limit=1, ledger=ledger, entry=number):
        yield Problem(f"第 {number} 行已经冲销过", "另行登记正确的一笔", "entry")


KINDS = (handover_first, figures_true, books_kept)

"""Rules about what is done on the strength of a decision: it is named by its number, adopted, and honestly obtained."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.consulted import Consulted
from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import BodyKey, FieldKey, Proposal, rule
from core.rules.wording import titled
from plugins.decisions.matters.accountability import ACCOUNTABILITY
from plugins.decisions.matters.afterwards import ASSIGNMENT, COMPLETION, adopted
from plugins.decisions.matters.decision import DECISION

_NUMBER = re.compile(r"决策-\d{4}-\d{4,}")


@dataclass(frozen=True, slots=True)
class Backed:
    """The blank in whose words the decision is named, its categories, the body that took it, and whether the whole of
    its procedure must be over.
    """

    basis: FieldKey
    categories: tuple[str, ...]
    body: BodyKey
    settled: bool = False


def _fitting(parameters: Backed, office: Consulted, text: str) -> bool:
    found = (office.matter(number) for number in _NUMBER.findall(text))
    return any(_fits(parameters, each) for each in found if each is not None)


def _fits(parameters: Backed, decision: Matter) -> bool:
    ours = decision.kind == DECISION and decision.text("body") == parameters.body
    over = decision.state is State.SETTLED or not parameters.settled
    return ours and over and decision.text("category") in parameters.categories and adopted(decision)


@rule("decisions.backed", "凭集体决定办理", Backed)
def backed(parameters: Backed, proposal: Proposal) -> Iterator[Problem]:
    """It is done on the strength of a decision of the body, named by its number."""
    office, text = proposal.office, proposal.matter.text(parameters.basis)
    if _fitting(parameters, office, text):
        return
    body, title = office.body(parameters.body), titled(proposal, parameters.basis)
    kinds = "、".join(parameters.categories)
    done = "程序办结" if parameters.settled else "会议通过"
    facts = f"“{title}”中没有{body.title if body else parameters.body}通过、可以据以办理的{kinds}决策的编号"
    yield Problem(facts, f"先办理《重大决策》（{kinds}），{done}以后在“{title}”写明其编号", parameters.basis)


@dataclass(frozen=True, slots=True)
class Deceit:
    """The ground of accountability that puts a decision in doubt."""

    ground: str


@rule("decisions.not-by-deceit", "骗取的决定不得执行", Deceit, matters=(ASSIGNMENT, COMPLETION))
def not_by_deceit(parameters: Deceit, proposal: Proposal) -> Iterator[Problem]:
    """Nothing is carried out on a decision for which someone is to answer because it was obtained by deceit, until its
    body has decided anew.
    """
    matter, office = proposal.matter, proposal.office
    assignment = office.matter(matter.text("assignment"))
    subject = matter.text("subject") or (assignment.text("subject") if assignment else "")
    for case in office.matters(ACCOUNTABILITY, subject=subject) if subject else ():
        if case.text("ground") == parameters.ground and case.state not in (State.REJECTED, State.WITHDRAWN):
            facts = f"{subject}因“{parameters.ground}”正在追究责任：{case.number}"
            yield Problem(facts, "停止执行；另报《重大决策》，写明调整的原决策，重新决定以后按新的决定执行", "subject")
            return


KINDS = (backed, not_by_deceit)

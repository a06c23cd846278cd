"""Rules about holding people to account: nobody has a hand in his own case."""

from collections.abc import Iterator

from core.acts import Verb
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.decisions.matters.accountability import ACCOUNTABILITY


@rule(
    "decisions.not-own-case",
    "不办理对本人的追究",
    NoParameters,
    matters=(ACCOUNTABILITY,),
    verbs=(Verb.SUBMIT, Verb.APPROVE, Verb.PERFORM, Verb.FILE),
)
def not_own_case(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever is to answer for a decision neither files nor decides on it."""
    by = proposal.act.by
    if by in {str(row.get("person")) for row in proposal.matter.rows("responsible")}:
        yield Problem(f"{people(proposal, [by])}是责任人之一", "由其他有权的人办理", "responsible")


KINDS = (not_own_case,)

"""Rules about applications to fill posts."""

from collections.abc import Iterator

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.meetings.matters.establishment import POST_USE


@rule("meetings.within-establishment", "在核定的编制内", NoParameters, matters=(POST_USE,))
def within_establishment(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The people an organ has and those it asks for fit its approved establishment."""
    matter = proposal.matter
    approved, filled, asked = (matter.count(key) for key in ("approved", "filled", "asked"))
    if filled + asked > approved:
        facts = f"实有 {filled} 名，申请 {asked} 名，合计超过核定编制 {approved} 名"
        yield Problem(facts, f"申请用编改为 {max(approved - filled, 0)} 名以内", "asked")


KINDS = (within_establishment,)

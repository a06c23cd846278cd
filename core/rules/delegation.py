"""Rules about who names a stand-in, and whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import PostKey, Proposal, Selector, rule
from core.rules.wording import people, posts

DELEGATION = "core.delegation"


@dataclass(frozen=True, slots=True)
class DelegationBy:
    """For the holders of `posts` (of any post where none is named): selectors of those who may name a stand-in, and of
    those who may be named; the selectors are read for the person stood in for, who is `applicant` among them.
    """

    by: tuple[Selector, ...]
    posts: tuple[PostKey, ...] = ()
    to: tuple[Selector, ...] = ()


@rule("core.delegation-by", "代理由谁指定", DelegationBy, matters=(DELEGATION,))
def delegation_by(parameters: DelegationBy, proposal: Proposal) -> Iterator[Problem]:
    """A stand-in is named by those entitled to name one, from among those who may stand in."""
    matter, office = proposal.matter, proposal.office
    person, stand_in = matter.text("person"), matter.text("stand_in")
    day = matter.day("since") or office.day
    held = [each.post for each in office.organisation.tenures_of(person, day)]
    concerned = [each for each in held if each in parameters.posts]
    if not person or (parameters.posts and not concerned):
        return
    what = f"{posts(proposal, concerned[:1])}的代理人" if concerned else "代理人"
    entitled = [each for selector in parameters.by for each in office.selected(selector, person)]
    if matter.applicant not in entitled:
        who = people(proposal, entitled)
        remedy = f"请由{who}指定" if who else "有权指定的职务目前空缺，请先办理任职登记"
        yield Problem(f"{what}由{people(proposal, [matter.applicant])}指定", remedy, "person")
    eligible = [each for selector in parameters.to for each in office.selected(selector, person)]
    eligible = [each for each in eligible if each != person]
    if parameters.to and stand_in and stand_in not in eligible:
        who = people(proposal, eligible)
        remedy = f"“代理人”改填{who}" if who else "可以代理的职务目前空缺，请先办理任职登记"
        yield Problem(f"{what}指定为{people(proposal, [stand_in])}", remedy, "stand_in")


KINDS = (delegation_by,)

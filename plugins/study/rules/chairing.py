"""Rules about who presides at study."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import PostKey, Proposal, rule
from core.rules.wording import people, posts, written

_SESSION = "study.session"


@dataclass(frozen=True, slots=True)
class Chaired:
    """The posts whose holders preside; others only in their place."""

    posts: tuple[PostKey, ...]


@rule("study.chair-entrusted", "受委托方可主持学习", Chaired, matters=(_SESSION,))
def chair_entrusted(parameters: Chaired, proposal: Proposal) -> Iterator[Problem]:
    """Study is presided over by who ought to, or by his stand-in on that day."""
    matter, organisation = proposal.matter, proposal.office.organisation
    chair, day = matter.text("chair"), matter.day("starts_on") or proposal.office.day
    able = [person for post in parameters.posts for person in organisation.holders(post, day)]
    entrusted = {each.stand_in for person in able for each in organisation.stand_ins(person, _SESSION, day)}
    if chair and chair not in {*able, *entrusted}:
        facts = f"{written(proposal, 'chair')}，{day} 没有受{posts(proposal, parameters.posts)}委托"
        remedy = f"由{people(proposal, able)}主持；不能参加的，先登记《指定代理》，代理期间包括学习日期"
        yield Problem(facts, remedy, "chair")


KINDS = (chair_entrusted,)

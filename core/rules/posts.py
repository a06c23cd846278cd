"""Rules about the acts that change who holds which post and who is in charge of what."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import FunctionKey, PostKey, Proposal, rule
from core.rules.delegation import DELEGATION
from core.rules.wording import people, posts

APPOINTMENT = "core.appointment"
OVERSIGHT = "core.oversight"
NO_POST = PostKey("")


@dataclass(frozen=True, slots=True)
class PostHolders:
    """The most people who hold a post at a time."""

    post: PostKey
    most: int = 1


@rule("core.post-holders", "职务人数上限", PostHolders, matters=(APPOINTMENT,))
def post_holders(parameters: PostHolders, proposal: Proposal) -> Iterator[Problem]:
    """A post has no more holders than its number."""
    matter, office = proposal.matter, proposal.office
    if matter.text("post") != parameters.post:
        return
    day = matter.day("since") or office.day
    others = [each for each in office.organisation.holders(parameters.post, day) if each != matter.text("person")]
    if len(others) >= parameters.most:
        title = posts(proposal, [parameters.post])
        yield Problem(
            f"{title}定员 {parameters.most} 人，{day} 已有 {len(others)} 人：{people(proposal, others)}",
            f"先办理现任{title}的离任登记，再登记新任",
            "post",
        )


@dataclass(frozen=True, slots=True)
class PostsApart:
    """Posts of which one person holds at most one."""

    posts: tuple[PostKey, ...]


@rule("core.posts-apart", "职务不得兼任", PostsApart, matters=(APPOINTMENT, DELEGATION))
def posts_apart(parameters: PostsApart, proposal: Proposal) -> Iterator[Problem]:
    """Certain posts are never held by one person, nor does the holder of one stand in for that of another."""
    matter, office = proposal.matter, proposal.office
    if matter.kind == DELEGATION:
        yield from _standing_in(parameters, proposal)
        return
    post, person = matter.text("post"), matter.text("person")
    if post not in parameters.posts:
        return
    day = matter.day("since") or office.day
    held = [each.post for each in office.organisation.tenures_of(person, day)]
    clash = [each for each in parameters.posts if each != post and each in held]
    if clash:
        yield Problem(
            f"{people(proposal, [person])}现任{posts(proposal, clash)}，不得再任{posts(proposal, [post])}",
            f"改由他人担任，或先登记其不再担任{posts(proposal, clash)}",
            "person",
        )


def _standing_in(parameters: PostsApart, proposal: Proposal) -> Iterator[Problem]:
    matter, office = proposal.matter, proposal.office
    day = matter.day("since") or office.day
    theirs, own = (
        [each.post for each in office.organisation.tenures_of(matter.text(key), day) if each.post in parameters.posts]
        for key in ("person", "stand_in")
    )
    if any(post != other for post in theirs for other in own):
        stand_in = people(proposal, [matter.text("stand_in")])
        facts = f"{stand_in}现任{posts(proposal, own)}，不得代理{posts(proposal, theirs)}"
        yield Problem(facts, f"另选一位不任{posts(proposal, own)}的代理人", "stand_in")


@dataclass(frozen=True, slots=True)
class PostWithoutFunctions:
    """A post whose holders are not in charge of these functions, and functions that only `only` posts hold."""

    functions: tuple[FunctionKey, ...]
    post: PostKey = NO_POST
    only: tuple[PostKey, ...] = ()


@rule("core.post-without-functions", "某职务不得分管", PostWithoutFunctions, matters=(OVERSIGHT, APPOINTMENT))
def post_without_functions(parameters: PostWithoutFunctions, proposal: Proposal) -> Iterator[Problem]:
    """The holder of the post is never directly in charge of these functions."""
    matter, office = proposal.matter, proposal.office
    person = matter.text("person")
    day = matter.day("since") or office.day
    held = [each.post for each in office.organisation.tenures_of(person, day)]
    barred = parameters.post in held or (parameters.only and not set(parameters.only) & set(held))
    asked = [str(row["function"]) for row in matter.rows("functions")]
    clash = [each for each in parameters.functions if each in asked]
    if matter.kind == APPOINTMENT:
        yield from _appointed_over(parameters, proposal)
    elif barred and clash:
        names = "、".join(office.organisation.functions[each] for each in clash)
        who = posts(proposal, parameters.only) or "其他领导"
        yield Problem(
            f"{people(proposal, [person])}拟分管：{names}", f"从分管工作中去掉{names}，另行登记由{who}分管", "functions"
        )


def _appointed_over(parameters: PostWithoutFunctions, proposal: Proposal) -> Iterator[Problem]:
    """One who is in charge of such functions is not appointed to the post before he has given them up."""
    matter, office = proposal.matter, proposal.office
    person, day = matter.text("person"), matter.day("since") or office.day
    kept = [each for each in parameters.functions if person in office.organisation.overseers(day, function=each)]
    if matter.text("post") == parameters.post and kept:
        names = "、".join(office.organisation.functions[each] for each in kept)
        facts = f"{people(proposal, [person])}现分管：{names}，不得再任{posts(proposal, [parameters.post])}"
        yield Problem(facts, f"先登记新的分管分工，由其他领导分管{names}", "person")


KINDS = (post_holders, posts_apart, post_without_functions)

"""Rules about who presides in another's place, and about items on which the members are divided."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings.agenda import CONCLUSION, NOTICE, OPENING
from plugins.meetings.rules.attending import at_meeting
from plugins.meetings.rules.deciding import majority
from plugins.meetings.sitting import DEFERRED


@rule("meetings.entrusted", "受委托方可召集", NoParameters, matters=(NOTICE,))
def entrusted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever calls a meeting in the place of the first of its conveners is his stand-in on the day of the meeting."""
    matter, office = proposal.matter, proposal.office
    body = office.body(matter.text("body"))
    if body is None:
        return
    never = {each for selector in body.never_chair for each in office.selected(selector)}
    able = [each for selector in body.convener for each in office.selected(selector) if each not in never]
    convener, day = matter.text("convener"), matter.day("held_on") or office.day
    if convener not in able or convener == able[0]:
        return
    named = (
        *office.organisation.stand_ins(able[0], NOTICE, day),
        *office.organisation.stand_ins(able[0], OPENING, day),
    )
    if convener not in {each.stand_in for each in named}:
        facts = f"{people(proposal, [convener])}在 {day} 没有受{people(proposal, able[:1])}委托"
        remedy = f"由{people(proposal, able[:1])}召集；不能到会的，先登记《指定代理》，代理期间包括会议日期"
        yield Problem(facts, remedy, "convener")


@rule("meetings.as-voted", "结论与表决一致", NoParameters, matters=(CONCLUSION,))
def as_voted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Where an item was voted on it comes to what the majority wants; it may be settled without a vote."""
    meeting, number = at_meeting(proposal), proposal.matter.count("item")
    if meeting is not None and meeting.item(number).voted:
        yield from majority.judge(parameters, proposal)


@dataclass(frozen=True, slots=True)
class Divided:
    """The share of the votes cast which, unlike the most of them, makes the members strongly divided."""

    share: Fraction
    urgent_excepted: bool = False
    """Whether an item that cannot wait is decided all the same, the reason being written down."""


@rule("meetings.divided", "分歧较大的暂缓", Divided, matters=(CONCLUSION,))
def divided(parameters: Divided, proposal: Proposal) -> Iterator[Problem]:
    """An item on which the members are strongly divided is put off."""
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None or matter.text("outcome") == DEFERRED:
        return
    if parameters.urgent_excepted and matter.text("urgent"):
        return
    tally = meeting.item(matter.count("item")).tally
    unlike = tally.cast - max(tally.votes_for, tally.against)
    if tally.cast and unlike >= parameters.share * tally.cast:
        share = f"{parameters.share.numerator}/{parameters.share.denominator}"
        facts = f"{tally.text}，与多数不同的 {unlike} 票，达到 {share}，分歧较大"
        otherwise = "写明“紧急缘由”" if parameters.urgent_excepted else "以临时会议另议"
        yield Problem(facts, f"“结论”改为“{DEFERRED}”，充分沟通以后再议；紧急的，{otherwise}", "outcome")


KINDS = (entrusted, as_voted, divided)

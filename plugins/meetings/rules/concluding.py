"""Rules about what an item comes to: everyone heard and voted, the majority, the principal's decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.agency import Base
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.agenda import CONCLUSION, RECONSIDERATION, TOPIC
from plugins.meetings.matters import session
from plugins.meetings.rules.steps import at_meeting, begun_at
from plugins.meetings.sitting import DEFERRED, LOST, PASSED, base_among, base_of, carried, enough


@rule("meetings.still-open", "所议事项仍待决定", NoParameters, matters=(session.REPORT_KEY, CONCLUSION))
def still_open(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is decided on still waits for the body: it was neither withdrawn nor decided elsewhere meanwhile."""
    meeting, number = at_meeting(proposal), proposal.matter.count("item")
    item = meeting.announced(number) if meeting else None
    if meeting is None or item is None or item.matter.kind in (TOPIC, RECONSIDERATION):
        return
    step = item.matter.step
    if (step is None or step.body != meeting.body.key) and proposal.matter.text("outcome") != DEFERRED:
        facts = f"{item.matter.number}{item.matter.state.title}，不在等待本次会议的决议"
        yield Problem(facts, "这一项不再议；结论记为“暂缓”，写明缘由", "item")


@rule("meetings.complete", "逐人表决", NoParameters, matters=(CONCLUSION,))
def complete(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A conclusion waits until every member who takes part has said for, against or abstaining."""
    meeting, matter = begun_at(proposal), proposal.matter
    number = matter.count("item")
    if meeting is None or matter.text("outcome") == DEFERRED or not meeting.item(number).heard:
        return
    if left := meeting.sitting.to_vote(number):
        yield Problem(f"还没有表决：{people(proposal, left)}", "逐人表决以后再作结论", "outcome")


@rule("meetings.final-word", "末位定论", NoParameters, matters=(CONCLUSION,))
def final_word(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """An item is concluded after whoever speaks last has stated his position: in words, or with an open vote."""
    meeting, matter = begun_at(proposal), proposal.matter
    number = matter.count("item")
    if meeting is None or matter.text("outcome") == DEFERRED or not meeting.item(number).heard:
        return
    item, final = meeting.item(number), meeting.sitting.last(number)
    if final in item.here and final not in item.spoke and final not in item.votes:
        yield Problem(f"{people(proposal, [final])}还没有末位表态", "登记其发言或表决，再作结论", "item")


@rule("meetings.diverging", "分歧须表决", NoParameters, matters=(CONCLUSION,))
def diverging(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Where the members' positions differ an item is put to the vote before it is concluded."""
    meeting, matter = begun_at(proposal), proposal.matter
    number = matter.count("item")
    if meeting is None or matter.text("outcome") == DEFERRED:
        return
    item = meeting.item(number)
    if len(item.positions) > 1 and not item.voted:
        facts = f"第 {number} 项的态度有：{'、'.join(sorted(item.positions))}，还没有表决"
        yield Problem(facts, "逐人表决以后再作结论", "outcome")


@rule("meetings.majority", "少数服从多数", NoParameters, matters=(CONCLUSION,))
def majority(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """An item passes with its majority and does not without; neither a tie nor a minority carries it."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None or meeting.announced(matter.count("item")) is None:
        return
    number, outcome = matter.count("item"), matter.text("outcome")
    item = meeting.item(number)
    has = carried(meeting.body, meeting.sitting, number, count_recused=meeting.count_recused)
    base = base_of(meeting.body, meeting.sitting, number, count_recused=meeting.count_recused)
    share = meeting.body.majority
    bound = "须超过" if meeting.body.majority_over else "须达到"
    facts = f"{item.tally.text}；计算基数 {base} 人，{bound} {share.numerator}/{share.denominator}"
    if outcome == PASSED and not has:
        yield Problem(f"{facts}，没有通过", f"“结论”改为“{LOST}”；分歧较大的，可以暂缓", "outcome")
    if outcome == LOST and has:
        yield Problem(f"{facts}，已经通过", f"“结论”改为“{PASSED}”", "outcome")


@rule("meetings.as-voted", "结论与表决一致", NoParameters, matters=(CONCLUSION,))
def as_voted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Where an item was voted on it comes to what the majority wants; it may be settled without a vote."""
    meeting, number = at_meeting(proposal), proposal.matter.count("item")
    if meeting is not None and meeting.item(number).voted:
        yield from majority.judge(parameters, proposal)


@dataclass(frozen=True, slots=True)
class ShareOfVotes:
    """The share of `base` that must be in favour: more than it (`over`), or at least it."""

    share: Fraction
    over: bool = False
    base: Base = Base.DUE


@rule("meetings.share-of-votes", "赞成票达到规定比例", ShareOfVotes, matters=(agenda.CONCLUSION,))
def share_of_votes(parameters: ShareOfVotes, proposal: Proposal) -> Iterator[Problem]:
    """Such an item passes with a larger share of the votes than the body asks for otherwise."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None or matter.text("outcome") != PASSED:
        return
    number = matter.count("item")
    tally = meeting.item(number).tally
    base = base_among(parameters.base, meeting.sitting, number, count_recused=meeting.count_recused)
    if not tally.votes_for or not enough(tally.votes_for, base, parameters.share, over=parameters.over):
        bound = "须超过" if parameters.over else "须达到"
        share = f"{parameters.share.numerator}/{parameters.share.denominator}"
        facts = f"{tally.text}；计算基数 {base} 人，{bound} {share}"
        yield Problem(facts, f"“结论”改为“{LOST}”；分歧较大的，可以暂缓", "outcome")


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


@rule("meetings.chief-decides", "首长负责制", NoParameters, matters=(agenda.CONCLUSION,))
def chief_decides(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """After everyone was heard the one who speaks last decides: an item comes to what he has stated."""
    meeting, matter = begun_at(proposal), proposal.matter
    number, outcome = matter.count("item"), matter.text("outcome")
    if meeting is None or outcome == DEFERRED or not meeting.item(number).heard:
        return
    silent = [each for each in meeting.sitting.to_speak(number) if each != meeting.sitting.last(number)]
    if silent:
        yield Problem(f"还没有发言：{people(proposal, silent)}", "听取每个人的意见以后再决定", "item")
    chief = meeting.sitting.last(number)
    decided = chiefs_decision(meeting, number)
    if not decided:
        facts = f"{people(proposal, [chief])}还没有对第 {number} 项表明同意或不同意"
        yield Problem(facts, "登记其末位表态；没有把握的，结论记为“暂缓”", "item")
    elif outcome != decided:
        facts = f"{people(proposal, [chief])}的决定是{meeting.item(number).stated[chief]}"
        yield Problem(facts, f"“结论”改为“{decided}”", "outcome")


def chiefs_decision(meeting: agenda.Meeting, number: int) -> str:
    """What the one who speaks last has decided; empty until he has."""
    stated = meeting.item(number).stated.get(meeting.sitting.last(number), "")
    return {session.AGREES: PASSED, session.DISAGREES: LOST, session.WAITS: DEFERRED}.get(stated, "")


KINDS = (
    still_open,
    complete,
    final_word,
    diverging,
    majority,
    as_voted,
    share_of_votes,
    divided,
    chief_decides,
)

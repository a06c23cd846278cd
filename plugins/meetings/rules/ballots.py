"""Rules about how an item is voted on and decided: the way of voting, larger majorities, the principal's decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from core.agency import Base
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.matters import session
from plugins.meetings.matters.ballots import VOTING_KEY
from plugins.meetings.rules.attending import begun_at
from plugins.meetings.sitting import DEFERRED, LOST, PASSED, SECRET, base_among, enough


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways in which such an item may be voted on."""

    methods: tuple[str, ...]


@rule("meetings.method", "表决方式", Ways, matters=(VOTING_KEY, session.VOTE_KEY, session.BALLOT_KEY))
def method(parameters: Ways, proposal: Proposal) -> Iterator[Problem]:
    """An item is voted on in one of the ways that the clause names for it; among these the chair chooses."""
    counted = proposal.matter.kind == session.BALLOT_KEY
    way = SECRET if counted else proposal.matter.text("method")
    if way not in parameters.methods:
        named = "或".join(parameters.methods)
        yield Problem(f"填的是{way}表决", f"改用{named}表决", "item" if counted else "method")


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


@rule("meetings.observers-withdraw", "列席人员随议题退席", NoParameters, matters=(session.REPORT_KEY,))
def observers_withdraw(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever was asked for certain items only has left when the next item is taken up."""
    meeting = begun_at(proposal)
    if meeting is None:
        return
    staying = [each for each in overstaying(meeting) if each != proposal.matter.text("person")]
    if staying:
        facts = f"{people(proposal, staying)}列席的议题已经结束，人还在会上"
        yield Problem(facts, "请其退席，登记《到会变动》", "item")


def overstaying(meeting: agenda.Meeting) -> list[str]:
    """Who is still there though every item he was asked for has its conclusion."""
    asked: dict[str, list[int]] = {}
    for row in meeting.notice.rows("observers"):
        asked.setdefault(str(row["person"]), []).append(int(row["item"]))
    left = {each.reporter for each in meeting.items if not meeting.item(each.number).result}
    done = [person for person, items in asked.items() if all(meeting.item(each).result for each in items)]
    return [each for each in done if each in meeting.sitting.attending and each not in left]


@dataclass(frozen=True, slots=True)
class Seconded:
    """How many others must ask along with whoever asks."""

    least: int


@rule("meetings.seconded", "复议不由一人提出", Seconded, matters=(agenda.RECONSIDERATION,))
def seconded(parameters: Seconded, proposal: Proposal) -> Iterator[Problem]:
    """A decision is reconsidered where several ask for it, each of whom belongs to the body that made it."""
    matter, office = proposal.matter, proposal.office
    body = office.body(matter.text("body"))
    members = agenda.members(office, body) if body else []
    named = {str(row["person"]) for row in matter.rows("seconders") if "person" in row} - {matter.applicant}
    if strangers := sorted(named - set(members)):
        yield Problem(f"{people(proposal, strangers)}不是成员", "由成员联名", "seconders")
    if len(named & set(members)) < parameters.least:
        facts = f"另有 {len(named & set(members))} 人联名，至少要 {parameters.least} 人"
        yield Problem(facts, "请其他成员联名", "seconders")


KINDS = (method, share_of_votes, chief_decides, observers_withdraw, seconded)

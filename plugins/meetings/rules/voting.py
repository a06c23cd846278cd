"""Rules about how an item is voted on: after the discussion, in which way, by whom, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings.matters import session, voting
from plugins.meetings.matters.voting import VOTING_KEY
from plugins.meetings.rules.steps import COUNTED, VOTING, begun_at, unheard
from plugins.meetings.sitting import SECRET


@rule("meetings.discussed", "先讨论后表决", NoParameters, matters=VOTING)
def discussed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A vote begins when everyone has had his say but the one who speaks last, who may do so with his vote."""
    meeting, item = begun_at(proposal), proposal.matter.count("item")
    if meeting is None:
        return
    silent = [each for each in meeting.sitting.to_speak(item) if each != meeting.sitting.last(item)]
    if silent:
        yield Problem(f"还没有发言：{people(proposal, silent)}", "逐人发言以后再表决；没有意见的，也如实记下", "item")


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


@rule("meetings.voters", "只有成员表决", NoParameters, matters=(session.VOTE_KEY, voting.DEPOSIT_KEY))
def voters(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only members who are there vote on an item; whoever attends may speak, no more."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None:
        return
    item, person = matter.count("item"), matter.text("person")
    if person not in meeting.sitting.ranked:
        yield Problem(f"{people(proposal, [person])}不是成员，不参加表决", "列席人员可以发言，不登记表决", "person")
    elif meeting.announced(item) and not meeting.item(item).heard:
        yield unheard(item)
    elif person not in meeting.item(item).here and meeting.announced(item):
        said = "中途到会，从下一项起参加" if person in meeting.sitting.present else "不在会上"
        why = "已经回避" if person in meeting.item(item).recused else said
        yield Problem(f"{people(proposal, [person])}{why}", "不登记其表决；不在会上的人的书面意见不算表决", "person")


@rule("meetings.turn", "按排序从后至前", NoParameters, matters=(session.VOTE_KEY,))
def turn(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The members vote one after the other, the last in rank first and the principal last, each once."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None:
        return
    item, person = matter.count("item"), matter.text("person")
    waiting, order = meeting.sitting.to_vote(item), meeting.sitting.order(item)
    if person in meeting.item(item).votes:
        yield Problem(f"{people(proposal, [person])}对第 {item} 项已经表决", "每人对一项只表决一次", "person")
    elif person in order and waiting and person != waiting[0]:
        facts = f"现在轮到{people(proposal, waiting[:1])}表决，不是{people(proposal, [person])}"
        yield Problem(facts, f"请{people(proposal, waiting[:1])}先表决", "person")


@rule("meetings.reconciled", "无记名投票计票相符", NoParameters, matters=COUNTED)
def reconciled(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A secret ballot is kept as counts that agree, nobody's choice is written down; an item is voted on one way."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None:
        return
    number = matter.count("item")
    item = meeting.item(number)
    if item.counted is not None:
        yield Problem(f"第 {number} 项已经无记名投票", "一项只表决一次", "item")
    if matter.kind == session.VOTE_KEY:
        return
    if item.votes:
        yield Problem(f"第 {number} 项已经公开表决", "一项只用一种方式表决", "item")
    issued, returned = matter.count("issued"), matter.count("returned")
    here = len(item.ballot.papers) if item.ballot and item.ballot.boxed else len(item.here)
    if issued != here:
        yield Problem(f"参加表决 {here} 人，发出 {issued} 票", "每人一票，核对发出的票数", "issued")
    if returned > issued:
        yield Problem(f"收回 {returned} 票 > 发出 {issued} 票", "票数不符，这次投票无效，重新投票", "returned")
    marked = sum(matter.count(key) for key in ("votes_for", "against", "abstained", "invalid"))
    if marked != returned:
        facts = f"收回 {returned} 票，赞成、反对、弃权、无效合计 {marked} 票"
        yield Problem(facts, "重新清点", "returned")


KINDS = (
    discussed,
    method,
    voters,
    turn,
    reconciled,
)

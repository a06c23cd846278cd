"""Rules about what an item comes to: complete votes, counts that agree, the majority, and the end of a meeting."""

from collections.abc import Iterator

from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.agenda import CLOSING, CONCLUSION, RECONSIDERATION, RELEASE, TOPIC
from plugins.meetings.matters import ballots, session
from plugins.meetings.matters.results import TAKEN
from plugins.meetings.matters.topics import TAKING_AWAY
from plugins.meetings.rules.attending import at_meeting, begun_at
from plugins.meetings.sitting import DEFERRED, LOST, PASSED, base_of, carried

_COUNTED = (session.VOTE_KEY, session.BALLOT_KEY)
_VOTING = (*_COUNTED, ballots.VOTING_KEY, ballots.DEPOSIT_KEY)


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


@rule("meetings.complete", "逐人表决", NoParameters, matters=(CONCLUSION,))
def complete(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A conclusion waits until every member who takes part has said for, against or abstaining."""
    meeting, matter = begun_at(proposal), proposal.matter
    number = matter.count("item")
    if meeting is None or matter.text("outcome") == DEFERRED or not meeting.item(number).heard:
        return
    if left := meeting.sitting.to_vote(number):
        yield Problem(f"还没有表决：{people(proposal, left)}", "逐人表决以后再作结论", "outcome")


@rule("meetings.reconciled", "无记名投票计票相符", NoParameters, matters=_COUNTED)
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


@rule("meetings.objectors", "成员提出程序异议", NoParameters, matters=(session.OBJECTION_KEY,))
def objectors(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Any member who is there may object to the procedure at any time."""
    meeting, person = begun_at(proposal), proposal.matter.text("person")
    if meeting is not None and person not in meeting.sitting.present & set(meeting.sitting.ranked):
        yield Problem(f"{people(proposal, [person])}不是到会的成员", "由到会的成员提出", "person")


@rule("meetings.answered", "程序异议先答复", NoParameters, matters=(*_VOTING, CONCLUSION))
def answered(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A member's objection to the procedure is answered before the item goes on."""
    meeting, number = begun_at(proposal), proposal.matter.count("item")
    if meeting is not None and meeting.item(number).objections:
        yield Problem(f"对第 {number} 项的程序有异议，还没有答复", "先登记《答复程序异议》", "item")


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


@rule("meetings.dealt-with", "逐项有结论再闭会", NoParameters, matters=(CLOSING,))
def dealt_with(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting ends with a conclusion on every item of its notice."""
    meeting = at_meeting(proposal)
    if meeting is None:
        return
    left = [f"第 {each.number} 项" for each in meeting.items if not meeting.item(each.number).result]
    if left:
        yield Problem(f"{'、'.join(left)}还没有结论", "逐项议完；来不及议的，结论记为“暂缓”")


@rule("meetings.papers-kept", "材料不得带走", NoParameters, matters=(CLOSING,))
def papers_kept(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Papers leave a meeting only with leave."""
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None or matter.text("papers") != TAKEN:
        return
    given = proposal.office.matters(RELEASE, state=State.SETTLED, meeting=meeting.notice.number)
    if not any(each.text("purpose") == TAKING_AWAY for each in given):
        facts = f"没有获准的《会议内容外传审批》（{TAKING_AWAY}）"
        yield Problem(facts, "收回全部材料，或先经批准", "papers")


@rule("meetings.minuted", "会后成文", NoParameters, matters=(agenda.MINUTES,))
def minuted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Minutes are written from the record of a meeting that has ended."""
    meeting = at_meeting(proposal)
    if meeting is not None and not meeting.sitting.closed:
        yield Problem("会议还没有闭会归档", "闭会归档以后再整理纪要", "meeting")


def _reporters(proposal: Proposal, item: agenda.Announced) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is in charge of what an item is about, and who leads the section that brings it."""
    organisation, day = proposal.office.organisation, proposal.office.day
    meeting, asking = at_meeting(proposal), item.matter.applicant
    if meeting is not None and asking in meeting.sitting.ranked:
        return (asking,), ()
    unit = item.matter.unit
    return organisation.overseers(day, unit=unit), organisation.heads(unit, day)


@rule("meetings.reporter", "分管领导汇报", NoParameters, matters=(session.REPORT_KEY,))
def reporter(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The leader in charge reports on an item himself where he is there."""
    meeting, matter = begun_at(proposal), proposal.matter
    item = meeting.announced(matter.count("item")) if meeting else None
    if meeting is None or item is None:
        return
    here = [each for each in _reporters(proposal, item)[0] if each in meeting.sitting.present]
    if here and matter.text("person") not in here:
        facts = f"分管领导{people(proposal, here)}在会上，填的汇报人是{people(proposal, [matter.text('person')])}"
        yield Problem(facts, f"由{people(proposal, here)}汇报", "person")


@rule("meetings.reporter-instead", "委托科室负责人汇报", NoParameters, matters=(session.REPORT_KEY,))
def reporter_instead(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Where the leader in charge is away, the head of the section that brings an item speaks for it."""
    meeting, matter = begun_at(proposal), proposal.matter
    item = meeting.announced(matter.count("item")) if meeting else None
    if meeting is None or item is None:
        return
    leaders, heads = _reporters(proposal, item)
    if not set(leaders) & meeting.sitting.present and matter.text("person") not in (*leaders, *heads):
        facts = f"分管领导不在会上，填的汇报人是{people(proposal, [matter.text('person')])}"
        yield Problem(facts, f"由其委托的{people(proposal, heads)}提出意见", "person")


KINDS = (
    majority,
    complete,
    reconciled,
    final_word,
    diverging,
    objectors,
    answered,
    still_open,
    dealt_with,
    papers_kept,
    minuted,
    reporter,
    reporter_instead,
)

"""Rules about whose turn it is: item by item, the report first, who speaks, the principal last."""

from collections.abc import Iterator

from core.acts import Verb
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.agenda import CONCLUSION
from plugins.meetings.integrity.records import keeps_record
from plugins.meetings.matters import session
from plugins.meetings.matters.results import CORRECTION_KEY
from plugins.meetings.rules.steps import AT_AN_ITEM, AT_THE_MEETING, VOTING, at_meeting, begun_at, unheard
from plugins.meetings.sitting import DEFERRED, PRESENT


@rule(
    "meetings.in-session",
    "会议期间如实记录",
    NoParameters,
    matters=(*AT_THE_MEETING, session.RECUSAL_KEY, CORRECTION_KEY),
)
def in_session(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What happens at a meeting is recorded while it sits, by its recorder; after its end nothing of the record is
    altered, and a correction is added to it.
    """
    meeting, matter = at_meeting(proposal), proposal.matter
    if meeting is None:
        return
    sitting = meeting.sitting
    if not sitting.opened:
        yield Problem("会议还没有签到", "先办理《会议签到》", "meeting")
        return
    if not keeps_record(matter, sitting):
        facts = f"记录人是{people(proposal, [sitting.recorder])}，不是{people(proposal, [matter.applicant])}"
        yield Problem(facts, f"请{people(proposal, [sitting.recorder])}记录")
    if sitting.closed and matter.kind != CORRECTION_KEY:
        yield Problem(
            "会议已经闭会归档，记录不再变动", "记错的，另附《会议记录更正》；要改变决定的，办理《复议请求》", "meeting"
        )
    if not sitting.closed and matter.kind == CORRECTION_KEY:
        yield Problem("会议还没有闭会", "闭会归档以后再附更正", "meeting")


@rule(
    "meetings.announced",
    "未经告知不上会",
    NoParameters,
    matters=(*AT_AN_ITEM, session.WRITTEN_KEY, session.RECUSAL_KEY),
)
def announced(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Nothing comes up at a meeting that its notice did not name."""
    meeting, item = at_meeting(proposal), proposal.matter.count("item")
    if meeting is not None and meeting.announced(item) is None:
        facts = f"会议通知只有 {len(meeting.items)} 项议题，没有第 {item} 项"
        yield Problem(facts, "临时提出的事项不上会；另行申报，列入下次会议", "item")


@rule("meetings.one-by-one", "逐项进行", NoParameters, matters=AT_AN_ITEM)
def one_by_one(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """One item is open at a time: the next is reported on when the one before has its conclusion."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None:
        return
    item, current = matter.count("item"), meeting.sitting.current
    if current and current != item:
        yield Problem(f"正在议第 {current} 项，填的是第 {item} 项", f"先议完第 {current} 项，作出结论", "item")


@rule("meetings.not-again", "本次会议不再议", NoParameters, matters=AT_AN_ITEM)
def not_again(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """An item that has its conclusion is not taken up again at the same meeting."""
    meeting, item = begun_at(proposal), proposal.matter.count("item")
    result = meeting.item(item).result if meeting else ""
    if result:
        yield Problem(f"第 {item} 项已有结论：{result}", "本次会议不再议；需要再议的，列入下次会议", "item")


@rule("meetings.report-first", "先听汇报", NoParameters, matters=AT_AN_ITEM[1:])
def report_first(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """An item is discussed and decided after its report has been heard; it may be put off without one."""
    meeting, item = begun_at(proposal), proposal.matter.count("item")
    if proposal.matter.text("outcome") == DEFERRED:
        return
    if meeting is not None and meeting.announced(item) and not meeting.item(item).heard:
        yield unheard(item)


@rule("meetings.last", "末位表态", NoParameters, matters=(session.STATEMENT_KEY,))
def last(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The principal, or whoever chairs in his absence, states his position when all others have, and nobody after."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None:
        return
    item, person = matter.count("item"), matter.text("person")
    final = meeting.sitting.last(item)
    waiting = [each for each in meeting.sitting.to_speak(item) if each != final]
    if person == final and waiting:
        facts = f"{people(proposal, [person])}末位表态，{people(proposal, waiting)}还没有发言"
        yield Problem(facts, f"请{people(proposal, waiting[:1])}先发言", "person")
    if person != final and final in meeting.item(item).spoke:
        yield Problem(f"{people(proposal, [final])}已经末位表态", "讨论已经结束，请进行表决", "person")


@rule("meetings.speakers", "列席人员就相关议题发言", NoParameters, matters=(session.STATEMENT_KEY,))
def speakers(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Members who are there speak, and whoever attends speaks on the item he was asked for."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None:
        return
    item, person = matter.count("item"), matter.text("person")
    sitting = meeting.sitting
    if person in sitting.ranked:
        if not meeting.item(item).heard:
            yield unheard(item)
        elif person not in meeting.item(item).here and person not in meeting.item(item).recused:
            yield Problem(f"{people(proposal, [person])}没有参加第 {item} 项的讨论", "不登记其发言", "person")
        return
    asked = {row.get("item") for row in meeting.notice.rows("observers") if row.get("person") == person}
    if person not in sitting.attending:
        yield Problem(f"{people(proposal, [person])}没有列席", "核对人员", "person")
    elif asked and item not in asked:
        items = "、".join(f"第 {each} 项" for each in sorted(int(each) for each in asked if each))
        yield Problem(f"{people(proposal, [person])}为{items}列席", "只就相关议题发言", "person")


@rule("meetings.recusal-in-time", "及时回避", NoParameters, matters=(session.RECUSAL_KEY,))
def recusal_in_time(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A member keeps out of an item before it is counted or concluded; a vote he gave openly counts no more."""
    meeting, matter = begun_at(proposal), proposal.matter
    if meeting is None:
        return
    number, person = matter.count("item"), matter.text("person")
    item = meeting.item(number)
    if item.counted is not None or item.result:
        done = "已有结论" if item.result else "已经无记名投票"
        yield Problem(f"第 {number} 项{done}", "不再登记回避；结论有误的，办理《复议请求》", "item")
    if person not in meeting.sitting.ranked:
        yield Problem(f"{people(proposal, [person])}不是成员，本来就不表决", "核对人员", "person")


@rule("meetings.recusal", "回避", NoParameters, matters=(session.REPORT_KEY, session.STATEMENT_KEY, *VOTING))
def recusal(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A member whom an item concerns keeps out of it: neither speaks, nor votes, nor counts."""
    meeting, matter = begun_at(proposal), proposal.matter
    item = meeting.announced(matter.count("item")) if meeting else None
    if meeting is None or item is None:
        return
    person, recused = matter.text("person"), meeting.item(item.number).recused
    if person in recused and matter.kind != session.REPORT_KEY:
        yield Problem(f"{people(proposal, [person])}对第 {item.number} 项已经回避", "不登记其发言和表决", "person")
    staying = sorted((item.concerned & meeting.sitting.present) - recused)
    if staying:
        facts = f"第 {item.number} 项涉及{people(proposal, staying)}，还没有回避"
        yield Problem(facts, "先登记《议题回避》", "item")


@rule("meetings.absent-opinion", "书面意见", NoParameters, matters=(session.WRITTEN_KEY,), verbs=(Verb.SUBMIT,))
def absent_opinion(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A member who cannot come may write down his views; they are kept with the item and count as nothing else."""
    meeting, matter, office = at_meeting(proposal), proposal.matter, proposal.office
    if meeting is None:
        return
    person = matter.text("person")
    if person not in agenda.members(office, meeting.body):
        yield Problem(f"{people(proposal, [person])}不是成员", "由不能到会的成员提出", "person")
    elif meeting.sitting.roll.get(person) == PRESENT or person in meeting.sitting.present:
        yield Problem(f"{people(proposal, [person])}已经到会", "请其当面发言", "person")


@rule("meetings.objectors", "成员提出程序异议", NoParameters, matters=(session.OBJECTION_KEY,))
def objectors(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Any member who is there may object to the procedure at any time."""
    meeting, person = begun_at(proposal), proposal.matter.text("person")
    if meeting is not None and person not in meeting.sitting.present & set(meeting.sitting.ranked):
        yield Problem(f"{people(proposal, [person])}不是到会的成员", "由到会的成员提出", "person")


@rule("meetings.answered", "程序异议先答复", NoParameters, matters=(*VOTING, CONCLUSION))
def answered(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A member's objection to the procedure is answered before the item goes on."""
    meeting, number = begun_at(proposal), proposal.matter.count("item")
    if meeting is not None and meeting.item(number).objections:
        yield Problem(f"对第 {number} 项的程序有异议，还没有答复", "先登记《答复程序异议》", "item")


KINDS = (
    in_session,
    announced,
    one_by_one,
    not_again,
    report_first,
    last,
    speakers,
    recusal_in_time,
    recusal,
    absent_opinion,
    objectors,
    answered,
)

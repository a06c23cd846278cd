"""One vote each in the way that was opened, a box sealed by two, a count that agrees with what was cast."""

import re
from collections.abc import Iterator

from core.finding import Problem
from core.matter import Matter
from core.rule_kinds import Proposal
from core.rules.wording import people
from plugins.meetings.agenda import Meeting
from plugins.meetings.integrity.records import by_recorder
from plugins.meetings.sitting import DEFERRED, NAMED, SECRET

SEAL_SHAPE, SEALED_SHAPE = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{194}")
"""A public key, and a ballot sealed twice, as they are written down."""


def vote(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """A vote is given once, by the member himself or, where he says it aloud, by whoever keeps the record."""
    matter, number = proposal.matter, proposal.matter.count("item")
    item, person, by = meeting.item(number), matter.text("person"), matter.applicant
    if person in item.cast():
        yield Problem(f"{people(proposal, [person])}对第 {number} 项已经投过票", "每人对一项只投一次", "person")
    yield from by_recorder(proposal, meeting)
    ballot = item.ballot
    if ballot is None:
        return
    if matter.text("method") != ballot.method:
        remedy = f"“表决方式”改填{ballot.method}" if ballot.method != SECRET else "按无记名的办法投票"
        yield Problem(f"第 {number} 项用{ballot.method}表决", remedy, "method")
    if ballot.method == NAMED and by != person:
        yield Problem("记名表决由各人在自己的画面上投，不能代记", f"请{people(proposal, [person])}本人投票", "person")


def voting(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """A vote is opened once; for a secret one with a watcher the box is sealed."""
    matter, number = proposal.matter, proposal.matter.count("item")
    item, method, watcher = meeting.item(number), matter.text("method"), matter.text("watcher")
    yield from by_recorder(proposal, meeting)
    if item.cast() or item.counted is not None or item.result:
        yield Problem(f"第 {number} 项已经有人投票", "一项只用一种方式表决", "item")
    allowed = (*proposal.office.setting("meetings.methods"), SECRET)
    if method not in allowed:
        yield Problem(f"本单位没有规定用{method}表决", f"“表决方式”改填{'或'.join(allowed)}", "method")
    if watcher and method != SECRET:
        yield Problem(f"{method}表决不用监票人", "去掉监票人", "watcher")
    if method != SECRET or not watcher:
        return
    if watcher == meeting.sitting.recorder:
        yield Problem("监票人和记录人是同一个人", "另请一位在会上的人监票", "watcher")
    if watcher not in meeting.sitting.present | meeting.sitting.attending:
        yield Problem(f"{people(proposal, [watcher])}不在会上", "请一位在会上的人监票", "watcher")
    yield from _sealed(matter, SEAL_SHAPE, "seal")


def _sealed(matter: Matter, shape: re.Pattern[str], key: str) -> Iterator[Problem]:
    if not shape.fullmatch(matter.text(key)):
        yield Problem("封签或密封的选票不是本程序写的", "在“开会”画面上办理，由程序填写", key)


def watch(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """The watcher puts his own seal on the box, once, beside the recorder's."""
    matter, ballot = proposal.matter, meeting.item(proposal.matter.count("item")).ballot
    if ballot is None or ballot.watcher != matter.applicant or ballot.watched:
        yield Problem("没有等您封的票箱", "由记录人开始无记名表决时写明的监票人封箱，只封一次", "item")
        return
    opened = proposal.office.matter(ballot.number)
    if opened is not None and opened.text("seal") == matter.text("seal"):
        yield Problem("监票人的封签和记录人的相同", "由监票人另设口令封箱", "seal")
    yield from _sealed(matter, SEAL_SHAPE, "seal")


def deposit(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """A member who takes part puts one sealed ballot into the box while it is closed for both."""
    matter, number = proposal.matter, proposal.matter.count("item")
    item, by = meeting.item(number), proposal.matter.applicant
    ballot = item.ballot
    if ballot is None or not ballot.taking:
        yield Problem("票箱还没有封好，或者已经打开", "等记录人和监票人都封好票箱再投", "item")
        return
    if by in ballot.deposits:
        yield Problem(f"{people(proposal, [by])}对第 {number} 项已经投过票", "每人对一项只投一次", "item")
    if by not in ballot.papers or by not in item.here:
        yield Problem(f"{people(proposal, [by])}没有领到这一项的选票", "只有参加本项讨论的成员投票", "item")
    yield from _sealed(matter, SEALED_SHAPE, "sealed")


def unseal(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """The box is opened once, with as many ballots in it as members have cast."""
    ballot = meeting.item(proposal.matter.count("item")).ballot
    yield from by_recorder(proposal, meeting)
    if ballot is None or not ballot.taking:
        yield Problem("没有可以打开的票箱", "先开始无记名表决，由监票人封箱", "item")
    elif proposal.matter.count("returned") != len(ballot.deposits):
        facts = f"箱内 {len(ballot.deposits)} 票，填的是 {proposal.matter.count('returned')} 票"
        yield Problem(facts, "又有人投了票，请重新开箱", "returned")


def count(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """The count of a box has as many ballots as were cast, of as many as were given out."""
    matter, number = proposal.matter, proposal.matter.count("item")
    ballot = meeting.item(number).ballot
    if ballot is None:
        return
    if ballot.method != SECRET:
        yield Problem(f"第 {number} 项用{ballot.method}表决", f"按{ballot.method}登记各人的表决", "item")
        return
    if not ballot.boxed:
        return
    if matter.applicant != ballot.watcher:
        watcher = people(proposal, [ballot.watcher])
        yield Problem(f"这一项由{watcher}监票", f"请{watcher}在自己的画面上计票")
    if not ballot.unsealed:
        yield Problem("记录人还没有开箱", "记录人开箱以后再计票", "item")
    for key, wanted, what in (("issued", ballot.papers, "发出"), ("returned", ballot.deposits, "投出")):
        if matter.count(key) != len(wanted):
            yield Problem(f"{what} {len(wanted)} 票，填的是 {matter.count(key)} 票", "在“开会”画面上由程序计票", key)
    marked = sum(matter.count(key) for key in ("votes_for", "against", "abstained", "invalid"))
    if marked != matter.count("returned"):
        facts = f"投出 {matter.count('returned')} 票，各项合计 {marked} 票"
        yield Problem(facts, "在“开会”画面上由程序计票", "returned")


def revote(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """A secret vote is begun anew only where its box was never counted: nobody votes until the count pleases."""
    number = proposal.matter.count("item")
    item = meeting.item(number)
    yield from by_recorder(proposal, meeting)
    if item.ballot is None or not item.ballot.boxed or item.counted is not None or item.result:
        facts = f"第 {number} 项没有投了票而没有计票的票箱"
        yield Problem(facts, "已经计票的不重投；需要再议的，列入下次会议", "item")


def conclusion(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """A secret vote that was opened is counted before the item is concluded, or the item is put off."""
    number = proposal.matter.count("item")
    item = meeting.item(number)
    uncounted = item.ballot is not None and item.ballot.method == SECRET and item.counted is None
    if uncounted and proposal.matter.text("outcome") != DEFERRED:
        yield Problem(f"第 {number} 项的无记名投票还没有计票", "计票以后再作结论；不再议的，结论记为“暂缓”", "item")


def recusal(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """Nobody keeps out of an item while its opened box is being counted: his ballot could no longer be taken out."""
    number = proposal.matter.count("item")
    ballot = meeting.item(number).ballot
    if ballot is not None and ballot.unsealed and meeting.item(number).counted is None:
        yield Problem(f"第 {number} 项的票箱已经打开", "先登记《重新投票》，再登记回避", "item")

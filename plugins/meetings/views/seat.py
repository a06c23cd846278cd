"""A meeting as one person sees it: how it goes, and what he may do there himself."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.consulted import Consulted
from plugins.meetings import agenda
from plugins.meetings.agenda import Meeting
from plugins.meetings.officers import keepers
from plugins.meetings.sitting import OPEN_METHODS, PRESENT, Ballot
from plugins.meetings.views import today
from plugins.meetings.views.lines import Row, item_rows, named, subject


@dataclass(frozen=True, slots=True)
class Part:
    """What a person may do at a meeting now, and the line that tells him."""

    votes: bool = False
    seals: bool = False
    counts: bool = False
    takes_over: bool = False
    told: str = ""


def part(office: Consulted, meeting: Meeting, person: str) -> Part:
    """What a person may do at a meeting now."""
    sitting = meeting.sitting
    number = sitting.current
    ballot = meeting.item(number).ballot if number else None
    if ballot is not None and ballot.watcher == person:
        if not ballot.watched:
            return Part(seals=True, told="请您监票：按 K 封票箱。封好以后大家才能投票。")
        if ballot.unsealed and meeting.item(number).counted is None:
            return Part(counts=True, told="记录人已经开箱：请您按 K 计票。")
    if ballot is not None and person in sitting.to_vote(number) and _may_cast(ballot, person):
        way = f"第 {number} 项{ballot.method}表决"
        return Part(votes=True, told=f"{way}，请您投票：按 1 赞成，2 反对，3 弃权，再按回车。")
    if ballot is not None and person in meeting.item(number).cast():
        return Part(told="您已经投票。")
    if sitting.opened and person != sitting.recorder and person in keepers(office, meeting.body):
        return Part(takes_over=True, told="记录人掉线或离开的，按 R 由您接替记录。")
    return Part()


def _may_cast(ballot: Ballot, person: str) -> bool:
    return ballot.method in OPEN_METHODS or (ballot.taking and person in ballot.papers)


def call(office: Consulted, person: str) -> Iterator[str]:
    """What calls a person to a meeting that sits now."""
    for meeting in today.meetings_today(office):
        mine = part(office, meeting, person)
        if meeting.sitting.opened and (mine.votes or mine.seals or mine.counts):
            yield f"{meeting.notice.text('title')}：{mine.told.split('：')[0]}"


def headlines(office: Consulted, meeting: Meeting) -> Iterator[str]:
    """What stands large over the room: the meeting, the item that is open, who speaks next or how the votes stand."""
    sitting, notice = meeting.sitting, meeting.notice
    there = f"　到会 {len(sitting.present)}／应到 {len(sitting.ranked)} 人" if sitting.opened else "　等记录人签到"
    yield f"{notice.text('title')}　{meeting.appointment.time}　{meeting.appointment.place}{there}"
    number = sitting.current
    announced = meeting.announced(number)
    if announced is None:
        yield from _between(office, meeting)
        return
    yield f"第 {number} 项　{subject(office, announced.matter)}"
    yield _standing(office, meeting, number)


def _between(office: Consulted, meeting: Meeting) -> Iterator[str]:
    left = next(meeting.unsettled(), None)
    if meeting.sitting.closed or left is None:
        yield "各项都有结论"
    elif meeting.sitting.opened:
        yield f"下一项：第 {left.number} 项　{subject(office, left.matter)}"


def _standing(office: Consulted, meeting: Meeting, number: int) -> str:
    """How the open item stands; the votes are told when all of them are in, so that nobody follows the others."""
    sitting, item = meeting.sitting, meeting.item(number)
    ballot, waiting = item.ballot, sitting.to_vote(number)
    silent = sitting.to_speak(number)
    if item.voted and not waiting:
        return item.tally.text
    if ballot is not None and ballot.boxed:
        if not ballot.watched:
            return f"无记名投票：等监票人{named(office, ballot.watcher)}封箱"
        return f"无记名投票：已投 {len(ballot.deposits)} 票，发出 {len(ballot.papers)} 票"
    if item.votes or ballot is not None:
        return f"{ballot.method if ballot else ''}表决：已投 {len(item.votes)} 票，还有 {len(waiting)} 人"
    return f"请{named(office, silent[0])}发言" if silent else "等待表决"


def room(office: Consulted, meeting: Meeting) -> list[Row]:
    """The members of the open item with who has spoken and voted; between items the items; before, who is expected."""
    sitting, number = meeting.sitting, meeting.sitting.current
    if not sitting.opened:
        return [Row(each, named(office, each), "应到") for each in agenda.members(office, meeting.body)]
    if not number:
        return list(item_rows(office, meeting))
    item = meeting.item(number)
    told = item.voted and not sitting.to_vote(number)
    rows = [
        Row(
            person,
            named(office, person),
            "已发言" if person in item.spoke else "未发言",
            (item.votes.get(person, "") if told else "") or ("已投" if person in item.cast() else ""),
        )
        for person in sitting.order(number)
    ]
    rows += [Row(each, named(office, each), "回避") for each in sitting.ranked if each in item.recused]
    away = [each for each in sitting.ranked if each not in sitting.present and each not in item.recused]
    for each in away:
        state = sitting.roll.get(each, "")
        rows.append(Row(each, named(office, each), "离会" if state == PRESENT else state))
    return rows

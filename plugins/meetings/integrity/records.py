"""Who may enter a step of a meeting, and how the chair, the record and the roll are put right."""

from collections.abc import Iterator

from core.finding import Problem
from core.matter import Matter
from core.rule_kinds import Proposal
from core.rules.wording import people
from plugins.meetings import officers
from plugins.meetings.agenda import Meeting
from plugins.meetings.matters import session
from plugins.meetings.matters.handing import CHAIRS, HANDING_KEY
from plugins.meetings.matters.voting import DEPOSIT_KEY, WATCH_KEY
from plugins.meetings.sitting import Item, Sitting


def keeps_record(matter: Matter, sitting: Sitting) -> bool:
    """Whether a step is entered by whoever may: the recorder; a member for his own vote; the watcher for the count."""
    ballot = sitting.item(matter.count("item")).ballot if matter.count("item") else None
    match matter.kind:
        case session.VOTE_KEY if ballot and matter.text("person") == matter.applicant:
            return True
        case session.BALLOT_KEY if ballot and ballot.boxed:
            return matter.applicant == ballot.watcher
        case kind if kind in (WATCH_KEY, DEPOSIT_KEY) or (kind == HANDING_KEY and matter.text("role") != CHAIRS):
            return True
        case _:
            return matter.applicant == sitting.recorder


def by_recorder(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """A step is entered by whoever keeps the record, or by whom it is left to."""
    recorder = meeting.sitting.recorder
    if not keeps_record(proposal.matter, meeting.sitting):
        yield Problem(f"记录人是{people(proposal, [recorder])}", f"请{people(proposal, [recorder])}登记")


def handing(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """The chair passes to the next in order who is there; the record to another who may keep it."""
    matter, sitting, office = proposal.matter, meeting.sitting, proposal.office
    person, role = matter.text("person"), matter.text("role")
    if not person or not role:
        return
    yield from by_recorder(proposal, meeting)
    if role == CHAIRS:
        leading = sitting.chair in sitting.present and sitting.chair not in sitting.item(sitting.current).recused
        if leading:
            yield Problem(f"主持人{people(proposal, [sitting.chair])}还在会上", "主持人离会或回避以后再交接", "person")
        able = officers.successors(office, meeting)
        if person not in able[:1]:
            remedy = f"由{people(proposal, able[:1])}主持" if able else "没有可以接替的人；各项结论记为“暂缓”，闭会"
            yield Problem(f"{people(proposal, [person])}不是下一位应当主持的人", remedy, "person")
        return
    keepers = officers.keepers(office, meeting.body)
    if person != matter.applicant:
        yield Problem("接替记录由本人办理", f"请{people(proposal, [person])}自己登记", "person")
    if person == sitting.recorder:
        yield Problem(f"{people(proposal, [person])}现在就是记录人", "不用交接", "person")
    elif person not in keepers:
        able = sorted(each for each in keepers if each != sitting.recorder)
        yield Problem(f"{people(proposal, [person])}没有记录会议的职责", f"由{people(proposal, able)}接替", "person")


def roll(proposal: Proposal, meeting: Meeting) -> Iterator[Problem]:
    """The roll call is put right while nothing that the member took part in is decided."""
    matter, sitting = proposal.matter, meeting.sitting
    person = matter.text("person")
    yield from by_recorder(proposal, meeting)
    if person not in sitting.ranked:
        yield Problem(f"{people(proposal, [person])}不是成员", "列席人员来去，登记《到会变动》", "person")
    elif sitting.roll[person] == matter.text("state"):
        yield Problem(f"{people(proposal, [person])}签到时记的就是{sitting.roll[person]}", "不用更正", "state")
    decided = [number for number, item in sitting.items.items() if item.result and _took_part(item, person)]
    if decided:
        items = "、".join(f"第 {number} 项" for number in decided)
        remedy = "闭会后附《会议记录更正》；结论因此不成立的，办理《复议请求》"
        yield Problem(f"{people(proposal, [person])}参加过的{items}已有结论", remedy, "person")


def _took_part(item: Item, person: str) -> bool:
    return person in item.here | item.cast()

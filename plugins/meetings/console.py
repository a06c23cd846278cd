"""What the secretary of a meeting does next, read from its record alone: whoever opens the page again goes on there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.agency import Body
from core.consulted import Consulted, everyone
from core.matter import Matter, State
from plugins.meetings import agenda
from plugins.meetings.agenda import NOTICE, Meeting
from plugins.meetings.matters import session
from plugins.meetings.matters.handing import CHAIRS
from plugins.meetings.matters.topics import invited
from plugins.meetings.officers import successors
from plugins.meetings.rules.concluding import chiefs_decision
from plugins.meetings.sitting import DEFERRED, LOST, NAMED, PASSED, PRESENT, SECRET, Ballot, carried
from plugins.meetings.timing import minutes_of

_RECENT = 60
"""Notices that may be of today, newest first; nobody announces more meetings ahead."""


class Stage(Enum):
    """Where a meeting stands."""

    ROLL = "签到"
    ITEMS = "听取汇报"
    SPEAKING = "讨论"
    VOTING = "表决"
    RESULT = "结论"
    ENDING = "闭会"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: a person or an item, and how he or it stands."""

    key: str
    what: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows: the stage, the open item, whose turn it is, a line that tells what to do, the rows."""

    stage: Stage
    item: int
    turn: str
    told: str
    rows: tuple[Row, ...]
    suggested: str = ""
    """The conclusion that the votes come to."""


def meetings_today(office: Consulted, person: str = "") -> list[Meeting]:
    """The meetings that sit, though they began on an earlier day, and those announced for today; the nearest to a
    person first, of the others those that sit, then by their times.
    """
    notices = [each for each in office.matters(NOTICE, state=State.SETTLED, limit=_RECENT) if _called(office, each)]
    meetings = [found for each in notices if (found := agenda.meeting_of(office, each))]

    def place(meeting: Meeting) -> tuple[int, bool, date, int, str]:
        when, sits = meeting.appointment, meeting.sitting.opened
        distance = _distance(office, meeting, person)
        return distance, not sits, when.held_on, minutes_of(when.time), meeting.notice.number

    return sorted(meetings, key=place)


def _distance(office: Consulted, meeting: Meeting, person: str) -> int:
    """How far a meeting is from a person: it asks for his vote or watch, he records it, he belongs to it, or not."""
    sitting, number = meeting.sitting, meeting.sitting.current
    ballot = meeting.item(number).ballot if number else None
    if ballot is not None and (person == ballot.watcher or person in sitting.to_vote(number)):
        return 0
    if person == sitting.recorder:
        return 1
    return 2 if person in concerned(office, meeting) else 3


def meeting_today(office: Consulted, person: str = "") -> Meeting | None:
    """The meeting of today that is nearest to a person; None where there is none."""
    return next(iter(meetings_today(office, person)), None)


def stands(office: Consulted, meeting: Meeting) -> str:
    """When and where a meeting is, and how far it has come."""
    when = meeting.appointment
    return f"{when.time}　{when.place}　{view(office, meeting).stage.value}"


def concerned(office: Consulted, meeting: Meeting) -> set[str]:
    """Whoever sits in a meeting, was invited to it, or keeps its record."""
    sitting, body = meeting.sitting, meeting.body
    told = invited(office, meeting.notice)
    return {
        *told,
        *everyone(office, body.secretary),
        *sitting.ranked,
        *sitting.attending,
        sitting.recorder,
        sitting.chair,
    }


def _called(office: Consulted, notice: Matter) -> bool:
    return agenda.appointment_of(office, notice).held_on <= office.day and not agenda.ended(office, notice)


def view(office: Consulted, meeting: Meeting) -> View:
    """The page as the record of a meeting stands."""
    sitting = meeting.sitting
    if not sitting.opened:
        rows = [Row(each, named(office, each), PRESENT) for each in agenda.members(office, meeting.body)]
        told = "光标所在的人：按 1 到会、2 请假、3 缺席，自动到下一人；都对了按 F5 签到。"
        return View(Stage.ROLL, 0, "", told, tuple(rows))
    number = sitting.current
    return _at_item(office, meeting, number) if number else _between(office, meeting)


def _between(office: Consulted, meeting: Meeting) -> View:
    sitting = meeting.sitting
    rows = tuple(
        Row(
            str(each.number), f"第 {each.number} 项　{_title(office, each)}", meeting.item(each.number).result or "未议"
        )
        for each in meeting.items
    )
    left = next((each for each in meeting.items if not meeting.item(each.number).result), None)
    if left is None:
        return View(Stage.ENDING, 0, "", "各项都有结论，按 F5 闭会归档。", rows)
    if sitting.chair not in sitting.present:
        gone = f"主持人{named(office, sitting.chair)}已经离会：按 M 交接，再往下议；来不及议的按 3 暂缓。"
        return View(Stage.ITEMS, left.number, left.reporter, gone, rows)
    said = f"请{named(office, left.reporter)}汇报第 {left.number} 项，按回车登记；来不及议的按 3 暂缓。"
    return View(Stage.ITEMS, left.number, left.reporter, said, rows)


def _at_item(office: Consulted, meeting: Meeting, number: int) -> View:
    sitting, item = meeting.sitting, meeting.item(number)
    rows = tuple(
        Row(
            person,
            named(office, person),
            "已发言" if person in item.spoke else "未发言",
            item.votes.get(person) or ("已投" if person in item.cast() else "无记名" if item.counted else "未表决"),
        )
        for person in sitting.order(number)
    )
    last = sitting.last(number)
    silent = [each for each in sitting.to_speak(number) if each != last]
    if silent:
        told = f"请{named(office, silent[0])}发言：1 同意，2 不同意，3 缓议，然后写要点。"
        return View(Stage.SPEAKING, number, silent[0], told, rows)
    if meeting.body.key in office.setting("meetings.chief-decides") and last not in sitting.to_speak(number):
        decided = chiefs_decision(meeting, number)
        told = f"{named(office, last)}的决定：{decided or '没有表明'}。按回车填写结论；暂缓按 3。"
        return View(Stage.RESULT, number, "", told, rows, decided or DEFERRED)
    if last in sitting.to_speak(number) and not item.votes and (item.ballot is None or item.counted is not None):
        asked = f"请{named(office, last)}末位表态：1 同意，2 不同意，3 缓议"
        if item.counted is None:
            return View(Stage.SPEAKING, number, last, f"{asked}；先表决的按 V。", rows)
        told = f"{item.tally.text}。{asked}；不用另行表态的，按回车填写结论。"
        return View(Stage.SPEAKING, number, last, told, rows, _suggested(meeting, number))
    return _voting(office, meeting, number, rows)


def _voting(office: Consulted, meeting: Meeting, number: int, rows: tuple[Row, ...]) -> View:
    sitting, item = meeting.sitting, meeting.item(number)
    waiting = sitting.to_vote(number)
    if item.ballot is not None and item.ballot.method == SECRET and item.counted is None:
        return View(Stage.VOTING, number, "", _box_told(office, item.ballot), rows)
    if waiting:
        turn = f"请{named(office, waiting[0])}表决"
        how = "1 赞成，2 反对，3 弃权；换一种表决方式按 B。"
        if item.ballot is not None:
            cast = f"{item.ballot.method}表决，已投 {len(item.votes)} 票，还有 {len(waiting)} 人。"
            how = cast if item.ballot.method == NAMED else f"{cast}1 赞成，2 反对，3 弃权。"
        return View(Stage.VOTING, number, waiting[0], f"{turn}：{how}", rows)
    suggested = _suggested(meeting, number)
    passed = "通过" if suggested == PASSED else "没有通过"
    told = f"{item.tally.text}，{passed}。按回车填写结论；分歧较大的按 3 {DEFERRED}。"
    return View(Stage.RESULT, number, "", told, rows, suggested)


def _suggested(meeting: Meeting, number: int) -> str:
    """The conclusion that the votes on an item come to."""
    passed = carried(meeting.body, meeting.sitting, number, count_recused=meeting.count_recused)
    return PASSED if passed else LOST


def _box_told(office: Consulted, ballot: Ballot) -> str:
    """What the recorder of a secret vote does next."""
    if not ballot.boxed:
        return "无记名投票（纸票）：收齐以后按 B，登记票数。"
    watcher = named(office, ballot.watcher)
    if not ballot.watched:
        return f"无记名投票：等监票人{watcher}在自己的画面上封箱。"
    if ballot.unsealed:
        return f"票箱已经打开：等监票人{watcher}计票。"
    return f"无记名投票：已投 {len(ballot.deposits)} 票，发出 {len(ballot.papers)} 票。投完按 K 开箱。"


def opening(office: Consulted, meeting: Meeting, roll: Mapping[str, str], recorder: str) -> dict[str, object]:
    """The form of the roll call: whoever presides is the first of the chair's holders who is there."""
    ladder = everyone(office, meeting.body.chair)
    chair = next((each for each in ladder if roll.get(each) == PRESENT), meeting.notice.text("convener"))
    asked = [str(row["person"]) for row in meeting.notice.rows("observers")]
    asked += [each.reporter for each in meeting.items]
    others = [each for each in dict.fromkeys(asked) if each and each not in roll]
    return {
        "meeting": meeting.notice.number,
        "chair": chair,
        "recorder": recorder,
        "roll": [{"person": person, "state": state} for person, state in roll.items()],
        "others": [{"person": person} for person in others],
    }


def notice(office: Consulted, body: Body, waiting: Sequence[Matter]) -> dict[str, object]:
    """The form of a notice with everything that waits for a body: a member reports on what he proposed himself, the
    leader in charge on all else.
    """
    members = agenda.members(office, body)
    items = []
    for each in waiting:
        leaders = office.organisation.overseers(office.day, unit=each.unit) if each.unit else ()
        own = each.applicant in members
        items.append(
            {"subject": each.number, "reporter": each.applicant if own else next(iter(leaders), each.applicant)}
        )
    year = office.day.year
    held = (each for each in office.matters(NOTICE, body=body.key) if each.state in (State.RUNNING, State.SETTLED))
    before = sum(agenda.appointment_of(office, each).counts_in(year) for each in held)
    begun: dict[str, object] = {"title": f"{year}年第{before + 1}次{body.title}", "body": body.key, "items": items}
    convenes = everyone(office, body.convener or body.chair)
    return begun | ({"convener": convenes[0]} if convenes else {})


def conclusion(office: Consulted, meeting: Meeting, number: int, outcome: str) -> dict[str, object]:
    """The form of an item's conclusion: what was asked for, and who would carry it out."""
    values: dict[str, object] = {"outcome": outcome}
    announced = meeting.announced(number)
    if announced is None:
        return values
    item, matter, organisation = meeting.item(number), announced.matter, office.organisation
    if session.DISAGREES not in item.positions and not item.tally.against:
        values["dissent"] = "无"
    if outcome == DEFERRED:
        values["decision"] = "本次会议不作决定，下次再议"
    if outcome != PASSED:
        return values
    values["decision"] = matter.text("decision") or f"同意{subject(office, matter)}"
    people = {
        "responsible": organisation.heads(matter.unit, office.day),
        "supervisor": organisation.overseers(office.day, unit=matter.unit),
    }
    values |= {"executor": matter.unit} if matter.unit else {}
    return values | {key: found[0] for key, found in people.items() if found}


def handing(office: Consulted, meeting: Meeting) -> dict[str, object]:
    """The form by which the chair is handed on, where whoever presides is gone: to the next in order who is there."""
    sitting = meeting.sitting
    if sitting.chair in sitting.present:
        return {}
    values: dict[str, object] = {"role": CHAIRS, "reason": "主持人离会"}
    able = successors(office, meeting)
    return {**values, "person": able[0]} if able else values


def report(meeting: Meeting, number: int, reporter: str) -> dict[str, object]:
    """The form of an item's report."""
    return {"meeting": meeting.notice.number, "item": number, "person": reporter}


def statement(meeting: Meeting, shown: View, position: str, text: str) -> dict[str, object]:
    """The form of the statement of whoever's turn it is."""
    return {**report(meeting, shown.item, shown.turn), "position": position, "text": text}


def vote(office: Consulted, meeting: Meeting, shown: View, choice: str) -> dict[str, object]:
    """The form of the vote of whoever's turn it is, in the way that was opened, else the agency's first."""
    ballot = meeting.item(shown.item).ballot
    method = ballot.method if ballot else office.setting("meetings.methods")[0]
    return {**report(meeting, shown.item, shown.turn), "method": method, "choice": choice}


POSITIONS = (session.AGREES, session.DISAGREES, session.WAITS)


def named(office: Consulted, person: str) -> str:
    """A person with unit and post."""
    return office.organisation.described(person, office.day)


def announced(office: Consulted) -> list[str]:
    """The meetings to come, each in a line."""
    told = []
    for body in office.bodies():
        for notice in agenda.coming(office, body.key):
            when = agenda.appointment_of(office, notice)
            state = "" if notice.state is State.SETTLED else f"（通知{notice.state.title}）"
            items = f"议题 {len(notice.rows('items'))} 项"
            told.append(f"{when.held_on} {when.time}　{notice.text('title')}　{when.place}　{items}{state}")
    return sorted(told)


def _title(office: Consulted, announced: agenda.Announced) -> str:
    return subject(office, announced.matter)


def subject(office: Consulted, matter: Matter) -> str:
    """What a matter is called in lists."""
    kind = office.matter_type(matter.kind)
    return str(matter.values.get(kind.subject if kind else "", matter.number))

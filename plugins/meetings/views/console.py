"""What the secretary of a meeting does next, read from its record alone: whoever opens the page again goes on there."""

from dataclasses import dataclass
from enum import Enum

from core.consulted import Consulted
from plugins.meetings import agenda
from plugins.meetings.agenda import Meeting
from plugins.meetings.rules.concluding import chiefs_decision
from plugins.meetings.sitting import DEFERRED, LOST, NAMED, PASSED, PRESENT, SECRET, Ballot, carried
from plugins.meetings.views.lines import Row, item_rows, named


class Stage(Enum):
    """Where a meeting stands."""

    ROLL = "签到"
    ITEMS = "听取汇报"
    SPEAKING = "讨论"
    VOTING = "表决"
    RESULT = "结论"
    ENDING = "闭会"


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
    rows = tuple(item_rows(office, meeting))
    left = next(meeting.unsettled(), None)
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

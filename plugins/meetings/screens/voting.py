"""Opening a vote in one of the ways there are, and the box of a secret one."""

from plugins.meetings.agenda import Meeting
from plugins.meetings.matters import session as steps
from plugins.meetings.matters.voting import REVOTE_KEY, VOTING_KEY
from plugins.meetings.screens.acting import ask_word, open_form, record, sealed, secret_vote
from plugins.meetings.sitting import HANDS, NAMED, SECRET, SPOKEN
from plugins.meetings.views.lines import named
from tui.screens.frame import Frame
from tui.widgets.choice import Choice, Option
from tui.widgets.dialogs import ConfirmDialog

_PAPER, _AGAIN = "paper", "again"
_NOTES = {
    SPOKEN: "逐人说，由您登记；本人也可以在自己的画面上投",
    HANDS: "逐人举手，由您登记；本人也可以在自己的画面上投",
    NAMED: "各人在自己的画面上投，您不能代记",
}


async def choose_method(frame: Frame, meeting: Meeting, item: int) -> None:
    """Open the vote on an item in the way the chair wants."""
    ballot = meeting.item(item).ballot
    place: dict[str, object] = {"meeting": meeting.notice.number, "item": str(item)}
    options = [
        Option(each, each, _NOTES.get(each, "由您登记"))
        for each in frame.session.office.desk.setting("meetings.methods")
    ]
    options.append(Option(SECRET, SECRET, "各人在自己的画面上投；您和监票人各设一个口令"))
    options.append(Option(_PAPER, "无记名（纸票）", "发纸票，收齐以后登记票数"))
    if ballot and ballot.boxed:
        options.append(Option(_AGAIN, "重新投票", "票箱打不开了：这次投的作废，重新开始"))
    match await frame.app.push_screen_wait(Choice("怎样表决", options)):
        case None:
            return
        case chosen if chosen == _PAPER:
            open_form(frame, steps.BALLOT_KEY, {**place, "issued": str(len(meeting.item(item).here))})
        case chosen if chosen == _AGAIN:
            open_form(frame, REVOTE_KEY, place)
        case chosen if chosen == SECRET:
            watcher = await _choose_watcher(frame, meeting)
            word = watcher and await ask_word(
                frame, "封票箱", "给票箱设一个口令，至少六个字符，开箱时要用。", twice=True
            )
            if watcher and word:
                vote = secret_vote(frame.session, meeting.notice.number, item)
                await sealed(frame, lambda: vote.open(watcher, word))
        case chosen:
            await record(frame, VOTING_KEY, {**place, "method": chosen})


async def _choose_watcher(frame: Frame, meeting: Meeting) -> str | None:
    """Somebody in the room who is not the recorder, whoever has no vote first."""
    sitting, desk = meeting.sitting, frame.session.office.desk
    there = [*sorted(sitting.attending), *(each for each in sitting.ranked if each in sitting.present)]
    able = [Option(each, named(desk, each)) for each in there if each != sitting.recorder]
    return await frame.app.push_screen_wait(Choice("请谁监票", able))


async def open_box(frame: Frame, meeting: Meeting, item: int) -> None:
    """The recorder takes his seal off the box; whoever has not voted may not any more."""
    ballot = meeting.item(item).ballot
    if ballot is None or not ballot.taking:
        await frame.tell("开箱", "没有可以打开的票箱：先按 B 开始无记名投票，等监票人封箱，各人投票。")
        return
    left = len(ballot.papers) - len(ballot.deposits)
    if left:
        said = f"还有 {left} 人没有投票。打开以后就不能再投，记为没有投出的票。"
        if not await frame.app.push_screen_wait(ConfirmDialog("开箱", said, "开箱", "再等等")):
            return
    word = await ask_word(frame, "开箱", "输入您封箱时设的口令。", twice=False)
    if word:
        await sealed(frame, lambda: secret_vote(frame.session, meeting.notice.number, item).unseal(word))

"""Today's meetings as they concern one person: the nearest to him, another that he picks, or what waits for one."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from core.acts import Act, Verb
from plugins.meetings import agenda
from plugins.meetings.agenda import Meeting
from plugins.meetings.screens.acting import meeting_of_today, meetings_shown
from plugins.meetings.screens.room import Room
from plugins.meetings.screens.running import MeetingConsole
from plugins.meetings.screens.waiting import WaitingTopics
from plugins.meetings.sitting import PRESENT
from plugins.meetings.views import forms, today
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.choice import Choice, Option
from tui.widgets.prose import Prose

_WAITING = "waiting"


class Today(Vertical):
    """One of today's meetings, or what waits for a meeting; G goes to another."""

    DEFAULT_CSS = "Today { height: 1fr; } Today > Prose { text-style: bold; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("g", "go_to", show=False)]

    def __init__(self, session: Session, *, large: bool = False) -> None:
        super().__init__()
        self._session, self._large, self._wanted = session, large, ""
        self._shown: MeetingConsole | Room | WaitingTopics | None = None

    def read_anew(self) -> bool:
        """Show the records as they are now; another part of the page where the person's own part is another."""
        if not isinstance(self._shown, MeetingConsole | Room) or not self._shown.read_anew():
            self.run_worker(self.recompose(), exclusive=True)
        return True

    def compose(self) -> ComposeResult:
        self._shown = self._fitting()
        if (others := self._others()) and not self._large:
            yield Prose(f"今天还有{'、'.join(others)}；按 G 去看。")
        yield self._shown

    def _others(self) -> list[str]:
        """The titles of today's other meetings that this person may see."""
        shown = self._shown.number if isinstance(self._shown, MeetingConsole | Room) else ""
        return [each.notice.text("title") for each in meetings_shown(self._session) if each.notice.number != shown]

    def _fitting(self) -> MeetingConsole | Room | WaitingTopics:
        session = self._session
        meeting = meeting_of_today(session, self._wanted) or meeting_of_today(session)
        if meeting is None or self._wanted == _WAITING:
            return WaitingTopics(session, idle=meeting is None)
        if self._large:
            return Room(session, meeting, large=True)
        if meeting.sitting.opened:
            recording = meeting.sitting.recorder == session.person
            return MeetingConsole(session, meeting) if recording else Room(session, meeting)
        why = _not_to_open(session, meeting)
        return Room(session, meeting, note=why) if why else MeetingConsole(session, meeting)

    def action_go_to(self) -> None:
        if isinstance(self.screen, Frame):
            self.screen.run_worker(self._choose(self.screen), group="record", exclusive=True)

    async def _choose(self, frame: Frame) -> None:
        desk = self._session.office.desk
        options = [
            Option(each.notice.number, each.notice.text("title"), today.stands(desk, each))
            for each in meetings_shown(self._session)
        ]
        options.append(Option(_WAITING, "待上会的事项", "起草会议通知"))
        chosen = await frame.app.push_screen_wait(Choice("看哪一个", options))
        if chosen is not None:
            self._wanted = chosen
            await self.recompose()


def _not_to_open(session: Session, meeting: Meeting) -> str:
    """Why a clause lets another keep the record, with the remedy; empty where this person may."""
    desk = session.office.desk
    roll = {each: PRESENT for each in agenda.members(desk, meeting.body)}
    values = forms.opening(desk, meeting, roll, session.person)
    act = Act(Verb.SUBMIT, session.person, agenda.OPENING, values=values)
    found = [finding for finding in session.office.preview(act).findings if finding.at == "recorder"]
    return f"签到由记录人办理，{found[0].remedy}。" if found else ""

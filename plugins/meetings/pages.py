"""The page of meetings: who keeps the record gets the console, everybody else the room; what waits where none sits."""

from collections.abc import Iterator

from textual.widget import Widget

from core.acts import Act, Verb
from core.hookspec import hookimpl
from plugins.meetings import agenda, console
from plugins.meetings.agenda import Meeting
from plugins.meetings.screens.acting import meeting_of_today
from plugins.meetings.screens.room import Room
from plugins.meetings.screens.running import MeetingConsole
from plugins.meetings.screens.waiting import WaitingTopics
from plugins.meetings.sitting import PRESENT
from tui.page import Page
from tui.session import Session


def meeting_console(session: Session) -> Widget:
    """Today's meeting as it concerns this person, or what waits for one where there is none."""
    meeting = meeting_of_today(session)
    if meeting is None:
        return WaitingTopics(session)
    if meeting.sitting.opened:
        recording = meeting.sitting.recorder == session.person
        return MeetingConsole(session, meeting) if recording else Room(session, meeting)
    why = _not_to_open(session, meeting)
    return Room(session, meeting, note=why) if why else MeetingConsole(session, meeting)


def _not_to_open(session: Session, meeting: Meeting) -> str:
    """Why a clause lets another keep the record, with the remedy; empty where this person may."""
    desk = session.office.desk
    roll = {each: PRESENT for each in agenda.members(desk, meeting.body)}
    values = console.opening(desk, meeting, roll, session.person)
    act = Act(Verb.SUBMIT, session.person, agenda.OPENING, values=values)
    found = [finding for finding in session.office.preview(act).findings if finding.at == "recorder"]
    return f"签到由记录人办理，{found[0].remedy}。" if found else ""


def meeting_room(session: Session) -> Widget:
    """Today's meeting for the big screen in the room."""
    meeting = meeting_of_today(session)
    return Room(session, meeting, large=True) if meeting is not None else WaitingTopics(session)


@hookimpl
def guizhang_pages() -> Iterator[Page]:
    """The meeting of today, for those who sit in it and for all to see."""
    told = "签到、汇报、发言、表决、结论，逐步记录；成员在这里投票；没有会议时列出待上会的议题"
    yield Page("meetings.console", "开会", meeting_console, told)
    yield Page(
        "meetings.room", "会场大屏", meeting_room, "投在会场的屏幕上看：议到哪一项、谁发过言、下一位是谁、表决结果"
    )

"""The screen of a meeting in progress: the secretary goes from the roll call to the result by single keys."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

from core.acts import Act, Verb
from core.hookspec import hookimpl
from plugins.meetings import agenda, console
from plugins.meetings.agenda import Meeting
from plugins.meetings.console import Stage, View
from plugins.meetings.matters import session
from plugins.meetings.sitting import ABSTAINED, AGAINST, DEFERRED, EXCUSED, FOR, MISSING, PRESENT
from tui.drafts import Draft, Task, new_draft
from tui.page import Page
from tui.screens.form import FormScreen
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.ask import LineDialog
from tui.widgets.columns import Column
from tui.widgets.dialogs import FindingNote, FindingsDialog
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record
from tui.wording import finding_lines

_COLUMNS = (
    Column("人员或议题", 24, grows=True, importance=9),
    Column("情况", 8, importance=8),
    Column("表决", 8, importance=7),
)
_WAITING = (
    Column("会议机构", 12, importance=8),
    Column("编号", 14, importance=9),
    Column("事项", 20, grows=True, importance=9),
)
_ROLL = (PRESENT, EXCUSED, MISSING)
_VOTES = (FOR, AGAINST, ABSTAINED)
_OTHERS = "H 回避　L 到会变动　X 程序异议　A 答复异议"


class MeetingConsole(Vertical):
    """One meeting, step by step. Nothing is kept here but the roll before it is handed in: the record is the state."""

    DEFAULT_CSS = "MeetingConsole { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer(0)", show=False),
        Binding("2", "answer(1)", show=False),
        Binding("3", "answer(2)", show=False),
        Binding("v", "vote_first", show=False),
        Binding("b", f"form('{session.BALLOT_KEY}')", show=False),
        Binding("h", f"form('{session.RECUSAL_KEY}')", show=False),
        Binding("l", f"form('{session.ATTENDANCE_KEY}')", show=False),
        Binding("x", f"form('{session.OBJECTION_KEY}')", show=False),
        Binding("a", f"form('{session.ANSWER_KEY}')", show=False),
        Binding("f5", "hand_in", show=False),
    ]

    def __init__(self, session: Session, meeting: Meeting) -> None:
        super().__init__()
        self._session, self._meeting = session, meeting
        self._view: View = console.view(session.desk, meeting)
        self._roll = {row.key: row.state for row in self._view.rows}
        self._voting = False

    def _head(self) -> Iterator[Paragraph]:
        notice, sitting = self._meeting.notice, self._meeting.sitting
        there = f"　到会 {len(sitting.present)}／应到 {len(sitting.ranked)} 人" if sitting.opened else ""
        item = f"　第 {self._view.item} 项" if self._view.item else ""
        yield Paragraph(f"{notice.text('title')}　{self._view.stage.value}{item}{there}", strong=True)
        yield Paragraph(self._view.told)
        if self._view.item:
            yield Paragraph(_OTHERS)

    def compose(self) -> ComposeResult:
        yield Prose(list(self._head()))
        yield RecordList(_COLUMNS, self._source(), empty="没有可以显示的。")

    def on_mount(self) -> None:
        self._list.focus()
        keys = [row.key for row in self._view.rows]
        if self._view.turn in keys:
            self._list.cursor = keys.index(self._view.turn)

    @property
    def _list(self) -> RecordList:
        return self.query_one(RecordList)

    def _source(self) -> FixedSource:
        roll = self._view.stage is Stage.ROLL
        return FixedSource(
            Record(row.key, (row.what, self._roll[row.key] if roll else row.state, row.note)) for row in self._view.rows
        )

    def action_answer(self, place: int) -> None:
        match self._view.stage:
            case Stage.ROLL:
                self._mark(place)
            case Stage.SPEAKING if not self._voting:
                self._ask_statement(place)
            case Stage.SPEAKING | Stage.VOTING:
                self._cast(place)
            case Stage.ITEMS | Stage.RESULT if place == _ROLL.index(MISSING):
                self._conclude(DEFERRED)
            case _:
                pass

    def _mark(self, place: int) -> None:
        row = self._list.cursor
        self._roll[self._view.rows[row].key] = _ROLL[place]
        self._list.show(self._source(), keep_place=True)
        self._list.cursor = min(row + 1, len(self._view.rows) - 1)

    def _ask_statement(self, place: int) -> None:
        position = console.POSITIONS[place]

        def said(words: str | None) -> None:
            if words:
                self._record(session.STATEMENT_KEY, console.statement(self._meeting, self._view, position, words))

        name = self._session.described(self._view.turn)
        self.app.push_screen(LineDialog("议题发言", f"{name}：{position}。写下发言要点", position), said)

    def _cast(self, place: int) -> None:
        desk = self._session.desk
        waiting = self._meeting.sitting.to_vote(self._view.item)
        turn = View(Stage.VOTING, self._view.item, waiting[0], "", ()) if waiting else self._view
        self._record(session.VOTE_KEY, console.vote(desk, self._meeting, turn, _VOTES[place]))

    def action_vote_first(self) -> None:
        """The vote may begin before the last in turn has spoken; he speaks with his vote."""
        waiting = self._meeting.sitting.to_vote(self._view.item) if self._view.item else []
        if self._view.stage is Stage.SPEAKING and waiting:
            self._voting = True
            name = self._session.described(waiting[0])
            told = f"请{name}表决：1 赞成，2 反对，3 弃权；无记名投票按 B。"
            self.query_one(Prose).show([next(self._head()), Paragraph(told)])

    def on_record_list_selected(self) -> None:
        if self._view.stage is Stage.ITEMS:
            self._record(session.REPORT_KEY, console.report(self._meeting, self._view.item, self._view.turn))
        elif self._view.stage is Stage.RESULT:
            self._conclude(self._view.suggested)

    def action_hand_in(self) -> None:
        if self._view.stage is Stage.ROLL:
            values = console.opening(self._session.desk, self._meeting, self._roll, self._session.person)
            self._record(agenda.OPENING, values)
        elif self._view.stage is Stage.ENDING:
            self.action_form(agenda.CLOSING)

    def _conclude(self, outcome: str) -> None:
        self.action_form(agenda.CONCLUSION, outcome=outcome)

    def action_form(self, kind: str, **values: str) -> None:
        """A form for what takes more than a key, begun with the meeting and its item."""
        frame = self.screen
        if isinstance(frame, Frame):
            begun = new_draft(Task(Verb.SUBMIT, kind=kind))
            item = {"item": str(self._view.item)} if self._view.item and kind != session.ATTENDANCE_KEY else {}
            given = {"meeting": self._meeting.notice.number, **item, **values}
            frame.show(FormScreen(self._session, Draft(begun.key, begun.task, begun.heading, given)))

    def _record(self, kind: str, values: Mapping[str, object]) -> None:
        self.screen.run_worker(self._recorded(kind, values), group="record", exclusive=True)

    async def _recorded(self, kind: str, values: Mapping[str, object]) -> None:
        """Record one step; what is refused is told whole, and the page stays where it was."""
        frame = self.screen
        if not isinstance(frame, Frame):
            return
        result = self._session.perform(Act(Verb.SUBMIT, self._session.person, kind, values=values))
        if await frame.told(result):
            frame.look_again()
        elif result is not None:
            notes = [
                FindingNote(each.level.title, each.facts, tuple(finding_lines(each)))
                for each in result.verdict.findings
            ]
            await self.app.push_screen_wait(FindingsDialog("没有办成", notes, leave="返回"))


class WaitingTopics(Vertical):
    """What waits for each body while no meeting sits; Enter draws up the notice of a meeting on all of a body's."""

    DEFAULT_CSS = "WaitingTopics { height: 1fr; }"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        bodies = session.office.agency.bodies.values()
        self._waiting = {body.key: agenda.waiting(session.desk, body) for body in bodies}

    def compose(self) -> ComposeResult:
        yield Prose("今天没有已经通知、还没有结束的会议。下面是待上会的事项，按回车起草这个会议机构的会议通知。")
        bodies = self._session.office.agency.bodies
        rows = (
            Record(f"{key} {each.number}", (bodies[key].title, each.number, console.subject(self._session.desk, each)))
            for key, waiting in self._waiting.items()
            for each in waiting
        )
        yield RecordList(_WAITING, FixedSource(rows), empty="没有待上会的事项。")

    def on_mount(self) -> None:
        self.query_one(RecordList).focus()

    def on_record_list_selected(self, selected: RecordList.Selected) -> None:
        frame, body = self.screen, selected.record.key.split()[0]
        if isinstance(frame, Frame):
            begun = new_draft(Task(Verb.SUBMIT, kind=agenda.NOTICE))
            values = console.notice(self._session.desk, body, self._waiting[body])
            frame.show(FormScreen(self._session, Draft(begun.key, begun.task, begun.heading, values)))


def meeting_console(session: Session) -> Widget:
    """Today's meeting, or what waits for one where there is none."""
    meeting = console.meeting_today(session.desk)
    return MeetingConsole(session, meeting) if meeting is not None else WaitingTopics(session)


@hookimpl
def guizhang_pages() -> Iterator[Page]:
    """The meeting of today."""
    yield Page(
        "meetings.console",
        "开会",
        meeting_console,
        "签到、汇报、发言、表决、结论，逐步记录；没有会议时列出待上会的议题",
    )

"""The screen of whoever keeps a meeting's record: from the roll call to the result by single keys."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from plugins.meetings import agenda
from plugins.meetings.agenda import Meeting
from plugins.meetings.matters import session as steps
from plugins.meetings.matters.follow_up import FOLLOW_UP, to_report
from plugins.meetings.matters.handing import HANDING_KEY, ROLL_KEY
from plugins.meetings.screens.acting import COLUMNS, look_often, meeting_of_today, open_form, record
from plugins.meetings.screens.voting import choose_method, open_box
from plugins.meetings.secret_ballot.box import BallotBox
from plugins.meetings.secret_ballot.course import sweep
from plugins.meetings.sitting import CHOICES, DEFERRED, MISSING, ROLL_STATES
from plugins.meetings.views import console, forms
from plugins.meetings.views.console import Stage, View
from plugins.meetings.views.lines import subject
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.ask import LineDialog
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record

_ALWAYS = "L 到会变动　E 签到更正　M 交接主持"
_BETWEEN = _ALWAYS + "　T 督办通报"
_DECIDED = "H 回避　X 程序异议　A 答复异议　" + _ALWAYS
_AT_ITEM = "B 表决方式　" + _DECIDED
_TALKING = (Stage.SPEAKING, Stage.VOTING, Stage.RESULT)
_WITH_ITEM = frozenset({steps.RECUSAL_KEY, steps.OBJECTION_KEY, steps.ANSWER_KEY, agenda.CONCLUSION})
_WITH_PERSON = frozenset({steps.RECUSAL_KEY, steps.OBJECTION_KEY, steps.ATTENDANCE_KEY, ROLL_KEY})
"""Forms that begin with whom the cursor stands on."""


class MeetingConsole(Vertical):
    """One meeting, step by step. Nothing is kept here but the roll before it is handed in: the record is the state."""

    DEFAULT_CSS = "MeetingConsole { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "answer(0)", show=False),
        Binding("2", "answer(1)", show=False),
        Binding("3", "answer(2)", show=False),
        Binding("v", "vote_first", show=False),
        Binding("b", "method", show=False),
        Binding("k", "open_box", show=False),
        Binding("h", f"form('{steps.RECUSAL_KEY}')", show=False),
        Binding("l", f"form('{steps.ATTENDANCE_KEY}')", show=False),
        Binding("e", f"form('{ROLL_KEY}')", show=False),
        Binding("x", f"form('{steps.OBJECTION_KEY}')", show=False),
        Binding("a", f"form('{steps.ANSWER_KEY}')", show=False),
        Binding("m", "hand_on", show=False),
        Binding("t", "report_earlier", show=False),
        Binding("f5", "hand_in", show=False),
    ]

    def __init__(self, session: Session, meeting: Meeting) -> None:
        super().__init__()
        self._session, self._meeting = session, meeting
        self._view: View = console.view(session.office.desk, meeting)
        self._roll = {row.key: row.state for row in self._view.rows}
        self._voting = False
        store = session.office.store.storage.path
        if str(store) != ":memory:":
            sweep(session.office.desk, BallotBox(store))

    @property
    def number(self) -> str:
        """The number of the notice."""
        return self._meeting.notice.number

    def read_anew(self) -> bool:
        """Show the meeting as it stands now, keeping the roll; false where it is no longer this person's to record."""
        desk = self._session.office.desk
        meeting = meeting_of_today(self._session, self.number)
        if meeting is None:
            return False
        if meeting.sitting.opened and meeting.sitting.recorder != self._session.person:
            return False
        before, self._meeting, self._view = self._view, meeting, console.view(desk, meeting)
        if self._view.stage is Stage.ROLL:
            self._roll = {row.key: self._roll.get(row.key, row.state) for row in self._view.rows}
        self._voting = self._voting and before.turn == self._view.turn
        self._show(keep_place=before.stage is Stage.ROLL)
        return True

    def _show(self, *, keep_place: bool) -> None:
        self.query_one(Prose).show(list(self._head()))
        self._list.show(self._source(), keep_place=keep_place)
        if not keep_place:
            self._to_turn()

    def _head(self) -> Iterator[Paragraph]:
        notice, sitting = self._meeting.notice, self._meeting.sitting
        there = f"　到会 {len(sitting.present)}／应到 {len(sitting.ranked)} 人" if sitting.opened else ""
        item = f"　第 {self._view.item} 项" if self._view.item else ""
        yield Paragraph(f"{notice.text('title')}　{self._view.stage.value}{item}{there}", strong=True)
        announced = self._meeting.announced(self._view.item) if self._view.stage in _TALKING else None
        if announced is not None:
            yield Paragraph(subject(self._session.office.desk, announced.matter), strong=True)
        if self._voting:
            name = self._session.described(self._meeting.sitting.to_vote(self._view.item)[0])
            yield Paragraph(f"请{name}表决：1 赞成，2 反对，3 弃权；换一种表决方式按 B。")
            return
        yield Paragraph(self._view.told)
        if sitting.opened:
            yield Paragraph(
                _DECIDED if self._view.suggested else _AT_ITEM if self._view.stage in _TALKING else _BETWEEN
            )

    def compose(self) -> ComposeResult:
        yield Prose(list(self._head()))
        yield RecordList(COLUMNS, self._source(), empty="没有可以显示的。")

    def on_mount(self) -> None:
        self._list.focus()
        self._to_turn()
        look_often(self)

    def _to_turn(self) -> None:
        keys = [row.key for row in self._view.rows]
        turn = str(self._view.item) if self._view.stage is Stage.ITEMS else self._view.turn
        if turn in keys:
            self._list.cursor = keys.index(turn)

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
            case Stage.ITEMS | Stage.RESULT if place == ROLL_STATES.index(MISSING):
                self._conclude(DEFERRED)
            case _:
                pass

    def _mark(self, place: int) -> None:
        row = self._list.cursor
        self._roll[self._view.rows[row].key] = ROLL_STATES[place]
        self._list.show(self._source(), keep_place=True)
        self._list.cursor = min(row + 1, len(self._view.rows) - 1)

    def _ask_statement(self, place: int) -> None:
        position = forms.POSITIONS[place]

        def said(words: str | None) -> None:
            if words:
                self._record(steps.STATEMENT_KEY, forms.statement(self._meeting, self._view, position, words))

        name = self._session.described(self._view.turn)
        self.app.push_screen(LineDialog("议题发言", f"{name}：{position}。写下发言要点", position), said)

    def _cast(self, place: int) -> None:
        desk = self._session.office.desk
        waiting = self._meeting.sitting.to_vote(self._view.item)
        turn = View(Stage.VOTING, self._view.item, waiting[0], "", ()) if waiting else self._view
        self._record(steps.VOTE_KEY, forms.vote(desk, self._meeting, turn, CHOICES[place]))

    def action_vote_first(self) -> None:
        """The vote may begin before the last in turn has spoken; he speaks with his vote."""
        waiting = self._meeting.sitting.to_vote(self._view.item) if self._view.item else []
        if self._view.stage is Stage.SPEAKING and waiting:
            self._voting = True
            self.query_one(Prose).show(list(self._head()))

    def action_method(self) -> None:
        if isinstance(self.screen, Frame) and self._view.stage in (Stage.SPEAKING, Stage.VOTING):
            self.screen.run_worker(choose_method(self.screen, self._meeting, self._view.item), group="record")

    def action_open_box(self) -> None:
        if isinstance(self.screen, Frame) and self._view.stage is Stage.VOTING:
            self.screen.run_worker(open_box(self.screen, self._meeting, self._view.item), group="record")

    def on_record_list_selected(self) -> None:
        if self._view.stage is Stage.ITEMS:
            self._record(steps.REPORT_KEY, forms.report(self._meeting, self._view.item, self._view.turn))
        elif self._view.suggested:
            self._conclude(self._view.suggested)

    def action_hand_in(self) -> None:
        if self._view.stage is Stage.ROLL:
            values = forms.opening(self._session.office.desk, self._meeting, self._roll, self._session.person)
            self._record(agenda.OPENING, values)
        elif self._view.stage is Stage.ENDING:
            self.action_form(agenda.CLOSING)

    def _conclude(self, outcome: str) -> None:
        values = forms.conclusion(self._session.office.desk, self._meeting, self._view.item, outcome)
        self.action_form(agenda.CONCLUSION, **values)

    def action_hand_on(self) -> None:
        """The chair passes to another, or the record does."""
        self.action_form(HANDING_KEY, **forms.handing(self._session.office.desk, self._meeting))

    def action_report_earlier(self) -> None:
        """The report on what was decided at earlier meetings and how far it has come."""
        if self._view.stage in (Stage.ITEMS, Stage.ENDING):
            self.action_form(FOLLOW_UP, decisions=to_report(self._session.office.desk, self._meeting))

    def action_form(self, kind: str, **values: object) -> None:
        """A form for what takes more than a key, begun with the meeting and its item."""
        if isinstance(self.screen, Frame) and (self._meeting.sitting.opened or kind == agenda.CLOSING):
            begun: dict[str, object] = {"meeting": self.number}
            if self._view.item and kind in _WITH_ITEM:
                begun["item"] = str(self._view.item)
            if self._view.stage in _TALKING and kind in _WITH_PERSON:
                begun["person"] = self._view.rows[self._list.cursor].key
            open_form(self.screen, kind, begun | values)

    def _record(self, kind: str, values: dict[str, object]) -> None:
        if isinstance(self.screen, Frame):
            self.screen.run_worker(record(self.screen, kind, values), group="record", exclusive=True)

"""The meeting as those in the room see it: the item, who has spoken, who is next, the count; and one's own vote."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from core.acts import Act, Verb
from core.finding import Level
from plugins.meetings.agenda import Meeting
from plugins.meetings.matters import session as steps
from plugins.meetings.matters.handing import HANDING_KEY, RECORDS
from plugins.meetings.screens.acting import (
    COLUMNS,
    ask_word,
    look_often,
    meeting_of_today,
    open_form,
    sealed,
    secret_vote,
    told,
)
from plugins.meetings.sitting import ABSTAINED, CHOICES
from plugins.meetings.views import seat
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record


class Room(Vertical):
    """A meeting to look at, refreshed by itself; whoever has a vote casts it here, whoever watches a box seals it."""

    DEFAULT_CSS = """
    Room { height: 1fr; }
    Room.-large > Prose { padding: 1 4; }
    Room.-large > RecordList { padding: 1 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "choose(0)", show=False),
        Binding("2", "choose(1)", show=False),
        Binding("3", "choose(2)", show=False),
        Binding("k", "watch", show=False),
        Binding("r", "take_over", show=False),
    ]

    def __init__(self, session: Session, meeting: Meeting, *, large: bool = False, note: str = "") -> None:
        super().__init__(classes="-large" if large else None)
        self._session, self._meeting, self._large = session, meeting, large
        self._part = seat.part(session.office.desk, meeting, session.person)
        self._chosen, self._note = "", note

    @property
    def number(self) -> str:
        """The number of the notice."""
        return self._meeting.notice.number

    def read_anew(self) -> bool:
        """Show the meeting as it stands now; false where it is over, or now this person's to record."""
        desk, person = self._session.office.desk, self._session.person
        meeting = meeting_of_today(self._session, self.number)
        if meeting is None:
            return False
        if meeting.sitting.recorder == person and not self._large:
            return False
        self._meeting, self._part = meeting, seat.part(desk, meeting, person)
        if not self._part.votes:
            self._chosen = ""
        self.query_one(Prose).show(list(self._head()))
        self.query_one(RecordList).show(self._source(), keep_place=True)
        return True

    def _head(self) -> Iterator[Paragraph]:
        for line in seat.headlines(self._session.office.desk, self._meeting):
            yield Paragraph(line, strong=True)
        if self._large:
            return
        if self._chosen:
            yield Paragraph(f"您选的是“{self._chosen}”。按回车投出，投出以后不能改；按 1、2、3 重选。", strong=True)
        elif line := self._not_yet() or self._part.told or ("" if self._meeting.sitting.opened else self._note):
            yield Paragraph(line)

    def _not_yet(self) -> str:
        """Why a member who has a vote cannot cast it just now: another is to vote before him."""
        item = self._meeting.sitting.current
        ballot = self._meeting.item(item).ballot
        if not self._part.votes or ballot is None or ballot.boxed:
            return ""
        verdict = self._session.office.preview(self._vote(item, ballot.method, ABSTAINED))
        found = [each for each in verdict.findings if each.level is Level.REFUSE]
        return f"还不能投票：{found[0].facts}。" if found else ""

    def _vote(self, item: int, method: str, choice: str) -> Act:
        """The open vote of whoever sits here."""
        person = self._session.person
        values = {"meeting": self.number, "item": item, "person": person}
        return Act(Verb.SUBMIT, person, steps.VOTE_KEY, values={**values, "method": method, "choice": choice})

    def _source(self) -> FixedSource:
        rows = seat.room(self._session.office.desk, self._meeting)
        return FixedSource(Record(row.key, (row.what, row.state, row.note)) for row in rows)

    def compose(self) -> ComposeResult:
        yield Prose(list(self._head()))
        yield RecordList(COLUMNS, self._source(), empty="等记录人签到。", position=not self._large)

    def on_mount(self) -> None:
        self.query_one(RecordList).focus()
        look_often(self)

    def action_choose(self, place: int) -> None:
        if self._part.votes and not self._large:
            self._chosen = CHOICES[place]
            self.query_one(Prose).show(list(self._head()))

    def on_record_list_selected(self) -> None:
        frame, choice = self.screen, self._chosen
        if isinstance(frame, Frame) and choice:
            self._chosen = ""
            frame.run_worker(self._cast(frame, choice), group="record", exclusive=True)

    async def _cast(self, frame: Frame, choice: str) -> None:
        number, item = self.number, self._meeting.sitting.current
        ballot = self._meeting.item(item).ballot
        if ballot is None:
            return
        if ballot.boxed:
            await sealed(frame, lambda: secret_vote(self._session, number, item).cast(choice))
            return
        await told(frame, self._session.perform(self._vote(item, ballot.method, choice)))

    def action_watch(self) -> None:
        if isinstance(self.screen, Frame) and (self._part.seals or self._part.counts):
            self.screen.run_worker(self._watched(self.screen), group="record", exclusive=True)

    async def _watched(self, frame: Frame) -> None:
        """The watcher seals the box, or opens the shuffled ballots and returns the count."""
        vote = secret_vote(self._session, self.number, self._meeting.sitting.current)
        if self._part.seals:
            word = await ask_word(frame, "监票封箱", "给票箱设一个口令，至少六个字符，计票时要用。", twice=True)
            step = vote.watch
        else:
            word = await ask_word(frame, "计票", "输入您封箱时设的口令。", twice=False)
            step = vote.count
        if word:
            await sealed(frame, partial(step, word))

    def action_take_over(self) -> None:
        """Whoever may keep the record takes it over where the recorder's line is down."""
        if isinstance(self.screen, Frame) and self._part.takes_over:
            values: dict[str, object] = {"role": RECORDS, "person": self._session.person}
            open_form(self.screen, HANDING_KEY, {"meeting": self.number, **values})

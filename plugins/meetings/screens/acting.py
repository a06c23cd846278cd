"""What the screens of meetings share: recording a step, asking for a word that is kept nowhere, looking again often."""

from collections.abc import Callable, Iterable

from textual.widget import Widget

from core.acts import Act, Verb
from core.verdict import Result
from plugins.meetings.agenda import Meeting
from plugins.meetings.ledgers import RECORD
from plugins.meetings.secret_ballot.box import BallotBox, BoxError
from plugins.meetings.secret_ballot.course import SecretVote
from plugins.meetings.views import today
from tui.drafts import Draft, Task, new_draft
from tui.screens.findings import tell_refused
from tui.screens.form import FormScreen
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.columns import Column
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Prose
from tui.widgets.text_input import TextInput

COLUMNS = (
    Column("人员或议题", 24, grows=True, importance=9),
    Column("情况", 8, importance=8),
    Column("表决", 8, importance=7),
)
"""Of a list of members or of items."""

_LOOK_EVERY = 2.0
"""Seconds between looks for what others at the meeting have done; nothing is drawn when there is nothing new."""


class WordDialog(Dialog[str | None]):
    """A word that is typed unseen; Enter answers, None means the person went back."""

    AUTO_FOCUS = "TextInput"

    def __init__(self, heading: str, question: str) -> None:
        super().__init__(heading, None)
        self._question = question

    def body(self) -> Iterable[Widget]:
        """The question, the field, a hint."""
        yield Prose(self._question)
        yield TextInput(password=True)
        yield Prose("输入时不显示，也不会记到任何地方。回车确定，Esc 返回。")

    def on_input_submitted(self) -> None:
        self.dismiss(self.query_one(TextInput).value)


def look_often(widget: Widget) -> None:
    """While its screen is in front, a widget looks again and again for what others have done."""

    def look() -> None:
        if isinstance(widget.screen, Frame) and widget.screen.is_current:
            widget.screen.look_again()

    widget.set_interval(_LOOK_EVERY, look)


def meetings_shown(session: Session) -> list[Meeting]:
    """Today's meetings in which this person has a part, or of which he may read all that is recorded so far."""
    return [each for each in today.meetings_today(session.office.desk, session.person) if _may_see(session, each)]


def _may_see(session: Session, meeting: Meeting) -> bool:
    whole = session.office.desk
    if session.person in today.concerned(whole, meeting):
        return True
    number = meeting.notice.number
    if session.desk.kept_back(number):
        return False
    return len(session.desk.whole(RECORD, meeting=number)) == len(whole.whole(RECORD, meeting=number))


def meeting_of_today(session: Session, number: str = "") -> Meeting | None:
    """The meeting of today with this number, the nearest to this person where none is named, if he may see it."""
    found = today.meetings_today(session.office.desk, session.person)
    wanted = (each for each in found if not number or each.notice.number == number)
    return next((each for each in wanted if _may_see(session, each)), None)


async def told(frame: Frame, result: Result | None) -> None:
    """Show what came of a step: the page anew, or everything that stands in the way."""
    if await frame.told(result):
        frame.look_again()
    elif result is not None:
        await tell_refused(frame, result.verdict.findings)


async def record(frame: Frame, kind: str, values: dict[str, object]) -> None:
    """Record one step of a meeting."""
    session = frame.session
    await told(frame, session.perform(Act(Verb.SUBMIT, session.person, kind, values=values)))


def open_form(frame: Frame, kind: str, values: dict[str, object]) -> None:
    """A form for what takes more than a key, begun with what is known."""
    begun = new_draft(Task(Verb.SUBMIT, kind=kind))
    frame.show(FormScreen(frame.session, Draft(begun.key, begun.task, begun.heading, values)))


def secret_vote(session: Session, meeting: str, item: int) -> SecretVote:
    """The part of whoever sits here in a secret vote. Raises `BoxError` where the store is not on a disk."""
    box = BallotBox(session.office.store.storage.path)
    return SecretVote(session.office.desk, box, session.perform, session.person, meeting, item)


async def sealed(frame: Frame, step: Callable[[], Result | None]) -> None:
    """Do a step of a secret vote; what the box refuses is told like any refusal."""
    try:
        result = step()
    except BoxError as error:
        await frame.tell("没有办成", str(error))
        return
    await told(frame, result)


async def ask_word(frame: Frame, heading: str, question: str, *, twice: bool) -> str | None:
    """A word from whoever sits here; a new one is typed twice alike."""
    word = await frame.app.push_screen_wait(WordDialog(heading, question))
    if word and twice:
        again = await frame.app.push_screen_wait(WordDialog(heading, "再输入一次，以防打错。"))
        if again != word:
            await frame.tell(heading, "两次输入的口令不一样，请重新办理。")
            return None
    return word or None

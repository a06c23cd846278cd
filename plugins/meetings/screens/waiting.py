"""What waits for each body while no meeting sits, and the meetings that are announced."""

from textual.app import ComposeResult
from textual.containers import Vertical

from plugins.meetings import agenda
from plugins.meetings.screens.acting import open_form
from plugins.meetings.views import forms, today
from plugins.meetings.views.lines import subject
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record

_WAITING = (
    Column("会议机构", 12, importance=8),
    Column("编号", 14, importance=9, whole=True),
    Column("事项", 20, grows=True, importance=9),
)


class WaitingTopics(Vertical):
    """What waits for each body; Enter draws up the notice of a meeting on all of a body's."""

    DEFAULT_CSS = "WaitingTopics { height: 1fr; }"

    def __init__(self, session: Session, *, idle: bool) -> None:
        super().__init__()
        self._session, self._idle = session, idle
        bodies = session.office.agency.bodies.values()
        self._waiting = {body.key: agenda.waiting(session.desk, body) for body in bodies}

    def compose(self) -> ComposeResult:
        session = self._session
        idle = "今天没有您参加或者可以看的会。" if self._idle else ""
        told = [Paragraph(f"{idle}下面是待上会的事项，按回车为这个会议机构起草会议通知。")]
        told += [Paragraph(line, indent=2) for line in today.announced(session.desk)]
        yield Prose(told)
        bodies = session.office.agency.bodies
        rows = (
            Record(f"{key} {each.number}", (bodies[key].title, each.number, subject(session.desk, each)))
            for key, waiting in self._waiting.items()
            for each in waiting
        )
        yield RecordList(_WAITING, FixedSource(rows), empty="没有待上会的事项。")

    def on_mount(self) -> None:
        self.query_one(RecordList).focus()

    def on_record_list_selected(self, selected: RecordList.Selected) -> None:
        frame, key = self.screen, selected.record.key.split()[0]
        body = self._session.office.agency.bodies[key]
        if isinstance(frame, Frame):
            open_form(frame, agenda.NOTICE, forms.notice(self._session.desk, body, self._waiting[key]))

"""Publications: what is being announced, objections to it, and what came of them."""

from typing import ClassVar

from core.acts import Act, Verb
from core.codec import notice_from_document
from core.records import Notice
from core.store.document import StoreDocument
from tui.commands.command import Command
from tui.commands.registry import by_key
from tui.drafts import Task, new_draft
from tui.screens.frame import Frame
from tui.screens.reading import ReadingScreen
from tui.screens.tab import TabBody
from tui.session import Session
from tui.sources import TableSource
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph
from tui.widgets.rows import Record, Source


class NoticesTab(TabBody):
    """Notices, newest first."""

    COLUMNS = (
        Column("情况", 10, importance=9),
        Column("公示内容", 20, grows=True, importance=9),
        Column("起", 10, importance=3),
        Column("止", 10, importance=8),
        Column("异议", 6, right=True, importance=5),
    )
    EMPTY = "没有公示。"
    COMMANDS: ClassVar[frozenset[str]] = frozenset({"object", "settle-objection"})

    def source(self) -> Source:
        return TableSource(self.session.office.store.table("notices"), None, self._record, descending=True)

    def _record(self, row: StoreDocument) -> Record:
        notice = notice_from_document(row)
        objections = f"{len(notice.objections)} 件" if notice.objections else "无"
        cells = (notice.state.title, notice.title, notice.since.isoformat(), notice.until.isoformat(), objections)
        return Record(notice.key, cells)

    async def open(self, frame: Frame, record: Record) -> None:
        frame.show(NoticeScreen(self.session, record.key))


class NoticeScreen(ReadingScreen):
    """One notice with its objections."""

    def __init__(self, session: Session, key: str) -> None:
        self._key = key
        super().__init__(session)

    @property
    def commands(self) -> tuple[Command, ...]:
        return (by_key("object"), by_key("settle-objection"), *super().commands)

    def target(self, command: Command) -> str:
        return self._key

    def paragraphs(self) -> list[Paragraph]:
        notice = self.session.desk.notice(self._key)
        return notice_paragraphs(self.session, notice) if notice else [Paragraph("这件公示已经不在了。")]

    async def give_object(self) -> None:
        await object_to(self, self._key)

    async def give_settle_objection(self) -> None:
        await settle(self, self._key)


def notice_paragraphs(session: Session, notice: Notice) -> list[Paragraph]:
    """A notice as it is read."""
    found = [
        Paragraph(notice.title, strong=True),
        Paragraph(notice.text),
        Paragraph(""),
        Paragraph(f"情况：{notice.state.title}"),
        Paragraph(f"公示期：{notice.since} 至 {notice.until}　对象：{notice.audience}"),
    ]
    if session.office.rulebook.find(notice.clause):
        found.append(Paragraph(f"依据：{session.office.rulebook.cite(notice.clause).quoted}"))
    if notice.matter:
        found.append(Paragraph(f"事项：{notice.matter}"))
    if notice.objections:
        found += [Paragraph(""), Paragraph("异议", strong=True)]
    for objection in notice.objections:
        outcome = "等待处理"
        if objection.upheld is not None:
            outcome = f"{'成立' if objection.upheld else '不成立'}：{objection.outcome}"
        found.append(Paragraph(f"{objection.on} {session.organisation.name(objection.by)}：{objection.text}", 2))
        found.append(Paragraph(outcome, 4))
    return found


async def object_to(frame: Frame, key: str) -> None:
    """Raise an objection to a notice."""
    from tui.screens.acting import act_and_tell
    from tui.screens.opinion import ask_opinion

    task = Task(Verb.OBJECT, target=key)
    words = await ask_opinion(frame, task, "提出异议", "写明对哪一点有异议，依据是什么。")
    if words is not None:
        await act_and_tell(frame, task, Act(Verb.OBJECT, frame.session.person, target=key, opinion=words))


async def settle(frame: Frame, key: str) -> None:
    """Settle the first objection that waits."""
    from tui.screens.form import FormScreen

    task = Task(Verb.SETTLE_OBJECTION, target=key)
    frame.show(FormScreen(frame.session, frame.session.drafts.of(task) or new_draft(task)))

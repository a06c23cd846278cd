"""What waits for me, and what I have filed."""

from datetime import date
from enum import Enum

from tinydb import where

from core.matter import Matter
from core.money import format_money, from_fen
from core.store.document import StoreDocument
from core.verdict import Progress
from tui.screens.frame import Frame
from tui.screens.tab import TabBody
from tui.session import Session
from tui.sources import TableSource
from tui.widgets.choice import Choice, Option
from tui.widgets.columns import Column
from tui.widgets.rows import Record, Source
from tui.wording import NO_DUE, due_text

TOGETHER = 200
"""How many matters are decided on together at most."""


def money_cell(fen: int) -> str:
    """A sum in a list; none is left out."""
    return format_money(from_fen(fen)) if fen else ""


class InboxTab(TabBody):
    """Matters that wait for the person, the earliest deadline first."""

    COLUMNS = (
        Column("编号", 14, importance=9, whole=True),
        Column("事项", 12, importance=1),
        Column("事由", 12, grows=True, importance=9),
        Column("金额（元）", 11, right=True, importance=5),
        Column("申请人", 8, importance=4),
        Column("环节", 14, importance=7),
        Column("期限", 10, importance=8),
    )
    EMPTY = "没有等您办理的事。新的事项转到时会显示在这里。要提出申请，请按 N。"
    COMMANDS = frozenset({"alike", "batch"})
    MARKABLE = True

    def source(self) -> Source:
        table = self.session.office.store.table("inbox")
        return TableSource(table, where("person") == self.session.person, self._record, order=["due"])

    def _record(self, row: StoreDocument) -> Record:
        session = self.session
        number = str(row["matter"])
        kind = session.office.host.matter_types.get(row["kind"])
        document = session.desk.matter_document(number)
        due = date.fromisoformat(row["due"]) if row["due"] != NO_DUE else None
        step = f"代{session.organisation.name(row['on_behalf'])}：{row['step']}" if row["on_behalf"] else row["step"]
        cells = (
            number,
            kind.title if kind else str(row["kind"]),
            f"{'[催办] ' if row.get('urged') else ''}{row['subject'] if document else ''}",
            money_cell(document["amount"] if document else 0),
            session.organisation.name(row["applicant"]),
            str(step),
            due_text(due, session.day),
        )
        return Record(number, cells)

    def mark_alike(self) -> None:
        """Mark every matter of the same kind at the same step, as many as one may decide on together."""
        table = self.session.office.store.table("inbox")
        mine = where("person") == self.session.person
        present = table.get(mine & (where("matter") == self.current))
        if isinstance(present, StoreDocument):
            alike = mine & (where("kind") == present["kind"]) & (where("step") == present["step"])
            self.rows.mark([str(row["matter"]) for row in table.page(alike, order=["due"], limit=TOGETHER).rows])

    async def open(self, frame: Frame, record: Record) -> None:
        open_matter(frame, record.key)


class _Shown(Enum):
    """Which matters of one's own are looked at."""

    REQUESTS = "requests"
    ALL = "all"
    COPIES = "copies"

    @property
    def words(self) -> tuple[str, str]:
        """Its title, and what it means."""
        return {
            _Shown.REQUESTS: ("我的申请", "要由别人审批、办理的事项"),
            _Shown.ALL: ("连同登记", "我提交的一切，包括一提交就办结的各项登记"),
            _Shown.COPIES: ("抄送我的", "别人抄送给我看的事项"),
        }[self]


class MineTab(TabBody):
    """Matters the person filed, newest first, with their state and who has them now."""

    COLUMNS = (
        Column("编号", 14, importance=9, whole=True),
        Column("事项", 12, importance=1),
        Column("事由", 20, grows=True, importance=9),
        Column("金额（元）", 12, right=True, importance=4),
        Column("状态", 6, importance=8),
        Column("现在由谁办", 12, importance=7),
    )
    EMPTY = "您还没有提出过申请。要提出申请，请按 N；您办过的各项登记，按 F 选看。"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown = _Shown.REQUESTS

    def source(self) -> Source:
        if self._shown is _Shown.COPIES:
            copies = self.session.office.store.table("copies")
            return TableSource(copies, where("person") == self.session.person, self._copied, descending=True)
        mine = where("applicant") == self.session.person
        if self._shown is _Shown.REQUESTS:
            mine &= where("kind").one_of(self._with_a_course())
        return TableSource(self.session.office.store.table("matters"), mine, self._record, descending=True)

    def _with_a_course(self) -> list[str]:
        """The kinds of matters that go to somebody; a secretary's votes and statements would bury them."""
        office = self.session.office
        kinds = office.host.matter_types.values()
        return [kind.key for kind in kinds if not kind.register or office.rulebook.chains(kind.key)]

    def _record(self, row: StoreDocument) -> Record:
        matter = self.session.desk.to_matter(row)
        kind = self.session.office.host.matter_types.get(matter.kind)
        cells = (
            matter.number,
            kind.title if kind else matter.kind,
            str(row["subject"]),
            money_cell(row["amount"]),
            matter.state.title,
            holder(self.session, matter),
        )
        return Record(matter.number, cells)

    def _copied(self, row: StoreDocument) -> Record:
        document = self.session.desk.matter_document(str(row["matter"]))
        return self._record(document) if document else Record(str(row["matter"]), (str(row["matter"]),))

    async def filter(self, frame: Frame) -> None:
        options = [Option(each.value, *each.words) for each in _Shown]
        chosen = await frame.app.push_screen_wait(Choice("看哪些事项", options))
        if chosen is not None:
            self._shown = _Shown(chosen)
            self.rows.show(self.source())

    async def open(self, frame: Frame, record: Record) -> None:
        open_matter(frame, record.key)


def holder(session: Session, matter: Matter) -> str:
    """Who has a matter now, by name; the step where nobody acts by hand."""
    if matter.step is None:
        return session.organisation.name(matter.applicant) if matter.state.open else ""
    if session.desk.matter_type(matter.kind) is None:
        return ""
    from core.chains.planning import plan

    for planned in plan(session.desk, matter):
        if planned.progress is Progress.NOW:
            names = [session.organisation.name(actor.person) for actor in planned.actors]
            return "、".join(dict.fromkeys(names)) or planned.missing or planned.step.title
    return ""


def open_matter(frame: Frame, number: str) -> None:
    """Show a matter's page."""
    from tui.screens.matter import MatterScreen

    frame.show(MatterScreen(frame.session, number))

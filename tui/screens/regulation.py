"""One regulation, clause by clause in the order of the document."""

from collections.abc import Iterable

from textual.widget import Widget

from core.finding import Finding
from core.rulebook.model import Clause
from tui.commands.command import Command, Scope
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record


class RegulationScreen(Frame):
    """Clauses with their class; Enter opens one."""

    SCOPES = (Scope.LIST, Scope.RULEBOOK)

    def __init__(self, session: Session, regulation: str) -> None:
        self._regulation = session.office.rulebook.regulations[regulation]
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        yield Prose([Paragraph(f"《{self._regulation.title}》共 {len(self._regulation.clauses)} 条", strong=True)])
        columns = (
            Column("条款", 14, importance=9),
            Column("落实", 4, importance=8),
            Column("内容", 20, grows=True, importance=9),
        )
        yield RecordList(columns, FixedSource(self._row(clause) for clause in self._regulation.clauses))

    @staticmethod
    def _row(clause: Clause) -> Record:
        return Record(clause.no, (clause.name, clause.classed.title, clause.text))

    def target(self, command: Command) -> str:
        return self._regulation.id

    def why_not(self, command: Command) -> Finding | str | None:
        if command.key == "open" and self.query_one(RecordList).current is None:
            return "没有选中的条款。"
        return super().why_not(command)

    def on_record_list_selected(self) -> None:
        self.action_give("open")

    async def give_open(self) -> None:
        record = self.query_one(RecordList).current
        if record is not None:
            from tui.screens.clause import ClauseScreen

            self.show(ClauseScreen(self.session, f"{self._regulation.id}/{record.key}"))

    async def give_acknowledge(self) -> None:
        from core.acts import Act, Verb
        from tui.drafts import Task
        from tui.screens.acting import act_and_tell

        act = Act(Verb.ACKNOWLEDGE, self.session.person, target=self._regulation.id)
        await act_and_tell(self, Task(Verb.ACKNOWLEDGE, target=self._regulation.id), act)

    async def give_coverage(self) -> None:
        from tui.screens.clause import coverage_text

        await self.tell("落实情况", coverage_text(self._regulation))

    async def give_inspection_list(self) -> None:
        from tui.screens.inspecting import save_inspection_list

        await save_inspection_list(self, self._regulation.id)

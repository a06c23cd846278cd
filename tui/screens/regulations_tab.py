"""The agency's regulations."""

from collections import Counter
from typing import ClassVar

from core.rulebook.model import ClauseClass
from tui.screens.frame import Frame
from tui.screens.tab import TabBody
from tui.widgets.columns import Column
from tui.widgets.rows import FixedSource, Record, Source


class RegulationsTab(TabBody):
    """Every regulation with how its clauses are carried out."""

    COLUMNS = (
        Column("制度", 24, grows=True, importance=9),
        Column("条款", 6, right=True, importance=8),
        *(Column(classed.title, 6, right=True, importance=5) for classed in ClauseClass),
    )
    EMPTY = "还没有录入制度。"
    COMMANDS: ClassVar[frozenset[str]] = frozenset({"inspection-list"})

    def source(self) -> Source:
        rows = []
        for regulation in self.session.office.rulebook.regulations.values():
            classes = Counter(clause.classed for clause in regulation.clauses)
            counts = (str(classes[classed] or "") for classed in ClauseClass)
            rows.append(Record(regulation.id, (regulation.title, str(len(regulation.clauses)), *counts)))
        return FixedSource(rows)

    async def open(self, frame: Frame, record: Record) -> None:
        from tui.screens.regulation import RegulationScreen

        frame.show(RegulationScreen(self.session, record.key))

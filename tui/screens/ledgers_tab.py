"""The agency's ledgers, and the screens that families bring along."""

from tui.screens.frame import Frame
from tui.screens.tab import TabBody
from tui.widgets.columns import Column
from tui.widgets.rows import FixedSource, Record, Source

_PAGE = "page:"


class LedgersTab(TabBody):
    """Every ledger with the number of its lines, by families."""

    COLUMNS = (
        Column("业务", 12, importance=5),
        Column("台账", 20, grows=True, importance=9),
        Column("行数", 8, right=True, importance=8),
        Column("说明", 30, importance=2),
    )
    EMPTY = "本单位启用的业务没有台账。"

    def source(self) -> Source:
        from core.desk import ledger_table

        session = self.session
        store = session.office.store
        rows = [
            Record(
                ledger.key,
                (family.title, ledger.title, str(len(store.table(ledger_table(ledger.key)))), ledger.help),
            )
            for family in session.office.host.families
            for ledger in family.ledgers
        ]
        rows += [Record(_PAGE + page.key, ("画面", page.title, "", page.help)) for page in session.pages]
        return FixedSource(rows)

    async def open(self, frame: Frame, record: Record) -> None:
        if record.key.startswith(_PAGE):
            from tui.screens.page import PageScreen

            page = next(each for each in self.session.pages if each.key == record.key.removeprefix(_PAGE))
            frame.show(PageScreen(self.session, page))
            return
        from tui.screens.ledger import LedgerScreen

        frame.show(LedgerScreen(self.session, record.key))

"""Fixed assets: who keeps them, who borrows them, and whether they are still there."""

from collections.abc import Iterator

from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind
from core.records import Effect, Entry

_ASSET = Field("asset", "资产编号", ledger="finance.asset-cards.asset", help="资产卡片上的编号")
_NAME = Field("name", "资产名称")


def _carded(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        keys = ("asset", "name", "event", "unit", "custodian")
        yield Entry("finance.asset-cards", outcome.office.day, {key: matter.text(key) for key in keys}, matter.number)


EVENT = MatterType(
    key="finance.asset-event",
    title="固定资产变动",
    prefix="资产",
    fields=(
        _ASSET,
        _NAME,
        Field("event", "变动事项", Kind.CHOICE, choices=("登记", "发放", "移交", "调拨", "盘亏", "报废")),
        Field("unit", "责任科室", Kind.UNIT, help="科室负责人为责任人"),
        Field("custodian", "使用保管人", Kind.PERSON),
        Field("report", "书面报告", Kind.LONG, required=False, help="调拨、盘亏、报废的原因和去向"),
    ),
    subject="name",
    register=True,
    follows=_carded,
    books=(Booked("finance.asset-cards"),),
    indexed=("asset",),
)


def _lent(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values = {"loan": matter.number, "unit": matter.unit, "person": matter.applicant, "event": "借出"}
        values |= {key: matter.text(key) for key in ("asset", "name", "task")}
        yield Entry("finance.asset-loans", outcome.office.day, values, matter.number)


LOAN = MatterType(
    key="finance.asset-loan",
    title="固定资产借用",
    prefix="借物",
    fields=(_ASSET, _NAME, Field("task", "工作任务"), Field("task_ends", "工作完成日期", Kind.DATE)),
    subject="name",
    follows=_lent,
    books=(Booked("finance.asset-loans"),),
    indexed=("asset",),
)


def _returned(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    loan = office.matter(matter.text("loan"))
    if outcome.settled and loan:
        values = {"loan": loan.number, "unit": loan.unit, "person": loan.applicant, "event": "归还"}
        values |= {key: loan.text(key) for key in ("asset", "name", "task")}
        yield Entry("finance.asset-loans", office.day, values, matter.number)


RETURN = MatterType(
    key="finance.asset-return",
    title="归还固定资产",
    prefix="还物",
    fields=(
        Field("loan", "借用单", Kind.MATTER, matter="finance.asset-loan"),
        Field("sound", "完好无损", Kind.FLAG),
        Field("note", "说明", Kind.LONG, required=False),
    ),
    subject="loan",
    follows=_returned,
    books=(Booked("finance.asset-loans"),),
    indexed=("loan",),
)

STOCKTAKE = MatterType(
    key="finance.stocktake",
    title="固定资产清查",
    prefix="清查",
    fields=(
        Field("period", "清查期间", Kind.PERIOD),
        Field("books_agree", "账账相符", Kind.FLAG),
        Field("money_agree", "账款相符", Kind.FLAG),
        Field("things_agree", "账实相符", Kind.FLAG),
        Field("difference", "差异明细", Kind.LONG, required=False),
    ),
    subject="period",
    register=True,
)

MATTERS = (EVENT, LOAN, RETURN, STOCKTAKE)

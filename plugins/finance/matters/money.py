"""Cash drawn, deposited, counted and lost; income booked; public money lent and settled."""

from collections.abc import Iterator
from decimal import Decimal

from core.chains.steps import StepKind
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Effect, Entry
from plugins.finance import standing
from plugins.finance.matters.spending import PAYMENT

_AMOUNT = Field("amount", "金额", Kind.MONEY)
_PURPOSE = Field("purpose", "用途")
_SOURCE = Field("source", "来源")
_ACCOUNT = Field("account", "账户", help="本单位开立的账户")
_BELONGS = Field("belongs_to", "款项归属", Kind.CHOICE, choices=("本单位", "其他单位", "个人"))
_CASH = (_PURPOSE, _AMOUNT, _SOURCE, _ACCOUNT, _BELONGS)
"""What is written down of cash drawn from a bank or taken to it."""


def _cash(outcome: Outcome, event: str, amount: Decimal, **more: str) -> Entry:
    matter, day = outcome.matter, outcome.office.day
    values: dict[str, Value] = {key: matter.text(key) for key in ("purpose", "source", "account") if matter.text(key)}
    values |= {"month": standing.month(day), "event": event, "amount": amount, **more}
    return Entry("finance.cash", day, values, matter.number)


def _drawn(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        application = outcome.matter.text("expenditure")
        yield _cash(outcome, "提取", outcome.matter.money("amount"), application=application)


WITHDRAWAL = MatterType(
    key="finance.withdrawal",
    title="提取现金",
    prefix="提现",
    fields=(
        *_CASH,
        Field("expenditure", "费用支出申请", Kind.MATTER, required=False, matter="finance.expenditure"),
    ),
    subject="purpose",
    amount="amount",
    follows=_drawn,
    books=(Booked("finance.cash"),),
    indexed=("expenditure",),
)


def _deposited(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield _cash(outcome, "送存", -outcome.matter.money("amount"))


DEPOSIT = MatterType(
    key="finance.deposit",
    title="送存现金",
    prefix="送存",
    fields=(
        *_CASH,
        Field("income", "对应的收入登记", Kind.MATTER, required=False, matter="finance.income"),
    ),
    subject="purpose",
    amount="amount",
    register=True,
    follows=_deposited,
    books=(Booked("finance.cash"),),
)


def _counted(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        day = outcome.office.day
        booked = standing.cash(outcome.office)
        values: dict[str, Value] = {"month": standing.month(day), "booked": booked}
        values["counted"] = outcome.matter.money("counted")
        yield Entry("finance.counts", day, values, outcome.matter.number)


CASH_COUNT = MatterType(
    key="finance.cash-count",
    title="现金日清",
    prefix="日清",
    fields=(
        Field("period", "盘点日", help="写作 2026-03-02"),
        Field("counted", "实点现金", Kind.MONEY, help="只数现钞，白头单不算"),
        Field("slips", "白头单抵库金额", Kind.MONEY, required=False),
        Field("note", "说明", Kind.LONG, required=False),
    ),
    subject="period",
    amount="counted",
    register=True,
    follows=_counted,
    books=(Booked("finance.counts"),),
    prepare=lambda office, person, duty: {"period": duty.period if duty else office.day.isoformat()},
    help="每日终了盘点库存现金，与账面核对",
)


def _lost(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values: dict[str, Value] = {"cause": matter.text("cause"), "person": matter.text("liable")}
        values["amount"] = matter.money("amount")
        yield Entry("finance.losses", outcome.office.day, values, matter.number)
        yield _cash(outcome, "短缺", -matter.money("amount"), purpose=matter.text("cause"))


CASH_LOSS = MatterType(
    key="finance.cash-loss",
    title="现金损失",
    prefix="短款",
    fields=(_AMOUNT, Field("cause", "原因"), Field("liable", "承担人", Kind.PERSON)),
    subject="cause",
    amount="amount",
    register=True,
    follows=_lost,
    books=(
        Booked("finance.losses"),
        Booked("finance.cash"),
    ),
)


def _received(outcome: Outcome) -> Iterator[Effect]:
    matter, day = outcome.matter, outcome.office.day
    if not outcome.settled:
        return
    values = {key: matter.text(key) for key in ("source", "purpose", "form", "receipt")}
    times = {"year": standing.year(day), "month": standing.month(day)}
    yield Entry("finance.income", day, {**times, **values, "amount": matter.money("amount")}, matter.number)
    if matter.text("form") == "现金":
        yield _cash(outcome, "收入", matter.money("amount"))


INCOME = MatterType(
    key="finance.income",
    title="收入登记",
    prefix="收入",
    fields=(
        Field("purpose", "收入事由"),
        _AMOUNT,
        Field("source", "来源", help="缴款的单位或个人"),
        Field("form", "收款方式", Kind.CHOICE, choices=("转账", "现金")),
        Field("account", "账户", required=False),
        Field("receipt", "收据号码"),
    ),
    subject="purpose",
    amount="amount",
    register=True,
    follows=_received,
    books=(
        Booked("finance.income"),
        Booked("finance.cash", always=False),
    ),
)


def _lent(outcome: Outcome) -> Iterator[Effect]:
    matter, day = outcome.matter, outcome.office.day
    if outcome.completed and outcome.completed.kind is StepKind.PERFORM:
        values = {"loan": matter.number, "person": matter.applicant, "purpose": matter.text("purpose")}
        yield Entry("finance.loans", day, {**values, "amount": matter.money("amount"), "event": "借出"}, matter.number)
        if outcome.proposal.given.get("method") == "现金":
            yield _cash(outcome, "借出", -matter.money("amount"))


LOAN = MatterType(
    key="finance.loan",
    title="借款",
    prefix="借款",
    fields=(
        _PURPOSE,
        Field("kind", "借款种类", Kind.CHOICE, choices=("出差", "学习培训", "其他公务", "因私")),
        _AMOUNT,
        Field("basis", "依据", help="出差、学习的批准文件或事项编号"),
        Field("ends_on", "公务结束日期", Kind.DATE),
    ),
    subject="purpose",
    amount="amount",
    step_forms={"payment": PAYMENT},
    follows=_lent,
    books=(Booked("finance.loans"),),
    indexed=("kind",),
)


def _settled(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if not outcome.settled:
        return
    returned, spent = matter.money("returned"), matter.money("spent")
    lent = office.matter(matter.text("loan"))
    person = lent.applicant if lent else matter.applicant
    values = {"loan": matter.text("loan"), "person": person, "purpose": "结清借款"}
    yield Entry("finance.loans", office.day, {**values, "amount": -returned - spent, "event": "结清"}, matter.number)
    if returned and matter.text("form") == "现金":
        yield _cash(outcome, "归还借款", returned)


SETTLEMENT = MatterType(
    key="finance.settlement",
    title="借款结清",
    prefix="结清",
    fields=(
        Field("loan", "借款单", Kind.MATTER, matter="finance.loan"),
        Field("spent", "报账金额", Kind.MONEY),
        Field("claim", "报销单", Kind.MATTER, required=False, matter="finance.reimbursement"),
        Field("returned", "退还金额", Kind.MONEY),
        Field("form", "退还方式", Kind.CHOICE, choices=("转账", "现金")),
    ),
    subject="loan",
    amount="returned",
    follows=_settled,
    books=(Booked("finance.loans"),),
    indexed=("loan", "claim"),
)

MATTERS = (WITHDRAWAL, DEPOSIT, CASH_COUNT, CASH_LOSS, INCOME, LOAN, SETTLEMENT)

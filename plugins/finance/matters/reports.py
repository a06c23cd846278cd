"""What finance prepares, reports, checks and reconciles."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from core.consulted import Consulted
from core.days.terms import MONTH, YEAR
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Duty, Effect, Entry
from plugins.finance import standing

_YEAR = Field("period", "年度", Kind.PERIOD, lengths=(YEAR,))
_MONTH = Field("period", "月份", Kind.PERIOD, lengths=(MONTH,))
_NOTE = Field("note", "说明", Kind.LONG, required=False)


def _money(key: str, title: str) -> Field:
    return Field(key, title, Kind.MONEY)


def reported_month(office: Consulted, duty: Duty | None) -> str:
    """The month a duty is for; without one, the month before this."""
    if duty and len(duty.period) == 7:
        return duty.period
    return standing.month(office.day.replace(day=1) - timedelta(days=1))


def statement_figures(office: Consulted, month: str) -> dict[str, Any]:
    """Income and expenditure of a month, by the books; what is left may be below nought, so it is written as text."""
    spent = {
        heading: office.total("finance.payments", "amount", month=month, heading=heading)
        for heading in office.setting("finance.headings")
    }
    lines = tuple({"heading": heading, "amount": amount} for heading, amount in spent.items() if amount)
    income = office.total("finance.income", "amount", month=month)
    total = office.total("finance.payments", "amount", month=month)
    return {"income": income, "spent": total, "balance": f"{income - total:.2f}", "lines": lines}


def execution_figures(office: Consulted, year: str) -> tuple[Mapping[str, Any], ...]:
    """Budget, use and rate of each heading that has a budget."""
    lines = []
    for heading in office.setting("finance.headings"):
        issued = standing.budget(office, year, heading)
        used = office.total("finance.payments", "amount", year=year, heading=heading)
        if issued or used:
            rate = f"{used / issued:.1%}" if issued else "无预算"
            lines.append({"heading": heading, "budget": issued, "used": used, "rate": rate})
    return tuple(lines)


def _statement(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    month = reported_month(office, duty)
    return {"period": month, **statement_figures(office, month)}


def _execution(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    period = duty.period if duty and duty.period else standing.year(office.day)
    return {"period": period, "lines": execution_figures(office, period[:4])}


STATEMENT = MatterType(
    key="finance.statement",
    title="收支明细表",
    prefix="报表",
    fields=(
        _MONTH,
        _money("income", "本月收入"),
        _money("spent", "本月支出"),
        Field("balance", "收支相抵", help="收入减支出，由台账算出"),
        Field(
            "lines",
            "支出明细",
            Kind.ROWS,
            required=False,
            columns=(Field("heading", "预算科目"), Field("amount", "金额", Kind.MONEY)),
        ),
        Field("sent_to", "报送对象", required=False),
        _NOTE,
    ),
    subject="period",
    amount="spent",
    register=True,
    prepare=_statement,
    indexed=("period",),
    help="数字由台账生成",
)


EXECUTION = MatterType(
    key="finance.execution-report",
    title="预算执行情况报告",
    prefix="执行",
    fields=(
        Field("period", "报告期", Kind.PERIOD),
        Field(
            "lines",
            "执行情况",
            Kind.ROWS,
            required=False,
            columns=(
                Field("heading", "预算科目"),
                _money("budget", "预算数"),
                _money("used", "执行数"),
                Field("rate", "执行率"),
            ),
        ),
        Field("reported_to", "汇报对象"),
        _NOTE,
    ),
    subject="reported_to",
    register=True,
    prepare=_execution,
)


def _register(key: str, title: str, prefix: str, *fields: Field, subject: str = "", amount: str = "") -> MatterType:
    return MatterType(f"finance.{key}", title, prefix, fields, subject or fields[0].key, amount, register=True)


def _booked(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    claim = office.matter(matter.text("claim"))
    if outcome.settled and claim:
        values: dict[str, Value] = {key: matter.text(key) for key in ("claim", "subject", "entry_number")}
        values |= {"month": standing.month(office.day), "amount": claim.money("amount")}
        yield Entry("finance.books", office.day, values, matter.number)


BOOKING = MatterType(
    key="finance.booking",
    title="记账",
    prefix="记账",
    fields=(
        Field("claim", "报销单", Kind.MATTER, matter="finance.reimbursement"),
        Field("subject", "会计科目", Kind.CHOICE, setting="finance.subjects"),
        Field("entry_number", "记账凭证号"),
    ),
    subject="entry_number",
    register=True,
    follows=_booked,
    books=(Booked("finance.books"),),
    indexed=("claim",),
)

RECONCILIATION = MatterType(
    key="finance.reconciliation",
    title="科室收支核对",
    prefix="核对",
    fields=(
        Field("unit", "核对科室", Kind.UNIT),
        Field("period", "核对期间", Kind.PERIOD),
        Field("counterpart", "科室核对人", Kind.PERSON),
        Field("agreed", "核对相符", Kind.FLAG),
        Field("difference", "差异说明", Kind.LONG, required=False),
    ),
    subject="period",
    indexed=("unit",),
)

MATTERS = (
    STATEMENT,
    EXECUTION,
    BOOKING,
    RECONCILIATION,
    _register(
        "budget-plan",
        "年度预算编制",
        "编制",
        _YEAR,
        _money("income", "收入计划"),
        _money("spending", "支出预算"),
        _NOTE,
        amount="spending",
    ),
    _register("budget-draft", "经费预算方案", "方案", _YEAR, _money("spending", "支出预算"), _NOTE, amount="spending"),
    _register(
        "final-accounts", "年度决算", "决算", _YEAR, _money("income", "全年收入"), _money("spent", "全年支出"), _NOTE,
        amount="spent",
    ),
    _register(
        "self-check",
        "财务自查",
        "自查",
        Field("period", "自查期间", Kind.PERIOD),
        Field("scope", "自查内容"),
        Field("regular", "定期自查", Kind.FLAG),
        Field("findings", "发现的问题", Kind.LONG),
        Field("corrections", "纠正情况", Kind.LONG, required=False),
        Field("suggestions", "建议", Kind.LONG, required=False),
    ),
    _register(
        "bank-check",
        "银行对账",
        "对账",
        _MONTH,
        Field("account", "账户"),
        _money("bank_balance", "银行余额"),
        _money("book_balance", "账面余额"),
        Field("difference", "差异说明", Kind.LONG, required=False),
        amount="bank_balance",
    ),
    _register("month-close", "月结", "月结", _MONTH, _NOTE),
    _register(
        "training",
        "财务人员培训",
        "培训",
        _YEAR,
        Field("topic", "培训内容"),
        Field("held_on", "培训日期", Kind.DATE),
        Field("people", "参加人员", Kind.ROWS, columns=(Field("person", "人员", Kind.PERSON),)),
    ),
    _register(
        "levies",
        "代扣代缴",
        "代缴",
        _MONTH,
        _money("medical", "医疗保险"),
        _money("tax", "个人所得税"),
        _money("pension", "养老金"),
        Field("other", "其他", Kind.MONEY, required=False),
    ),
)  # fmt: skip

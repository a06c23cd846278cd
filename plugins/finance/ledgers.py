"""The books of the finance family. Sums are signed: what comes in is positive, what goes out negative."""

from core.days.terms import MONTH, YEAR
from core.family import LedgerType
from core.fields import Field, Kind

_AMOUNT = Field("amount", "金额", Kind.MONEY)
_EVENT = Field("event", "事项")
_YEAR = Field("year", "年度", Kind.PERIOD, lengths=(YEAR,))
_MONTH = Field("month", "月份", Kind.PERIOD, lengths=(MONTH,))
_HEADING = Field("heading", "预算科目")
_UNIT = Field("unit", "科室", Kind.UNIT)
_PURPOSE = Field("purpose", "用途")
_CLAIM = Field("claim", "报销单")
_SUPPLIER = Field("supplier", "供应商")
_PERSON = Field("person", "人员", Kind.PERSON)

BUDGET = LedgerType(
    "finance.budget", "预算台账", (_YEAR, _HEADING, _AMOUNT, _EVENT, Field("basis", "依据")), ("year", "heading")
)
COMMITMENTS = LedgerType(
    "finance.commitments",
    "支出台账",
    (
        _YEAR, _MONTH, _UNIT, _HEADING, Field("category", "支出类别"), Field("item", "支出项目"),
        _SUPPLIER, _PURPOSE, Field("application", "费用支出申请"), _AMOUNT, _EVENT,
    ),
    ("year", "month", "unit", "heading", "item", "application"),
    help="已批准占用的预算；报销后的结余记红字退回",
)  # fmt: skip
PAYMENTS = LedgerType(
    "finance.payments",
    "付款台账",
    (
        _YEAR, _MONTH, _UNIT, _HEADING, Field("category", "支出类别"), Field("item", "支出项目"), _PERSON,
        _PURPOSE, _AMOUNT, Field("method", "付款方式"), Field("account", "账户"),
    ),
    ("year", "month", "heading", "unit", "person"),
)  # fmt: skip
VOUCHERS = LedgerType(
    "finance.vouchers",
    "票据台账",
    (
        Field("number", "票据号码"), Field("issuer", "开票单位"), Field("kind", "票据种类"), _AMOUNT, _CLAIM,
        _EVENT, Field("reason", "原因"),
    ),
    ("number", "claim"),
    help="同一号码以最近一笔为准：送审、付讫、撤出、扣留",
)  # fmt: skip
LOANS = LedgerType(
    "finance.loans", "借款台账", (Field("loan", "借款单"), _PERSON, _PURPOSE, _AMOUNT, _EVENT), ("loan", "person")
)
CASH = LedgerType(
    "finance.cash",
    "现金台账",
    (
        _MONTH, _EVENT, _AMOUNT, _PURPOSE, Field("source", "来源"), Field("account", "账户"),
        Field("application", "费用支出申请"),
    ),
    ("month", "event", "application"),
    help="金额合计即账面库存现金",
)  # fmt: skip
COUNTS = LedgerType(
    "finance.counts",
    "现金盘点台账",
    (Field("counted", "实点", Kind.MONEY), Field("booked", "账面", Kind.MONEY), _MONTH),
    ("month",),
)
INCOME = LedgerType(
    "finance.income",
    "收入台账",
    (
        _YEAR,
        _MONTH,
        Field("source", "来源"),
        _PURPOSE,
        _AMOUNT,
        Field("form", "收款方式"),
        Field("receipt", "收据号码"),
    ),
    ("year", "month"),
)
ASSETS = LedgerType(
    "finance.assets", "固定资产账", (_YEAR, _UNIT, Field("name", "名称"), _SUPPLIER, _AMOUNT, _CLAIM), ("year", "unit")
)
BOOKS = LedgerType(
    "finance.books",
    "会计账",
    (_MONTH, _CLAIM, Field("subject", "会计科目"), Field("entry_number", "记账凭证号"), _AMOUNT),
    ("month", "claim", "subject"),
)
LOSSES = LedgerType("finance.losses", "现金损失台账", (_AMOUNT, Field("cause", "原因"), _PERSON), ("person",))
SPECIAL_PLANS = LedgerType(
    "finance.special-plans",
    "专项资金计划台账",
    (_UNIT, _MONTH, Field("item", "支出项目"), _AMOUNT),
    ("unit", "month", "item"),
)
PROJECT_ITEMS = LedgerType(
    "finance.project-items",
    "项目经费台账",
    (Field("project", "项目"), Field("item", "支出项目"), _AMOUNT),
    ("project", "item"),
)
ASSET_CARDS = LedgerType(
    "finance.asset-cards",
    "固定资产保管台账",
    (
        Field("asset", "资产编号"),
        Field("name", "名称"),
        _EVENT,
        Field("unit", "责任科室", Kind.UNIT),
        Field("custodian", "使用保管人", Kind.PERSON),
    ),
    ("asset", "custodian"),
    help="同一编号以最近一笔为准",
)
ASSET_LOANS = LedgerType(
    "finance.asset-loans",
    "固定资产借用台账",
    (
        Field("loan", "借用单"),
        Field("asset", "资产编号"),
        Field("name", "名称"),
        _UNIT,
        _PERSON,
        Field("task", "工作任务"),
        _EVENT,
    ),
    ("loan", "asset", "person"),
)
CONSOLATIONS = LedgerType(
    "finance.consolations",
    "慰问金台账",
    (_PERSON, Field("relation", "慰问对象"), Field("occasion", "慰问事由"), _AMOUNT),
    ("person",),
)

LEDGERS = (
    BUDGET, COMMITMENTS, PAYMENTS, VOUCHERS, LOANS, CASH, COUNTS, INCOME, ASSETS, BOOKS, LOSSES, SPECIAL_PLANS,
    PROJECT_ITEMS, ASSET_CARDS, ASSET_LOANS, CONSOLATIONS,
)  # fmt: skip

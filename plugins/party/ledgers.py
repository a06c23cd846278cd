"""The books of the party family."""

from core.days.terms import MONTH, QUARTER, YEAR
from core.family import LedgerType
from core.fields import Field, Kind

_PERSON = Field("person", "党员", Kind.PERSON)
_UNIT = Field("unit", "支部", Kind.UNIT)
_MONTH = Field("month", "月份", Kind.PERIOD, lengths=(MONTH,))
_QUARTER = Field("quarter", "季度", Kind.PERIOD, lengths=(QUARTER,))
_YEAR = Field("year", "年度", Kind.PERIOD, lengths=(YEAR,))
_AMOUNT = Field("amount", "金额", Kind.MONEY)
_DAY = Field("day", "日期", Kind.DATE)

MEMBERS = LedgerType(
    "party.members",
    "党员名册",
    (
        _PERSON,
        _UNIT,
        Field("cell", "党小组", Kind.UNIT),
        Field("standing", "身份"),
        Field("since", "批准为预备党员日期", Kind.DATE),
    ),
    ("person", "unit", "cell"),
    help="每人以最近一笔为准",
)
ATTENDANCE = LedgerType(
    "party.attendance",
    "组织生活台账",
    (
        _PERSON,
        _UNIT,
        Field("meeting", "会议"),
        Field("period", "期间", Kind.PERIOD),
        _DAY,
        Field("attended", "到会情况"),
        Field("reason", "缘由"),
    ),
    ("person", "unit", "period"),
    together=(("person", "period"),),
)
STANDARDS = LedgerType(
    "party.dues-standards",
    "党费核定台账",
    (
        _PERSON,
        _UNIT,
        _YEAR,
        Field("month", "起算月份", Kind.PERIOD, lengths=(MONTH,)),
        Field("monthly", "每月应交", Kind.MONEY),
        Field("category", "类别"),
    ),
    ("person", "unit", "year"),
    together=(("person", "year"),),
)
DUES = LedgerType(
    "party.dues",
    "党费账簿",
    (_PERSON, _UNIT, _MONTH, _QUARTER, _AMOUNT, Field("way", "交纳方式"), Field("payer", "代交人", Kind.PERSON), _DAY),
    ("person", "unit", "month", "quarter"),
    help="季度按收到的日期归入",
    together=(("person", "month"), ("unit", "quarter")),
)
SPECIAL = LedgerType(
    "party.special-dues",
    "特殊党费台账",
    (_PERSON, _UNIT, _QUARTER, _AMOUNT, Field("purpose", "用途")),
    ("person", "unit"),
)
REMITTED = LedgerType(
    "party.remitted",
    "党费上缴台账",
    (_UNIT, _QUARTER, _AMOUNT, Field("receipt", "收据")),
    ("unit", "quarter"),
    together=(("unit", "quarter"),),
)
DEVELOPMENT = LedgerType(
    "party.development",
    "发展党员台账",
    (_PERSON, _UNIT, Field("stage", "环节"), _DAY, Field("born", "出生日期", Kind.DATE)),
    ("person", "unit"),
)
APPRAISALS = LedgerType(
    "party.appraisals", "民主评议台账", (_PERSON, _UNIT, _YEAR, Field("grade", "评议结果")), ("person", "year")
)
HELP = LedgerType(
    "party.help-fund",
    "帮扶款台账",
    (_PERSON, Field("source", "来源或用途"), _AMOUNT),
    ("source",),
    help="收入为正，支出为负",
)

LEDGERS = (MEMBERS, ATTENDANCE, STANDARDS, DUES, SPECIAL, REMITTED, DEVELOPMENT, APPRAISALS, HELP)

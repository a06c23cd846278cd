"""The books of the leave family. Leave is counted in half days; what is granted is positive, what is used negative."""

from core.days.terms import MONTH, YEAR
from core.family import LedgerType
from core.fields import Field, Kind

_PERSON = Field("person", "人员", Kind.PERSON)
_YEAR = Field("year", "年度", Kind.PERIOD, lengths=(YEAR,))
_MONTH = Field("month", "月份", Kind.PERIOD, lengths=(MONTH,))
_DAY = Field("day", "日期", Kind.DATE)
_HALF_DAYS = Field("half_days", "半天数", Kind.NUMBER)
_EVENT = Field("event", "事项")
_NOTE = Field("note", "备注")

ANNUAL = LedgerType(
    "leave.annual", "年休假台账", (_PERSON, _YEAR, _HALF_DAYS, _EVENT), ("person", "year"), help="半天数合计即余额"
)
COMPENSATORY = LedgerType(
    "leave.compensatory",
    "补休假台账",
    (_PERSON, _DAY, _HALF_DAYS, _EVENT, _NOTE),
    ("person", "day"),
    help="半天数合计即余额",
)
TAKEN = LedgerType(
    "leave.taken",
    "请假台账",
    (
        _PERSON,
        _YEAR,
        _MONTH,
        Field("leave", "假别"),
        _HALF_DAYS,
        Field("unpaid", "未冲抵的半天数", Kind.NUMBER),
        Field("request", "请假单"),
    ),
    ("person", "year", "month", "request"),
    help="批准并备案的请假，按月分列",
)
ATTENDANCE = LedgerType(
    "leave.attendance",
    "考勤台账",
    (_PERSON, _MONTH, _DAY, Field("slot", "时段"), _EVENT, Field("time", "时刻"), _NOTE),
    ("person", "month", "day", "event"),
    help="事项为签到、迟到、早退、核实",
)
TRUANCY = LedgerType(
    "leave.truancy",
    "旷工台账",
    (_PERSON, _YEAR, _MONTH, _HALF_DAYS, Field("cause", "情形")),
    ("person", "year", "month"),
)
CONDUCT = LedgerType(
    "leave.conduct",
    "违纪台账",
    (_PERSON, _YEAR, _DAY, _EVENT, Field("act", "行为"), Field("measure", "追责情况")),
    ("person", "year", "event"),
    help="事项为违纪、告诫、追责",
)

LEDGERS = (ANNUAL, COMPENSATORY, TAKEN, ATTENDANCE, TRUANCY, CONDUCT)

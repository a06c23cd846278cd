"""What leave is granted: yearly entitlements, credits for duty and overtime; when it is not, and the rotation plan."""

from collections.abc import Iterator

from core.days.terms import YEAR
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Effect, Entry
from plugins.leave.matters.requests import PERSON, SINCE, UNTIL

_YEAR = Field("period", "年度", Kind.PERIOD, lengths=(YEAR,))
_PERSON = Field("person", "人员", Kind.PERSON)


def _entitled(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    for row in matter.rows("lines") if outcome.settled else ():
        values: dict[str, Value] = {"person": row["person"], "year": matter.text("period"), "event": "核定"}
        values["half_days"] = 2 * row["days"]
        yield Entry("leave.annual", outcome.office.day, values, matter.number)


ENTITLEMENT = MatterType(
    key="leave.entitlement",
    title="年休假核定",
    prefix="年休",
    fields=(
        _YEAR,
        Field("basis", "依据"),
        Field(
            "lines",
            "核定名单",
            Kind.ROWS,
            columns=(
                _PERSON,
                Field("service_years", "累计工作年限", Kind.NUMBER, unit="年"),
                Field("days", "年休假天数", Kind.NUMBER, unit="天"),
            ),
        ),
    ),
    subject="basis",
    register=True,
    follows=_entitled,
    books=(Booked("leave.annual"),),
    indexed=("period",),
    help="工作年限按年初计算",
)

ROTATION = MatterType(
    key="leave.rotation",
    title="年休假轮休计划",
    prefix="轮休",
    fields=(
        _YEAR,
        Field("lines", "轮休安排", Kind.ROWS, columns=(_PERSON, SINCE, UNTIL)),
        Field("note", "说明", Kind.LONG, required=False),
    ),
    subject="period",
    register=True,
    indexed=("period",),
)


def _on_duty(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    for row in matter.rows("lines") if outcome.settled else ():
        values: dict[str, Value] = {"person": row["person"], "day": row["day"], "event": row["duty"]}
        values["half_days"] = office.setting("leave.duty-half-days")
        yield Entry("leave.compensatory", office.day, values, matter.number)


DUTY_SHIFTS = MatterType(
    key="leave.duty-shifts",
    title="值班补休登记",
    prefix="值班",
    fields=(
        Field("occasion", "值班事由", help="如：春节值班、防汛值班"),
        Field(
            "lines",
            "值班名单",
            Kind.ROWS,
            columns=(
                _PERSON,
                Field("day", "值班日期", Kind.DATE),
                Field("duty", "值班种类", Kind.CHOICE, setting="leave.duty-kinds"),
            ),
        ),
    ),
    subject="occasion",
    register=True,
    follows=_on_duty,
    books=(Booked("leave.compensatory"),),
    help="每人每次值班记一笔补休",
)


def _overtime(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if outcome.settled:
        size = "overnight-half-days" if matter.flag("overnight") else "overtime-half-days"
        values: dict[str, Value] = {"person": matter.applicant, "half_days": office.setting(f"leave.{size}")}
        values |= {"event": "通宵加班" if matter.flag("overnight") else "加班", "note": matter.text("work")}
        values["day"] = matter.day("day") or office.day
        yield Entry("leave.compensatory", office.day, values)


OVERTIME = MatterType(
    key="leave.overtime",
    title="加班补休认定",
    prefix="加班",
    fields=(
        Field("work", "加班工作"),
        Field("nature", "工作性质", Kind.CHOICE, setting="leave.overtime-work"),
        Field("day", "加班日期", Kind.DATE),
        Field("hours", "加班小时数", Kind.NUMBER, unit="小时", help="不足一小时的部分不计"),
        Field("overnight", "通宵加班", Kind.FLAG, required=False),
    ),
    subject="work",
    derived=(PERSON,),
    derive=lambda office, matter: {"person": matter.applicant},
    follows=_overtime,
    books=(Booked("leave.compensatory"),),
    indexed=("person",),
)

BLACKOUT = MatterType(
    key="leave.blackout",
    title="重大活动和重要工作期间",
    prefix="重要",
    fields=(Field("occasion", "活动或工作"), SINCE, UNTIL, Field("basis", "依据", required=False)),
    subject="occasion",
    register=True,
    help="这一期间原则上不安排年休假、事假、补休假",
)

MATTERS = (ENTITLEMENT, ROTATION, DUTY_SHIFTS, OVERTIME, BLACKOUT)

"""Which meetings are held: the plans for a year, each meeting's particulars beforehand, how it turned out."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.days.terms import YEAR
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Duty

UNIT_PLAN, ANNUAL_PLAN = "meetings.unit-plan", "meetings.annual-plan"
ARRANGEMENT, HELD = "meetings.arrangement", "meetings.held"
MEETING_FUNDS, OFFICE_FUNDS, NO_FUNDS = "会议费", "办公费", "不需经费"

_YEAR = Field("period", "年度", Kind.PERIOD, lengths=(YEAR,))
_CLASS = Field("class", "会议类别", Kind.CHOICE, setting="meetings.classes")
_UNIT = Field("unit", "科室", Kind.UNIT)
_DAYS = Field("days", "会期", Kind.NUMBER, unit="天")
_PEOPLE = Field("people", "参加人数", Kind.NUMBER, unit="人")
_PLANNED = (
    Field("title", "会议名称"),
    _CLASS,
    Field("month", "计划月份", Kind.NUMBER, unit="月"),
    _DAYS,
    _PEOPLE,
    Field("cost", "所需经费", Kind.MONEY),
)


def _compiled(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """The plan for the year starts with what the sections have handed in."""
    year = f"{office.day.year}"
    plans = reversed(office.matters(UNIT_PLAN, period=year))
    rows = tuple({"unit": each.text("unit"), **row} for each in plans for row in each.rows("meetings"))
    return {"period": year, "meetings": rows} if rows else {"period": year}


_UNIT_PLAN = MatterType(
    key=UNIT_PLAN,
    title="科室会议计划",
    prefix="科会计",
    register=True,
    fields=(_YEAR, _UNIT, Field("meetings", "计划召开的会议", Kind.ROWS, required=False, columns=_PLANNED)),
    subject="period",
    indexed=("unit", "period"),
    help="按全年工作计划拟开的会议；没有会议的，不填行，照样报送",
)

_ANNUAL_PLAN = MatterType(
    key=ANNUAL_PLAN,
    title="年度会议计划",
    prefix="会计划",
    fields=(
        _YEAR,
        Field("meetings", "计划召开的会议", Kind.ROWS, columns=(_UNIT, *_PLANNED)),
        Field("basis", "汇总说明", Kind.LONG, required=False),
    ),
    subject="period",
    prepare=_compiled,
    step_forms={
        "budget": (
            Field("heading", "列入的预算科目"),
            Field("amount", "列入金额", Kind.MONEY),
        )
    },
    indexed=("period",),
)

_ARRANGEMENT = MatterType(
    key=ARRANGEMENT,
    title="会议安排",
    prefix="会排",
    register=True,
    fields=(
        Field("title", "会议名称"),
        Field("purpose", "会议目的", Kind.LONG),
        Field("substance", "实质内容", Kind.LONG),
        Field("necessity", "必须召开的理由", Kind.LONG, help="为什么不能以通知、电话等方式代替"),
        Field("optional", "可开可不开", Kind.FLAG, required=False),
        Field("in_name_of", "以谁的名义召开", Kind.CHOICE, setting="meetings.in-name-of"),
        Field("sort", "会议性质", Kind.CHOICE, setting="meetings.sorts"),
        _CLASS,
        Field("subject", "内容领域", Kind.CHOICE, setting="meetings.subjects"),
        Field("subject_unit", "内容涉及的科室", Kind.UNIT, help="科室自行召集的，填召集科室"),
        Field("host", "主办或承办科室", Kind.UNIT),
        Field("assistant", "协办科室", Kind.UNIT, required=False),
        Field("held_on", "会议日期", Kind.DATE),
        _DAYS,
        _PEOPLE,
        Field(
            "invited",
            "参加范围",
            Kind.ROWS,
            columns=(
                Field("who", "单位、科室或人员"),
                Field("people", "人数", Kind.NUMBER, unit="人"),
                Field("reason", "与会议内容的关系", required=False),
            ),
        ),
        Field("cost", "所需经费", Kind.MONEY),
        Field("funds", "经费来源", Kind.CHOICE, choices=(MEETING_FUNDS, OFFICE_FUNDS, NO_FUNDS)),
        Field("plan", "年度会议计划", Kind.MATTER, required=False, matter=ANNUAL_PLAN),
        Field("item", "计划中第几项", Kind.NUMBER, required=False),
        Field("merged_with", "并入的会议", Kind.MATTER, required=False, matter=ARRANGEMENT),
        Field("apart", "不能合并的理由", Kind.LONG, required=False),
    ),
    subject="title",
    amount="cost",
    indexed=("subject", "plan"),
    help="先核对类别、承办科室、参加范围和经费，再发通知",
)


def _of_arrangement(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    arranged = office.matter(matter.text("arrangement"))
    if arranged is None:
        return {}
    return {"title": arranged.text("title"), "class": arranged.text("class"), "funds": arranged.text("funds")}


_HELD = MatterType(
    key=HELD,
    title="会议召开情况",
    prefix="会况",
    register=True,
    fields=(
        Field("arrangement", "会议安排", Kind.MATTER, matter=ARRANGEMENT),
        Field("days", "实际会期", Kind.NUMBER, unit="天"),
        Field("people", "实际参加人数", Kind.NUMBER, unit="人"),
        Field("cost", "实际支出", Kind.MONEY),
        Field("overrun", "超出的原因", Kind.LONG, required=False),
    ),
    subject="title",
    amount="cost",
    derived=(Field("title", "会议名称"), _CLASS, Field("funds", "经费来源")),
    derive=_of_arrangement,
    indexed=("arrangement",),
)

MATTERS = (_UNIT_PLAN, _ANNUAL_PLAN, _ARRANGEMENT, _HELD)

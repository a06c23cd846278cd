"""Budgets, monthly plans for special funds, and project funds."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.consulted import Consulted
from core.days.terms import MONTH
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind
from core.records import Duty, Effect, Entry
from plugins.finance import standing

_LESS = "追减"


def _issued(outcome: Outcome) -> Iterator[Effect]:
    matter, day = outcome.matter, outcome.office.day
    if outcome.settled:
        sign = -1 if matter.text("event") == _LESS else 1
        for row in matter.rows("lines"):
            yield Entry(
                "finance.budget",
                day,
                {
                    "year": str(matter.count("year")),
                    "heading": row["heading"],
                    "amount": sign * row["amount"],
                    "event": matter.text("event"),
                    "basis": matter.text("basis"),
                },
                matter.number,
            )


BUDGET = MatterType(
    key="finance.budget",
    title="预算下达与调整",
    prefix="预算",
    fields=(
        Field("year", "年度", Kind.NUMBER, unit="年"),
        Field("event", "事项", Kind.CHOICE, choices=("年初下达", "追加", _LESS)),
        Field("basis", "依据", help="财政部门批复的文号"),
        Field(
            "lines",
            "预算明细",
            Kind.ROWS,
            columns=(
                Field("heading", "预算科目", Kind.CHOICE, setting="finance.headings"),
                Field("amount", "金额", Kind.MONEY),
            ),
        ),
    ),
    subject="basis",
    register=True,
    follows=_issued,
    books=(Booked("finance.budget"),),
)

_ITEMS = Field("items", "支出项目", Kind.ROWS, columns=(Field("item", "支出项目"), Field("amount", "金额", Kind.MONEY)))


def _planned(outcome: Outcome) -> Iterator[Effect]:
    matter, day = outcome.matter, outcome.office.day
    if outcome.settled:
        for row in matter.rows("items"):
            values = {"unit": matter.unit, "month": matter.text("month"), "item": row["item"], "amount": row["amount"]}
            yield Entry("finance.special-plans", day, values, matter.number)


def _next_month(office: Consulted, person: str, duty: Duty | None) -> dict[str, str]:
    """The month after the one a duty is for, or after this."""
    this = date.fromisoformat(f"{duty.period}-01") if duty and len(duty.period) == 7 else office.day.replace(day=1)
    return {"month": standing.month(this + timedelta(days=31))}


SPECIAL_PLAN = MatterType(
    key="finance.special-plan",
    title="专项资金月度计划",
    prefix="专项",
    fields=(
        Field("month", "计划月份", Kind.PERIOD, lengths=(MONTH,)),
        _ITEMS,
        Field("note", "说明", Kind.LONG, required=False),
    ),
    subject="month",
    follows=_planned,
    books=(Booked("finance.special-plans"),),
    prepare=_next_month,
    indexed=("month",),
)


def _opened(outcome: Outcome) -> Iterator[Effect]:
    matter, day = outcome.matter, outcome.office.day
    if outcome.settled:
        for row in matter.rows("items"):
            values = {"project": matter.number, "item": row["item"], "amount": row["amount"]}
            yield Entry("finance.project-items", day, values, matter.number)


PROJECT = MatterType(
    key="finance.project",
    title="项目经费分配",
    prefix="项目",
    fields=(
        Field("name", "项目名称"),
        Field("joint_with", "联合发文单位", required=False),
        Field("document", "联合发文文号", required=False),
        _ITEMS,
    ),
    subject="name",
    register=True,
    follows=_opened,
    books=(Booked("finance.project-items"),),
    help="按文件列明的支出项目登记",
)

MATTERS = (BUDGET, SPECIAL_PLAN, PROJECT)

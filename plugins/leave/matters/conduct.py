"""Absence without leave, breaches of discipline, admonitions, talks, and who is held to account."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect, Entry
from plugins.leave import days, standing
from plugins.leave.matters.requests import HALF_DAYS, SINCE, SINCE_HALF, UNTIL, UNTIL_HALF

_PERSON = Field("person", "人员", Kind.PERSON)
_DAY = Field("day", "日期", Kind.DATE)
_FACTS = Field("facts", "事实", Kind.LONG)


def _truancy_facts(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    halves = days.counted(days.span_of(matter), office.calendar)
    person = matter.text("person")
    this_year = days.by_year(halves)
    totals = [standing.truancy_year(office, person, year) + count for year, count in this_year.items()]
    return {
        "half_days": len(halves),
        "year_half_days": max(totals, default=0),
        "run_half_days": standing.truancy_run(office, matter, person),
    }


def _truancy(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if not outcome.settled:
        return
    for month, count in days.by_month(days.counted(days.span_of(matter), office.calendar)).items():
        values: dict[str, Value] = {"person": matter.text("person"), "year": month[:4], "month": month}
        yield Entry("leave.truancy", office.day, {**values, "half_days": count, "cause": matter.text("cause")})


TRUANCY = MatterType(
    key="leave.truancy",
    title="旷工认定",
    prefix="旷工",
    fields=(
        _PERSON,
        SINCE,
        SINCE_HALF,
        UNTIL,
        UNTIL_HALF,
        Field("cause", "情形", Kind.CHOICE, choices=("未办事假手续", "无病假手续", "其他未经请假")),
        _FACTS,
        Field("heard", "本人陈述", Kind.LONG, required=False),
    ),
    subject="facts",
    derived=(
        HALF_DAYS,
        Field("year_half_days", "全年累计半天数", Kind.NUMBER, unit="个半天"),
        Field("run_half_days", "连续半天数", Kind.NUMBER, unit="个半天"),
    ),
    derive=_truancy_facts,
    follows=_truancy,
    books=(Booked("leave.truancy"),),
    indexed=("person",),
    help="认定之后才计算处理；本人有请假、公出或核实记录的不能认定",
)


def _booked(outcome: Outcome, event: str, act: str) -> Iterator[Effect]:
    matter = outcome.matter
    day = matter.day("day")
    if outcome.settled and day:
        values: dict[str, Value] = {"person": matter.text("person"), "year": f"{day.year}", "day": day, "event": event}
        values |= {"act": matter.text(act), "measure": matter.text("measure")}
        yield Entry("leave.conduct", day, {key: value for key, value in values.items() if value})


VIOLATION = MatterType(
    key="leave.violation",
    title="违反劳动纪律登记",
    prefix="违纪",
    fields=(
        _PERSON,
        _DAY,
        Field("time", "时刻", help="写作 10:20"),
        Field("act", "行为", Kind.CHOICE, setting="leave.violations"),
        _FACTS,
    ),
    subject="act",
    register=True,
    follows=lambda outcome: _booked(outcome, "违纪", "act"),
    books=(Booked("leave.conduct"),),
    indexed=("person",),
)

ADMONITION = MatterType(
    key="leave.admonition",
    title="效能督查告诫登记",
    prefix="告诫",
    fields=(
        _PERSON,
        _DAY,
        Field("by_whom", "督查告诫机关"),
        Field("document", "告诫文书"),
        _FACTS,
        Field("measure", "追责情况", help="依据和处理结果；正在处理的写明由谁处理"),
    ),
    subject="document",
    register=True,
    follows=lambda outcome: _booked(outcome, "告诫", "document"),
    books=(Booked("leave.conduct"),),
    indexed=("person",),
)

TALK = MatterType(
    key="leave.talk",
    title="诫勉谈话登记",
    prefix="诫勉",
    fields=(
        Field("statement", "月度考勤表", Kind.MATTER, matter="leave.month-statement"),
        _DAY,
        Field("lines", "谈话情况", Kind.ROWS, columns=(_PERSON, Field("content", "谈话内容"))),
    ),
    subject="day",
    register=True,
    indexed=("statement",),
)

LIABILITY = MatterType(
    key="leave.liability",
    title="旷工追责登记",
    prefix="追责",
    fields=(
        Field("truancy", "旷工认定", Kind.MATTER, matter="leave.truancy"),
        _PERSON,
        _DAY,
        Field("consequence", "造成的后果"),
        Field("measure", "追责情况"),
    ),
    subject="consequence",
    register=True,
    follows=lambda outcome: _booked(outcome, "追责", "consequence"),
    books=(Booked("leave.conduct"),),
    indexed=("person",),
)

MATTERS = (TRUANCY, VIOLATION, ADMONITION, TALK, LIABILITY)

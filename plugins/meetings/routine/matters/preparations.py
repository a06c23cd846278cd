"""What regular meetings rest on: who is on duty and keeps the files, weekly reports, papers, target letters."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.terms import MONTH
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect, Entry
from plugins.meetings.ledgers import TARGET_LETTERS
from plugins.meetings.routine.matters.calling import CALLED

DUTY_LEADER, FILE_KEEPER, WEEKLY_REPORT = "meetings.duty-leader", "meetings.file-keeper", "meetings.weekly-report"
PAPERS, TARGETS = "meetings.papers", "meetings.target-letter"

_UNIT = Field("unit", "科室", Kind.UNIT)

_DUTY_LEADER = MatterType(
    key=DUTY_LEADER,
    title="值班领导安排",
    prefix="领导值班",
    register=True,
    fields=(Field("month", "月份", Kind.PERIOD, lengths=(MONTH,)), Field("leader", "值班领导", Kind.PERSON)),
    subject="month",
    indexed=("month",),
    help="同一个月安排两次的，以后一次为准",
)

_FILE_KEEPER = MatterType(
    key=FILE_KEEPER,
    title="会务专人登记",
    prefix="专人",
    register=True,
    fields=(_UNIT, Field("person", "会务专人", Kind.PERSON)),
    subject="unit",
    indexed=("unit",),
    help="换人的重新登记，以后一次为准",
)


def _week(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    day = matter.day("week_of")
    return {"period": f"{day.isocalendar().year:04d}-W{day.isocalendar().week:02d}"} if day else {}


_WEEKLY_REPORT = MatterType(
    key=WEEKLY_REPORT,
    title="周工作报表",
    prefix="周报",
    register=True,
    fields=(
        _UNIT,
        Field("week_of", "哪一周", Kind.DATE, help="填这一周里的任何一天"),
        Field("done", "本周完成的工作", Kind.LONG),
        Field("next", "下周重点", Kind.LONG),
    ),
    subject="done",
    derived=(Field("period", "周次", Kind.PERIOD),),
    derive=_week,
    indexed=("unit", "week_of"),
)

_PAPERS = MatterType(
    key=PAPERS,
    title="会议材料审定",
    prefix="会材",
    fields=(CALLED, Field("papers", "材料", Kind.LONG, help="每份材料写一行")),
    subject="papers",
    indexed=("call",),
)


def _letter(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    keys = ("year", "party", "person", "signed_on")
    yield Entry(TARGET_LETTERS, outcome.office.day, {key: matter.values[key] for key in keys})


_TARGETS = MatterType(
    key=TARGETS,
    title="年度目标责任书",
    prefix="责任书",
    register=True,
    fields=(
        Field("year", "年度", help="例如 2026"),
        Field("party", "签订单位"),
        Field("person", "签订人", Kind.PERSON),
        Field("signed_on", "签订日期", Kind.DATE),
    ),
    subject="party",
    follows=_letter,
    books=(Booked(TARGET_LETTERS),),
    indexed=("year", "party"),
)


MATTERS = (_DUTY_LEADER, _FILE_KEEPER, _WEEKLY_REPORT, _PAPERS, _TARGETS)

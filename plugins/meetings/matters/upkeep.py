"""What keeps regular meetings going: who is on duty, weekly reports, papers, files, target letters, meetings above."""

from collections.abc import Iterator, Mapping

from core.family import Booked, Consulted, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Copy, Effect, Entry
from plugins.meetings.ledgers import TARGET_LETTERS
from plugins.meetings.matters.routine import CALLED

DUTY_LEADER, FILE_KEEPER, WEEKLY_REPORT = "meetings.duty-leader", "meetings.file-keeper", "meetings.weekly-report"
PAPERS, TARGETS = "meetings.papers", "meetings.target-letter"
ABOVE, REPLACEMENT = "meetings.meeting-above", "meetings.replacement"
STAYS_AWAY, SENDS_ANOTHER = "请假", "改派他人"

_UNIT = Field("unit", "科室", Kind.UNIT)

_DUTY_LEADER = MatterType(
    key=DUTY_LEADER,
    title="值班领导安排",
    prefix="领导值班",
    register=True,
    fields=(Field("month", "月份", help="例如 2026-03"), Field("leader", "值班领导", Kind.PERSON)),
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
    derived=(Field("period", "周次"),),
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


def _attended_by(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    yield Copy(matter.text("attendee"), matter.number, matter.applicant, outcome.office.day)


_ABOVE = MatterType(
    key=ABOVE,
    title="上级会议",
    prefix="上会",
    register=True,
    fields=(
        Field("title", "会议或学习名称"),
        Field("organiser", "组织单位"),
        Field("held_on", "日期", Kind.DATE),
        Field("time", "时间", help="按 9:30 的样子填写"),
        Field("attendee", "参加人", Kind.PERSON, help="由局领导统一安排"),
        Field("report", "会后需要汇报", Kind.FLAG),
    ),
    subject="title",
    follows=_attended_by,
)


def _of_above(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    above = office.matter(matter.text("above"))
    return {key: above.values[key] for key in ("held_on", "time")} if above else {}


_REPLACEMENT = MatterType(
    key=REPLACEMENT,
    title="上级会议请假改派",
    prefix="改派",
    fields=(
        Field("above", "上级会议", Kind.MATTER, matter=ABOVE),
        Field("way", "请求", Kind.CHOICE, choices=(STAYS_AWAY, SENDS_ANOTHER)),
        Field("instead", "改派的人", Kind.PERSON, required=False),
        Field("leader", "请示的领导", Kind.PERSON, help="上级领导，或主持会议的领导"),
        Field("reason", "事由"),
    ),
    subject="reason",
    derived=(Field("held_on", "日期", Kind.DATE), Field("time", "时间")),
    derive=_of_above,
    indexed=("above",),
)

MATTERS = (_DUTY_LEADER, _FILE_KEEPER, _WEEKLY_REPORT, _PAPERS, _TARGETS, _ABOVE, _REPLACEMENT)

"""The centre group: its plan, its sessions, leave from them, who was there and what he handed in."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.awaited import discharges
from core.days.terms import MONTH, QUARTER, YEAR
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Duty, Effect, Entry
from plugins.study import figures

CONTENT = Field("content", "类别", Kind.CHOICE, setting="study.contents")
HALF_DAYS = Field("half_days", "学习时间", Kind.NUMBER, unit="个半天", help="一天计 2 个半天")
PRESENT, ON_LEAVE, ABSENT = "出席", "请假", "缺席"


def plan(key: str, title: str, prefix: str) -> MatterType:
    """A plan of study: when, what about, how long, who speaks."""
    return MatterType(
        key=f"study.{key}",
        title=title,
        prefix=prefix,
        fields=(
            Field("period", "期间", Kind.PERIOD, lengths=(YEAR, QUARTER)),
            Field(
                "lines",
                "学习安排",
                Kind.ROWS,
                columns=(
                    Field("month", "月份", Kind.PERIOD, lengths=(MONTH,)),
                    Field("topic", "议题"),
                    CONTENT,
                    HALF_DAYS,
                    Field("speaker", "中心发言人", Kind.PERSON, required=False),
                ),
            ),
        ),
        subject="period",
        indexed=("period",),
        derived=(Field("half_days", "计划时间", Kind.NUMBER, unit="个半天"),),
        derive=lambda office, matter: {"half_days": sum(int(row["half_days"]) for row in matter.rows("lines"))},
    )


PLAN = plan("plan", "中心组学习计划", "学计")

SESSION = MatterType(
    key="study.session",
    title="中心组学习安排",
    prefix="学习",
    fields=(
        Field("plan", "学习计划", Kind.MATTER, matter="study.plan"),
        Field("starts_on", "开始日期", Kind.DATE),
        HALF_DAYS,
        Field("topic", "专题"),
        CONTENT,
        Field("speaker", "中心发言人", Kind.PERSON),
        Field("chair", "主持人", Kind.PERSON),
        Field("extended", "扩大学习", Kind.FLAG, help="扩大到中心组成员以外的人员"),
    ),
    subject="topic",
    register=True,
    indexed=("starts_on",),
)

LEAVE = MatterType(
    key="study.leave",
    title="学习请假",
    prefix="学假",
    fields=(
        Field("session", "学习安排", Kind.MATTER, matter="study.session"),
        Field("reason", "请假事由", Kind.LONG),
        Field("urgent", "特别紧要", Kind.FLAG),
    ),
    subject="reason",
    indexed=("session",),
)


def _roll(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    return {"people": tuple({"person": each, "present": PRESENT} for each in figures.members(office))}


def _attended(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    session = outcome.office.matter(matter.text("session"))
    if not outcome.settled or session is None:
        return
    day = session.day("starts_on") or outcome.office.day
    common: dict[str, Value] = {"year": str(day.year), "group": figures.CENTRE}
    held: dict[str, Value] = {key: session.values[key] for key in ("topic", "content", "half_days")}
    yield Entry("study.sessions", day, {**common, **held}, matter.number)
    for row in matter.rows("people"):
        present = row.get("present") == PRESENT
        counted: dict[str, Value] = {"due": 1, "present": int(present)}
        counted["half_days"] = session.count("half_days") if present else 0
        yield Entry("study.attendance", day, {**common, "person": row["person"], **counted}, matter.number)
    yield from discharges(outcome, day)


ATTENDANCE = MatterType(
    key="study.attendance",
    title="中心组学习考勤",
    prefix="学勤",
    fields=(
        Field("session", "学习安排", Kind.MATTER, matter="study.session"),
        Field("spoken", "已作中心发言", Kind.FLAG),
        Field(
            "people",
            "出席情况",
            Kind.ROWS,
            columns=(
                Field("person", "人员", Kind.PERSON),
                Field("present", "出席", Kind.CHOICE, choices=(PRESENT, ON_LEAVE, ABSENT)),
                Field("notes", "学习笔记", Kind.FLAG, required=False),
                Field("task", "学习任务", Kind.FLAG, required=False),
                Field("reflection", "心得体会", Kind.FLAG, required=False),
                Field("outline", "发言提纲", Kind.FLAG, required=False),
            ),
        ),
    ),
    subject="session",
    register=True,
    prepare=_roll,
    follows=_attended,
    books=(
        Booked("study.sessions"),
        Booked("study.attendance"),
    ),
    indexed=("session",),
    help="名单由中心组成员生成，扩大学习的另加人员",
)

MATTERS = (PLAN, SESSION, LEAVE, ATTENDANCE)

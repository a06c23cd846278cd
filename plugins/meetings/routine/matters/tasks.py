"""What a meeting that votes on nothing charges people with, and how each task turned out."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect, Entry
from plugins.meetings.ledgers import SUPERVISION
from plugins.meetings.matters.topics import BODY
from plugins.meetings.routine.matters.proceedings import PROCEEDINGS, of_record

ASSIGNMENT, TASK_RESULT = "meetings.assignment", "meetings.task-result"
ASSIGNED = "交办"


def _supervised(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    values: dict[str, Value] = {"assignment": matter.number, "unit": matter.text("unit"), "state": ASSIGNED}
    yield Entry(SUPERVISION, outcome.office.day, {**values, "person": matter.text("responsible")})


_ASSIGNMENT = MatterType(
    key=ASSIGNMENT,
    title="议定事项交办",
    prefix="交办",
    register=True,
    fields=(
        Field("record", "会务记录", Kind.MATTER, matter=PROCEEDINGS),
        Field("task", "议定事项", Kind.LONG),
        Field("goal", "工作目标", required=False),
        Field("position", "岗位", required=False),
        Field("unit", "落实科室", Kind.UNIT),
        Field("responsible", "责任人", Kind.PERSON, required=False),
        Field("finish_by", "完成期限", Kind.DATE),
    ),
    subject="task",
    derived=(BODY,),
    derive=of_record,
    follows=_supervised,
    books=(Booked(SUPERVISION),),
    indexed=("record",),
)


def _of_assignment(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    assignment = office.matter(matter.text("assignment"))
    keys = ("body", "unit", "task", "responsible")
    return {key: assignment.values[key] for key in keys if key in assignment.values} if assignment else {}


def _fed_back(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    values: dict[str, Value] = {"assignment": matter.text("assignment"), "state": matter.text("state")}
    yield Entry(SUPERVISION, outcome.office.day, {**values, "unit": matter.text("unit"), "person": matter.applicant})


_TASK_RESULT = MatterType(
    key=TASK_RESULT,
    title="交办结果",
    prefix="交结",
    register=True,
    fields=(
        Field("assignment", "交办事项", Kind.MATTER, matter=ASSIGNMENT),
        Field("state", "结果", Kind.CHOICE, choices=("已经落实", "没有落实")),
        Field("text", "情况", Kind.LONG),
    ),
    subject="task",
    derived=(
        BODY,
        Field("unit", "落实科室", Kind.UNIT),
        Field("task", "议定事项", Kind.LONG),
        Field("responsible", "责任人", Kind.PERSON),
    ),
    derive=_of_assignment,
    follows=_fed_back,
    books=(Booked(SUPERVISION),),
    indexed=("assignment",),
)

MATTERS = (_ASSIGNMENT, _TASK_RESULT)

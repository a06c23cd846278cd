"""Meetings that settle no items by vote: their calling, a change of their time, their record and what it leads to."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Copy, Effect, Entry
from plugins.meetings import agenda
from plugins.meetings.ledgers import SESSIONS, SUPERVISION
from plugins.meetings.matters.requests import REQUEST
from plugins.meetings.matters.topics import BODY
from plugins.meetings.regular_duties import done_by

CALL, CHANGE, PROCEEDINGS = "meetings.call", "meetings.change", "meetings.proceedings"
ASSIGNMENT, TASK_RESULT, DIGEST = "meetings.assignment", "meetings.task-result", "meetings.digest"
ATTENDING, OBSERVING, SPEAKING = "参加", "列席", "讲话"
ASSIGNED = "交办"
WEEKDAYS = tuple(f"星期{each}" for each in "一二三四五六日")

UNIT = Field("unit", "主办科室", Kind.UNIT)
HELD_ON = Field("held_on", "会议日期", Kind.DATE)
CALLED = Field("call", "召开会议", Kind.MATTER, matter=CALL, help="《召开会议》的编号")
PERSON = Field("person", "人员", Kind.PERSON)
_PART = Field("part", "内容类别", Kind.CHOICE, setting="meetings.parts")
_TIME_HELP = "按 9:30 的样子填写"


def _sent(outcome: Outcome) -> Iterator[Effect]:
    """A meeting that is settled is told to its members and to all who are invited."""
    matter, office = outcome.matter, outcome.office
    body = office.body(matter.text("body"))
    if not outcome.settled or body is None:
        return
    told = [*agenda.members(office, body), *(str(row["person"]) for row in matter.rows("invited"))]
    for person in dict.fromkeys(told):
        yield Copy(person, matter.number, matter.applicant, office.day)


def _calling(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    request, day = office.matter(matter.text("request")), matter.day("held_on")
    values: dict[str, Value] = {"important": request.flag("important")} if request else {}
    return {**values, "month": day.month} if day else values


_CALL = MatterType(
    key=CALL,
    title="召开会议",
    prefix="召开",
    fields=(
        Field("title", "会议名称"),
        BODY,
        UNIT,
        HELD_ON,
        Field("time", "时间", help=_TIME_HELP),
        Field("place", "地点"),
        Field("chair", "主持人", Kind.PERSON),
        Field(
            "parts",
            "议程",
            Kind.ROWS,
            required=False,
            columns=(
                _PART,
                Field("content", "内容", Kind.LONG),
                Field("unit", "汇报或提供科室", Kind.UNIT, required=False),
                Field("papers", "文件和资料", required=False),
            ),
        ),
        Field(
            "invited",
            "另外通知的人",
            Kind.ROWS,
            required=False,
            columns=(
                PERSON,
                Field("role", "身份", Kind.CHOICE, choices=(ATTENDING, OBSERVING, SPEAKING)),
                Field("why", "与会议内容的关系", required=False),
            ),
            help="固定参加的人不用写，通知自动送达",
        ),
        Field("request", "开会申请", Kind.MATTER, required=False, matter=REQUEST),
        Field("sign_in_by", "签到负责人", Kind.PERSON, required=False),
        Field("group", "筹备人员", Kind.ROWS, required=False, columns=(PERSON, Field("task", "分工", required=False))),
        Field("special", "特殊情况或增开缘由", Kind.LONG, required=False),
    ),
    subject="title",
    step_forms={
        "compiled": (Field("compiled", "汇总的内容和材料", Kind.LONG),),
        "outside": (Field("document", "批准文号"), Field("approved_on", "批准日期", Kind.DATE)),
        "sent": (Field("sent", "通知情况", Kind.LONG, help="用什么方式、通知到谁"),),
    },
    derived=(Field("important", "重要会议", Kind.FLAG), Field("month", "月份", Kind.NUMBER, unit="月")),
    derive=_calling,
    follows=_sent,
    indexed=("body", "held_on"),
    help="批准以后，通知送给固定参加的人和另外通知的人",
)

_CHANGE = MatterType(
    key=CHANGE,
    title="会议时间调整",
    prefix="会调",
    fields=(
        BODY,
        UNIT,
        Field("planned_on", "原定日期", Kind.DATE),
        Field("held_on", "改定日期", Kind.DATE),
        Field("time", "改定时间", help=_TIME_HELP),
        Field("chair", "主持人", Kind.PERSON),
        Field("reason", "事由", Kind.LONG),
    ),
    subject="reason",
    step_forms={"sent": (Field("sent", "通知情况", Kind.LONG),)},
    indexed=("body", "unit", "held_on"),
)


def _weekday(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    day = matter.day("held_on")
    return {"weekday": WEEKDAYS[day.weekday()]} if day else {}


def _recorded(outcome: Outcome) -> Iterator[Effect]:
    """The meeting is entered in the book, and does the regular duty of the day it was meant for."""
    matter, office = outcome.matter, outcome.office
    held_on, unit, body = matter.day("held_on") or office.day, matter.text("unit"), office.body(matter.text("body"))
    values: dict[str, Value] = {
        "body": matter.text("body"),
        "unit": unit,
        "held_on": held_on,
        "kept": matter.text("kept"),
    }
    yield Entry(SESSIONS, held_on, values)
    change = office.matter(matter.text("change"))
    meant_for = (change.day("planned_on") if change else None) or held_on
    if body is not None:
        yield from done_by(office, PROCEEDINGS, body, meant_for, matter.number, unit)


_PROCEEDINGS = MatterType(
    key=PROCEEDINGS,
    title="会务记录",
    prefix="会录",
    register=True,
    fields=(
        BODY,
        UNIT,
        HELD_ON,
        Field("began", "开始时间", help=_TIME_HELP),
        Field("ended", "结束时间", help=_TIME_HELP),
        Field("chair", "主持人", Kind.PERSON),
        Field(CALLED.key, CALLED.title, Kind.MATTER, required=False, matter=CALL, help=CALLED.help),
        Field("change", "会议时间调整", Kind.MATTER, required=False, matter=CHANGE),
        Field(
            "absent",
            "缺席人员",
            Kind.ROWS,
            required=False,
            columns=(PERSON, Field("reason", "缘由")),
            help="只填没有到会的；没有填的都记为到会",
        ),
        Field(
            "parts",
            "会议内容",
            Kind.ROWS,
            required=False,
            columns=(_PART, Field("content", "内容", Kind.LONG), Field("measure", "改进措施", required=False)),
        ),
        Field("guidance", "分管领导的指导意见", Kind.LONG, required=False),
        Field("content", "记录", Kind.LONG),
        Field("kept", "存放位置", help="会务档案存放在哪里"),
    ),
    subject="content",
    derived=(Field("weekday", "星期"),),
    derive=_weekday,
    follows=_recorded,
    books=(Booked(SESSIONS),),
    indexed=("body", "unit", "held_on", "call"),
)


def _of_record(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    record = office.matter(matter.text("record"))
    return {"body": record.text("body")} if record else {}


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
    derive=_of_record,
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

_DIGEST = MatterType(
    key=DIGEST,
    title="纪要编写",
    prefix="编纪",
    register=True,
    fields=(
        Field("record", "会务记录", Kind.MATTER, matter=PROCEEDINGS),
        Field("title", "标题"),
        Field("content", "内容", Kind.LONG),
        Field("audience", "印发范围"),
    ),
    subject="title",
    derived=(BODY,),
    derive=_of_record,
    indexed=("record",),
    help="需要时从会务记录整理",
)

MATTERS = (_CALL, _CHANGE, _PROCEEDINGS, _ASSIGNMENT, _TASK_RESULT, _DIGEST)

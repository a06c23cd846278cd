"""A meeting that votes on nothing is called, and its time changed."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Copy, Effect
from plugins.meetings import agenda
from plugins.meetings.matters.topics import BODY
from plugins.meetings.routine.matters.requests import REQUEST

CALL, CHANGE = "meetings.call", "meetings.change"
ATTENDING, OBSERVING, SPEAKING = "参加", "列席", "讲话"

UNIT = Field("unit", "主办科室", Kind.UNIT)
HELD_ON = Field("held_on", "会议日期", Kind.DATE)
CALLED = Field("call", "召开会议", Kind.MATTER, matter=CALL, help="《召开会议》的编号")
PERSON = Field("person", "人员", Kind.PERSON)
PART = Field("part", "内容类别", Kind.CHOICE, setting="meetings.parts")
TIME_HELP = "按 9:30 的样子填写"


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
        Field("time", "时间", help=TIME_HELP),
        Field("place", "地点"),
        Field("chair", "主持人", Kind.PERSON),
        Field(
            "parts",
            "议程",
            Kind.ROWS,
            required=False,
            columns=(
                PART,
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
        Field("time", "改定时间", help=TIME_HELP),
        Field("chair", "主持人", Kind.PERSON),
        Field("reason", "事由", Kind.LONG),
    ),
    subject="reason",
    step_forms={"sent": (Field("sent", "通知情况", Kind.LONG),)},
    indexed=("body", "unit", "held_on"),
)

MATTERS = (_CALL, _CHANGE)

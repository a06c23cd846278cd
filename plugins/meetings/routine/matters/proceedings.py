"""The record of a meeting that votes on nothing, and the minutes that are drawn from it."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect, Entry
from plugins.meetings.ledgers import SESSIONS
from plugins.meetings.matters.topics import BODY
from plugins.meetings.regular_duties import done_by
from plugins.meetings.routine.matters.calling import CALL, CALLED, CHANGE, HELD_ON, PART, PERSON, TIME_HELP, UNIT

PROCEEDINGS, DIGEST = "meetings.proceedings", "meetings.digest"
WEEKDAYS = tuple(f"星期{each}" for each in "一二三四五六日")


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
        Field("began", "开始时间", help=TIME_HELP),
        Field("ended", "结束时间", help=TIME_HELP),
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
            columns=(PART, Field("content", "内容", Kind.LONG), Field("measure", "改进措施", required=False)),
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


def of_record(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """The body whose meeting a matter follows from, by the record that it names."""
    record = office.matter(matter.text("record"))
    return {"body": record.text("body")} if record else {}


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
    derive=of_record,
    indexed=("record",),
    help="需要时从会务记录整理",
)

MATTERS = (_PROCEEDINGS, _DIGEST)

"""Meetings that superiors hold: who goes, and leave from them or another in his place."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Copy, Effect

ABOVE, REPLACEMENT = "meetings.meeting-above", "meetings.replacement"


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
        Field("way", "请求", Kind.CHOICE, choices=("请假", "改派他人")),
        Field("instead", "改派的人", Kind.PERSON, required=False),
        Field("leader", "请示的领导", Kind.PERSON, help="上级领导，或主持会议的领导"),
        Field("reason", "事由"),
    ),
    subject="reason",
    derived=(Field("held_on", "日期", Kind.DATE), Field("time", "时间")),
    derive=_of_above,
    indexed=("above",),
)

MATTERS = (_ABOVE, _REPLACEMENT)

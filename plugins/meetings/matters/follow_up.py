"""What surrounds a meeting: collecting topics, telling who proposed them, and how decisions are carried out."""

from collections.abc import Mapping

from core.consulted import Consulted
from core.days.terms import MONTH
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Duty
from plugins.meetings import agenda
from plugins.meetings.matters.topics import BODY, MEETING
from plugins.meetings.sitting import PASSED

COLLECTION, FEEDBACK, FOLLOW_UP = "meetings.collection", "meetings.feedback", "meetings.follow-up"
FINISHED, UNDER_WAY, UNFINISHED = "已完成", "进行中", "未完成"
_MANY = 1000
"""Decisions of a body that are looked through for those not yet told to be finished."""


def unreported(office: Consulted, meeting: agenda.Meeting) -> list[Matter]:
    """The decisions of a body's earlier meetings that neither this meeting has heard of, nor an earlier one that they
    are finished; oldest first.
    """
    known = {
        str(row["conclusion"])
        for report in office.matters(FOLLOW_UP, limit=_MANY)
        for row in report.rows("decisions")
        if row.get("state") == FINISHED or report.text("meeting") == meeting.notice.number
    }
    concluded = reversed(office.matters(agenda.CONCLUSION, limit=_MANY))
    ours = (each for each in concluded if each.text("body") == meeting.body.key and each.text("outcome") == PASSED)
    return [each for each in ours if each.number not in known and each.text("meeting") != meeting.notice.number]


def to_report(office: Consulted, meeting: agenda.Meeting) -> tuple[dict[str, Value], ...]:
    """The rows of a report: each decision a meeting has to hear of, finished where who answers for it owes no more;
    where nothing was ever owed because of it, how far it is stands for whoever reports to say.
    """
    return tuple({"conclusion": each.number, **_progress(office, each)} for each in unreported(office, meeting))


def _progress(office: Consulted, conclusion: Matter) -> dict[str, Value]:
    duties = office.duties_from(conclusion.number, done=True)
    left = any(conclusion.text("responsible") in each.owners for each in duties if each.done is None)
    return {"state": UNDER_WAY if left else FINISHED} if duties else {}


def last_told(office: Consulted) -> dict[str, str]:
    """How far each decision was when a meeting last heard of it."""
    reports = reversed(office.matters(FOLLOW_UP, limit=_MANY))
    rows = (row for report in reports for row in report.rows("decisions"))
    return {str(row["conclusion"]): str(row["state"]) for row in rows}


def _to_report(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """The report starts with what the meeting of today has to hear of."""
    called = (each for body in office.bodies() for each in agenda.coming(office, body.key))
    for notice in called:
        meeting = agenda.meeting_of(office, notice) if notice.values.get("held_on") == office.day else None
        if meeting and (rows := to_report(office, meeting)):
            return {"meeting": notice.number, "decisions": rows}
    return {}


MATTERS = (
    MatterType(
        key=COLLECTION,
        title="议题收集",
        prefix="收集",
        register=True,
        fields=(
            Field("period", "月份", Kind.PERIOD, lengths=(MONTH,)),
            BODY,
            Field("asked", "征集范围", help="向哪些分管领导收集"),
            Field(
                "topics",
                "收集的议题",
                Kind.ROWS,
                required=False,
                columns=(Field("topic", "议题", Kind.MATTER, matter=agenda.TOPIC),),
                help="没有议题的不填行，照样登记",
            ),
        ),
        subject="period",
    ),
    MatterType(
        key=FEEDBACK,
        title="议题反馈",
        prefix="反馈",
        register=True,
        fields=(
            Field("topic", "议题", Kind.MATTER, matter=agenda.TOPIC),
            Field("told", "反馈给", Kind.PERSON),
            Field("result", "审定结果", Kind.CHOICE, choices=("列入会议", "不列入会议")),
            Field("words", "说明", Kind.LONG, required=False),
        ),
        subject="result",
        indexed=("topic",),
    ),
    MatterType(
        key=FOLLOW_UP,
        title="督办通报",
        prefix="督办",
        register=True,
        fields=(
            MEETING,
            Field(
                "decisions",
                "决定的落实情况",
                Kind.ROWS,
                columns=(
                    Field("conclusion", "议题结论", Kind.MATTER, matter=agenda.CONCLUSION),
                    Field("state", "进展", Kind.CHOICE, choices=(FINISHED, UNDER_WAY, UNFINISHED)),
                    Field("criticised", "会议批评", required=False),
                    Field("explanation", "承办科室的说明", required=False),
                ),
            ),
        ),
        subject="meeting",
        prepare=_to_report,
        indexed=("meeting",),
        help="上次会议以来的决定，逐项向会议通报",
    ),
)

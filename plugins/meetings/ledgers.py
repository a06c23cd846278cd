"""The books of meetings: every line of every record, meetings held, who came, what was assigned, letters signed."""

from core.family import LedgerType
from core.fields import Field, Kind
from plugins.meetings.sitting import Event

RECORD, SESSIONS, ATTENDANCE = "meetings.record", "meetings.sessions", "meetings.attendance-book"
SUPERVISION, TARGET_LETTERS = "meetings.supervision", "meetings.target-letters"

LEDGERS = (
    LedgerType(
        key=RECORD,
        title="会议记录",
        columns=(
            Field("meeting", "会议", Kind.MATTER),
            Field("item", "议题序号", Kind.NUMBER),
            Field("event", "记录内容", Kind.CHOICE, choices=tuple(each.value for each in Event)),
            Field("person", "人员", Kind.PERSON, required=False),
            Field("value", "情况", required=False),
        ),
        indexed=("meeting",),
        help="会上每一步各记一行，只增不改；发言的内容在各人的发言中，不在这里",
    ),
    LedgerType(
        key=SESSIONS,
        title="会务台账",
        columns=(
            Field("body", "会议种类", Kind.BODY),
            Field("unit", "主办科室", Kind.UNIT),
            Field("held_on", "会议日期", Kind.DATE),
            Field("kept", "档案存放位置"),
        ),
        indexed=("body", "unit"),
        help="每次会议的记录登记以后记一行；应开和实开的次数由此统计",
    ),
    LedgerType(
        key=ATTENDANCE,
        title="参会考勤",
        columns=(
            Field("call", "会议", Kind.MATTER),
            Field("person", "人员", Kind.PERSON),
            Field("state", "情况"),
        ),
        indexed=("call", "person", "state"),
    ),
    LedgerType(
        key=SUPERVISION,
        title="督查台账",
        columns=(
            Field("assignment", "交办事项", Kind.MATTER),
            Field("unit", "落实科室", Kind.UNIT),
            Field("person", "人员", Kind.PERSON, required=False),
            Field("state", "情况"),
        ),
        indexed=("assignment", "unit", "state"),
        help="交办和反馈各记一行",
    ),
    LedgerType(
        key=TARGET_LETTERS,
        title="目标责任书台账",
        columns=(
            Field("year", "年度"),
            Field("party", "签订单位"),
            Field("person", "签订人", Kind.PERSON),
            Field("signed_on", "签订日期", Kind.DATE),
        ),
        indexed=("year", "party"),
    ),
)

"""The book of meetings: every line of every record, in the order it was written."""

from core.family import LedgerType
from core.fields import Field, Kind
from plugins.meetings.sitting import Event

RECORD = "meetings.record"

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
)

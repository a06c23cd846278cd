"""What changes hands or turns out otherwise at a meeting: the chair, the record, who was really there."""

from collections.abc import Iterator

from core.family import Outcome
from core.fields import Field, Kind
from core.records import Effect
from plugins.meetings import agenda
from plugins.meetings.matters.session import PERSON, enters, step_type
from plugins.meetings.sitting import ROLL_STATES, Event

HANDING_KEY, ROLL_KEY = "meetings.handing-over", "meetings.roll-correction"
CHAIRS, RECORDS = "主持人", "记录人"


def _handed(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    event = Event.CHAIR if matter.text("role") == CHAIRS else Event.RECORDER
    yield agenda.entry(outcome.office, matter.text("meeting"), event, person=matter.text("person"))


MATTERS = (
    step_type(
        HANDING_KEY,
        "会上交接",
        "会交",
        (
            Field("role", "交接什么", Kind.CHOICE, choices=(CHAIRS, RECORDS)),
            Field("person", "由谁接替", Kind.PERSON, help="主持人按代理的先后接替；记录人由有权记录的人自己接替"),
            Field("reason", "缘由"),
        ),
        _handed,
    ),
    step_type(
        ROLL_KEY,
        "签到更正",
        "签更",
        (
            PERSON,
            Field("state", "应当记为", Kind.CHOICE, choices=ROLL_STATES),
            Field("reason", "缘由"),
        ),
        enters(Event.ROLL, "state"),
        help="正在议的一项已经投的票作废，重新表决",
    ),
)

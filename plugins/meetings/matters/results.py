"""What comes of an item and of a meeting: the conclusion, the end, corrections afterwards."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Copy, Discharge, Effect, Resolution, Resolved
from plugins.meetings import agenda
from plugins.meetings.ledgers import RECORD
from plugins.meetings.matters.session import DERIVED, ITEM, of_meeting
from plugins.meetings.matters.topics import MEETING
from plugins.meetings.regular_duties import done_by
from plugins.meetings.sitting import DEFERRED, LOST, PASSED, PRESENT, Event

CORRECTION_KEY = "meetings.correction"
COLLECTED, TAKEN = "全部收回", "有经批准带走的"


def _concluded(outcome: Outcome) -> Iterator[Effect]:
    """A conclusion is recorded; it is the resolution on its matter, and carries one that waits for it on."""
    matter, office = outcome.matter, outcome.office
    meeting = agenda.meeting_of(office, matter)
    announced = meeting.announced(matter.count("item")) if meeting else None
    if meeting is None or announced is None:
        return
    result = matter.text("outcome")
    held_on = meeting.appointment.held_on
    yield agenda.entry(office, meeting.notice.number, Event.RESULT, announced.number, value=result)
    tally = meeting.item(announced.number).tally
    note = (
        f"{result}（{tally.text}）：{matter.text('decision')}" if tally.cast else f"{result}：{matter.text('decision')}"
    )
    number = f"{meeting.notice.number}-{announced.number}"
    due, present = meeting.due(announced.number), len(meeting.sitting.order(announced.number))
    step = announced.matter.step
    if step is not None and step.body == meeting.body.key:
        again = result == LOST and meeting.body.key in office.setting("meetings.again")
        values: dict[str, Value] = {"number": number, "held_on": held_on, "present": present, "note": note}
        yield Resolved(announced.matter.number, {**values, "outcome": DEFERRED if again else result})
    else:
        adopted = result == PASSED
        yield Resolution(
            number, meeting.body.key, held_on, due, present, adopted, announced.matter.number, matter.applicant, note
        )
    if announced.category in office.setting("meetings.party-affairs"):
        yield from done_by(office, agenda.CONCLUSION, meeting.body, held_on, matter.number)
    if result == PASSED and announced.matter.kind == agenda.RECONSIDERATION:
        yield from _superseded(office, announced.matter.text("subject"), matter.number)


def _superseded(office: Consulted, old: str, new: str) -> Iterator[Effect]:
    """What was still owed by a decision that another has taken the place of is owed no more."""
    for duty in office.duties_from(old):
        yield Discharge(duty.key, f"原决议已由{new}另行决定")


CONCLUSION = MatterType(
    key=agenda.CONCLUSION,
    title="议题结论",
    prefix="结论",
    register=True,
    fields=(
        MEETING,
        ITEM,
        Field("outcome", "结论", Kind.CHOICE, choices=(PASSED, LOST, DEFERRED)),
        Field("decision", "决定内容", Kind.LONG),
        Field("dissent", "保留的不同意见", Kind.LONG, help="如实写明；没有的写“无”"),
        Field("urgent", "紧急缘由", required=False, help="分歧较大而又不能暂缓的，写明为什么"),
        Field("executor", "落实科室", Kind.UNIT, required=False),
        Field("responsible", "落实责任人", Kind.PERSON, required=False),
        Field("supervisor", "检查督促的班子成员", Kind.PERSON, required=False),
        Field("finish_by", "落实期限", Kind.DATE, required=False),
    ),
    subject="decision",
    derived=DERIVED,
    derive=of_meeting,
    follows=_concluded,
    books=(Booked(RECORD),),
    indexed=("meeting", "subject"),
)


def _closed(outcome: Outcome) -> Iterator[Effect]:
    """The record ends; members who were not there are told, and the body's regular duty is done."""
    matter, office = outcome.matter, outcome.office
    meeting = agenda.meeting_of(office, matter)
    yield agenda.entry(office, matter.text("meeting"), Event.CLOSES)
    if meeting is not None:
        for person in meeting.sitting.ranked:
            if meeting.sitting.roll[person] != PRESENT:
                yield Copy(person, matter.number, matter.applicant, office.day)
        yield from done_by(office, agenda.CLOSING, meeting.body, meeting.appointment.held_on, matter.number)


def _ending(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    meeting = agenda.meeting_of(office, matter)
    if meeting is None or not meeting.sitting.opened:
        return of_meeting(office, matter)
    away = any(state != PRESENT for state in meeting.sitting.roll.values())
    return {**of_meeting(office, matter), "chair": meeting.sitting.chair, "away": away}


CLOSING = MatterType(
    key=agenda.CLOSING,
    title="会议闭会归档",
    prefix="闭会",
    register=True,
    fields=(
        MEETING,
        Field("papers", "会议材料", Kind.CHOICE, choices=(COLLECTED, TAKEN)),
        Field("kept", "存放位置", help="会议记录存放在哪里"),
    ),
    subject="kept",
    derived=(*DERIVED, Field("chair", "主持人", Kind.PERSON), Field("away", "有成员缺席", Kind.FLAG)),
    derive=_ending,
    follows=_closed,
    books=(Booked(RECORD),),
    indexed=("meeting",),
)


def _corrected(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    item = matter.count("item")
    yield agenda.entry(outcome.office, matter.text("meeting"), Event.CORRECTS, item, value=matter.number)


CORRECTION = MatterType(
    key=CORRECTION_KEY,
    title="会议记录更正",
    prefix="会更",
    register=True,
    fields=(
        MEETING,
        Field("item", "议题序号", Kind.NUMBER, required=False),
        Field("wrong", "原来怎样记的", Kind.LONG),
        Field("right", "应当怎样记", Kind.LONG),
        Field("basis", "依据", Kind.LONG),
    ),
    subject="right",
    derived=DERIVED,
    derive=of_meeting,
    follows=_corrected,
    books=(Booked(RECORD),),
    indexed=("meeting",),
    help="附在记录之后，原来的记录不动；表决和结论不因更正而改变",
)

MATTERS = (CONCLUSION, CLOSING, CORRECTION)

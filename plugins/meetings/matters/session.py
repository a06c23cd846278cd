"""At a meeting: roll call, comings and goings, recusal, reports, statements, votes; each act one line of the record."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.people import Recusal
from core.records import Effect
from plugins.meetings import agenda
from plugins.meetings.ledgers import RECORD
from plugins.meetings.matters.topics import BODY, CATEGORY, MEETING
from plugins.meetings.sitting import CHOICES, MISSING, ROLL_STATES, Event

ITEM = Field("item", "议题序号", Kind.NUMBER, help="会议通知中的第几项")
PERSON = Field("person", "人员", Kind.PERSON)
AGREES, DISAGREES, WAITS, INFORMS = "同意", "不同意", "缓议", "说明情况"

ATTENDANCE_KEY, RECUSAL_KEY, WRITTEN_KEY = "meetings.attendance", "meetings.recusal", "meetings.written-opinion"
REPORT_KEY, STATEMENT_KEY = "meetings.report", "meetings.statement"
VOTE_KEY, BALLOT_KEY = "meetings.vote", "meetings.ballot"
OBJECTION_KEY, ANSWER_KEY = "meetings.objection", "meetings.answer"

DERIVED = (
    BODY,
    Field("form", "会议形式"),
    CATEGORY,
    Field("subject", "所议事项", Kind.MATTER),
    Field("topic", "议题"),
    Field("subject_kind", "所议事项的种类", help="议题申报，或等待决定的是哪一种事项"),
)


def of_meeting(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """What a step at a meeting is about: the body, the meeting's form, and the item's category and matter."""
    meeting = agenda.meeting_of(office, matter)
    if meeting is None:
        return {}
    values: dict[str, Value] = {"body": meeting.body.key, "form": meeting.notice.text("form")}
    announced = meeting.announced(matter.count("item"))
    if announced is not None:
        kind = office.matter_type(announced.matter.kind)
        values |= {"category": announced.category, "subject": announced.matter.number}
        values["topic"] = str(announced.matter.values.get(kind.subject if kind else "", ""))
        values |= {"subject_kind": kind.title} if kind else {}
    return values


def _opened(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    number = matter.text("meeting")
    meeting = agenda.meeting_of(office, matter)
    if meeting is None:
        return
    said = {str(row["person"]): str(row["state"]) for row in matter.rows("roll")}
    for person in agenda.members(office, meeting.body):
        yield agenda.entry(office, number, Event.DUE, person=person, value=said.get(person, MISSING))
    for row in matter.rows("others"):
        yield agenda.entry(office, number, Event.ATTENDS, person=str(row["person"]))
    yield agenda.entry(office, number, Event.RECORDER, person=matter.text("recorder"))
    yield agenda.entry(office, number, Event.CHAIR, person=matter.text("chair"))


OPENING = MatterType(
    key=agenda.OPENING,
    title="会议签到",
    prefix="签到",
    register=True,
    fields=(
        MEETING,
        Field("chair", "主持人", Kind.PERSON),
        Field("recorder", "记录人", Kind.PERSON),
        Field(
            "roll",
            "应到人员",
            Kind.ROWS,
            columns=(
                PERSON,
                Field("state", "情况", Kind.CHOICE, choices=ROLL_STATES),
                Field("instead", "代会人", Kind.PERSON, required=False, help="代会人只听会、不表决"),
                Field("urgent", "紧急缘由", required=False),
            ),
        ),
        Field("others", "列席人员", Kind.ROWS, required=False, columns=(PERSON,)),
    ),
    subject="meeting",
    derived=DERIVED,
    derive=of_meeting,
    follows=_opened,
    books=(Booked(RECORD),),
    indexed=("meeting",),
)


def enters(event: Event, value: str = "") -> Callable[[Outcome], Iterable[Effect]]:
    """What follows from a step: it is entered as one line of the record, with what stands in the blank `value`."""

    def follows(outcome: Outcome) -> Iterator[Effect]:
        matter = outcome.matter
        said = matter.text(value) if value else ""
        yield agenda.entry(
            outcome.office, matter.text("meeting"), event, matter.count("item"), matter.text("person"), said
        )

    return follows


def _moved(outcome: Outcome) -> Iterator[Effect]:
    event = Event(outcome.matter.text("change"))
    yield agenda.entry(outcome.office, outcome.matter.text("meeting"), event, person=outcome.matter.text("person"))


def _recused(outcome: Outcome) -> Iterator[Effect]:
    yield from enters(Event.RECUSES)(outcome)
    matter = outcome.matter
    yield Recusal(matter.text("person"), matter.text("reason"), matter=matter.text("subject"))


def _counted(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    value = "/".join(str(matter.count(key)) for key in ("votes_for", "against", "abstained"))
    yield agenda.entry(outcome.office, matter.text("meeting"), Event.COUNT, matter.count("item"), value=value)


def step_type(
    key: str,
    title: str,
    prefix: str,
    fields: tuple[Field, ...],
    follows: Callable[[Outcome], Iterable[Effect]],
    derived: tuple[Field, ...] = DERIVED,
    derive: Callable[[Consulted, Matter], Mapping[str, Value]] = of_meeting,
    help: str = "",
) -> MatterType:
    """A step at a meeting: a registration of one line of its record."""
    return MatterType(
        key=key,
        title=title,
        prefix=prefix,
        register=True,
        fields=(MEETING, *fields),
        subject="topic",
        derived=derived,
        derive=derive,
        follows=follows,
        books=(Booked(RECORD),),
        indexed=("meeting",),
        help=help,
    )


_CHANGE = Field("change", "情况", Kind.CHOICE, choices=(Event.ARRIVES.value, Event.LEAVES.value))
_POSITION = Field("position", "态度", Kind.CHOICE, choices=(AGREES, DISAGREES, WAITS, INFORMS))
_METHOD = Field("method", "表决方式", Kind.CHOICE, setting="meetings.methods")
_CHOICE = Field("choice", "表决", Kind.CHOICE, choices=CHOICES)


def _votes(key: str, title: str) -> Field:
    return Field(key, title, Kind.NUMBER, unit="票")


MATTERS = (
    OPENING,
    step_type(ATTENDANCE_KEY, "到会变动", "会动", (PERSON, _CHANGE), _moved),
    step_type(RECUSAL_KEY, "议题回避", "会避", (ITEM, PERSON, Field("reason", "缘由")), _recused),
    step_type(WRITTEN_KEY, "书面意见", "书面", (ITEM, PERSON, Field("text", "意见", Kind.LONG)), enters(Event.OPINION)),
    step_type(
        REPORT_KEY,
        "议题汇报",
        "汇报",
        (ITEM, PERSON, Field("text", "汇报要点", Kind.LONG, required=False)),
        enters(Event.REPORT),
    ),
    step_type(
        STATEMENT_KEY,
        "议题发言",
        "发言",
        (ITEM, PERSON, _POSITION, Field("text", "发言内容", Kind.LONG)),
        enters(Event.SPEAKS, "position"),
    ),
    step_type(VOTE_KEY, "议题表决", "表决", (ITEM, PERSON, _METHOD, _CHOICE), enters(Event.VOTES, "choice")),
    step_type(
        BALLOT_KEY,
        "无记名计票",
        "计票",
        (
            ITEM,
            _votes("issued", "发出"),
            _votes("returned", "收回"),
            _votes("votes_for", "赞成"),
            _votes("against", "反对"),
            _votes("abstained", "弃权"),
            _votes("invalid", "无效"),
        ),
        _counted,
    ),
    step_type(
        OBJECTION_KEY, "程序异议", "会异", (ITEM, PERSON, Field("text", "意见", Kind.LONG)), enters(Event.OBJECTS)
    ),
    step_type(ANSWER_KEY, "答复程序异议", "会答", (ITEM, Field("text", "答复", Kind.LONG)), enters(Event.ANSWERS)),
)

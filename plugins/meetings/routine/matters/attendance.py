"""Who comes to a meeting that is called: leave asked for beforehand, and the list signed at the door."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect, Entry
from plugins.meetings import agenda
from plugins.meetings.ledgers import ATTENDANCE
from plugins.meetings.matters.topics import BODY
from plugins.meetings.routine.matters.calling import ATTENDING, CALLED, HELD_ON, PERSON, UNIT

EXCUSE, SIGN_IN = "meetings.excuse", "meetings.sign-in"
CAME, LATE, EXCUSED, MISSING, REPLACED = "到会", "迟到", "请假", "无故缺席", "他人代会"

_OF_CALL = (BODY, UNIT, HELD_ON, Field("chair", "主持人", Kind.PERSON))


def due(office: Consulted, call: Matter) -> list[str]:
    """Who ought to come to a meeting that is called: its members and whoever is invited to take part."""
    body = office.body(call.text("body"))
    members = agenda.members(office, body) if body else []
    invited = [str(row["person"]) for row in call.rows("invited") if row.get("role") == ATTENDING]
    return list(dict.fromkeys([*members, *invited]))


def _of_call(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    call = office.matter(matter.text("call"))
    return {blank.key: call.values[blank.key] for blank in _OF_CALL} if call else {}


def _asking(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    organisation, day = office.organisation, office.day
    heads = organisation.heads(organisation.unit_of(matter.applicant, day), day)
    return {**_of_call(office, matter), "leads_unit": matter.applicant in heads}


_EXCUSE = MatterType(
    key=EXCUSE,
    title="参会请假",
    prefix="参假",
    fields=(
        CALLED,
        Field("reason", "事由"),
        Field("instead", "代会人", Kind.PERSON, required=False, help="代会人只听会、传达，不替本人表态"),
    ),
    subject="reason",
    derived=(*_OF_CALL, Field("leads_unit", "请假人是单位或科室负责人", Kind.FLAG)),
    derive=_asking,
    indexed=("call",),
)


def _counted(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    states = [row.get("state") for row in matter.rows("roll")]
    return {
        **_of_call(office, matter),
        "came": states.count(CAME) + states.count(LATE) + states.count(REPLACED),
        "late": states.count(LATE),
        "missing": states.count(MISSING),
    }


def _signed(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    for row in matter.rows("roll"):
        values: dict[str, Value] = {"call": matter.text("call"), "person": str(row["person"])}
        yield Entry(ATTENDANCE, outcome.office.day, {**values, "state": str(row["state"])})


def _people(key: str, title: str) -> Field:
    return Field(key, title, Kind.NUMBER, unit="人")


_SIGN_IN = MatterType(
    key=SIGN_IN,
    title="参会签到表",
    prefix="参会签到",
    register=True,
    fields=(
        CALLED,
        Field(
            "roll",
            "签到",
            Kind.ROWS,
            columns=(
                PERSON,
                Field("state", "情况", Kind.CHOICE, choices=(CAME, LATE, EXCUSED, MISSING, REPLACED)),
                Field("arrived", "到场时间", required=False, help="按 8:50 的样子填写"),
                Field("instead", "代会人", Kind.PERSON, required=False),
            ),
        ),
    ),
    subject="call",
    derived=(*_OF_CALL, _people("came", "到会"), _people("late", "迟到"), _people("missing", "无故缺席")),
    derive=_counted,
    follows=_signed,
    books=(Booked(ATTENDANCE, rows="roll"),),
    indexed=("call",),
)

MATTERS = (_EXCUSE, _SIGN_IN)

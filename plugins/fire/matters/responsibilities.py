"""Who answers for fire safety: at every level, in every unit and room, at every key place."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.terms import YEAR
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Duty, Effect, Entry
from plugins.fire import figures

LEVEL = Field("level", "层级", Kind.CHOICE, choices=figures.LEVELS)
_PLACE = Field("place", "岗位或房间", required=False)


def _to_assign(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """Begins with the first level, unit or post nobody answers for, its head, and the duties last written for such."""
    line = next((each for each in figures.responsibilities(office) if "person" not in each), None)
    if line is None:
        return {"since": office.day}
    begun: dict[str, Value] = {**line, "since": office.day}
    organisation, day = office.organisation, office.day
    if line["level"] == figures.OF_UNIT:
        begun["person"] = organisation.heads(line["unit"], day)[0]
    elif line["level"] == figures.RESPONSIBLE and (principals := organisation.principals(day)):
        begun |= {"person": principals[0], "unit": organisation.unit_of(principals[0], day)}
    for before in office.matters("fire.responsibility", limit=1, level=line["level"]):
        begun["duties"] = before.text("duties")
    return begun


def _assigned(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values = {key: matter.text(key) for key in ("level", "unit", "place", "person")}
        yield Entry("fire.responsibilities", matter.day("since") or outcome.office.day, values, matter.number)


RESPONSIBILITY = MatterType(
    key="fire.responsibility",
    title="消防安全责任登记",
    prefix="消责",
    fields=(
        LEVEL,
        Field("unit", "责任部门", Kind.UNIT),
        Field("place", "岗位或房间", required=False, help="岗位责任人必填"),
        Field("person", "责任人", Kind.PERSON),
        Field("duties", "职责", Kind.LONG),
        Field("since", "自何日起", Kind.DATE),
    ),
    subject="level",
    register=True,
    prepare=_to_assign,
    follows=_assigned,
    books=(Booked("fire.responsibilities"),),
    indexed=("level", "unit", "place"),
    help="同一层级、科室、岗位重新登记的，以后一次为准",
)


def _marked(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values = {key: matter.text(key) for key in ("place", "unit", "person", "measures")}
        yield Entry("fire.key-places", outcome.office.day, values, matter.number)


KEY_PLACE = MatterType(
    key="fire.key-place",
    title="消防安全重点部位登记",
    prefix="重点",
    fields=(
        Field("place", "重点部位"),
        Field("unit", "责任部门", Kind.UNIT),
        Field("person", "责任人", Kind.PERSON),
        Field("reason", "定为重点的原因", Kind.LONG),
        Field("measures", "管理措施", Kind.LONG, help="标志、禁止事项、值守等"),
    ),
    subject="place",
    register=True,
    follows=_marked,
    books=(Booked("fire.key-places"),),
    indexed=("place", "unit"),
)


def _listed(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    period = duty.period if duty and duty.period else str(office.day.year)
    return {"period": period, "lines": tuple(figures.responsibilities(office))}


RESPONSIBILITY_LIST = MatterType(
    key="fire.responsibility-list",
    title="消防安全责任清单",
    prefix="消责单",
    fields=(
        Field("period", "年度", Kind.PERIOD, lengths=(YEAR,)),
        Field(
            "lines",
            "责任清单",
            Kind.ROWS,
            columns=(
                LEVEL,
                Field("unit", "责任部门", Kind.UNIT, required=False),
                _PLACE,
                Field("person", "责任人", Kind.PERSON, required=False),
            ),
        ),
    ),
    subject="period",
    register=True,
    prepare=_listed,
    indexed=("period",),
    help="清单由台账生成，空着的一行表示还没有责任人",
)

MATTERS = (RESPONSIBILITY, KEY_PLACE, RESPONSIBILITY_LIST)

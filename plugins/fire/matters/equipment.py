"""Escape facilities and extinguishers: put in place, serviced, moved or lent to another room, disposed of."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Discharge, Duty, Effect, Entry
from plugins.fire import figures

_DAYS = (Field("service_by", "下次维修不迟于", Kind.DATE), Field("scrap_by", "报废不迟于", Kind.DATE))
_WHERE = ("place", "unit", "person")
_FACILITY = Field("facility", "设施器材", Kind.MATTER, matter="fire.facility")


def _lived(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    facility = office.matter(matter.text("facility")) or matter
    return figures.life(office, facility.values, matter.day("done_on"))


def _booked(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    facility = office.matter(matter.text("facility")) or matter
    if outcome.settled:
        event = {"fire.facility": figures.PLACED, "fire.service": "维修", "fire.disposal": figures.DISPOSED}[
            matter.kind
        ]
        values: dict[str, Value] = {key: facility.text(key) for key in ("number", "kind", *_WHERE)}
        now = next(iter(figures.history(office, facility)), None)
        values |= {key: now.values[key] for key in _WHERE if now and matter is not facility}
        values |= {blank.key: matter.values[blank.key] for blank in _DAYS if blank.key in matter.values}
        yield Entry("fire.equipment", office.day, {**values, "event": event}, matter.number)
        yield from _no_longer_owed(outcome, facility)


def _to_service(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """Service begins today with the facility that its duty comes from, itself or by its last service."""
    source = office.matter(duty.matter) if duty and duty.matter else None
    number = (source.text("facility") or source.number) if source else ""
    return {"done_on": office.day, **({"facility": number} if number else {})}


def _no_longer_owed(outcome: Outcome, facility: Matter) -> Iterator[Effect]:
    """The earlier days of service that this one, or the disposal, makes void."""
    matter, office = outcome.matter, outcome.office
    if matter.kind == "fire.facility":
        return
    numbers = {each.number for each in office.matters("fire.service", facility=facility.number)} - {matter.number}
    disposed = {facility.number} if matter.kind == "fire.disposal" else set()
    for number in sorted(numbers | disposed):
        for duty in office.duties_from(number):
            of_core = duty.evidence == matter.kind and number == facility.number
            if not of_core:
                yield Discharge(duty.key, matter.number)


FACILITY = MatterType(
    key="fire.facility",
    title="疏散设施和消防器材登记",
    prefix="消器",
    fields=(
        Field("number", "编号", help="贴在设施器材上的编号"),
        Field("kind", "种类", Kind.CHOICE, setting="fire.facility-kinds"),
        Field("type", "灭火器类型", Kind.CHOICE, required=False, choices=figures.EXTINGUISHERS),
        Field("place", "设置位置"),
        Field("unit", "责任部门", Kind.UNIT),
        Field("person", "责任人", Kind.PERSON),
        Field("made_on", "出厂日期", Kind.DATE, required=False, help="灭火器必填"),
        Field("upkeep", "维护检查要求", Kind.LONG),
    ),
    subject="number",
    register=True,
    follows=_booked,
    books=(Booked("fire.equipment"),),
    indexed=("number",),
    derived=_DAYS,
    derive=_lived,
)

SERVICE = MatterType(
    key="fire.service",
    title="消防器材维修登记",
    prefix="消修",
    fields=(
        _FACILITY,
        Field("done_on", "维修日期", Kind.DATE),
        Field("done_by", "维修单位"),
        Field("result", "维修内容和结果", Kind.LONG),
    ),
    subject="facility",
    register=True,
    prepare=_to_service,
    follows=_booked,
    books=(Booked("fire.equipment"),),
    indexed=("facility",),
    derived=_DAYS,
    derive=_lived,
)

DISPOSAL = MatterType(
    key="fire.disposal",
    title="消防器材报废登记",
    prefix="消废",
    fields=(
        _FACILITY,
        Field("disposed_on", "报废日期", Kind.DATE),
        Field("reason", "报废原因"),
        Field("replaced_by", "补充配置的编号", help="没有补充的写“不再设置”和理由"),
    ),
    subject="facility",
    register=True,
    follows=_booked,
    books=(Booked("fire.equipment"),),
    indexed=("facility",),
)


def _moved(outcome: Outcome) -> Iterator[Effect]:
    """Where it stands now and who answers for it there; a thing brought back is where it stood before it was lent."""
    matter, office = outcome.matter, outcome.office
    lent = office.matter(matter.text("move"))
    facility = office.matter((lent or matter).text("facility"))
    if not outcome.settled or facility is None:
        return
    if lent is None:
        event, there = figures.LENT if matter.day("back_by") else figures.MOVED, matter.values
    else:
        event, there = figures.BROUGHT_BACK, figures.home(office, facility)
    now = figures.history(office, facility)[0].values
    kept = {key: now[key] for key in ("number", "kind", "service_by", "scrap_by") if key in now}
    yield Entry(
        "fire.equipment", office.day, {**kept, **{key: there[key] for key in _WHERE}, "event": event}, matter.number
    )


MOVE = MatterType(
    key="fire.move",
    title="消防器材调动登记",
    prefix="消调",
    fields=(
        _FACILITY,
        Field("moved_on", "调动日期", Kind.DATE),
        Field("place", "移到"),
        Field("unit", "接收部门", Kind.UNIT),
        Field("person", "接收责任人", Kind.PERSON),
        Field("back_by", "归还不迟于", Kind.DATE, required=False, help="借用的填写；不填为长期调动"),
        Field("reason", "事由"),
    ),
    subject="reason",
    register=True,
    follows=_moved,
    prepare=lambda office, person, duty: {"moved_on": office.day},
    books=(Booked("fire.equipment"),),
    indexed=("facility",),
    help="借到别处的也要登记，检查时到现在的位置看",
)

BRINGING_BACK = MatterType(
    key="fire.bringing-back",
    title="消防器材归还登记",
    prefix="消还",
    fields=(
        Field("move", "借用的调动登记", Kind.MATTER, matter="fire.move"),
        Field("back_on", "归还日期", Kind.DATE),
        Field("sound", "完好有效", Kind.FLAG, help="损坏、用过的填“否”，另行办理维修或报废"),
    ),
    subject="move",
    register=True,
    follows=_moved,
    prepare=lambda office, person, duty: {
        "back_on": office.day,
        **({"move": duty.matter} if duty and duty.matter else {}),
    },
    books=(Booked("fire.equipment"),),
    indexed=("move",),
)

MATTERS = (FACILITY, SERVICE, DISPOSAL, MOVE, BRINGING_BACK)

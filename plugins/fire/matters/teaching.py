"""Publicity, training and drills, and the plan that the drills are held by."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.awaited import discharges
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Duty, Effect, Entry
from plugins.fire import figures

_PEOPLE = Field(
    "people",
    "参加人员",
    Kind.ROWS,
    columns=(
        Field("person", "人员", Kind.PERSON),
        Field("present", "参加", Kind.FLAG),
        Field("reason", "缺席原因", required=False),
    ),
)


def _counted(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {"absent": sum(row.get("present") is not True for row in matter.rows("people"))}


def _everybody(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    return {"held_on": office.day, "people": tuple({"person": each} for each in figures.staff(office))}


def _attended(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    day = matter.day("held_on") or outcome.office.day
    for row in matter.rows("people") if outcome.settled else ():
        values = {"year": str(day.year), "kind": "培训" if matter.kind == "fire.training" else "演练"}
        present = int(row.get("present") is True)
        yield Entry("fire.attendance", day, {**values, "person": row["person"], "present": present}, matter.number)
    if not matter.text("makes_up"):
        yield from discharges(outcome, day)


PUBLICITY = MatterType(
    key="fire.publicity",
    title="消防宣传教育",
    prefix="消宣",
    fields=(
        Field("held_on", "日期", Kind.DATE),
        Field("form", "形式", Kind.CHOICE, setting="fire.publicity-forms"),
        Field("content", "内容", Kind.LONG),
        Field("audience", "对象"),
    ),
    subject="content",
    register=True,
    follows=lambda outcome: discharges(outcome, outcome.matter.day("held_on") or outcome.office.day),
)

TRAINING = MatterType(
    key="fire.training",
    title="消防安全培训",
    prefix="消训",
    fields=(
        Field("held_on", "日期", Kind.DATE),
        Field("form", "形式", Kind.CHOICE, setting="fire.training-forms"),
        Field("topic", "内容", help="本单位的火灾危险、报警、扑救初起火灾、逃生自救"),
        Field("teacher", "授课人"),
        Field("makes_up", "补哪一次培训", Kind.MATTER, required=False, matter="fire.training"),
        _PEOPLE,
    ),
    subject="topic",
    register=True,
    prepare=_everybody,
    follows=_attended,
    books=(Booked("fire.attendance", rows="people"),),
    derived=(Field("absent", "缺席人数", Kind.NUMBER),),
    derive=_counted,
)

PLAN = MatterType(
    key="fire.plan",
    title="灭火和应急疏散预案",
    prefix="预案",
    fields=(
        Field("name", "名称"),
        Field("teams", "组织机构和分工", Kind.LONG, help="灭火行动、通讯联络、疏散引导、防护救护"),
        Field("alarm", "报警和接警", Kind.LONG),
        Field("evacuation", "应急疏散", Kind.LONG),
        Field("fighting", "扑救初起火灾", Kind.LONG),
        Field("rescue", "通讯联络、防护救护", Kind.LONG),
        Field("fitted_to", "针对的部位和情形", Kind.LONG),
    ),
    subject="name",
)

DRILL = MatterType(
    key="fire.drill",
    title="消防演练记录",
    prefix="演练",
    fields=(
        Field("plan", "预案", Kind.MATTER, matter="fire.plan"),
        Field("held_on", "日期", Kind.DATE),
        Field("scenario", "演练情形"),
        Field("announced", "已事先告知演练范围内的人员", Kind.FLAG),
        Field("seconds", "全部疏散用时", Kind.NUMBER, unit="秒"),
        _PEOPLE,
        Field("shortcomings", "发现的不足", Kind.LONG),
        Field("improvements", "怎样改进", Kind.LONG),
    ),
    subject="scenario",
    register=True,
    prepare=_everybody,
    follows=_attended,
    books=(Booked("fire.attendance", rows="people"),),
    derived=(Field("absent", "缺席人数", Kind.NUMBER),),
    derive=_counted,
)

MATTERS = (PUBLICITY, TRAINING, PLAN, DRILL)

"""Rounds: what is looked at, where, by whom and how often; and each round as it was made on the spot."""

from collections.abc import Callable, Iterator, Mapping

from core.consulted import Consulted
from core.days.awaited import discharges
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Duty, Effect, Entry
from plugins.fire import figures
from plugins.fire.settings import FREQUENCIES

ROUNDS = {
    "fire.patrol": figures.PATROL,
    "fire.inspection": figures.INSPECTION,
    "fire.equipment-check": figures.EQUIPMENT,
}
"""The kind of round that each matter type records."""


def _begun(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """An arrangement begins with a kind of round that has none, and the points the country names; else as it is now."""
    arranged = {kind: figures.arrangement(office, kind, office.day) for kind in ROUNDS.values()}
    kind = next((kind for kind, found in arranged.items() if found is None), figures.PATROL)
    if (now := arranged[kind]) is not None:
        return {**now.values, "since": office.day}
    begun: dict[str, Value] = {"kind": kind, "since": office.day}
    if kind == figures.EQUIPMENT:
        return {**begun, "places": ({"place": "全楼"},), "points": ({"point": figures.SOUND},)}
    return {**begun, "points": tuple({"point": each} for each in office.national("fire.points").listed(kind))}


ARRANGEMENT = MatterType(
    key="fire.arrangement",
    title="防火巡查检查安排",
    prefix="巡排",
    fields=(
        Field("kind", "种类", Kind.CHOICE, choices=tuple(ROUNDS.values())),
        Field("frequency", "频次", Kind.CHOICE, choices=FREQUENCIES),
        Field("people", "巡查检查人员", Kind.ROWS, columns=(Field("person", "人员", Kind.PERSON),)),
        Field("places", "部位", Kind.ROWS, columns=(Field("place", "部位"),)),
        Field("points", "内容", Kind.ROWS, columns=(Field("point", "内容"),)),
        Field("since", "自何日起", Kind.DATE),
    ),
    subject="kind",
    register=True,
    prepare=_begun,
    indexed=("kind",),
    help="同一种类重新安排的，以后一次为准；设施器材检查逐件查看台账上的，部位写“全楼”即可",
)


def _drawn(kind: str) -> Callable[[Consulted, str, Duty | None], Mapping[str, Value]]:
    def prepare(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
        lines = tuple({"place": place, "point": point} for place, point in figures.points(office, kind, office.day))
        return {"on": office.day, "lines": lines}

    return prepare


def _walkers(kind: str) -> Callable[[Consulted, Duty], tuple[str, ...]]:
    """Those whom the arrangement of a kind of round names make it, whoever answers for its being made."""

    def named(office: Consulted, duty: Duty) -> tuple[str, ...]:
        arranged = figures.arrangement(office, kind, office.day)
        return tuple(str(row["person"]) for row in arranged.rows("people")) if arranged else ()

    return named


def _worked_out(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """How many lines were not sound."""
    return {"faults": sum(row.get("sound") is not True for row in matter.rows("lines"))}


def _made(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        values: dict[str, Value] = {"kind": ROUNDS[matter.kind], "person": matter.applicant}
        values |= {"looked": len(matter.rows("lines")), "faults": matter.count("faults")}
        day = matter.day("on") or outcome.office.day
        yield Entry("fire.rounds", day, values, matter.number)
        yield from discharges(outcome, day)


def _round(key: str, prefix: str) -> MatterType:
    kind = ROUNDS[key]
    return MatterType(
        key=key,
        title=f"{kind}记录",
        prefix=prefix,
        fields=(
            Field("on", "日期", Kind.DATE),
            Field(
                "lines",
                "逐项查看",
                Kind.ROWS,
                columns=(
                    Field("place", "部位"),
                    Field("point", "内容"),
                    Field("sound", "正常", Kind.FLAG),
                    Field("note", "问题和处理", required=False),
                ),
            ),
            Field("companion", "同行人", Kind.PERSON, required=False),
            Field("note", "其他情况", Kind.LONG, required=False),
        ),
        subject="on",
        register=True,
        prepare=_drawn(kind),
        filed_by=_walkers(kind),
        follows=_made,
        books=(Booked("fire.rounds"),),
        derived=(Field("faults", "不正常的项数", Kind.NUMBER),),
        derive=_worked_out,
        help="部位和内容由安排生成，逐项填是或否，不正常的写明问题和当场怎样处理",
    )


PATROL = _round("fire.patrol", "巡查")
INSPECTION = _round("fire.inspection", "防检")
EQUIPMENT_CHECK = _round("fire.equipment-check", "器检")

MATTERS = (ARRANGEMENT, PATROL, INSPECTION, EQUIPMENT_CHECK)

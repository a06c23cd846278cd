"""Fire hazards: reported by anybody, given a person and a limit, put right, verified by another."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter, State
from core.records import Discharge, Duty, Effect, Entry

NO_MONEY = "不需经费"


def _found(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """A report begins with what the round of its duty found at fault."""
    made = office.matter(duty.matter) if duty and duty.matter else None
    lines = [row for row in made.rows("lines") if row.get("sound") is not True] if made else []
    if made is None:
        return {"found_on": office.day}
    places = dict.fromkeys(str(row["place"]) for row in lines)
    told = "；".join(f"{row['place']}：{row['point']}，{row.get('note', '')}" for row in lines)
    day = made.day("on") or office.day
    return {"found_on": day, "round": made.number, "place": "、".join(places), "description": told}


def _to_put_right(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """What is to be put right begins with what was reported: by the duty, else last of what is not yet assigned."""
    report = office.matter(duty.matter) if duty and duty.matter else _unassigned(office)
    if report is None or report.kind != "fire.hazard-report":
        return {}
    told = {key: report.text(key) for key in ("place", "description")}
    return {"report": report.number, **told}


def _unassigned(office: Consulted) -> Matter | None:
    reports = (each for each in office.matters("fire.hazard-report", state=State.SETTLED) if not each.flag("fixed"))
    return next((each for each in reports if not office.matters("fire.hazard", limit=1, report=each.number)), None)


def _put_right(office: Consulted, matter: Matter, form: str) -> Mapping[str, Value]:
    if form != "rectified":
        return {}
    free: dict[str, Value] = {"cost": Decimal(0)} if matter.text("source") == NO_MONEY else {}
    return {"done_on": office.day, **free}


REPORT = MatterType(
    key="fire.hazard-report",
    title="火灾隐患上报",
    prefix="隐报",
    fields=(
        Field("found_on", "发现日期", Kind.DATE),
        Field("place", "部位"),
        Field("description", "隐患情况", Kind.LONG),
        Field("round", "巡查检查单号", required=False, help="在巡查检查中发现的填写"),
        Field("fixed", "已当场改正", Kind.FLAG),
        Field("how", "怎样改正", Kind.LONG, required=False),
    ),
    subject="place",
    register=True,
    prepare=_found,
)


def _followed(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if outcome.completed:
        step = outcome.completed.form
        event = {"rectified": "已整改", "acceptance": "已验收"}.get(step, "已定责")
        values: dict[str, Value] = {key: matter.text(key) for key in ("place", "unit", "person")}
        values |= {"hazard": matter.number, "event": event}
        if step == "rectified":
            given = outcome.proposal.given
            values |= {key: given[key] for key in ("cost", "expenditure") if key in given}
        yield Entry("fire.hazards", office.day, values, matter.number)
    if outcome.settled:
        yield from (Discharge(duty.key, matter.number) for duty in office.duties_from(matter.number))


HAZARD = MatterType(
    key="fire.hazard",
    title="火灾隐患整改",
    prefix="隐患",
    fields=(
        Field("report", "上报单", Kind.MATTER, matter="fire.hazard-report"),
        Field("place", "部位"),
        Field("description", "隐患情况和整改措施", Kind.LONG),
        Field("unit", "责任部门", Kind.UNIT),
        Field("person", "责任人", Kind.PERSON),
        Field("limit", "整改期限", Kind.DATE),
        Field("standard", "合格标准", Kind.LONG),
        Field("source", "经费来源", help="不花钱的写“不需经费”"),
        Field("guard", "整改前的防范措施", Kind.LONG),
    ),
    subject="place",
    prepare=_to_put_right,
    prepare_step=_put_right,
    step_forms={
        "rectified": (
            Field("done_on", "完成日期", Kind.DATE),
            Field("result", "整改情况", Kind.LONG),
            Field("cost", "实际花费", Kind.MONEY),
            Field("expenditure", "支出事项编号", required=False, help="花了钱的，填已经批准的支出或报销编号"),
        ),
        "acceptance": (
            Field("seen", "到现场看过", Kind.FLAG),
            Field("meets_standard", "达到合格标准", Kind.FLAG),
        ),
    },
    follows=_followed,
    books=(Booked("fire.hazards", early=True),),
    indexed=("report", "person", "unit"),
)

MATTERS = (REPORT, HAZARD)

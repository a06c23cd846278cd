"""Signing in by hand and from the device, lateness noted by the office, and why someone could not sign in."""

from collections.abc import Iterator, Mapping
from datetime import date

from core.consulted import Consulted
from core.days.awaited import awaiting
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Discharge, Effect, Entry
from plugins.leave import attendance
from plugins.leave.days import HALVES
from plugins.leave.matters.requests import PERSON

_SLOT = Field("slot", "时段", Kind.CHOICE, choices=HALVES)
_DAY = Field("day", "日期", Kind.DATE)
_WHO = Field("person", "人员", Kind.PERSON)


def _line(person: str, day: date, slot: str, event: str, clock: str = "", note: str = "") -> Entry:
    values: dict[str, Value] = {"person": person, "month": f"{day:%Y-%m}", "day": day, "slot": slot, "event": event}
    values |= {key: text for key, text in (("time", clock), ("note", note)) if text}
    return Entry(attendance.LEDGER, day, values)


def _now(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    moment = office.now.time()
    return {
        "person": matter.applicant,
        "day": office.day,
        "slot": attendance.slot_at(office, moment),
        "time": f"{moment:%H:%M}",
    }


def _signed_in(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    moment = attendance.read_time(matter.text("time"))
    if outcome.settled and moment:
        event = attendance.event_at(office, moment)
        day = matter.day("day") or office.day
        yield _line(matter.applicant, day, matter.text("slot"), event, matter.text("time"), matter.text("note"))


SIGN_IN = MatterType(
    key="leave.sign-in",
    title="签到",
    prefix="出勤",
    fields=(Field("note", "备注", required=False),),
    subject="day",
    register=True,
    derived=(PERSON, _DAY, _SLOT, Field("time", "时刻")),
    derive=_now,
    follows=_signed_in,
    books=(Booked("leave.attendance"),),
    help="提交的时刻就是签到的时刻",
)


def sheet_days(matter: Matter) -> list[tuple[date, Mapping[str, Value]]]:
    """The rows of a sheet with the day of each; a row without a day is of the sheet's own day."""
    try:
        own: date | None = date.fromisoformat(matter.text("period"))
    except ValueError:
        own = None
    rows = [(row.get("day", own), row) for row in matter.rows("lines")]
    return [(day, row) for day, row in rows if isinstance(day, date)]


def _sheet(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if not outcome.settled:
        return
    found = sheet_days(matter)
    for day, row in found:
        moment = attendance.read_time(str(row["time"]))
        if moment:
            slot, event = attendance.slot_at(office, moment), attendance.event_at(office, moment)
            yield _line(str(row["person"]), day, slot, event, f"{moment:%H:%M}", str(row.get("note", "")))
    covered = {day.isoformat() for day, _ in found} - {matter.text("period")}
    for duty in awaiting(office, matter, covered) if covered else ():
        yield Discharge(duty.key, matter.number)


SHEET = MatterType(
    key="leave.sign-in-sheet",
    title="签到表",
    prefix="签表",
    fields=(
        Field("period", "考勤日", help="写作 2026-03-02"),
        Field("source", "来源", Kind.CHOICE, choices=("手工登记", "考勤机导入")),
        Field(
            "lines",
            "签到记录",
            Kind.ROWS,
            columns=(
                _WHO,
                Field("time", "时刻", help="写作 08:25"),
                Field("day", "日期", Kind.DATE, required=False, help="不填为考勤日；考勤机的文件可以有几天的记录"),
                Field("note", "备注", required=False),
            ),
        ),
    ),
    subject="period",
    register=True,
    follows=_sheet,
    books=(Booked("leave.attendance"),),
    prepare=lambda office, person, duty: {"period": duty.period if duty else office.day.isoformat()},
    indexed=("period",),
    help="考勤机的文件逐行导入；上午、下午按时刻区分",
)


def _irregular(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    for row in matter.rows("lines") if outcome.settled else ():
        yield _line(row["person"], row["day"], row["slot"], row["event"], note=str(row.get("note", "")))


IRREGULARITIES = MatterType(
    key="leave.irregularities",
    title="迟到早退登记",
    prefix="迟早",
    fields=(
        Field("found", "发现方式", help="如：查岗、监控"),
        Field(
            "lines",
            "迟到早退",
            Kind.ROWS,
            columns=(
                _WHO,
                _DAY,
                _SLOT,
                Field("event", "情形", Kind.CHOICE, choices=(attendance.LATE, attendance.EARLY)),
                Field("note", "备注", required=False),
            ),
        ),
    ),
    subject="found",
    register=True,
    follows=_irregular,
    books=(Booked("leave.attendance"),),
)


def _verified(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    day = matter.day("day")
    if outcome.settled and day:
        remark = matter.extra.get("verified", {}).get("remark", "")
        slots = HALVES if matter.text("slots") == "全天" else (matter.text("slots"),)
        for slot in slots:
            yield _line(matter.applicant, day, slot, attendance.VERIFIED, note=f"{matter.text('cause')}：{remark}")


EXCUSE = MatterType(
    key="leave.excuse",
    title="未签到说明",
    prefix="未签",
    fields=(
        _DAY,
        Field("slots", "时段", Kind.CHOICE, choices=(*HALVES, "全天")),
        Field("cause", "事由", Kind.CHOICE, setting="leave.excuses"),
        Field("detail", "说明"),
    ),
    subject="detail",
    derived=(PERSON,),
    derive=lambda office, matter: {"person": matter.applicant},
    step_forms={"verified": (Field("remark", "备注", help="核实的情况"),)},
    follows=_verified,
    books=(Booked("leave.attendance"),),
    indexed=("person",),
)

MATTERS = (SIGN_IN, SHEET, IRREGULARITIES, EXCUSE)

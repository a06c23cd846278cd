"""Rules about signing in and about what the office notes of attendance."""

from collections.abc import Iterator
from datetime import date

from core.finding import Level, Problem
from core.matter import Matter
from core.rule_kinds import Proposal, rule
from core.rules.wording import people
from plugins.leave import attendance
from plugins.leave.days import HALVES
from plugins.leave.matters.presence import sheet_days
from plugins.leave.rules.requests import NoParameters


def _day_problem(proposal: Proposal, day: date, at: str) -> Iterator[Problem]:
    office = proposal.office
    if day > office.day:
        yield Problem(f"{day} 还没有到", "改正日期", at)
    elif not office.calendar.is_workday(day):
        yield Problem(f"{day} 不是工作日（{office.calendar.why(day)}）", "休息日不考勤；日期有误的予以改正", at)


@rule("leave.sign-in-once", "每半天签到一次", NoParameters, matters=("leave.sign-in", "leave.sign-in-sheet"))
def sign_in_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Everyone signs in once each morning and afternoon of a working day, at a time that can be read."""
    matter, office = proposal.matter, proposal.office
    seen: set[tuple[object, date, str]] = set()
    for at, person, day, text in _rows(matter):
        yield from _day_problem(proposal, day, at)
        moment = attendance.read_time(text)
        who = people(proposal, [person])
        if moment is None:
            yield Problem(f"{who}的时刻“{text}”无法辨认", "写作 08:25 的样子", at)
            continue
        slot = attendance.slot_at(office, moment)
        if (person, day, slot) in seen or attendance.recorded(office, person, day, slot):
            yield Problem(f"{who} {day} {slot}已经签到", "上午、下午各签到一次；删去重复的", at)
        seen.add((person, day, slot))
    if matter.kind == "leave.sign-in-sheet" and not any(True for _ in _rows(matter)):
        yield Problem(f"考勤日“{matter.text('period')}”不是日期", "写作 2026-03-02", "period")


def _rows(matter: Matter) -> Iterator[tuple[str, str, date, str]]:
    """Each sign-in with its address on the form: person, day, time as written."""
    if matter.kind == "leave.sign-in":
        day = matter.day("day")
        if day:
            yield "note", matter.applicant, day, matter.text("time")
        return
    for number, (day, row) in enumerate(sheet_days(matter), 1):
        if "person" in row and "time" in row:
            yield f"lines.{number}.time", str(row["person"]), day, str(row["time"])


@rule("leave.sign-in-missing", "未签到的人员", NoParameters, matters=("leave.sign-in-sheet",), recorded=True)
def sign_in_missing(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Who has not signed in, and is neither on leave nor on a trip, is named on the day's sheet."""
    matter, office = proposal.matter, proposal.office
    rows = list(_rows(matter))
    for day in sorted({day for _, _, day, _ in rows}):
        there = {(person, attendance.slot_at(office, moment)) for _, person, on, text in rows if on == day
                 if (moment := attendance.read_time(text))}  # fmt: skip
        absent = [each for each in attendance.missing(office, day) if each not in there]
        for slot in HALVES:
            names = [person for person, missed in absent if missed == slot]
            if names and len(names) < len(list(office.organisation.staff(day))):
                facts = f"{day} {slot}没有签到、请假或公出记录的 {len(names)} 人：{people(proposal, names)}"
                yield Problem(facts, "因公未签到的由本人填写《未签到说明》，经核实后注明", "lines", Level.NOTE)


@rule("leave.irregular-on-workday", "工作日的迟到早退", NoParameters, matters=("leave.irregularities",))
def irregular_on_workday(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Lateness is noted for working days that have come, never twice, never of someone on leave."""
    matter, office = proposal.matter, proposal.office
    seen: set[tuple[object, ...]] = set()
    for number, row in enumerate(matter.rows("lines"), 1):
        if not {"person", "day", "slot", "event"} <= set(row):
            continue
        at = f"lines.{number}.day"
        yield from _day_problem(proposal, row["day"], at)
        key = (row["person"], row["day"], row["slot"], row["event"])
        booked = office.entries(attendance.LEDGER, person=row["person"], day=row["day"])
        again = any((e.values["slot"], e.values["event"]) == (row["slot"], row["event"]) for e in booked)
        who = people(proposal, [row["person"]])
        if again or key in seen:
            yield Problem(f"{who} {row['day']} {row['slot']}{row['event']}已经登记", "删去重复的一行", at)
        seen.add(key)
        if attendance.away(office, row["person"], row["day"], row["slot"]):
            yield Problem(f"{who} {row['day']} {row['slot']}请假或公出", "删去这一行，或改正日期", at)


@rule("leave.excuse-needed", "缺签到才需说明", NoParameters, matters=("leave.excuse",))
def excuse_needed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """An explanation is for a working day that has come."""
    day = proposal.matter.day("day")
    if day:
        yield from _day_problem(proposal, day, "day")


@rule("leave.in-working-hours", "工作时间之内", NoParameters, matters=("leave.violation",))
def in_working_hours(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only what was done in working hours breaks the discipline of working hours."""
    matter, office = proposal.matter, proposal.office
    day, moment = matter.day("day"), attendance.read_time(matter.text("time"))
    if day is None:
        return
    yield from _day_problem(proposal, day, "day")
    begins, ends = attendance.hour(office, "morning"), attendance.hour(office, "off-duty")
    if moment is None:
        yield Problem(f"时刻“{matter.text('time')}”无法辨认", "写作 10:20 的样子", "time")
    elif not begins <= moment <= ends:
        facts = f"时刻 {moment:%H:%M} 不在工作时间 {begins:%H:%M} 至 {ends:%H:%M} 之内"
        yield Problem(facts, "工作时间以外的不作违反劳动纪律登记；时刻有误的予以改正", "time")


KINDS = (sign_in_once, sign_in_missing, irregular_on_workday, excuse_needed, in_working_hours)

"""Meetings that vote on nothing, by the clock and through the office: hours, whose duty a meeting does, whose leave."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.calendar import Calendar
from core.days.clock import ZONE, FixedClock
from core.days.recurrence import Frequency, Recurrence
from core.finding import Level
from core.matter import State
from core.office import Office
from core.verdict import Result
from office_acts import clauses, move_clock, number
from plugins.meetings import regular_duties
from plugins.meetings.routine.rules.schedule import in_week
from plugins.meetings.timing import minutes_of, time_of

CONFIG = Path(__file__).parent.parent / "config"
CALENDAR = Calendar.load(CONFIG / "national")
CENTRE, BUREAU = office_factory(CONFIG, "service-center"), office_factory(CONFIG, "education")
FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)

SECRETARY, CLERK, ON_DUTY = "P005", "P007", "P002"
SECTION, OTHER_SECTION = ("approval", "P008", "P009"), ("trading", "P011", "P012")
"""A unit with its head and the person who keeps its meetings' files."""

DIRECTOR, DEPUTY, OFFICE_HEAD, HOST, SIGNER, HEADTEACHER, PUPIL_SCHOOL = (
    "P001", "P003", "P005", "P012", "P013", "P016", "P017",
)  # fmt: skip


@pytest.fixture
def centre() -> Iterator[Office]:
    office = CENTRE(FixedClock(datetime(2026, 3, 6, 9, tzinfo=ZONE)))
    yield office
    office.close()


@pytest.fixture
def bureau() -> Iterator[Office]:
    office = BUREAU(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    yield office
    office.close()


def file(office: Office, by: str, kind: str, **values: Any) -> Result:
    return office.perform(Act(Verb.SUBMIT, by, f"meetings.{kind}", values=values))


def approve(office: Office, by: str, matter: str, **values: Any) -> Result:
    step = office.desk.matter(matter)
    assert step is not None and step.step is not None
    verb = Verb.PERFORM if values else Verb.APPROVE
    return office.perform(Act(verb, by, matter=matter, values=values))


def report(office: Office, section: tuple[str, str, str]) -> Result:
    return file(office, section[1], "weekly-report", unit=section[0], week_of=str(FRIDAY), done="办件", next="提速")


def owing(office: Office, evidence: str, unit: str) -> list[str]:
    return [duty.title for duty in office.desk.duties() if duty.evidence == evidence and duty.unit == unit]


def section_meeting(office: Office, section: tuple[str, str, str], held_on: date, **more: Any) -> Result:
    parts = [
        {"part": part, "content": "见附页", "measure": "增开窗口"}
        for part in ("本周主要工作", "下周工作重点", "工作分析")
    ]
    values: dict[str, Any] = {
        "body": "section-meeting", "unit": section[0], "held_on": str(held_on), "began": "9:00", "ended": "10:00",
        "chair": section[1], "guidance": "抓紧", "parts": parts, "content": "见附页", "kept": "科室", **more,
    }  # fmt: skip
    return file(office, section[2], "proceedings", **values)


def with_keepers(office: Office) -> None:
    for unit, head, keeper in (SECTION, OTHER_SECTION):
        assert file(office, head, "file-keeper", unit=unit, person=keeper).done


@pytest.mark.parametrize(("hour", "minute", "late"), [(14, 59, False), (15, 0, True)], ids=["in-time", "late"])
def test_a_weekly_report_is_late_from_three_in_the_afternoon_of_friday(
    centre: Office, hour: int, minute: int, late: bool
) -> None:
    move_clock(centre, FRIDAY, hour, minute)
    result = report(centre, SECTION)
    assert result.done is not late
    assert ("weekly-meeting/5(b)" in clauses(result, Level.WARN)) is late


def test_a_sections_report_leaves_what_another_section_owes(centre: Office) -> None:
    kind = "meetings.weekly-report"
    assert owing(centre, kind, SECTION[0]) and owing(centre, kind, OTHER_SECTION[0])
    assert report(centre, SECTION).done
    assert not owing(centre, kind, SECTION[0]) and owing(centre, kind, OTHER_SECTION[0])


def test_a_section_meeting_does_the_one_duty_of_the_week_that_falls_due_next(centre: Office) -> None:
    with_keepers(centre)
    monday, friday = MONDAY, MONDAY + timedelta(days=4)
    move_clock(centre, monday, 11)
    assert number(section_meeting(centre, SECTION, monday))
    move_clock(centre, friday, 11)
    kind = "meetings.proceedings"
    assert any("星期五" in title for title in owing(centre, kind, SECTION[0]))
    assert any("星期一" in title for title in owing(centre, kind, OTHER_SECTION[0]))
    assert number(section_meeting(centre, OTHER_SECTION, friday))
    left = owing(centre, kind, OTHER_SECTION[0])
    assert any("星期一" in title for title in left) and not any(
        "星期五" in title and "第11周" in title for title in left
    )


def test_the_leave_to_move_one_sections_meeting_moves_no_other(centre: Office) -> None:
    with_keepers(centre)
    thursday = MONDAY + timedelta(days=3)
    move_clock(centre, thursday, 9)
    change = number(
        file(
            centre, SECTION[1], "change", body="section-meeting", unit=SECTION[0], planned_on="2026-03-13",
            held_on=str(thursday), time="9:00", chair=SECTION[1], reason="下乡",
        )
    )  # fmt: skip
    assert "section-meeting/2(a)" in clauses(section_meeting(centre, SECTION, thursday, change=change))
    assert approve(centre, "P003", change).done
    assert "section-meeting/2(a)" in clauses(section_meeting(centre, OTHER_SECTION, thursday, change=change))
    assert section_meeting(centre, SECTION, thursday, change=change).done


def test_a_weekly_meeting_moved_to_tuesday_does_mondays_duty(centre: Office) -> None:
    assert file(centre, SECRETARY, "duty-leader", month="2026-03", leader=ON_DUTY).done
    tuesday = MONDAY + timedelta(days=1)
    parts = [
        {"part": "点评上周、明确本周", "content": "见附页"},
        {"part": "传达上级会议和文件", "content": "无", "papers": "无"},
    ]
    meeting: dict[str, Any] = {"body": "weekly-meeting", "unit": "secretariat", "chair": ON_DUTY}
    call = number(
        file(
            centre,
            CLERK,
            "call",
            title="周例会",
            held_on=str(MONDAY),
            time="9:30",
            place="大厅",
            parts=parts,
            **meeting,
        )
    )
    assert approve(centre, SECRETARY, call, compiled="三项").done and approve(centre, ON_DUTY, call).done
    move_clock(centre, MONDAY, 9)
    change = number(
        file(
            centre, CLERK, "change", planned_on=str(MONDAY), held_on=str(tuesday), time="9:30", reason="检查", **meeting
        )
    )
    assert approve(centre, ON_DUTY, change).done and approve(centre, SECRETARY, change, sent="已通知").done
    move_clock(centre, tuesday, 11)
    assert any("周例会" in title for title in owing(centre, "meetings.proceedings", ""))
    record = file(
        centre, CLERK, "proceedings", held_on=str(tuesday), began="9:30", ended="10:10", call=call, change=change,
        content="见附页", kept="秘书科", **meeting,
    )  # fmt: skip
    assert number(record)
    assert not [duty for duty in centre.desk.duties() if "周例会" in duty.title and duty.due == MONDAY]


def request(office: Office, applicant: str, leader: str, **more: Any) -> str:
    values: dict[str, Any] = {
        "title": "教研会", "body": "business-meeting", "unit": "basic", "content": "研讨", "held_on": "2026-03-06",
        "period": "上午", "attendees": "校长", "people": "2", "remote": False, "scale": "小范围会议",
        "small_enough": True, "important": False, "copies": "0", **more,
    }  # fmt: skip
    asked = number(file(office, applicant, "request", **values))
    assert approve(office, leader, asked).done
    return asked


@pytest.mark.parametrize(
    ("period", "same"), [("上午", True), ("全天", True), ("下午", False)], ids=["morning", "whole-day", "afternoon"]
)
def test_only_meetings_of_the_same_part_of_the_day_are_put_together(bureau: Office, period: str, same: bool) -> None:
    assert approve(bureau, OFFICE_HEAD, request(bureau, HOST, DEPUTY), outcome="单独召开").done
    other = request(bureau, "P014", "P002", unit="accounts", period=period)
    assert ("meeting-principles/3(d)" in clauses(approve(bureau, OFFICE_HEAD, other, outcome="单独召开"))) is same


def called(office: Office) -> str:
    asked = request(office, HOST, DEPUTY)
    assert approve(office, OFFICE_HEAD, asked, outcome="单独召开").done
    call = file(
        office, HOST, "call", title="教研会", body="business-meeting", unit="basic", held_on="2026-03-06", time="9:00",
        place="二楼", chair=DEPUTY, request=asked, sign_in_by=SIGNER,
    )  # fmt: skip
    assert approve(office, HOST, number(call), sent="已通知").done
    return number(call)


def test_leave_is_asked_for_until_the_minute_the_meeting_begins(bureau: Office) -> None:
    call = called(bureau)
    move_clock(bureau, date(2026, 3, 6), 8, 59)
    asked = number(file(bureau, HEADTEACHER, "excuse", call=call, reason="检查"))
    move_clock(bureau, date(2026, 3, 6), 9, 0)
    assert "meeting-discipline/3(a)" in clauses(file(bureau, PUPIL_SCHOOL, "excuse", call=call, reason="检查"))
    assert "meeting-discipline/3(a)" in clauses(approve(bureau, DEPUTY, asked))


def test_leave_from_one_meeting_excuses_from_no_other(bureau: Office) -> None:
    call, other = called(bureau), called(bureau)
    asked = number(file(bureau, HEADTEACHER, "excuse", call=call, reason="检查"))
    assert approve(bureau, DEPUTY, asked).done and approve(bureau, DIRECTOR, asked).done
    move_clock(bureau, date(2026, 3, 6), 9)
    roll = [
        {"person": HEADTEACHER, "state": "请假"},
        {"person": PUPIL_SCHOOL, "state": "到会", "arrived": "8:50"},
    ]
    assert "meeting-discipline/3(c)" in clauses(file(bureau, SIGNER, "sign-in", call=other, roll=roll))
    assert file(bureau, SIGNER, "sign-in", call=call, roll=roll).done


def test_a_request_that_was_turned_down_calls_no_meeting(bureau: Office) -> None:
    values = {"title": "教研会", "body": "business-meeting", "unit": "basic", "held_on": "2026-03-06", "time": "9:00"}
    asked = request(bureau, HOST, DEPUTY)
    assert bureau.perform(Act(Verb.WITHDRAW, HOST, matter=asked)).done
    withdrawn = bureau.desk.matter(asked)
    assert withdrawn is not None and withdrawn.state is State.WITHDRAWN
    call = file(bureau, HOST, "call", **values, place="二楼", chair=DEPUTY, request=asked, sign_in_by=SIGNER)
    assert clauses(call) == {"meeting-principles/3(a)"}


@given(st.times())
def test_a_time_of_day_reads_as_it_is_written(moment: Any) -> None:
    for colon in (":", "："):
        text = f"{moment.hour}{colon}{moment.minute:02d}"
        read = time_of(text)
        assert read is not None and (read.hour, read.minute) == (moment.hour, moment.minute)
        assert minutes_of(text) == moment.hour * 60 + moment.minute


@pytest.mark.parametrize("text", ["", "九点半", "9", "9:5", "24:00", "9:60", "9:30:00", "-1:30", "9：", ":30"])
def test_what_is_no_time_of_day_is_not_taken_for_one(text: str) -> None:
    assert time_of(text) is None


@given(
    day=st.dates(date(2026, 1, 5), date(2030, 12, 31)), anchor=st.sampled_from([date(2026, 1, 5), date(2025, 12, 29)])
)
def test_a_day_lies_in_one_fortnight_of_its_reckoning(day: date, anchor: date) -> None:
    fortnights = Recurrence(Frequency.EVERY_TWO_WEEKS, anchor=anchor)
    near = list(fortnights.periods(day - timedelta(days=28), day + timedelta(days=28)))
    (holding,) = [each.key for each in near if each.start <= day <= each.end]
    assert [each.key for each in near if each.key in regular_duties.periods(CALENDAR, day)] == [holding]


@given(day=st.dates(date(2024, 1, 1), date(2030, 12, 31)), week=st.integers(1, 4))
def test_the_weeks_of_a_month_hold_each_weekday_once(day: date, week: int) -> None:
    first = day.replace(day=1)
    days = [first + timedelta(days=count) for count in range(31)]
    month = [each for each in days if each.month == first.month]
    assert sorted(each.weekday() for each in month if in_week(each, week)) == list(range(7))
    assert sorted(each.weekday() for each in month if in_week(each, 0)) == list(range(7))

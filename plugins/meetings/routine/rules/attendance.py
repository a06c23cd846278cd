"""Rules about the list signed at the door of a meeting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings.routine.matters.attendance import CAME, EXCUSE, EXCUSED, LATE, REPLACED, SIGN_IN, due
from plugins.meetings.timing import minutes_of, time_of


@rule("meetings.signs-in", "签到负责人", NoParameters, matters=(SIGN_IN,))
def signs_in(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The list is kept by the person whom the calling of the meeting names for it."""
    matter = proposal.matter
    call = proposal.office.matter(matter.text("call"))
    if call is not None and matter.applicant != call.text("sign_in_by"):
        named = people(proposal, [call.text("sign_in_by")]) if call.text("sign_in_by") else "先指定的签到负责人"
        yield Problem(f"办理人：{people(proposal, [matter.applicant])}", f"请由{named}办理")


@rule("meetings.everyone-listed", "逐人考勤", NoParameters, matters=(SIGN_IN,))
def everyone_listed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Everyone who is due is on the list, once; nobody is absent without being shown."""
    matter, office = proposal.matter, proposal.office
    call = office.matter(matter.text("call"))
    if call is None:
        return
    if office.matters(SIGN_IN, limit=1, call=call.number):
        yield Problem(f"{call.number}已有签到表", "一次会议一份签到表；记错的，由主办科室另行说明", "call")
    listed = [str(row.get("person")) for row in matter.rows("roll")]
    if missing := [each for each in due(office, call) if each not in listed]:
        yield Problem(
            f"签到表中没有{people(proposal, missing)}", "逐人写明情况；没来又没有准假的，记为无故缺席", "roll"
        )
    if len(set(listed)) < len(listed):
        yield Problem("签到表中有人写了两次", "每人只写一行", "roll")


def _rows(proposal: Proposal, *states: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    for number, row in enumerate(proposal.matter.rows("roll"), 1):
        if row.get("state") in states:
            yield number, str(row.get("person")), row


@rule("meetings.leave-given", "准假的才算请假", NoParameters, matters=(SIGN_IN,))
def leave_given(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever is noted as excused, or as represented, had leave; whoever had none is absent without cause."""
    office = proposal.office
    given = {
        each.applicant: each.text("instead")
        for each in office.matters(EXCUSE, state=State.SETTLED, call=proposal.matter.text("call"))
    }
    for number, person, row in _rows(proposal, EXCUSED, REPLACED):
        if person not in given:
            facts = f"{people(proposal, [person])}没有获准的《参会请假》"
            yield Problem(facts, "改记为“无故缺席”", f"roll.{number}.state")
        elif row.get("state") == REPLACED and row.get("instead") != given[person]:
            facts = f"代{people(proposal, [person])}到会的不是批准的代会人"
            yield Problem(facts, "改记为“请假”，或填批准的代会人", f"roll.{number}.instead")


@dataclass(frozen=True, slots=True)
class Early:
    """How many minutes before its beginning people are at a meeting."""

    minutes: int


@rule("meetings.punctual", "提前到场", Early, matters=(SIGN_IN,))
def punctual(parameters: Early, proposal: Proposal) -> Iterator[Problem]:
    """Whoever comes later than so many minutes before the beginning is noted as late; everyone comes with his time."""
    matter = proposal.matter
    call = proposal.office.matter(matter.text("call"))
    if call is None:
        return
    latest = minutes_of(call.text("time")) - parameters.minutes
    said = f"{latest // 60}:{latest % 60:02d}"
    for number, person, row in _rows(proposal, CAME, LATE, REPLACED):
        arrived = str(row.get("arrived") or "")
        if time_of(arrived) is None:
            facts = f"{people(proposal, [person])}没有写到场时间" if not arrived else f"到场时间“{arrived}”读不出来"
            yield Problem(facts, "按 8:50 的样子填写", f"roll.{number}.arrived")
        elif minutes_of(arrived) > latest and row.get("state") != LATE:
            facts = f"{people(proposal, [person])} {arrived} 到场，应在 {said} 以前"
            yield Problem(facts, f"情况改记为“{LATE}”", f"roll.{number}.state")


KINDS = (signs_in, everyone_listed, leave_given, punctual)

"""Rules about entitlements and credits: who is granted what, and that no balance is overdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.finding import Level, Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.wording import people
from plugins.leave import days, standing
from plugins.leave.rules.requests import ONWARD, NoParameters
from plugins.leave.settings import ANNUAL, COMPENSATORY


@rule("leave.within-balance", "余额之内", NoParameters, matters=(standing.REQUEST,), verbs=ONWARD)
def within_balance(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Annual and compensatory leave stay within what is left of them, other requests under way counted."""
    matter, office = proposal.matter, proposal.office
    person, leave = matter.applicant, matter.text("leave")
    used = standing.used(office, matter)
    if leave == COMPENSATORY:
        left = standing.compensatory_left(office, person) - standing.reserved(office, person, leave, matter.number)
        yield from _overdrawn("补休假", len(used), left)
    for year, asked in days.by_year(used).items() if leave == ANNUAL else ():
        open_ones = standing.reserved(office, person, leave, matter.number, year)
        yield from _overdrawn(f"{year} 年度年休假", asked, standing.annual_left(office, person, year) - open_ones)


def _overdrawn(what: str, asked: int, left: int) -> Iterator[Problem]:
    """The refusal where more is asked for than is left; else the balance, for information."""
    if asked <= left:
        facts = f"{what}可用 {days.in_days(left)}，本次 {days.in_days(asked)}，余 {days.in_days(left - asked)}"
        yield Problem(facts, "余额以办结时的台账为准", "leave", Level.NOTE)
    else:
        rest = days.in_days(max(left, 0))
        remedy = f"改为不超过 {rest}，或改用其他假别" if left > 0 else "改用其他假别；尚未核定或登记的，先请办公室登记"
        yield Problem(f"{what}申请 {days.in_days(asked)} > 可用 {rest}", remedy, "until")


@dataclass(frozen=True, slots=True)
class EntitlementScale:
    """From so many years of service (`years`), so many days of annual leave (`days`), in the same order."""

    years: tuple[int, ...]
    days: tuple[int, ...]


@rule("leave.entitlement-scale", "年休假天数", EntitlementScale, matters=("leave.entitlement",))
def entitlement_scale(parameters: EntitlementScale, proposal: Proposal) -> Iterator[Problem]:
    """Annual leave is granted once a year, by years of service."""
    matter, office = proposal.matter, proposal.office
    year = matter.text("period")
    earlier = office.matters("leave.entitlement", state=State.SETTLED, period=year)
    granted = {row["person"] for each in earlier for row in each.rows("lines")}
    for number, row in enumerate(matter.rows("lines"), 1):
        if not {"person", "service_years", "days"} <= set(row):
            continue
        served = row["service_years"]
        due = max((days for years, days in _scale(parameters) if served >= years), default=0)
        who = people(proposal, [row["person"]])
        if row["days"] != due:
            yield Problem(
                f"{who}工作满 {served} 年，核定 {row['days']} 天 ≠ {due} 天", f"改为 {due} 天", f"lines.{number}.days"
            )
        if row["person"] in granted:
            facts = f"{who}{year} 年度已经核定过"
            yield Problem(facts, "删去这一行；原来核定有误的，先办理红字更正", f"lines.{number}.person")
        granted.add(row["person"])


def _scale(parameters: EntitlementScale) -> list[tuple[int, int]]:
    return list(zip(parameters.years, parameters.days, strict=True))


@rule("leave.duty-credit", "值班补休", NoParameters, matters=("leave.duty-shifts",))
def duty_credit(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A shift is credited once, after it was served; duty on holidays was served on a day off."""
    matter, office = proposal.matter, proposal.office
    credited = set()
    for number, row in enumerate(matter.rows("lines"), 1):
        if not {"person", "day", "duty"} <= set(row):
            continue
        person, day, duty = row["person"], row["day"], row["duty"]
        who, at = people(proposal, [person]), f"lines.{number}.day"
        if day > office.day:
            yield Problem(f"{who}的值班日期 {day} 还没有到", "值班之后再登记", at)
        if duty in office.setting("leave.rest-day-duty") and office.calendar.is_workday(day):
            facts = f"{day} 不是节假日（{office.calendar.why(day)}）"
            yield Problem(facts, "改正日期或值班种类", at)
        booked = [each.values["event"] for each in office.entries("leave.compensatory", person=person, day=day)]
        if duty in booked or (person, day, duty) in credited:
            yield Problem(f"{who} {day} 的{duty}已经登记过", "删去重复的一行", at)
        credited.add((person, day, duty))


@rule("leave.overtime-hours", "加班时数", NoParameters, matters=("leave.overtime",))
def overtime_hours(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Overtime counts from a number of hours on, once, and not on a day that is still to come."""
    matter, office = proposal.matter, proposal.office
    least, day = office.setting("leave.overtime-hours"), matter.day("day")
    if not matter.flag("overnight") and matter.count("hours") < least:
        yield Problem(f"加班 {matter.count('hours')} 小时 < {least} 小时", "不足此数的不计补休", "hours")
    if day is None:
        return
    if day > office.day and proposal.act.verb is Verb.SUBMIT:
        yield Problem(f"加班日期 {day} 还没有到", "加班之后再申请", "day")
    for other in standing.standing(office, "leave.overtime", matter.applicant, matter.number):
        if other.day("day") == day:
            yield Problem(f"{day} 的加班已申请（{other.number}）", "同一天的加班只计一次", "day")


KINDS = (within_balance, entitlement_scale, duty_credit, overtime_hours)

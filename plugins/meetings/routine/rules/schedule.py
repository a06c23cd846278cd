"""Rules about when a meeting is held, and by when something is done before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from core.acts import Verb
from core.consulted import Consulted
from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import BodyKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.meetings.agenda import NOTICE, TOPIC
from plugins.meetings.routine.matters.attendance import EXCUSE
from plugins.meetings.routine.matters.calling import CALL
from plugins.meetings.routine.matters.meetings_above import REPLACEMENT
from plugins.meetings.routine.matters.preparations import WEEKLY_REPORT
from plugins.meetings.routine.matters.proceedings import PROCEEDINGS, WEEKDAYS
from plugins.meetings.routine.matters.requests import REQUEST
from plugins.meetings.timing import begun, minutes_of

_WEEK = 7
_NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class FixedTime:
    """The days of the week, 0 for Monday, on which a meeting is held; at a time, or at any time of the morning."""

    weekdays: tuple[int, ...]
    time: str = ""
    morning: bool = False


def _changed(proposal: Proposal) -> bool:
    """Whether an approved change of time leads to the day of a record."""
    matter = proposal.matter
    change = proposal.office.matter(matter.text("change"))
    if change is None or change.state is not State.SETTLED:
        return False
    return all(change.values.get(key) == matter.values.get(key) for key in ("body", "unit", "held_on"))


@rule("meetings.fixed-time", "固定的会议时间", FixedTime, matters=(PROCEEDINGS,))
def fixed_time(parameters: FixedTime, proposal: Proposal) -> Iterator[Problem]:
    """A regular meeting begins at its fixed time, or on the day to which an approved change has moved it."""
    matter = proposal.matter
    held_on, began = matter.day("held_on"), matter.text("began")
    if held_on is None or _changed(proposal):
        return
    remedy = "先办理《会议时间调整》，批准以后填写其编号；日期或时间有误的，改正"
    if held_on.weekday() not in parameters.weekdays:
        days = "、".join(WEEKDAYS[each] for each in parameters.weekdays)
        yield Problem(f"会议日期 {held_on} 是{WEEKDAYS[held_on.weekday()]}，固定在{days}", remedy, "held_on")
    if parameters.time and minutes_of(began) != minutes_of(parameters.time):
        yield Problem(f"开始时间 {began}，固定在 {parameters.time}", remedy, "began")
    if parameters.morning and minutes_of(began) >= _NOON:
        yield Problem(f"开始时间 {began}，固定在上午", remedy, "began")


@dataclass(frozen=True, slots=True)
class Following:
    """The meeting after which another is held on the same day."""

    body: BodyKey


@rule("meetings.follows", "在另一会议之后", Following, matters=(PROCEEDINGS,))
def follows(parameters: Following, proposal: Proposal) -> Iterator[Problem]:
    """A meeting begins after another one of the day has really ended; a day without the other one sets no bound."""
    matter, office = proposal.matter, proposal.office
    body, held_on = office.body(parameters.body), matter.day("held_on")
    if body is None or held_on is None:
        return
    records = office.matters(PROCEEDINGS, body=body.key, held_on=held_on)
    called = office.matters(CALL, state=State.SETTLED, body=body.key, held_on=held_on)
    if called and not records:
        yield Problem(f"当天的{body.title}还没有会务记录，不知道何时结束", f"等{body.title}登记记录以后再登记", "began")
    for record in records:
        if minutes_of(matter.text("began")) < minutes_of(record.text("ended")):
            facts = f"开始时间 {matter.text('began')}，{body.title} {record.text('ended')} 才结束"
            yield Problem(facts, f"在 {record.text('ended')} 以后召开；时间有误的，改正", "began")


@dataclass(frozen=True, slots=True)
class Weeks:
    """Which weeks of the month, counted in sevens from the 1st; 0 is its last seven days. No months means all."""

    weeks: tuple[int, ...]
    months: tuple[int, ...] = ()


def in_week(day: date, week: int) -> bool:
    """Whether a day lies in that week of its month, counted in sevens from the 1st; 0 is the last seven days."""
    if week:
        return (day.day - 1) // _WEEK + 1 == week
    return (day + timedelta(days=_WEEK)).month != day.month


@rule("meetings.in-weeks", "在规定的那一周召开", Weeks, matters=(NOTICE, CALL))
def in_weeks(parameters: Weeks, proposal: Proposal) -> Iterator[Problem]:
    """A regular meeting lies in one of its weeks of the month, unless the notice says what is special."""
    matter = proposal.matter
    held_on = matter.day("held_on")
    if held_on is None or matter.text("special"):
        return
    month = not parameters.months or held_on.month in parameters.months
    if month and any(in_week(held_on, week) for week in parameters.weeks):
        return
    weeks = "、".join(f"第 {week} 周" if week else "最后一周" for week in parameters.weeks)
    months = "、".join(f"{each} 月" for each in parameters.months) or "每月"
    yield Problem(f"会议日期 {held_on}，应在{months}的{weeks}", "改在规定的那一周；有特殊情况的，写明缘由", "held_on")


@dataclass(frozen=True, slots=True)
class Festival:
    """The name of a national holiday."""

    festival: str


def _first_day(office: Consulted, festival: str, year: int) -> date | None:
    days = (date(year, 1, 1) + timedelta(days=count) for count in range(366))
    return next((day for day in days if office.calendar.why(day).startswith(f"{festival}放假")), None)


@rule("meetings.before-festival", "在节前召开", Festival, matters=(CALL,))
def before_festival(parameters: Festival, proposal: Proposal) -> Iterator[Problem]:
    """A yearly meeting is held before the holiday of its year."""
    held_on = proposal.matter.day("held_on")
    first = _first_day(proposal.office, parameters.festival, held_on.year) if held_on else None
    if held_on and first and held_on >= first:
        facts = f"会议日期 {held_on}，{parameters.festival}假期 {first} 开始"
        yield Problem(facts, f"改在 {first} 以前；确实来不及的，写明理由", "held_on")


@dataclass(frozen=True, slots=True)
class Lead:
    """How many days before a meeting its topics and papers are in."""

    days: int


def _in_by(topic: Matter) -> date:
    """The day a topic left the leader in charge, from when it lies where agendas are put together."""
    signed = [mark.at.date() for mark in topic.signed(0)]
    return max(signed, default=topic.submitted.date())


@rule("meetings.topics-in-time", "议题按时送交", Lead, matters=(NOTICE,))
def topics_in_time(parameters: Lead, proposal: Proposal) -> Iterator[Problem]:
    """A topic comes up at a meeting only if it was handed in, agreed to, so many days before."""
    matter, office = proposal.matter, proposal.office
    held_on = matter.day("held_on")
    for number, row in enumerate(matter.rows("items"), 1):
        topic = office.matter(str(row.get("subject", "")))
        if topic is None or held_on is None or topic.kind != TOPIC:
            continue
        latest = held_on - timedelta(days=parameters.days)
        if _in_by(topic) > latest:
            facts = f"第 {number} 项 {topic.number} {_in_by(topic)} 送交，最迟应在 {latest}"
            yield Problem(facts, "列入下次会议，或把会议日期推后", f"items.{number}.subject")


@rule("meetings.beforehand", "事前", NoParameters, matters=(EXCUSE, REPLACEMENT), verbs=(Verb.SUBMIT, Verb.APPROVE))
def beforehand(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Leave from a meeting is asked for and given before it begins."""
    matter, office = proposal.matter, proposal.office
    call = office.matter(matter.text("call"))
    held_on, time = matter.day("held_on"), (call or matter).text("time")
    if begun(office, held_on, time):
        yield Problem(f"会议 {held_on} {time} 已经开始", "事后不补假；没有请假的记为缺席，另行说明情况")


@dataclass(frozen=True, slots=True)
class WeeklyHour:
    """The day of the week, 0 for Monday, and the time of that day by which a week's report is in."""

    weekday: int
    time: str


@rule("meetings.in-by", "每周限时报送", WeeklyHour, matters=(WEEKLY_REPORT,))
def in_by(parameters: WeeklyHour, proposal: Proposal) -> Iterator[Problem]:
    """A week's report is handed in by its hour."""
    day = proposal.matter.day("week_of")
    if day is None:
        return
    last = day + timedelta(days=parameters.weekday - day.weekday())
    if begun(proposal.office, last, parameters.time):
        facts = f"{WEEKDAYS[parameters.weekday]}（{last}）{parameters.time} 以前报送，现在已经晚了"
        yield Problem(facts, "写明晚报的理由", "week_of")


@dataclass(frozen=True, slots=True)
class Effective:
    """The day from which the rules hold."""

    since: date


@rule("meetings.effective", "施行日期", Effective, matters=(CALL, REQUEST))
def effective(parameters: Effective, proposal: Proposal) -> Iterator[Problem]:
    """The rules are for meetings from the day they take effect; an earlier one is not entered afterwards."""
    held_on = proposal.matter.day("held_on")
    if held_on and held_on < parameters.since:
        yield Problem(
            f"会议日期 {held_on} 早于施行日期 {parameters.since}", "施行以前的会议不补办；日期有误的，改正", "held_on"
        )


KINDS = (fixed_time, follows, in_weeks, before_festival, topics_in_time, beforehand, in_by, effective)

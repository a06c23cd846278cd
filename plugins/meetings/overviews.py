"""Meetings at a glance: the year's meetings and what is due, topics on their way, resolutions, figures by section."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from core.agency import Body
from core.consulted import Consulted
from core.days.terms import Term, period_written
from core.family import Overview
from core.fields import Field, Kind, Value
from core.matter import Matter, State
from core.records import Duty
from plugins.meetings import agenda
from plugins.meetings.agenda import CLOSING, CONCLUSION, NOTICE, OPENING, RECONSIDERATION, TOPIC
from plugins.meetings.matters.follow_up import last_told
from plugins.meetings.sitting import DEFERRED, LOST, PASSED
from plugins.meetings.views.lines import subject

Line = Mapping[str, Value]
_MOST = 2_000
"""Matters of a kind that a table is made up from."""
_BODY = Field("body", "会议机构", Kind.BODY)


def meetings(office: Consulted, term: Term) -> Iterator[Line]:
    """Every meeting announced for the term, and every regular meeting that is still owed in it."""
    found: list[tuple[str, dict[str, Value]]] = []
    for notice in office.matters(NOTICE, limit=_MOST):
        when = agenda.appointment_of(office, notice)
        if notice.state in (State.RUNNING, State.SETTLED) and term.holds(when.held_on):
            line: dict[str, Value] = {"on": when.held_on, "body": notice.text("body"), "what": notice.text("title")}
            line |= {"state": _state(office, notice), "items": len(notice.rows("items")), "number": notice.number}
            found.append((when.held_on.isoformat(), line))
    for duty in office.duties(until=max(term.last, office.day)):
        body = _met_by(office, duty)
        if body is not None and term.holds(duty.due):
            line = {"on": duty.due, "body": body.key, "what": f"{duty.title}（{period_written(duty.period)}）"}
            state = f"{duty.state(office.day).title}，最迟这一天"
            found.append((duty.due.isoformat(), line | {"state": state}))
    return (line for _, line in sorted(found, key=lambda each: each[0]))


def _state(office: Consulted, notice: Matter) -> str:
    if office.matters(CLOSING, limit=1, meeting=notice.number):
        return "已开"
    if office.matters(OPENING, limit=1, meeting=notice.number):
        return "正在开"
    when = agenda.appointment_of(office, notice)
    if when.off:
        return "已取消"
    if when.held_on < office.day:
        return "没有开"
    return "等着开" if notice.state is State.SETTLED else "通知待审定"


def _met_by(office: Consulted, duty: Duty) -> Body | None:
    """The body whose regular meeting a duty asks for."""
    if duty.evidence not in (CLOSING, CONCLUSION) or not duty.period:
        return None
    regulation = duty.clause.split("/")[0]
    named = (body for body in office.bodies() if body.title in duty.title)
    return next((body for body in named if body.clause.split("/")[0] == regulation), None)


def topics(office: Consulted, term: Term) -> Iterator[Line]:
    """Every topic of the term and where it is: being approved, waiting, on an agenda, decided."""
    listed: dict[str, str] = {}
    for notice in office.matters(NOTICE, limit=_MOST):
        if notice.state in (State.RUNNING, State.SETTLED) and not agenda.ended(office, notice):
            listed |= {str(row["subject"]): notice.number for row in notice.rows("items")}
    decided = _decided(office)
    waiting = {each.number: each for body in office.bodies() for each in agenda.waiting(office, body)}
    filed = [each for kind in (TOPIC, RECONSIDERATION) for each in office.matters(kind, limit=_MOST)]
    every = {each.number: each for each in (*filed, *waiting.values()) if term.holds(each.submitted.date())}
    for matter in sorted(every.values(), key=lambda each: each.submitted):
        step = matter.step
        body = matter.text("body") or (step.body if step else "")
        where = _where(matter, listed, decided, waiting)
        days = (office.day - (matter.arrived or matter.submitted).date()).days
        line: dict[str, Value] = {"body": body, "number": matter.number, "what": subject(office, matter)}
        yield line | {"unit": matter.unit, "state": where} | ({"days": days} if matter.number in waiting else {})


def _where(
    matter: Matter, listed: Mapping[str, str], decided: Mapping[str, Matter], waiting: Mapping[str, Matter]
) -> str:
    if matter.number in listed:
        return f"列入{listed[matter.number]}"
    if matter.number in waiting:
        return "待上会"
    if matter.number in decided:
        return decided[matter.number].text("outcome")
    return f"{matter.step.title}" if matter.step else matter.state.title


def _decided(office: Consulted) -> dict[str, Matter]:
    """The last conclusion on each matter."""
    found: dict[str, Matter] = {}
    for each in office.matters(CONCLUSION, limit=_MOST):
        found.setdefault(each.text("subject"), each)
    return found


def resolutions(office: Consulted, term: Term) -> Iterator[Line]:
    """Every decision adopted in the term: whose it is, by when, and whether it has been carried out."""
    owed: defaultdict[str, list[Duty]] = defaultdict(list)
    for duty in office.duties(until=max(term.last, office.day)):
        owed[duty.matter].append(duty)
    told = last_told(office)
    for each in reversed(office.matters(CONCLUSION, limit=_MOST)):
        if each.text("outcome") != PASSED or not term.holds(each.submitted.date()):
            continue
        open_duties = owed.get(each.number, [])
        state = _carried_out(office, each, open_duties, told)
        line: dict[str, Value] = {"number": each.number, "body": each.text("body"), "on": each.submitted.date()}
        what = "：".join(words for words in (each.text("topic"), each.text("decision")) if words)
        line |= {"what": what, "state": state, "left": len(open_duties)}
        for key in ("executor", "responsible", "finish_by"):
            if key in each.values:
                line[key] = each.values[key]
        yield line


def _carried_out(office: Consulted, decision: Matter, left: list[Duty], told: Mapping[str, str]) -> str:
    """How far a decision is: by what is owed because of it; where nothing ever was, by what a meeting last heard."""
    if left:
        return min(left, key=lambda duty: duty.due).state(office.day).title
    if office.duties_from(decision.number, done=True):
        return "已落实"
    finish_by = decision.day("finish_by")
    if decision.number in told or finish_by is None:
        return told.get(decision.number, "没有定期限")
    return "过期没有反馈" if finish_by < office.day else "期限未到"


def by_section(office: Consulted, term: Term) -> Iterator[Line]:
    """What each section brought before the bodies, month by month, and what became of it."""
    outcomes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    sat: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in office.matters(CONCLUSION, limit=_MOST):
        day = each.submitted.date()
        subject = office.matter(each.text("subject"))
        if subject is not None and term.holds(day):
            place = (f"{day:%Y-%m}", subject.unit)
            outcomes[place][each.text("outcome")] += 1
            sat[place].add(each.text("meeting"))
    for (month, unit), counted in sorted(outcomes.items()):
        line: dict[str, Value] = {"month": month, "unit": unit, "meetings": len(sat[month, unit])}
        yield line | {
            "items": counted.total(), "passed": counted[PASSED], "lost": counted[LOST], "deferred": counted[DEFERRED],
        }  # fmt: skip


def _number(key: str, title: str) -> Field:
    return Field(key, title, Kind.NUMBER)


OVERVIEWS = (
    Overview(
        "meetings.calendar",
        "会议年历",
        (
            Field("on", "日期", Kind.DATE),
            _BODY,
            Field("what", "会议"),
            Field("state", "情况"),
            _number("items", "议题"),
            Field("number", "编号", Kind.MATTER),
        ),
        meetings,
        "开过的、等着开的会议，和按制度还应当开的会议",
    ),
    Overview(
        "meetings.topics",
        "议题一览",
        (
            _BODY,
            Field("number", "编号", Kind.MATTER),
            Field("what", "议题"),
            Field("unit", "科室", Kind.UNIT),
            Field("state", "到了哪一步"),
            _number("days", "已等天数"),
        ),
        topics,
        "这一段时间提出的议题，各到了哪一步",
    ),
    Overview(
        "meetings.resolutions",
        "决议一览",
        (
            Field("number", "结论", Kind.MATTER),
            Field("what", "决定内容"),
            Field("responsible", "责任人", Kind.PERSON),
            Field("finish_by", "期限", Kind.DATE),
            Field("state", "落实情况"),
            Field("executor", "落实科室", Kind.UNIT),
            _BODY,
            Field("on", "日期", Kind.DATE),
            _number("left", "未办件数"),
        ),
        resolutions,
        "通过的决定由谁落实、到期没有、办结没有",
    ),
    Overview(
        "meetings.by-section",
        "会议统计",
        (
            Field("month", "月份"),
            Field("unit", "科室", Kind.UNIT),
            _number("meetings", "涉及会议"),
            _number("items", "议题"),
            _number("passed", "通过"),
            _number("lost", "不通过"),
            _number("deferred", "暂缓"),
        ),
        by_section,
        "每个科室每个月上会的议题和结果",
    ),
)

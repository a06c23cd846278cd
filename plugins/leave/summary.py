"""How a person's own leave stands, in lines to be read: balances, what lies ahead, this month's attendance."""

from collections.abc import Iterator

from core.consulted import Consulted
from core.matter import Matter, State
from plugins.leave import attendance, days, standing
from plugins.leave.settings import ANNUAL, COMPENSATORY


def balances(office: Consulted, person: str) -> Iterator[str]:
    """What is left of annual and compensatory leave, with what requests under way ask for."""
    year = f"{office.day.year}"
    yield _balance(office, f"{year} 年度年休假", standing.annual_left(office, person, year), person, ANNUAL, year)
    yield _balance(office, "补休假", standing.compensatory_left(office, person), person, COMPENSATORY, "")


def _balance(office: Consulted, title: str, left: int, person: str, leave: str, year: str) -> str:
    asked = standing.reserved(office, person, leave, "", year)
    under_way = f"，其中办理中 {days.in_days(asked)}" if asked else ""
    return f"{title}：余 {days.in_days(left)}{under_way}"


def ahead(office: Consulted, person: str) -> Iterator[str]:
    """Leave and trips that are not over yet, the nearest first."""
    found = [*standing.standing(office, standing.REQUEST, person), *standing.standing(office, standing.OUTING, person)]
    now = days.half(office.day, days.MORNING)
    open_ones = [each for each in found if standing.taken(office, each).stop > now]
    yield from (_told(office, each) for each in sorted(open_ones, key=lambda each: standing.taken(office, each).start))


def _told(office: Consulted, matter: Matter) -> str:
    halves = standing.taken(office, matter)
    first, last = halves.start, halves.stop - 1
    span = f"{days.day_of(first)} {days.slot_of(first)}至 {days.day_of(last)} {days.slot_of(last)}"
    counted = days.in_days(len(standing.used(office, matter)))
    state = "已批准" if matter.state is State.SETTLED else matter.state.title
    return f"{matter.text('leave') or '因公外出'}：{span}，{counted}，{state}（{matter.number}）"


def this_month(office: Consulted, person: str) -> Iterator[str]:
    """How often the person was late or left early this month, and which half days want explaining."""
    month = f"{office.day:%Y-%m}"
    events = attendance.events(office, month).get(person)
    if events:
        yield "、".join(f"{event} {count} 次" for event, count in sorted(events.items()))
    if missing := attendance.unexplained(office, month)[person]:
        yield f"没有签到、请假或公出记录：{days.in_days(missing)}。因公的请填写《未签到说明》"

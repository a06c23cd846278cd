"""What is supervised and how each matter stands: whose turn it is, by what day, how late."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.acts import Verb
from core.consulted import Consulted
from core.matter import Matter, State
from plugins.supervision.matters import EXPLANATION, FEEDBACK, RESULT, TASK, URGING

SOON = 7
"""So many days before its day a matter counts as nearly due."""
OPEN = (State.RUNNING, State.RETURNED)
_MOST = 500
"""Lines a board shows of one state; the newest, where there are ever more."""


class Standing(StrEnum):
    """How a supervised matter stands."""

    OVERDUE = "逾期"
    NEARLY_DUE = "快到期"
    TO_RECEIVE = "待签收"
    UNDER_WAY = "在办"
    TO_CHECK = "待核实"
    TO_REPORT = "待上报"
    CLOSED = "已销号"


@dataclass(frozen=True, slots=True)
class Line:
    """One supervised matter on the board; `days` are those left until its day, below nought those it is late."""

    matter: Matter
    stage: Standing
    """Whose turn it is, however late."""
    day: date
    days: int
    urged: int
    explained: bool

    @property
    def standing(self) -> Standing:
        """What is said first of it: that it is late, that its day is near, else whose turn it is."""
        if self.stage is Standing.CLOSED:
            return self.stage
        if self.days < 0:
            return Standing.OVERDUE
        near = self.days <= SOON and self.stage in (Standing.TO_RECEIVE, Standing.UNDER_WAY)
        return Standing.NEARLY_DUE if near else self.stage

    @property
    def told(self) -> str:
        """How it stands, in words, with the days it is late."""
        late = self.standing is Standing.OVERDUE
        return f"{self.standing.value} {-self.days} 天" if late else self.standing.value

    @property
    def note(self) -> str:
        """`在办 催2次 已说明`: whose turn it is where that is not said yet, and what was done about it."""
        said = [] if self.standing is self.stage else [self.stage.value]
        said += [f"催{self.urged}次"] if self.urged else []
        said += ["已说明"] if self.explained else []
        return " ".join(said)


class View(StrEnum):
    """What part of the board is shown."""

    OPEN = "未销号"
    OVERDUE = "逾期"
    NEARLY_DUE = "七日内到期"
    OFFICE = "待核实上报"
    CLOSED = "已销号"


_SHOWN = {
    View.OVERDUE: (Standing.OVERDUE,),
    View.NEARLY_DUE: (Standing.NEARLY_DUE,),
}


def lines(office: Consulted, states: tuple[State, ...]) -> list[Line]:
    """The matters in these states: what is late first, and of that what superiors wait for; then by day."""
    alive = (*OPEN, State.SETTLED)
    told = (each for state in alive for each in office.matters(EXPLANATION, state=state, limit=_MOST))
    explained = {each.text("task") for each in told}
    urged = Counter(each.text("task") for each in office.matters(URGING, limit=_MOST))
    matters = (each for state in states for each in office.matters(TASK, state=state, limit=_MOST))
    found = (_line(office.day, each, urged[each.number], each.number in explained) for each in matters)
    return sorted(found, key=_rank)


def shown(found: Iterable[Line], view: View) -> list[Line]:
    """Those of the lines that belong to a view."""
    return [each for each in found if _fits(each, view)]


def _fits(line: Line, view: View) -> bool:
    if view is View.OFFICE:
        return line.stage in (Standing.TO_CHECK, Standing.TO_REPORT)
    return view is View.OPEN or line.standing in _SHOWN[view]


def _rank(line: Line) -> tuple[bool, bool, date, str]:
    late = line.standing is Standing.OVERDUE
    awaited = late and "report_by" in line.matter.values
    return not late, not awaited, line.day, line.matter.number


def _line(today: date, matter: Matter, notices: int, explained: bool) -> Line:
    stage = _stage(matter)
    names = ("report_by", "finish_by") if stage in (Standing.TO_CHECK, Standing.TO_REPORT) else ("finish_by",)
    day = next((found for key in names if (found := matter.day(key))), today)
    urged = notices + sum(mark.verb is Verb.URGE for mark in matter.course)
    return Line(matter, stage, day, (day - today).days, urged, explained)


def _stage(matter: Matter) -> Standing:
    if not matter.state.open:
        return Standing.CLOSED
    doing = next((index for index, step in enumerate(matter.steps) if step.form == RESULT), len(matter.steps))
    step = matter.step
    if step is None or matter.at < doing:
        return Standing.TO_RECEIVE
    if matter.at == doing:
        return Standing.UNDER_WAY
    return Standing.TO_REPORT if step.form == FEEDBACK else Standing.TO_CHECK


def told(office: Consulted, open_lines: Iterable[Line]) -> Iterator[str]:
    """The counts in words, and how many decisions of meetings still wait to be supervised."""
    all_open = tuple(open_lines)
    late = sum(each.standing is Standing.OVERDUE for each in all_open)
    near = sum(each.standing is Standing.NEARLY_DUE for each in all_open)
    yield f"未销号 {len(all_open)} 件，逾期 {late} 件，七日内到期 {near} 件。"
    if waiting := sum(duty.evidence == TASK for duty in office.duties()):
        yield f"会议的决定还有 {waiting} 件没有立项，在“例行”里办理。"

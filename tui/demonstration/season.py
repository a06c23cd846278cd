"""Half a year of an office's life, made by the acts of its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from core.acts import Act, Verb
from core.chains.planning import plan as planned
from core.chains.steps import StepKind
from core.days.clock import FixedClock
from core.family import MatterType
from core.fields import to_json
from core.hearings.signing import VERB_OF_STEP
from core.matter import Matter, State
from core.money import format_money
from core.office import Office
from core.records import Duty
from core.verdict import Planned, Progress, Result
from tui.demonstration.plan import Plan, Recurring, Sequel
from tui.demonstration.sittings import Sittings

_MORNING = time(8, 30)
_MEETING_DAY = 0
"""Bodies meet on Mondays."""
_USUALLY, _LATELY = 0.7, 0.12
"""How likely a person does on a day what waits for him; less in the last weeks, so that much is in flight."""
_LAST_WEEKS = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class _Coming:
    """A sequel that waits for its day."""

    on: date
    sequel: Sequel
    first: Matter


class Season:
    """Lives through a plan: files, signs, returns, rejects and pays day by day, and leaves the last weeks in flight."""

    def __init__(self, office: Office, clock: FixedClock, plan: Plan) -> None:
        self._office, self._clock, self._plan = office, clock, plan
        self._chance = Random(plan.seed)
        self._coming: list[_Coming] = []
        self._sittings = [Sittings(office, each, plan.until, self._file, self._approve) for each in plan.sittings]
        self._sat = {sitting.body for sitting in plan.sittings}
        self._awaited: dict[str, Sequel] = {}
        self._serial = 0
        self._moment = datetime.combine(plan.since, _MORNING)

    def live(self) -> None:
        """Let every working day of the plan pass."""
        day = self._plan.since
        self._begin(day)
        for opening in self._plan.openings:
            self._file(opening.kind, self._any_of((opening.by,)), self._worded(opening.values, None))
        while day <= self._plan.until:
            if self._office.calendar.is_workday(day):
                self._begin(day)
                self._day(day)
            day += timedelta(days=1)

    def _begin(self, day: date) -> None:
        self._moment = datetime.combine(day, _MORNING)
        self._clock.set(self._moment)
        self._office.tick()

    def _perform(self, act: Act) -> Result:
        self._moment += timedelta(minutes=self._chance.randint(1, 4))
        self._clock.set(self._moment)
        return self._office.perform(act)

    def _day(self, day: date) -> None:
        for recurring in self._plan.recurring:
            if self._chance.random() < 1 / recurring.every:
                self._begin_one(recurring)
        for coming in [each for each in self._coming if each.on <= day]:
            self._coming.remove(coming)
            self._follow_up(coming)
        for duty in self._office.desk.duties():
            if duty.opens <= day and (duty.due <= day or self._chance.random() < 0.3):
                self._discharge(duty)
        for sitting in self._sittings:
            sitting.pass_day(day)
        for kind in self._office.host.matter_types.values():
            if not kind.register:
                self._move_on(kind, day)

    def _begin_one(self, recurring: Recurring) -> None:
        typed = self._worded(self._chance.choice(recurring.variants), None)
        number = self._file(recurring.kind, self._any_of(recurring.by), typed)
        if number and recurring.then:
            self._awaited[number] = recurring.then

    def _follow_up(self, coming: _Coming) -> None:
        sequel, first = coming.sequel, coming.first
        by = self._any_of((sequel.by,)) if sequel.by else first.applicant
        number = self._file(sequel.kind, by, self._worded(sequel.values, first))
        if number and sequel.then:
            self._awaited[number] = sequel.then

    def _file(self, kind: str, by: str, typed: Mapping[str, Any]) -> str:
        act = Act(Verb.SUBMIT, by, kind, values=typed, reason="情况属实，确有需要")
        matter = self._perform(act).matter
        if matter and matter.state is State.SETTLED:
            self._settled(matter)
        return matter.number if matter else ""

    def _settled(self, matter: Matter) -> None:
        sequel = self._awaited.pop(matter.number, None)
        if sequel:
            on = self._office.calendar.add_workdays(self._office.desk.day, sequel.after).day
            self._coming.append(_Coming(on, sequel, matter))

    def _move_on(self, kind: MatterType, day: date) -> None:
        """Some of those who have something of this kind to do today do it."""
        for matter in self._office.desk.matters(kind.key, state=State.RETURNED):
            chance = self._chance.random()
            if chance < 0.05:
                self._perform(Act(Verb.WITHDRAW, matter.applicant, matter=matter.number))
            elif chance < self._pace(day):
                self._perform(Act(Verb.RESUBMIT, matter.applicant, matter=matter.number, opinion="已按意见补正"))
        for matter in self._office.desk.matters(kind.key, state=State.RUNNING):
            now = next((each for each in planned(self._office.desk, matter) if each.progress is Progress.NOW), None)
            if now and now.actors and self._chance.random() < self._pace(day):
                self._act_at(matter, now, day)

    def _approve(self, number: str) -> None:
        """Whoever has a matter now agrees to it."""
        matter = self._office.desk.matter(number)
        course = planned(self._office.desk, matter) if matter else ()
        for now in (each for each in course if each.progress is Progress.NOW and each.actors):
            self._perform(Act(Verb.APPROVE, now.actors[0].person, matter=number))

    def _pace(self, day: date) -> float:
        return _LATELY if day > self._plan.until - _LAST_WEEKS else _USUALLY

    def _act_at(self, matter: Matter, now: Planned, day: date) -> None:
        step, person = now.step, now.actors[0].person
        number = matter.number
        sits = step.body in self._sat or day.weekday() != _MEETING_DAY
        if step.kind is StepKind.RESOLUTION and sits:
            return
        chance = self._chance.random()
        returning = 0.25 if self._pace(day) == _LATELY else 0.06
        if step.kind is StepKind.SIGN and chance < returning:
            self._perform(Act(Verb.RETURN, person, matter=number, opinion=self._opinion("return")))
            return
        if step.kind is StepKind.SIGN and chance < returning + 0.03:
            self._perform(Act(Verb.REJECT, person, matter=number, opinion=self._opinion("reject")))
            return
        form = "resolution" if step.kind is StepKind.RESOLUTION else step.form
        values = self._worded(self._plan.forms.get(form, {}), matter)
        opinion = self._opinion("approve") if step.kind is StepKind.SIGN and chance > 0.5 else ""
        done = self._perform(Act(VERB_OF_STEP[step.kind], person, matter=number, values=values, opinion=opinion))
        if done.matter and done.matter.state is State.SETTLED:
            self._settled(done.matter)

    def _discharge(self, duty: Duty) -> None:
        if not duty.owners:
            return
        owner = duty.owners[0]
        if not duty.evidence:
            self._perform(Act(Verb.DISCHARGE, owner, target=duty.key, opinion=self._opinion("discharge")))
            return
        kind = self._office.host.matter_types[duty.evidence]
        typed = self._plan.evidence.get(duty.evidence)
        if typed is None:
            return
        prepared = kind.prepare(self._office.desk, owner, duty) if kind.prepare else {}
        if kind.blank("period"):
            prepared = {"period": duty.period, **prepared}
        given = {key: to_json(value) for key, value in prepared.items()} | self._worded(typed, None, duty)
        self._perform(Act(Verb.SUBMIT, owner, kind.key, values=given, duty=duty.key, reason="按期办理"))

    def _any_of(self, selectors: tuple[str, ...]) -> str:
        desk = self._office.desk
        found = sorted({person for selector in selectors for person in desk.selected(selector)})
        return self._chance.choice(found)

    def _opinion(self, key: str) -> str:
        return self._chance.choice(self._plan.opinions.get(key) or ("情况属实",))

    def _worded(self, typed: Mapping[str, Any], first: Matter | None, duty: Duty | None = None) -> dict[str, Any]:
        """The words of a form with `{today}`, `{later}` (three weeks on), `{serial}`, `{period}` and the first matter's
        blanks filled in.
        """
        self._serial += 1
        words = {
            "today": self._office.desk.day.isoformat(),
            "later": (self._office.desk.day + timedelta(weeks=3)).isoformat(),
            "year": str(self._office.desk.day.year),
            "serial": f"{self._serial:05d}",
            "period": duty.period if duty else "",
            "matter": duty.matter if duty else "",
        }
        if first is not None:
            words["number"] = first.number
            words |= {key: _typed(value) for key, value in first.values.items()}
        return {key: _filled(value, words) for key, value in typed.items()}


def _typed(value: Any) -> str:
    return format_money(value) if isinstance(value, Decimal) else str(value)


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    match value:
        case str():
            return value.format_map(words)
        case list():
            return [_filled(each, words) for each in value]
        case dict():
            return {key: _filled(each, words) for key, each in value.items()}
        case _:
            return value

"""Half a year of an office's life, made by the acts of its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from core.acts import Act, Verb
from core.chains.planning import plan as planned
from core.chains.steps import StepKind
from core.days.clock import FixedClock
from core.fields import to_json
from core.hearings.signing import VERB_OF_STEP
from core.matter import Matter, State
from core.office import Office
from core.records import Duty
from core.verdict import Planned, Progress, Result
from tui.demonstration.plan import Dated, Plan, Recurring, Sequel
from tui.demonstration.sittings import Sittings
from tui.demonstration.words import Words

_MORNING = time(8, 30)
_MEETING_DAY = 0
"""Bodies meet on Mondays."""
_USUALLY, _LATELY = 0.7, 0.12
"""How likely a person does on a day what waits for him; less in the last weeks, so that much is in flight."""
_WITHDRAWING = 0.05
"""How likely an applicant gives up what was returned to him."""
_REJECTING = 0.03
"""How likely a signer rejects what waits for him; he returns it somewhat oftener."""
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
        self._filing, self._chance = Random(f"filing {plan.seed}"), Random(f"acting {plan.seed}")
        self._dated = list(plan.dated)
        self._coming: list[_Coming] = []
        self._sittings = [Sittings(office, each, plan.until, self._file, self._hurry) for each in plan.sittings]
        self._sat = {sitting.body for sitting in plan.sittings}
        self._awaited: dict[str, Sequel] = {}
        self._words = Words(office, Random(f"words {plan.seed}"))
        self._flowing = [kind.key for kind in office.host.matter_types.values() if office.rulebook.chains(kind.key)]
        self._left: set[str] = set()
        self._answered: dict[str, str] = {}
        self.unexpected: list[Result] = []
        """What was refused though the plan meant it to be done, or done though it was to be refused."""
        self._moment = datetime.combine(plan.since, _MORNING)

    def live(self) -> None:
        """Let every working day of the plan pass."""
        day = self._plan.since
        while day <= self._plan.until:
            if self._office.calendar.is_workday(day):
                self._begin(day)
                self._day(day)
            day += timedelta(days=1)

    def _allowed(self, act: Act) -> bool:
        return self._office.preview(act).allowed

    def _begin(self, day: date) -> None:
        self._moment = datetime.combine(day, _MORNING)
        self._clock.set(self._moment)
        self._office.tick()

    def _perform(self, act: Act, refused: bool = False) -> Result:
        self._moment += timedelta(seconds=self._chance.randint(40, 140))
        self._clock.set(self._moment)
        result = self._office.perform(act)
        if result.done is refused:
            self.unexpected.append(result)
        return result

    def _day(self, day: date) -> None:
        while self._dated and self._dated[0].on <= day:
            self._file_dated(self._dated.pop(0))
        for recurring in self._plan.recurring:
            if self._filing.random() < 1 / recurring.every:
                self._begin_one(recurring)
        for coming in [each for each in self._coming if each.on <= day]:
            self._coming.remove(coming)
            self._follow_up(coming)
        next_day = self._office.calendar.add_workdays(day, 1).day
        for duty in self._office.desk.duties():
            if duty.opens <= day and (duty.due < next_day or self._chance.random() < 0.3):
                self._discharge(duty, early=duty.due >= next_day)
        for sitting in self._sittings:
            sitting.pass_day(day)
        for kind in self._flowing:
            self._move_on(kind, day)

    def _file_dated(self, dated: Dated) -> None:
        number = self._words.number(dated.moves)
        if not dated.moves:
            by, typed = self._any_of((dated.by,)), self._words.filled(dated.values)
            number = self._file(dated.kind, by, typed, dated.then, dated.refused)
        if dated.named:
            self._words.name(dated.named, number)
        if dated.left:
            self._left.add(number)
        for _ in range(dated.hurried):
            self._hurry(number)

    def _begin_one(self, recurring: Recurring) -> None:
        typed = self._words.filled(self._filing.choice(recurring.variants))
        self._file(recurring.kind, self._any_of(recurring.by), typed, recurring.then)

    def _follow_up(self, coming: _Coming) -> None:
        sequel, first = coming.sequel, coming.first
        by = self._any_of((sequel.by,)) if sequel.by else first.applicant
        self._file(sequel.kind, by, self._words.filled(sequel.values, first), sequel.then)

    def _file(
        self, kind: str, by: str, typed: Mapping[str, Any], then: Sequel | None = None, refused: bool = False
    ) -> str:
        act = Act(Verb.SUBMIT, by, kind, values=typed, reason="情况属实，确有需要")
        matter = self._perform(act, refused).matter
        if matter is None:
            return ""
        if then:
            self._awaited[matter.number] = then
        if matter.state is State.SETTLED:
            self._settled(matter)
        return matter.number

    def _settled(self, matter: Matter) -> None:
        sequel = self._awaited.pop(matter.number, None)
        if sequel:
            on = self._office.calendar.add_workdays(self._office.desk.day, sequel.after).day
            self._coming.append(_Coming(on, sequel, matter))

    def _move_on(self, kind: str, day: date) -> None:
        """Some of those who have something of this kind to do today do it."""
        for matter in self._office.desk.matters(kind, state=State.RETURNED):
            if self._chance.random() < self._pace(day):
                again = Act(Verb.RESUBMIT, matter.applicant, matter=matter.number, opinion="已按意见补正")
                if self._chance.random() < _WITHDRAWING or not self._allowed(again):
                    again = Act(Verb.WITHDRAW, matter.applicant, matter=matter.number)
                self._perform(again)
        for matter in self._office.desk.matters(kind, state=State.RUNNING):
            now = self._now(matter)
            if now and matter.number not in self._left and self._chance.random() < self._pace(day):
                self._act_at(matter, now, day)

    def _hurry(self, number: str) -> None:
        """Whoever has a matter now takes his step."""
        matter = self._office.desk.matter(number)
        now = self._now(matter) if matter else None
        if matter and now:
            self._take(matter, now)

    def _now(self, matter: Matter) -> Planned | None:
        """The step a matter stands at, where somebody may take it."""
        course = planned(self._office.desk, matter)
        steps = (each for each in course if each.progress is Progress.NOW and each.step.kind is not StepKind.NOTICE)
        return next((each for each in steps if each.actors), None)

    def _pace(self, day: date) -> float:
        return _LATELY if day > self._plan.until - _LAST_WEEKS else _USUALLY

    def _refusing(self, day: date) -> float:
        return 0.28 if self._pace(day) == _LATELY else 0.09

    def _act_at(self, matter: Matter, now: Planned, day: date) -> None:
        step, person = now.step, now.actors[0].person
        sits = step.body in self._sat or day.weekday() != _MEETING_DAY
        if step.kind is StepKind.RESOLUTION and sits:
            return
        chance = self._chance.random()
        if step.kind is StepKind.SIGN and chance < self._refusing(day):
            verb, said = (Verb.REJECT, "reject") if chance < _REJECTING else (Verb.RETURN, "return")
            act = Act(verb, person, matter=matter.number, opinion=self._opinion(said))
            if self._allowed(act):
                self._perform(act)
                return
        self._take(matter, now)

    def _take(self, matter: Matter, now: Planned) -> None:
        step, person = now.step, now.actors[0].person
        form = "resolution" if step.kind is StepKind.RESOLUTION else step.form
        forms = self._plan.forms
        values = self._words.filled(forms.get(f"{matter.kind}.{form}", forms.get(form, {})), matter)
        opinion = self._opinion("approve") if step.kind is StepKind.SIGN else ""
        act = Act(VERB_OF_STEP[step.kind], person, matter=matter.number, values=values, opinion=opinion)
        done = self._perform(act)
        if done.matter and done.matter.state is State.SETTLED:
            self._settled(done.matter)

    def _discharge(self, duty: Duty, early: bool) -> None:
        """Whoever owes a duty, or files what does away with it, does so; early only what can be done already."""
        owner = next(iter(self._office.desk.filers(duty) or duty.owners), "")
        if not owner or self._is_answered(duty):
            return
        if not duty.evidence:
            self._perform(Act(Verb.DISCHARGE, owner, target=duty.key, opinion=self._opinion("discharge")))
            return
        typed = self._plan.evidence.get(duty.clause, self._plan.evidence.get(duty.evidence))
        if typed is None:
            return
        values = self._prepared(duty, owner)
        values |= self._words.filled(typed, duty=duty, prepared=values)
        act = Act(Verb.SUBMIT, owner, duty.evidence, values=values, duty=duty.key, reason="按期办理")
        if early and not self._allowed(act):
            return
        if matter := self._perform(act).matter:
            self._answered[duty.key] = matter.number

    def _prepared(self, duty: Duty, owner: str) -> dict[str, Any]:
        """What the form that answers a duty starts with, by the titles of its blanks."""
        kind = self._office.host.matter_types[duty.evidence]
        begun = kind.prepare(self._office.desk, owner, duty) if kind.prepare else {}
        if kind.blank("period"):
            begun = {"period": duty.period, **begun}
        return {blank.title: to_json(begun[blank.key]) for blank in kind.fields if blank.key in begun}

    def _is_answered(self, duty: Duty) -> bool:
        """Whether what was filed for a duty is still under way."""
        matter = self._office.desk.matter(self._answered.get(duty.key, ""))
        return matter is not None and matter.state in (State.RUNNING, State.RETURNED)

    def _any_of(self, selectors: tuple[str, ...]) -> str:
        desk = self._office.desk
        found = sorted({person for selector in selectors for person in desk.selected(selector)})
        return self._filing.choice(found)

    def _opinion(self, key: str) -> str:
        return self._chance.choice(self._plan.opinions.get(key) or ("情况属实",))

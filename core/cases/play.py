"""Playing a case on a fresh office with a clock that stands where each row sets it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from core.acts import Act, Verb
from core.cases.acts import act_of, matter_of
from core.cases.expectations import Outcome, compare
from core.cases.files import Case, CaseRow
from core.days.calendar import Calendar
from core.days.clock import FixedClock
from core.host import Host
from core.office import Office, rulebook_texts
from core.reconciling import reconcile
from core.records import NoticeState
from core.rulebook.agency_file import load_agency
from core.rulebook.coverage import Tally
from core.rulebook.faults import RulebookFault
from core.rulebook.load import load_rulebook
from core.rulebook.people_file import load_people
from core.store.database import Store
from core.verdict import Result

OfficeFactory = Callable[[FixedClock], Office]
"""Makes an office with its people on an empty store; it opens on the day the clock shows."""

_MORNING = time(9)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case: the rows that failed, and per clause how often it passed and refused something."""

    case: Case
    faults: tuple[RulebookFault, ...] = ()
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return not self.faults


def office_factory(config: Path, agency_key: str) -> OfficeFactory:
    """Offices of an agency with the people of its `people.toml`, each on a store of its own in memory.

    Its files are read once. Raises RulebookInvalid with every fault of them.
    """
    folder = config / "agencies" / agency_key
    agency = load_agency(folder / "agency.toml")
    host = Host(agency.families)
    rulebook = load_rulebook(rulebook_texts(config, agency_key), agency, host.families)
    people = load_people(folder / "people.toml", agency)
    calendar = Calendar.load(config / "national", agency.own_days)

    def fresh(clock: FixedClock) -> Office:
        office = Office(agency, rulebook, host, Store(":memory:"), calendar, clock)
        office.found(people.people, people.tenures, people.oversights)
        return office

    return fresh


def run_case(case: Case, office_factory: OfficeFactory) -> CaseResult:
    """Play the rows in order, up to the first that does not come out as expected; then the ledgers must reconcile."""
    if not case.rows:
        return CaseResult(case)
    clock = FixedClock(datetime.combine(case.rows[0].day, _MORNING))
    office = office_factory(clock)
    try:
        return _Play(case, office, clock).run()
    finally:
        office.close()


class _Play:
    def __init__(self, case: Case, office: Office, clock: FixedClock) -> None:
        self.case, self.office, self.clock = case, office, clock
        self.numbers: list[str] = []
        self.tallies: dict[str, Tally] = {}

    def run(self) -> CaseResult:
        for count, row in enumerate(self.case.rows):
            messages = self._row(row, count)
            if messages:
                faults = tuple(RulebookFault(self.case.path, row.line, message) for message in messages)
                return CaseResult(self.case, faults, self.tallies)
        last = self.case.rows[-1].line
        unreconciled = (RulebookFault(self.case.path, last, each.facts) for each in reconcile(self.office.desk))
        return CaseResult(self.case, tuple(unreconciled), self.tallies)

    def _row(self, row: CaseRow, count: int) -> list[str]:
        if row.day < self.office.desk.day:
            return [f"日期 {row.day} 早于上一行的 {self.office.desk.day}，各行要按先后写"]
        self._advance(row.day)
        self.clock.set(datetime.combine(row.day, _MORNING) + timedelta(minutes=count))
        try:
            act = act_of(row, self.office, self.numbers)
            looked_at = matter_of(row, self.office, self.numbers) if act is None and self.numbers else None
        except ValueError as error:
            return [str(error)]
        result = self._done(act) if act else None
        matter = result.matter if result and result.matter else looked_at
        if act and act.verb is Verb.SUBMIT and matter:
            self.numbers.append(matter.number)
        elif act and act.matter:
            matter = self.office.desk.matter(act.matter)
        outcome = Outcome(row, self.office, result, matter)
        compare(outcome)
        if not outcome.faults:
            for key, tally in outcome.tallies().items():
                self.tallies[key] = self.tallies.get(key, Tally()).plus(tally)
        return outcome.faults

    def _done(self, act: Act) -> Result:
        """What came of an act; reading leaves nothing behind, so it is only judged."""
        return Result(self.office.preview(act)) if act.verb is Verb.READ else self.office.perform(act)

    def _advance(self, day: date) -> None:
        """Let the days pass, so that notices run out on their own day."""
        while self.office.desk.day < day:
            running = any(notice.state is NoticeState.RUNNING for notice in self.office.desk.notices())
            reached = self.office.desk.day + _DAY if running else day
            self.clock.set(datetime.combine(reached, _MORNING))
            self.office.tick()

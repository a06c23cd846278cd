"""How leave stands: who asked for which days, what is left of each balance, and what a request draws first."""

from dataclasses import dataclass, field
from datetime import date

from core.consulted import Consulted
from core.matter import Matter, State
from core.records import unreversed
from plugins.leave.days import (
    MORNING,
    Span,
    by_month,
    by_year,
    counted,
    day_of,
    half,
    in_days,
    joined,
    overlap,
    slot_of,
    span,
    span_of,
)
from plugins.leave.settings import ANNUAL, COMPENSATORY

REQUEST, OUTING, RETURN = "leave.request", "leave.outing", "leave.return"
_STANDING = (State.RUNNING, State.SETTLED)


def naturally(office: Consulted, leave: str) -> bool:
    """Whether a kind of leave is counted in calendar days."""
    return leave in office.setting("leave.natural-kinds")


def taken(office: Consulted, matter: Matter) -> Span:
    """The half days of a request or a trip, up to the return where the person came back early."""
    whole = span_of(matter)
    if matter.kind != REQUEST or matter.state is not State.SETTLED:
        return whole
    returned = office.matters(RETURN, state=State.SETTLED, limit=1, request=matter.number)
    return until_return(whole, returned[0]) if returned else whole


def until_return(whole: Span, returned: Matter) -> Span:
    """The half days before the one on which the person was back."""
    back = returned.day("back_on")
    return range(whole.start, half(back, returned.text("back_half") or MORNING)) if back else whole


def counting(office: Consulted, matter: Matter, halves: Span) -> list[int]:
    """The half days among these that use up the kind of leave a matter asks for."""
    return counted(halves, office.calendar, naturally(office, matter.text("leave")))


def used(office: Consulted, matter: Matter) -> list[int]:
    """The half days that a request or a trip uses up."""
    return counting(office, matter, taken(office, matter))


def standing(office: Consulted, kind: str, person: str, but: str = "") -> list[Matter]:
    """A person's requests or trips that are granted or under way, newest first, apart from one."""
    found = office.matters(kind, person=person)
    return [each for each in found if each.number != but and each.state in _STANDING]


def granted(office: Consulted, kind: str, person: str) -> list[Matter]:
    """A person's requests or trips that are approved and filed."""
    return [each for each in standing(office, kind, person) if each.state is State.SETTLED]


def clashes(office: Consulted, person: str, halves: Span, but: str = "") -> list[Matter]:
    """What a person asked for that overlaps with half days."""
    found = [*standing(office, REQUEST, person, but), *standing(office, OUTING, person, but)]
    return [each for each in found if overlap(halves, taken(office, each))]


def joined_half_days(office: Consulted, matter: Matter, person: str) -> int:
    """Half days of a request with the requests of the same kind that no working time parts from it."""
    leave = matter.text("leave")
    others = [each for each in standing(office, REQUEST, person, matter.number) if each.text("leave") == leave]
    spans = [taken(office, each) for each in others]
    return len(joined(span_of(matter), spans, office.calendar, naturally(office, leave)))


def month_half_days(office: Consulted, matter: Matter, person: str) -> int:
    """The most half days of this kind of leave, with those asked for before, in any month the request touches."""
    leave = matter.text("leave")
    months = by_month(used(office, matter))
    for each in standing(office, REQUEST, person, matter.number):
        if each.text("leave") == leave:
            for month, count in by_month(used(office, each)).items():
                if month in months:
                    months[month] += count
    return max(months.values(), default=0)


def annual_left(office: Consulted, person: str, year: str) -> int:
    """Half days of annual leave of a year that are not used."""
    return int(office.total("leave.annual", "half_days", person=person, year=year))


def compensatory_left(office: Consulted, person: str) -> int:
    """Half days of compensatory leave that are not used."""
    return int(office.total("leave.compensatory", "half_days", person=person))


def reserved(office: Consulted, person: str, leave: str, but: str, year: str = "") -> int:
    """Half days that other requests under way ask for from a balance."""
    asked = [each for each in standing(office, REQUEST, person, but) if each.state is State.RUNNING]
    halves = [half for each in asked if each.text("leave") == leave for half in used(office, each)]
    return sum(1 for half in halves if not year or f"{day_of(half).year}" == year)


@dataclass
class Drawn:
    """What a request draws from: annual leave by year, compensatory leave, and what is left over by month."""

    annual: dict[str, int] = field(default_factory=dict)
    compensatory: int = 0
    over: list[int] = field(default_factory=list)

    @property
    def said(self) -> str:
        parts = [f"{year} 年度年休假 {in_days(count)}" for year, count in self.annual.items()]
        parts += [f"补休假 {in_days(self.compensatory)}"] if self.compensatory else []
        return "、".join(parts)


def drawn(office: Consulted, person: str, halves: list[int], restored: Drawn) -> Drawn:
    """The half days, the earliest first, set off against the person's balances in the agency's order."""
    result = Drawn()
    left = {year: annual_left(office, person, year) + restored.annual.get(year, 0) for year in by_year(halves)}
    credit = compensatory_left(office, person) + restored.compensatory
    for each in halves:
        year = f"{day_of(each).year}"
        for source in office.setting("leave.offset-order"):
            if source == ANNUAL and left[year] > result.annual.get(year, 0):
                result.annual[year] = result.annual.get(year, 0) + 1
                break
            if source == COMPENSATORY and credit > result.compensatory:
                result.compensatory += 1
                break
        else:
            result.over.append(each)
    return result


def draws(office: Consulted, matter: Matter, halves: list[int], restored: Drawn | None = None) -> Drawn:
    """What half days of a request take from the balances: its own kind's, or those it is set off against first.

    `restored` is what goes back to the balances in the same act.
    """
    person, leave = matter.applicant, matter.text("leave")
    if leave == ANNUAL:
        return Drawn(by_year(halves))
    if leave == COMPENSATORY:
        return Drawn(compensatory=len(halves))
    if leave in office.setting("leave.offset-kinds"):
        return drawn(office, person, halves, restored or Drawn())
    return Drawn(over=halves)


def excused(office: Consulted, person: str, halves: Span) -> list[Matter]:
    """The granted leave and trips that cover any of the half days."""
    found = [*granted(office, REQUEST, person), *granted(office, OUTING, person)]
    return [each for each in found if overlap(halves, taken(office, each))]


def away(office: Consulted, person: str) -> list[Span]:
    """The half days of a person's granted leave and trips, and of the days he is registered as absent."""
    found = [*granted(office, REQUEST, person), *granted(office, OUTING, person)]
    absences = [each.span for each in office.organisation.absences if each.person == person]
    return [taken(office, each) for each in found] + [span(each.since, each.until) for each in absences]


def truant(office: Consulted, person: str, halves: Span) -> list[Matter]:
    """What was found to be absence without leave on any of the half days."""
    return [each for each in _truancies(office, person) if overlap(halves, span_of(each))]


def _truancies(office: Consulted, person: str) -> list[Matter]:
    """The findings against a person that stand; one whose lines were reversed is overturned."""
    booked = {each.matter for each in unreversed(office.entries("leave.truancy", person=person))}
    found = office.matters("leave.truancy", state=State.SETTLED, person=person)
    return [each for each in found if each.number in booked]


def truancy_run(office: Consulted, matter: Matter, person: str) -> int:
    """Half days of absence without leave in a row, this finding included."""
    spans = [span_of(each) for each in _truancies(office, person) if each.number != matter.number]
    return len(joined(span_of(matter), spans, office.calendar))


def truancy_year(office: Consulted, person: str, year: str) -> int:
    """Half days of absence without leave in a year."""
    return int(office.total("leave.truancy", "half_days", person=person, year=year))


def blackouts(office: Consulted, halves: Span) -> list[Matter]:
    """The periods of important work in which any of the half days fall."""
    found = office.matters("leave.blackout", state=State.SETTLED)
    return [each for each in found if overlap(halves, span_of(each))]


def signer(office: Consulted, person: str, day: date) -> bool:
    """Whether others' matters wait for a person: he leads a unit, is in charge of one, or is the principal."""
    organisation = office.organisation
    leads = any(person in organisation.heads(unit, day) for unit in organisation.units)
    in_charge = any(person in organisation.overseers(day, unit=unit) for unit in organisation.units)
    return leads or in_charge or person in organisation.principals(day)


def traced(office: Consulted, person: str, halves: Span) -> list[int]:
    """The half days on which a person signed in or the office verified where he was."""
    found = {
        (entry.values["day"], entry.values["slot"])
        for month in by_month(halves)
        for entry in unreversed(office.entries("leave.attendance", person=person, month=month))
        if entry.values["event"] != "早退"
    }
    return [each for each in halves if (day_of(each), slot_of(each)) in found]

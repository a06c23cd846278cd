"""The rules of official trips: registered first, not everywhere, within the cap, within the pooled sum."""

from collections.abc import Iterator
from datetime import datetime, time
from decimal import ROUND_DOWN, Decimal
from typing import Any

from core.condition import shown
from core.consulted import Consulted
from core.days.terms import period_written
from core.days.wording import quarter_of
from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters

_TRIP, _SUMMARY, _ZERO = ("vehicles.trip",), ("vehicles.summary",), Decimal("0.00")


def shares(office: Consulted, period: str) -> tuple[dict[str, Any], ...]:
    """Each person's trips and subsidy of a quarter, scaled down to the pooled sum where they exceed it."""
    pool, total = Decimal(office.setting("vehicles.pool")), office.total("vehicles.trips", "subsidy", quarter=period)
    factor = pool / total if total > pool else Decimal(1)
    rows = []
    people = {str(each.values["person"]) for each in office.entries("vehicles.trips", limit=10_000, quarter=period)}
    for person in sorted(people):
        trips = office.total("vehicles.trips", "trips", quarter=period, person=person)
        subsidy = office.total("vehicles.trips", "subsidy", quarter=period, person=person)
        scaled = (subsidy * factor).quantize(_ZERO, ROUND_DOWN)
        if trips:
            rows.append({"person": person, "trips": int(trips), "subsidy": subsidy, "scaled": scaled})
    return tuple(rows)


@rule("vehicles.registered-first", "出车前登记", NoParameters, matters=_TRIP)
def registered_first(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A trip is registered before it begins."""
    day, now = proposal.matter.day("leaves_on"), proposal.office.now
    try:
        leaves = datetime.combine(day or now, time.fromisoformat(proposal.matter.text("leaves_at")), now.tzinfo)
    except ValueError:
        yield Problem(f"出车时间“{proposal.matter.text('leaves_at')}”不能辨认", "按 08:30 的样子填写", "leaves_at")
        return
    if leaves < now:
        yield Problem(
            f"出车 {leaves:%Y-%m-%d %H:%M} 早于登记 {now:%Y-%m-%d %H:%M}", "写明事后补登的理由后继续", "leaves_at"
        )


@rule("vehicles.exempt-places", "不登记的地点", NoParameters, matters=_TRIP)
def exempt_places(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Trips to the places on the exempt list are not registered, and bring no subsidy."""
    place = proposal.matter.text("destination")
    if place in proposal.office.setting("vehicles.exempt"):
        yield Problem(f"{place}在不登记的范围内，没有补贴", "无需登记，直接出车", "destination")


@rule("vehicles.subsidy-cap", "补贴上限", NoParameters, matters=_TRIP)
def subsidy_cap(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A trip's subsidy stays within the cap of its destination."""
    place, subsidy = proposal.matter.text("destination"), proposal.matter.money("subsidy")
    caps = dict(str(each).split("=", 1) for each in proposal.office.setting("vehicles.caps"))
    if place in caps and subsidy > Decimal(caps[place]):
        most = shown(Decimal(caps[place]))
        yield Problem(f"{place}补贴 {shown(subsidy)} > {most}", f"把补贴改为不超过 {most}", "subsidy")


def summaries(office: Consulted, period: str, but: str = "") -> list[Matter]:
    """The summaries of a quarter that are published or settled, apart from one."""
    found = office.matters("vehicles.summary", period=period)
    return [each for each in found if each.number != but and each.state in (State.RUNNING, State.SETTLED)]


@rule("vehicles.summary-true", "汇总与台账一致", NoParameters, matters=_SUMMARY)
def summary_true(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A quarter that is over is summed up once, with everybody's registered trips."""
    office, matter = proposal.office, proposal.matter
    period = matter.text("period")
    if period >= quarter_of(office.day):
        yield Problem(f"{period_written(period)}还没有结束", "季度结束后再汇总", "period")
    for earlier in summaries(office, period, matter.number):
        yield Problem(f"{period_written(period)}已由 {earlier.number} 汇总", "无需重复汇总", "period")
    said = {str(row.get("person")): (row.get("trips"), row.get("subsidy")) for row in matter.rows("rows")}
    booked = {row["person"]: (row["trips"], row["subsidy"]) for row in shares(office, period)}
    for person in sorted(said.keys() | booked.keys()):
        if said.get(person) != booked.get(person):
            name, (trips, subsidy) = office.organisation.name(person), booked.get(person, (0, _ZERO))
            remedy = f"{name}一行填 {trips} 次、登记补贴 {shown(subsidy)}" if trips else f"删去{name}一行"
            yield Problem(f"{name}的次数或登记补贴与台账不符", remedy, "rows")


@rule("vehicles.scaled-to-pool", "超出统筹按比例折算", NoParameters, matters=_SUMMARY)
def scaled_to_pool(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Subsidies that together exceed the pooled sum are scaled down in proportion."""
    office, matter = proposal.office, proposal.matter
    due = {row["person"]: row["scaled"] for row in shares(office, matter.text("period"))}
    for row in matter.rows("rows"):
        person, scaled = str(row.get("person")), row.get("scaled")
        if person in due and scaled != due[person]:
            name, right = office.organisation.name(person), shown(due[person])
            yield Problem(f"{name}折算补贴 {shown(scaled)} ≠ {right}", f"{name}的折算补贴改为 {right}", "rows")


KINDS = (registered_first, exempt_places, subsidy_cap, summary_true, scaled_to_pool)

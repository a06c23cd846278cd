"""How a trip is reckoned: its days, its stops, its bills, what is claimed of them and what the traveller bears."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.consulted import Consulted
from core.matter import Matter, State
from core.national_tables import NationalTable

TRIP, CLAIM, BACK = "travel.trip", "travel.claim", "travel.back"
ZERO = Decimal("0.00")
CANCELLED = "取消公出"
_ENDED = (State.REJECTED, State.WITHDRAWN)
_BETWEEN_STOPS = re.compile(r"\s*[—–\-－→～~]+\s*")


@dataclass(frozen=True, slots=True)
class Bill:
    """One ticket or one stay of a claim: where it stands on the form, its days, its sum, and what is claimed of it."""

    at: str
    said: str
    row: Mapping[str, Any]
    first: date | None
    last: date | None

    @property
    def amount(self) -> Decimal:
        return self._money("amount")

    @property
    def claimed(self) -> Decimal:
        return self._money("claimed")

    def _money(self, key: str) -> Decimal:
        value = self.row.get(key)
        return value if isinstance(value, Decimal) else ZERO


def tickets(claim: Matter) -> Iterator[Bill]:
    """The tickets of a claim; one without a day of arrival arrives on the day it leaves."""
    for line, row in enumerate(claim.rows("tickets"), 1):
        said = f"第 {line} 张车船机票（{row.get('origin', '')}—{row.get('destination', '')}）"
        yield Bill(f"tickets.{line}", said, row, row.get("on"), row.get("until") or row.get("on"))


def stays(claim: Matter) -> Iterator[Bill]:
    """The nights of a claim; the last day of a stay is the day of leaving."""
    for line, row in enumerate(claim.rows("lodging"), 1):
        first, nights = row.get("on"), row.get("nights")
        last = first + timedelta(days=nights) if first and nights is not None else first
        yield Bill(f"lodging.{line}", f"第 {line} 笔住宿（{row.get('place', '')}）", row, first, last)


def bills(claim: Matter) -> Iterator[Bill]:
    yield from tickets(claim)
    yield from stays(claim)


def number_of(bill: Bill) -> str:
    """A bill's number as it is compared: without spaces, in capitals."""
    return "".join(str(bill.row.get("number", "")).split()).upper()


def sums(office: Consulted, claim: Matter) -> Mapping[str, Any]:
    """What a claim comes to, and what its traveller bears himself."""
    all_bills = list(bills(claim))
    claimed = sum((each.claimed for each in all_bills), ZERO)
    borne = sum((each.amount - each.claimed for each in all_bills), ZERO)
    return {"amount": claimed + claim.money("meals") + claim.money("local"), "borne": borne}


def trip_of(matter: Matter, office: Consulted) -> Matter | None:
    """The trip that a claim or a return refers to."""
    number = matter.text("trip")
    return office.matter(number) if number else None


def approved_on(trip: Matter) -> date | None:
    """The day a trip was approved for good; None while it is under way or when it ended otherwise."""
    return trip.arrived.date() if trip.state is State.SETTLED and trip.arrived else None


def cancelled(trip: Matter, office: Consulted) -> bool:
    return any(each.text("kind") == CANCELLED for each in office.matters(BACK, trip=trip.number))


def claim_of(trip: Matter, office: Consulted, but: str = "") -> Matter | None:
    """The claim made on a trip that has not come to nothing, apart from one."""
    found = office.matters(CLAIM, trip=trip.number)
    return next((each for each in found if each.number != but and each.state not in _ENDED), None)


def days_away(claim: Matter, trip: Matter | None) -> frozenset[date]:
    """The calendar days from leaving to coming back, both counted, as far as they were approved."""
    days = _days(claim.day("left_on"), claim.day("returned_on"))
    return days & _days(trip.day("leaves_on"), trip.day("returns_on")) if trip else days


def days_on_the_way(claim: Matter, trip: Matter | None) -> int:
    """How many of those days a ticket shows the traveller on his way; a ticket of which nothing is claimed though it
    cost something is a detour.
    """
    shown = [_days(each.first, each.last) for each in tickets(claim) if each.claimed or not each.amount]
    return len(days_away(claim, trip) & frozenset[date]().union(*shown))


def _days(first: date | None, last: date | None) -> frozenset[date]:
    """Every day from the first to the last; none where one of them is not known."""
    if first is None or last is None:
        return frozenset()
    return frozenset(first + timedelta(days=count) for count in range((last - first).days + 1))


def place(text: str) -> str:
    """A place as it is compared: 长春市 and 长春 are one."""
    bare = text.strip()
    return bare[:-1] if len(bare) > 2 and bare[-1] in "市县区" else bare


def stops(route: str) -> tuple[str, ...]:
    """The places of a route such as 白城—长春—白城."""
    return tuple(place(each) for each in _BETWEEN_STOPS.split(route.strip()) if each.strip())


def rate(table: NationalTable, destination: str) -> Decimal:
    """The national figure for a destination, by the region its name begins with; LookupError where there is none."""
    region = next((name for name in table.rows if destination.strip().startswith(name)), "")
    return table.amount(region)


def caps(office: Consulted) -> Mapping[str, Decimal]:
    """The nightly caps the agency has filled in, by place."""
    listed = (str(each).split("=", 1) for each in office.setting("travel.lodging-caps") if "=" in str(each))
    return {name.strip(): Decimal(amount.strip()) for name, amount in listed}


def cap(office: Consulted, where: str, tier: str = "") -> Decimal | None:
    """The nightly cap of a place, by the rank's tier where the agency's list has one; None where it says nothing."""
    known = {place(name.split("/")[0]) + "/" + name.partition("/")[2]: each for name, each in caps(office).items()}
    return known.get(f"{place(where)}/{tier}", known.get(f"{place(where)}/"))


def owed(office: Consulted, person: str) -> Decimal:
    """Yuan of public money lent to a person and not settled; nought where no loans are kept."""
    return office.total("finance.loans", "amount", person=person) if kept(office) else ZERO


def kept(office: Consulted) -> bool:
    """Whether the agency keeps the books of loans, payments and vouchers."""
    return office.matter_type("finance.loan") is not None

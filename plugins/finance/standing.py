"""How the money stands: what is left of a budget, an approval, a loan; what became of a voucher; the cash booked."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.consulted import Consulted
from core.matter import Matter, State
from core.records import Entry

ZERO = Decimal("0.00")
ENDED = (State.REJECTED, State.WITHDRAWN)
BOOKED = "finance.cash"


def year(day: date) -> str:
    return f"{day.year}"


def month(day: date) -> str:
    return f"{day:%Y-%m}"


def application(matter: Matter, office: Consulted, blank: str = "expenditure") -> Matter | None:
    """The application that a matter refers to."""
    number = matter.text(blank)
    return office.matter(number) if number else None


def settled_on(matter: Matter) -> date | None:
    """The day a matter was approved for good; None while it is under way or when it ended otherwise."""
    return matter.arrived.date() if matter.state is State.SETTLED and matter.arrived else None


def budget(office: Consulted, when: str, heading: str) -> Decimal:
    """Yuan issued for a heading in a year."""
    return office.total("finance.budget", "amount", year=when, heading=heading)


def budget_left(office: Consulted, when: str, heading: str) -> Decimal:
    """Yuan of a heading that no approval has taken up yet."""
    return budget(office, when, heading) - office.total("finance.commitments", "amount", year=when, heading=heading)


def claims(office: Consulted, number: str, but: str = "") -> list[Matter]:
    """The claims made on an application that have not ended unpaid, apart from one."""
    found = office.matters("finance.reimbursement", expenditure=number)
    return [each for each in found if each.number != but and each.state not in ENDED]


def unclaimed(office: Consulted, number: str, but: str = "") -> Decimal:
    """Yuan of an approved application that are still set aside and that no claim, apart from one, asks for."""
    asked = sum((each.money("amount") for each in claims(office, number, but)), ZERO)
    return office.total("finance.commitments", "amount", application=number) - asked


def outstanding(office: Consulted, loan: str) -> Decimal:
    """Yuan of a loan not settled yet."""
    return office.total("finance.loans", "amount", loan=loan)


def cash(office: Consulted) -> Decimal:
    """Yuan of cash on hand by the books."""
    return office.total(BOOKED, "amount")


def voucher_number(row: Mapping[str, Any]) -> str:
    """A voucher's number as it is compared: no spaces, full-width characters as plain ones, capitals."""
    text = unicodedata.normalize("NFKC", str(row.get("number") or ""))
    return "".join(text.split()).upper()


def last_event(office: Consulted, number: str, issuer: str = "") -> Entry | None:
    """The latest line about a voucher; with an issuer named, of that issuer's only."""
    found = office.entries("finance.vouchers", number=number)
    return next((each for each in found if not issuer or each.values.get("issuer") == issuer), None)


def likeness(one: str, other: str) -> int:
    """How much two purposes have in common, in percent of the shorter one's pairs of characters."""
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other)]
    shorter = min(len(each) for each in pairs)
    return 100 * len(pairs[0] & pairs[1]) // shorter if shorter else 100 * (one == other)

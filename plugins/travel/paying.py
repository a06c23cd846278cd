"""What a paid claim leaves in the books: the traveller's loans set off, the payment, the bills, the budget."""

from collections.abc import Iterator
from decimal import Decimal

from core.chains.steps import StepKind
from core.consulted import Consulted
from core.family import Outcome
from core.fields import Value
from core.matter import Matter
from core.records import Effect, Entry
from plugins.travel import figures


def paid(outcome: Outcome) -> Iterator[Effect]:
    """Entries of a claim that the cashier has paid out or set off; the finance books only where they are kept."""
    matter, office = outcome.matter, outcome.office
    if outcome.completed is None or outcome.completed.kind is not StepKind.PERFORM:
        return
    given = outcome.proposal.given
    offset = given.get("offset")
    offset = offset if isinstance(offset, Decimal) else figures.ZERO
    method, amount = str(given.get("method", "")), matter.money("amount")
    values: dict[str, Value] = {"trip": matter.text("trip"), "claim": matter.number, "person": matter.applicant}
    values |= {"unit": matter.unit, "amount": amount, "borne": matter.money("borne"), "offset": offset}
    yield Entry("travel.payments", office.day, {**values, "paid": amount - offset, "method": method}, matter.number)
    for bill in figures.bills(matter):
        number: dict[str, Value] = {"number": figures.number_of(bill), "claim": matter.number}
        yield Entry(
            "travel.bills", office.day, {**number, "amount": bill.amount, "claimed": bill.claimed}, matter.number
        )
    if figures.kept(office):
        yield from _booked(matter, office, offset, method)


def _booked(matter: Matter, office: Consulted, offset: Decimal, method: str) -> Iterator[Effect]:
    day, amount, purpose = office.day, matter.money("amount"), matter.text("purpose")
    headed: dict[str, Value] = {"heading": str(office.setting("travel.heading")), "purpose": purpose}
    headed |= {"category": str(office.setting("travel.category")), "year": f"{day:%Y}", "month": f"{day:%Y-%m}"}
    headed |= {"unit": matter.unit, "amount": amount}
    if amount:
        yield Entry("finance.commitments", day, {**headed, "event": "直接报销"}, matter.number)
        settled = {"person": matter.applicant, "method": method if amount > offset else "冲抵借款"}
        yield Entry("finance.payments", day, {**headed, **settled}, matter.number)
    for bill in figures.bills(matter):
        voucher: dict[str, Value] = {"number": figures.number_of(bill), "amount": bill.amount, "event": "付讫"}
        yield Entry("finance.vouchers", day, {**voucher, "claim": matter.number}, matter.number)
    yield from _set_off(matter, office, offset)
    if method == "现金" and amount > offset:
        cash: dict[str, Value] = {"month": f"{day:%Y-%m}", "event": "支付", "purpose": purpose}
        yield Entry("finance.cash", day, {**cash, "amount": offset - amount}, matter.number)


def _set_off(matter: Matter, office: Consulted, offset: Decimal) -> Iterator[Effect]:
    """The loans are settled in the order they were lent."""
    lent = office.entries("finance.loans", person=matter.applicant)
    for loan in dict.fromkeys(str(each.values["loan"]) for each in reversed(lent)):
        part = min(offset, office.total("finance.loans", "amount", loan=loan))
        if part > 0:
            values: dict[str, Value] = {"loan": loan, "person": matter.applicant, "purpose": matter.text("purpose")}
            yield Entry("finance.loans", office.day, {**values, "amount": -part, "event": "差旅冲账"}, matter.number)
            offset -= part

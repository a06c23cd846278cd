"""How Party dues are reckoned: the tiers, what was fixed for whom, what is paid, what is owed."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.days.wording import month_of
from core.family import Consulted
from core.money import FEN
from core.national_tables import NationalTable
from core.records import unreversed
from plugins.party import roll

SERVING, RETIRED, FLAT = "在职", "离退休", "学生等"
CATEGORIES = (SERVING, RETIRED, FLAT)
SELF, FOR_OTHER, AHEAD, LATE = "本人按月", "委托代交", "预交", "补交"
WAYS = (SELF, FOR_OTHER, AHEAD, LATE)
NOTHING = Decimal("0.00")
TOP = "以上"
"""The row of a tier table that has no upper bound."""


def rate(table: NationalTable, income: Decimal) -> Decimal:
    """The rate, in percent, of the tier an income falls in; each tier includes its upper bound."""
    bounds = sorted(Decimal(name) for name in table.rows if name != TOP)
    bound = next((bound for bound in bounds if income <= bound), None)
    return table.amount(TOP if bound is None else f"{bound:.2f}")


def monthly(office: Consulted, category: str, income: Decimal, day: date) -> Decimal:
    """The dues of a month in yuan, to the fen: the whole income at the rate of its tier."""
    if category == FLAT:
        return office.national("party.dues-flat", day).amount()
    table = office.national("party.dues-serving" if category == SERVING else "party.dues-retired", day)
    return (income * rate(table, income) / 100).quantize(FEN, ROUND_HALF_UP)


def standard(office: Consulted, person: str, month: str) -> Decimal | None:
    """What was fixed for a member for a month; None where nothing was fixed for that year."""
    lines = unreversed(office.entries("party.dues-standards", person=person, year=month[:4]))
    return next((_sum(each.values, "monthly") for each in lines if str(each.values["month"]) <= month), None)


def paid(office: Consulted, person: str, month: str) -> Decimal:
    """What the book holds of a member's dues for a month."""
    return office.total("party.dues", "amount", person=person, month=month)


def collected(office: Consulted, unit: str, quarter: str) -> Decimal:
    """What a branch took in within a quarter, dues and special dues."""
    dues = office.total("party.dues", "amount", unit=unit, quarter=quarter)
    special = sum(
        (
            _sum(each.values, "amount")
            for each in office.entries("party.special-dues", unit=unit, limit=roll.ALL)
            if each.values["quarter"] == quarter
        ),
        NOTHING,
    )
    return dues + special


def remitted(office: Consulted, unit: str, quarter: str) -> Decimal:
    """What a branch has passed on for a quarter."""
    return office.total("party.remitted", "amount", unit=unit, quarter=quarter)


def kept(office: Consulted, unit: str) -> Decimal:
    """What a branch took in, in all quarters, and has not passed on."""
    taken = office.total("party.dues", "amount", unit=unit) + office.total("party.special-dues", "amount", unit=unit)
    return taken - office.total("party.remitted", "amount", unit=unit)


def obliged_from(office: Consulted, member: roll.Member) -> str:
    """The first month a member owes dues for: that of his admission, and none before the books were begun."""
    begun = [
        str(each.values["month"])
        for each in office.entries("party.dues-standards", person=member.person, limit=roll.ALL)
    ]
    return max(month_of(member.since), min(begun, default=month_of(office.day)))


def unpaid_run(office: Consulted, member: roll.Member, last: str) -> int:
    """How many months in a row, up to and including `last`, a member has not paid for."""
    first, at, count = roll.numbered(obliged_from(office, member)), roll.numbered(last), 0
    while at >= first and paid(office, member.person, roll.month_named(at)) == NOTHING:
        count, at = count + 1, at - 1
    return count


def unpaid_lines(office: Consulted, unit: str, month: str) -> list[dict[str, object]]:
    """The members of a branch who have not paid for a month, each with his months in a row."""
    runs = [(each.person, unpaid_run(office, each, month)) for each in roll.roll(office, unit)]
    return [{"person": person, "months": run} for person, run in runs if run]


def account_lines(office: Consulted, unit: str, quarter: str) -> list[dict[str, object]]:
    """What each member of a branch paid in a quarter, special dues left out."""
    sums: dict[str, Decimal] = {}
    for entry in office.entries("party.dues", unit=unit, quarter=quarter, limit=roll.ALL):
        person = str(entry.values["person"])
        sums[person] = sums.get(person, NOTHING) + _sum(entry.values, "amount")
    return [{"person": person, "amount": amount} for person, amount in sorted(sums.items()) if amount]


def _sum(values: Mapping[str, object], key: str) -> Decimal:
    amount = values.get(key)
    return amount if isinstance(amount, Decimal) else NOTHING

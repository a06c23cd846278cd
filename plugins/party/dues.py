"""How Party dues are reckoned: the tiers, what was fixed for whom, what is paid, what is owed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.consulted import Consulted
from core.days.wording import month_of
from core.money import FEN
from core.national_tables import NationalTable
from core.records import unreversed
from plugins.party import roll

SERVING, RETIRED, FLAT, REDUCED = "在职", "离退休", "学生等", "批准少交免交"
CATEGORIES = (SERVING, RETIRED, FLAT, REDUCED)
SELF, FOR_OTHER, AHEAD, LATE = "本人按月", "委托代交", "预交", "补交"
WAYS = (SELF, FOR_OTHER, AHEAD, LATE)
NOTHING = Decimal("0.00")
NEVER = "9999-12"
"""The month from which a member owes dues as long as none were fixed for him."""
TOP = "以上"
"""The row of a tier table that has no upper bound."""


def rate(table: NationalTable, income: Decimal) -> Decimal:
    """The rate, in percent, of the tier an income falls in; each tier includes its upper bound."""
    bounds = sorted(Decimal(name) for name in table.rows if name != TOP)
    bound = next((bound for bound in bounds if income <= bound), None)
    return table.amount(TOP if bound is None else f"{bound:.2f}")


def monthly(office: Consulted, category: str, income: Decimal, day: date) -> Decimal:
    """The dues of a month in yuan, to the fen: the whole income at the rate of its tier; where reduced, before that."""
    if category == FLAT:
        return office.national("party.dues-flat", day).amount()
    table = office.national("party.dues-retired" if category == RETIRED else "party.dues-serving", day)
    return (income * rate(table, income) / 100).quantize(FEN, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The dues of some members: from which months how much was fixed, the latest first, and what is paid by month."""

    standards: Mapping[str, list[tuple[str, Decimal]]]
    payments: Mapping[tuple[str, ...], Decimal]

    def fixed(self, person: str, month: str) -> Decimal | None:
        """What was fixed for a member for a month; None where nothing was fixed for that year."""
        found = self.standards.get(person, [])
        return next((amount for since, amount in found if since[:4] == month[:4] and since <= month), None)

    def paid(self, person: str, month: str) -> Decimal:
        """What the book holds of a member's dues for a month."""
        return self.payments.get((person, month), NOTHING)

    def settled(self, person: str, month: str) -> bool:
        """Whether nothing is owed for a month: it is paid, or the member was let off."""
        return self.paid(person, month) != NOTHING or self.fixed(person, month) == NOTHING

    def last_paid(self, person: str, since: str) -> str:
        """The latest month from `since` on that the book holds dues of a member for; empty where there is none."""
        months = (month for who, month in self.payments if who == person and month >= since)
        return max((month for month in months if self.paid(person, month)), default="")

    def obliged_from(self, member: roll.Member) -> str:
        """The first month a member owes dues for: that of his admission, and none before the books were begun.

        Where nothing has been fixed for him yet, he owes nothing.
        """
        begun = [since for since, _ in self.standards.get(member.person, [])]
        return max(month_of(member.since), min(begun, default=NEVER))

    def unpaid_run(self, member: roll.Member, last: str) -> int:
        """How many months in a row, up to and including `last`, a member has not paid for."""
        first, at, count = self.obliged_from(member), last, 0
        while at >= first and not self.settled(member.person, at):
            count, at = count + 1, roll.month_named(roll.numbered(at) - 1)
        return count


def accounts(office: Consulted, people: Iterable[str]) -> Accounts:
    """The dues of these members as the books have them."""
    wanted, standards = tuple(people), dict[str, list[tuple[str, Decimal]]]()
    for line in unreversed(office.entries("party.dues-standards", limit=roll.ALL, person=wanted)):
        monthly = Decimal(str(line.values["monthly"]))
        standards.setdefault(str(line.values["person"]), []).append((str(line.values["month"]), monthly))
    return Accounts(standards, office.totals("party.dues", "amount", ("person", "month"), person=wanted))


def collected(office: Consulted, unit: str, quarter: str) -> Decimal:
    """What a branch took in within a quarter, dues and special dues."""
    dues = office.total("party.dues", "amount", unit=unit, quarter=quarter)
    special = office.totals("party.special-dues", "amount", ("quarter",), unit=unit)
    return dues + special.get((quarter,), NOTHING)


def remitted(office: Consulted, unit: str, quarter: str) -> Decimal:
    """What a branch has passed on for a quarter."""
    return office.total("party.remitted", "amount", unit=unit, quarter=quarter)


def kept(office: Consulted, unit: str) -> Decimal:
    """What a branch took in, in all quarters, and has not passed on."""
    taken = office.total("party.dues", "amount", unit=unit) + office.total("party.special-dues", "amount", unit=unit)
    return taken - office.total("party.remitted", "amount", unit=unit)


def unpaid_lines(office: Consulted, unit: str, month: str) -> list[dict[str, object]]:
    """The members of a branch who have not paid for a month, each with his months in a row."""
    members = roll.roll(office, unit)
    books = accounts(office, (each.person for each in members))
    runs = ((each.person, books.unpaid_run(each, month)) for each in members)
    return [{"person": person, "months": run} for person, run in runs if run]


def account_lines(office: Consulted, unit: str, quarter: str) -> list[dict[str, object]]:
    """What each member of a branch paid in a quarter, special dues left out."""
    sums = office.totals("party.dues", "amount", ("person",), unit=unit, quarter=quarter)
    return [{"person": person, "amount": amount} for (person,), amount in sorted(sums.items()) if amount]

"""Party dues at a glance: what each member owes, has paid and still owes for the months of a term."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.days.terms import Term
from core.days.wording import month_of
from core.family import Consulted, Overview
from core.fields import Field, Kind, Value
from plugins.party import dues, roll


def paid_up(office: Consulted, term: Term) -> Iterator[Mapping[str, Value]]:
    """A line for each member: his months of the term up to this one, in yuan; who is furthest behind stands first.

    What was paid ahead for later months of the term counts as owed and as paid.
    """
    now = roll.numbered(month_of(office.day))
    months = range(roll.numbered(month_of(term.first)), roll.numbered(month_of(term.last)) + 1)
    lines: list[dict[str, Value]] = []
    for member in roll.roll(office):
        paid: dict[int, Decimal] = {}
        for entry in office.entries("party.dues", limit=roll.ALL, person=member.person):
            month, amount = roll.numbered(str(entry.values["month"])), entry.values["amount"]
            paid[month] = paid.get(month, dues.NOTHING) + (amount if isinstance(amount, Decimal) else dues.NOTHING)
        first = roll.numbered(dues.obliged_from(office, member))
        owed, missing = dues.NOTHING, 0
        for month in (each for each in months if each >= first and (each <= now or paid.get(each))):
            owed += dues.standard(office, member.person, roll.month_named(month)) or dues.NOTHING
            missing += not paid.get(month)
        given = sum((paid.get(month, dues.NOTHING) for month in months), dues.NOTHING)
        line: dict[str, Value] = {"person": member.person, "unit": member.unit, "owed": owed, "paid": given}
        lines.append(line | {"rest": owed - given, "missing": missing})
    lines.sort(key=lambda line: -int(str(line["missing"])))
    return iter(lines)


OVERVIEWS = (
    Overview(
        "party.paid-up",
        "党费交纳一览",
        (
            Field("person", "党员", Kind.PERSON),
            Field("unit", "支部", Kind.UNIT),
            Field("owed", "应交", Kind.MONEY),
            Field("paid", "已交", Kind.MONEY),
            Field("rest", "尚欠", Kind.MONEY),
            Field("missing", "未交月数", Kind.NUMBER),
        ),
        paid_up,
        "每名党员这一段时间到本月为止应交、已交、尚欠的党费；欠得多的在前",
    ),
)

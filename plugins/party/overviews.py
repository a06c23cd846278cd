"""Party dues at a glance: what each member owes, has paid and still owes for the months of a term."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.terms import Term
from core.days.wording import month_of
from core.family import Overview
from core.fields import Field, Kind, Value
from plugins.party import dues, roll


def paid_up(office: Consulted, term: Term) -> Iterator[Mapping[str, Value]]:
    """A line for each member: his months of the term up to this one, in yuan; who is furthest behind stands first.

    What was paid ahead for later months of the term counts as owed and as paid.
    """
    now, first, last = month_of(office.day), roll.numbered(month_of(term.first)), roll.numbered(month_of(term.last))
    months = [roll.month_named(month) for month in range(first, last + 1)]
    members = roll.roll(office)
    books = dues.accounts(office, (each.person for each in members))
    lines: list[dict[str, Value]] = []
    for member in members:
        person, begun = member.person, books.obliged_from(member)
        counted = [month for month in months if month >= begun and (month <= now or books.paid(person, month))]
        owed = sum((books.fixed(person, month) or dues.NOTHING for month in counted), dues.NOTHING)
        paid = sum((books.paid(person, month) for month in months), dues.NOTHING)
        missing = sum(not books.settled(person, month) for month in counted)
        line: dict[str, Value] = {"person": person, "unit": member.unit, "owed": owed, "paid": paid}
        lines.append(line | {"rest": owed - paid, "missing": missing})
    yield from sorted(lines, key=lambda line: -int(str(line["missing"])))


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

"""The seals of the agency at a glance: in whose hands each is, what is out and overdue, how often each was used."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.terms import Term
from core.family import Overview
from core.fields import Field, Kind, Value
from plugins.seals import standing


def seals(office: Consulted, term: Term) -> Iterator[Mapping[str, Value]]:
    """Every seal as it stands today, and the impressions made with it in the term."""
    made: dict[str, int] = {}
    for line in standing.live(office, standing.IMPRESSIONS):
        if term.holds(line.on):
            name = str(line.values["seal"])
            made[name] = made.get(name, 0) + standing.count(line)
    for name, seal in sorted(standing.seals(office).items()):
        told: dict[str, Value] = {"seal": name, "kind": seal.kind, "custodian": seal.custodian}
        told |= {"state": "在用" if seal.in_use else seal.state, "impressions": made.get(name, 0)}
        if seal.in_use:
            told["holder"] = seal.holder(office.day)
        outing = office.matter(seal.out) if seal.out else None
        if outing is not None:
            back = outing.day("returns_on") or office.day
            told |= {"holder": outing.applicant, "out": outing.number, "back_by": back, "state": standing.OUTSIDE}
            if back < office.day:
                told |= {"state": "逾期未还", "overdue": (office.day - back).days}
        yield told


OVERVIEWS = (
    Overview(
        "seals.seals",
        "印章一览",
        (
            Field("seal", "印章"),
            Field("state", "情况"),
            Field("holder", "现在谁手里", Kind.PERSON),
            Field("overdue", "逾期天数", Kind.NUMBER),
            Field("back_by", "应还日期", Kind.DATE),
            Field("custodian", "保管人", Kind.PERSON),
            Field("kind", "种类"),
            Field("out", "外带审批", Kind.MATTER),
            Field("impressions", "印数", Kind.NUMBER),
        ),
        seals,
        "每枚印章今天在谁手里，外带的哪天该还；印数是这一段时间的",
    ),
)

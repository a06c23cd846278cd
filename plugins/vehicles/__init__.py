"""Vehicles: official trips registered before leaving, their subsidies summed up and published each quarter."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from core.consulted import Consulted
from core.days.terms import QUARTER
from core.days.wording import quarter_of
from core.family import Booked, Family, LedgerType, MatterType, Outcome, Setting
from core.fields import Field, Kind, Value
from core.hookspec import hookimpl
from core.records import Duty, Effect, Entry
from plugins.vehicles.rules import KINDS, shares, summaries

_PERSON, _TRIPS = Field("person", "人员", Kind.PERSON), Field("trips", "次数", Kind.NUMBER, unit="次")
_SUBSIDY, _SCALED = Field("subsidy", "登记补贴", Kind.MONEY), Field("scaled", "折算补贴", Kind.MONEY)
_PERIOD = Field("period", "季度", Kind.PERIOD, lengths=(QUARTER,))
_QUARTER = replace(_PERIOD, key="quarter")


def _registered(outcome: Outcome) -> Iterator[Effect]:
    matter, office = outcome.matter, outcome.office
    if outcome.settled:
        day = matter.day("leaves_on") or office.day
        period = quarter_of(office.day) if summaries(office, quarter_of(day)) else quarter_of(day)
        values: dict[str, Value] = {"quarter": period, "person": matter.applicant, "trips": 1}
        values |= {"destination": matter.text("destination"), "subsidy": matter.money("subsidy")}
        yield Entry("vehicles.trips", day, values, matter.number)


def _shared(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        for row in outcome.matter.rows("rows"):
            values = {**row, "period": outcome.matter.text("period")}
            yield Entry("vehicles.shares", outcome.office.day, values, outcome.matter.number)


def _summed_up(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    period = duty.period if duty else quarter_of(office.day)
    return {"period": period, "rows": shares(office, period)}


TRIP = MatterType(
    key="vehicles.trip",
    title="公务出车登记",
    prefix="出车",
    fields=(
        Field("purpose", "事由"),
        Field("destination", "目的地", Kind.CHOICE, setting="vehicles.destinations"),
        Field("place", "具体地点", required=False),
        Field("leaves_on", "出车日期", Kind.DATE),
        Field("leaves_at", "出车时间", help="写作 08:30"),
        Field("subsidy", "补贴", Kind.MONEY, help="元；不得超过目的地的上限"),
    ),
    subject="purpose",
    amount="subsidy",
    register=True,
    follows=_registered,
    books=(Booked("vehicles.trips"),),
)
SUMMARY = MatterType(
    key="vehicles.summary",
    title="公务出车季度汇总",
    prefix="出车汇总",
    fields=(
        _PERIOD,
        Field("rows", "汇总明细", Kind.ROWS, required=False, columns=(_PERSON, _TRIPS, _SUBSIDY, _SCALED)),
    ),
    subject="period",
    follows=_shared,
    books=(Booked("vehicles.shares"),),
    indexed=("period",),
    prepare=_summed_up,
    help="数字由台账生成；合计超过统筹额的按比例折算",
)
LEDGERS = (
    LedgerType(
        "vehicles.trips",
        "公务出车台账",
        (_QUARTER, _PERSON, Field("destination", "目的地"), _TRIPS, _SUBSIDY),
        ("quarter", "person"),
    ),
    LedgerType("vehicles.shares", "车补分配台账", (_PERIOD, _PERSON, _TRIPS, _SUBSIDY, _SCALED), ("period", "person")),
)
SETTINGS = (
    Setting("destinations", "可登记的目的地", Kind.TEXT, ("其他地点",), many=True),
    Setting("exempt", "不登记的地点", Kind.TEXT, (), many=True),
    Setting("caps", "补贴上限", Kind.TEXT, (), many=True, help="每项写作“地点=金额”，元/次"),
    Setting("pool", "每季度统筹额", Kind.MONEY, Decimal("3000.00"), help="从个人车补中提取统筹的部分，元"),
)


@hookimpl
def guizhang_family() -> Family:
    """The vehicles family."""
    return Family("vehicles", "公务用车", (TRIP, SUMMARY), KINDS, LEDGERS, SETTINGS)

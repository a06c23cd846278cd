"""Rules that hold a claim to the standards: classes of transport, nights, rooms, allowances."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from core.condition import shown
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.travel import figures

_CLAIM = (figures.CLAIM,)


class Tier(Enum):
    """Whom a national table of classes is for."""

    MINISTRY = "ministry"
    BUREAU = "bureau"
    OTHERS = "others"

    @property
    def title(self) -> str:
        return {"ministry": "部级", "bureau": "司局级", "others": "其余人员"}[self.value]


@dataclass(frozen=True, slots=True)
class TransportClasses:
    """The classes that may be taken on each means; where none are named, those of the national table for `tier`.

    A means with neither, such as a coach, is claimed by its ticket.
    """

    train: tuple[str, ...] = ()
    fast_train: tuple[str, ...] = ()
    all_soft_train: tuple[str, ...] = ()
    ship: tuple[str, ...] = ()
    plane: tuple[str, ...] = ()
    tier: Tier = Tier.OTHERS

    def own(self) -> Mapping[str, tuple[str, ...]]:
        """What the clause itself names, by the means as the form calls it."""
        return {
            "火车": self.train,
            "高铁动车": self.fast_train,
            "全列软席列车": self.all_soft_train,
            "轮船": self.ship,
            "飞机": self.plane,
        }


@rule("travel.transport-class", "乘坐交通工具的等级", TransportClasses, matters=_CLAIM)
def transport_class(parameters: TransportClasses, proposal: Proposal) -> Iterator[Problem]:
    """Of a ticket above the class allowed, no more than the fare of that class is claimed."""
    claim, own = proposal.matter, parameters.own()
    table = proposal.office.national(f"travel.classes-{parameters.tier.value}", claim.day("left_on"))
    for ticket in figures.tickets(claim):
        means, seat = str(ticket.row.get("means", "")), str(ticket.row.get("seat", ""))
        allowed = own.get(means) or table.listed(means)
        if not allowed or seat in allowed or not ticket.claimed:
            continue
        fare = ticket.row.get("standard")
        if not seat:
            yield Problem(f"{ticket.said}没有写明席别", "照票面填写席别", f"{ticket.at}.seat")
        elif not isinstance(fare, Decimal):
            yield Problem(
                f"{ticket.said}{means}{seat}，标准是{'、'.join(allowed)}",
                "填写标准席别票价，只报标准以内的部分，差额由个人承担",
                f"{ticket.at}.standard",
            )
        elif ticket.claimed > fare:
            yield Problem(
                f"{ticket.said}{means}{seat}超出标准，报销 {shown(ticket.claimed)} > 标准席别票价 {shown(fare)}",
                f"报销金额改为不超过 {shown(fare)}，差额由个人承担",
                f"{ticket.at}.claimed",
            )


@dataclass(frozen=True, slots=True)
class LodgingTier:
    """Which tier's caps hold (`地点/档次` in the agency's list); a place without that tier has one cap for all."""

    tier: str = ""


@rule("travel.lodging-cap", "住宿费限额", LodgingTier, matters=_CLAIM)
def lodging_cap(parameters: LodgingTier, proposal: Proposal) -> Iterator[Problem]:
    """A night is claimed up to the cap of its place; a place without a cap cannot be claimed."""
    office = proposal.office
    for stay in figures.stays(proposal.matter):
        where, nights = str(stay.row.get("place", "")), stay.row.get("nights")
        if not stay.claimed or not where or not isinstance(nights, int):
            continue
        most = figures.cap(office, where, parameters.tier)
        if most is None:
            known = "、".join(figures.caps(office)) or "还没有填写"
            yield Problem(
                f"“{where}”没有住宿费限额（已有：{known}）",
                "地点改填名单内的名称；名单没有的，请管理员照财政部门的文件补入“住宿费限额”",
                f"{stay.at}.place",
            )
        elif stay.claimed > most * nights:
            yield Problem(
                f"{stay.said}报销 {shown(stay.claimed)} > 限额 {shown(most * nights)}（{nights} 晚 × {shown(most)}）",
                f"报销金额改为不超过 {shown(most * nights)}，超出部分由个人承担",
                f"{stay.at}.claimed",
            )


@dataclass(frozen=True, slots=True)
class Rooms:
    """The kinds of room that are the rule."""

    rooms: tuple[str, ...]


@rule("travel.room-kinds", "房型", Rooms, matters=_CLAIM)
def room_kinds(parameters: Rooms, proposal: Proposal) -> Iterator[Problem]:
    """Rooms of other kinds are the exception."""
    for stay in figures.stays(proposal.matter):
        room = stay.row.get("room")
        if room and room not in parameters.rooms:
            usual = "、".join(parameters.rooms)
            yield Problem(f"{stay.said}房型是{room}，以{usual}为主", f"写明没有住{usual}的理由", f"{stay.at}.room")


@dataclass(frozen=True, slots=True)
class Rates:
    """Yuan for a person and day; the national figures where none are given."""

    meals: Decimal | None = None
    local: Decimal | None = None


@rule("travel.allowances", "补助标准", Rates, matters=_CLAIM)
def allowances(parameters: Rates, proposal: Proposal) -> Iterator[Problem]:
    """Allowances are paid by the calendar day of the trip, at the rates."""
    claim, office = proposal.matter, proposal.office
    trip = figures.trip_of(claim, office)
    where = trip.text("destination") if trip else ""
    left, days, away = claim.day("left_on"), claim.count("allowance_days"), len(figures.days_away(claim, trip))
    if days > away:
        facts = f"补助天数 {days} > 批准的公出以内的自然天数 {away}"
        yield Problem(facts, f"补助天数改为不超过 {away}", "allowance_days")
    for key, title, own, table in (
        ("meals", "伙食补助费", parameters.meals, "travel.meals"),
        ("local", "市内交通补助", parameters.local, "travel.local-transport"),
    ):
        each = figures.rate(office.national(table, left), where) if own is None else own
        most = each * min(days, away)
        if claim.money(key) > most:
            yield Problem(
                f"{title} {shown(claim.money(key))} > 标准 {shown(most)}（{min(days, away)} 天 × {shown(each)}）",
                f"{title}改为不超过 {shown(most)}，超出部分由个人承担",
                key,
            )


@rule("travel.hosted", "主办单位统一安排食宿交通", NoParameters, matters=_CLAIM)
def hosted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Where the host provides room, meals and transport, only the allowances of the days on the way are claimed."""
    claim = proposal.matter
    trip = figures.trip_of(claim, proposal.office)
    if not claim.flag("hosted") and not (trip and trip.flag("hosted")):
        return
    days, most = claim.count("allowance_days"), figures.days_on_the_way(claim, trip)
    if days > most:
        facts = f"食宿交通由主办单位安排，补助天数 {days} > 在途天数 {most}（按车船机票的日期）"
        yield Problem(facts, f"补助天数改为不超过 {most}，补助随之减少", "allowance_days")
    for stay in figures.stays(claim):
        if stay.claimed:
            facts = f"住宿由主办单位安排，{stay.said}报销 {shown(stay.claimed)}"
            yield Problem(facts, "报销金额改为 0，或删去这一行", f"{stay.at}.claimed")


KINDS = (transport_class, lodging_cap, room_kinds, allowances, hosted)

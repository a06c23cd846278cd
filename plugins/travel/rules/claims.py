"""Rules that hold a claim to the trip that was approved, and every bill to one claim."""

from collections.abc import Iterator
from itertools import pairwise

from core.acts import Verb
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.travel import figures

_CLAIM = (figures.CLAIM,)


@rule("travel.approved-trip", "未经批准的公出不报销", NoParameters, matters=_CLAIM)
def approved_trip(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only one's own trip, approved before leaving and not called off, is claimed, and once."""
    claim, office = proposal.matter, proposal.office
    trip = figures.trip_of(claim, office)
    if trip is None:
        yield Problem("没有填写出差申请", "填写已批准的出差申请编号；没有批准的公出不报销差旅费", "trip")
        return
    approved, left = figures.approved_on(trip), claim.day("left_on")
    if trip.applicant != claim.applicant:
        yield Problem(
            f"{trip.number} 的公出人是{office.organisation.name(trip.applicant)}", "填写本人的出差申请", "trip"
        )
    if approved is None:
        yield Problem(f"{trip.number} {trip.state.title}", "批准以后再报销；没有批准的不报销差旅费", "trip")
    elif figures.cancelled(trip, office):
        yield Problem(f"{trip.number} 已登记取消", "没有成行的公出不报销；确已成行的另行说明", "trip")
    elif left and left < approved:
        yield Problem(
            f"实际出发 {left} 早于批准日期 {approved}（{trip.number}）",
            "批准之前动身的不报销差旅费；日期填写有误的予以改正",
            "left_on",
        )
    if other := figures.claim_of(trip, office, claim.number):
        yield Problem(f"{trip.number} 已由 {other.number} 报销", f"要补报的，先撤回 {other.number}，合并填写", "trip")


@rule("travel.after-return", "公出完成后填写", NoParameters, matters=_CLAIM)
def after_return(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A claim is filled in when the trip is over."""
    returned, today = proposal.matter.day("returned_on"), proposal.office.day
    if returned and returned > today:
        yield Problem(
            f"实际返回日期 {returned} 还没有到", f"{returned} 返回以后再填写；日期有误的予以改正", "returned_on"
        )


@rule("travel.by-route", "按合理路线往返", NoParameters, matters=_CLAIM)
def by_route(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only journeys along the approved route are claimed."""
    trip = figures.trip_of(proposal.matter, proposal.office)
    if trip is None:
        return
    route = figures.stops(trip.text("route"))
    legs = set(pairwise(route)) | set(pairwise(reversed(route)))
    for ticket in figures.tickets(proposal.matter):
        leg = figures.place(str(ticket.row.get("origin", ""))), figures.place(str(ticket.row.get("destination", "")))
        if ticket.claimed and leg not in legs:
            yield Problem(
                f"{ticket.said}不在批准的路线“{trip.text('route')}”上",
                "绕道的票不报销，报销金额改为 0；起止地点填写有误的予以改正",
                f"{ticket.at}.claimed",
            )


@rule("travel.within-trip", "不按规定时间和路线的不报销", NoParameters, matters=_CLAIM)
def within_trip(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Tickets and nights before the trip, after it or at a place off its route are not claimed."""
    claim = proposal.matter
    trip = figures.trip_of(claim, proposal.office)
    leaves, returns = (trip.day("leaves_on"), trip.day("returns_on")) if trip else (None, None)
    if trip is None or leaves is None or returns is None:
        return
    for bill in figures.bills(claim):
        if bill.claimed and bill.first and bill.last and not (leaves <= bill.first and bill.last <= returns):
            yield Problem(
                f"{bill.said}{bill.first} 至 {bill.last}，批准的公出是 {leaves} 至 {returns}",
                "规定时间以外的不报销，报销金额改为 0，或按批准的时间拆开填写",
                f"{bill.at}.claimed",
            )
    allowed = {*figures.stops(trip.text("route")), figures.place(trip.text("destination"))}
    for stay in figures.stays(claim):
        if stay.claimed and figures.place(str(stay.row.get("place", ""))) not in allowed:
            yield Problem(
                f"{stay.said}不在批准的路线“{trip.text('route')}”上",
                "绕道的住宿不报销，报销金额改为 0；地点填写有误的予以改正",
                f"{stay.at}.claimed",
            )


@rule("travel.bill-once", "票据不得重复报销", NoParameters, matters=_CLAIM, verbs=(Verb.SUBMIT, Verb.PERFORM))
def bill_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A bill is claimed once, here or in the books of the agency's other claims."""
    seen: dict[str, str] = {}
    for bill in figures.bills(proposal.matter):
        number = figures.number_of(bill)
        if not number:
            continue
        earlier = seen.get(number) or _used(number, proposal)
        if earlier:
            yield Problem(
                f"{bill.said}的票号 {number} 与{earlier}相同", "删去重复的一行；票号有误的予以改正", f"{bill.at}.number"
            )
        seen.setdefault(number, bill.said)


def _used(number: str, proposal: Proposal) -> str:
    """Where a bill has been paid or is being claimed, in words; empty where it has not."""
    office = proposal.office
    paid = office.entries("travel.bills", limit=1, number=number)
    if paid:
        return f"已报销的 {paid[0].values['claim']} "
    booked = office.entries("finance.vouchers", limit=1, number=number) if figures.kept(office) else []
    if booked and booked[0].values["event"] != "撤出":
        return f" {booked[0].values.get('claim') or booked[0].matter} 中的票据"
    return ""


KINDS = (approved_trip, after_return, by_route, within_trip, bill_once)

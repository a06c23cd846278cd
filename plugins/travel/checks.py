"""What holds of every agency's trips: dates in order, sums within their bills, one's own return; who stands in."""

from collections.abc import Iterator

from core.acts import Verb
from core.finding import Level, Problem
from core.hookspec import hookimpl
from core.people import Organisation
from core.rule_kinds import Proposal
from plugins.travel import figures

_FILED = (Verb.SUBMIT, Verb.RESUBMIT)
_IN_ORDER = {
    figures.TRIP: (("leaves_on", "returns_on", "返回日期"), ("event_from", "event_to", "会议培训结束日期")),
    figures.CLAIM: (("left_on", "returned_on", "实际返回日期"),),
}


@hookimpl
def guizhang_check(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Problems of a trip, a return or a claim as it is filed, each by one of the built-in principles."""
    if proposal.act.verb not in _FILED:
        return
    matter = proposal.matter
    for first, last, title in _IN_ORDER.get(matter.kind, ()):
        since, until = matter.day(first), matter.day(last)
        if since and until and until < since:
            yield "general/form", Problem(f"{title} {until} 早于 {since}", f"改正{title}", last)
    match matter.kind:
        case figures.TRIP:
            yield from (("general/form", problem) for problem in _whole(proposal))
            yield from (("general/no-actor", problem) for problem in _stand_in(proposal))
        case figures.CLAIM:
            yield from (("general/form", problem) for problem in _within_bills(proposal))
        case figures.BACK:
            yield from _own_return(proposal)


def _whole(proposal: Proposal) -> Iterator[Problem]:
    matter = proposal.matter
    if matter.text("route") and len(figures.stops(matter.text("route"))) < 2:
        yield Problem(f"往返路线“{matter.text('route')}”看不出起止", "依次写明经过的地方，如“甲地—乙地—甲地”", "route")
    if matter.text("kind") in ("会议", "培训"):
        for key, title in (("event_from", "会议培训开始日期"), ("event_to", "会议培训结束日期")):
            if matter.day(key) is None:
                yield Problem(f"“{title}”未填写", f"照通知填写{title}", key)


def _stand_in(proposal: Proposal) -> Iterator[Problem]:
    """A traveller for whom things will wait, and for whom nobody stands in yet."""
    matter, organisation = proposal.matter, proposal.office.organisation
    person, leaves, returns = matter.applicant, matter.day("leaves_on"), matter.day("returns_on")
    if leaves is None or returns is None or not _waited_for(person, proposal):
        return
    if all(organisation.stand_ins(person, "", day) for day in (leaves, returns)):
        return
    names = "、".join(organisation.described(each, leaves) for each in _nearest(person, proposal, organisation))
    advice = f"可考虑由{names}代理；" if names else ""
    yield Problem(
        f"{organisation.name(person)} {leaves} 至 {returns} 公出，期间的待办还没有代理人",
        f"{advice}由有权指定的人办理“指定代理”，不指定的等其返回后办理",
        level=Level.NOTE,
    )


def _waited_for(person: str, proposal: Proposal) -> bool:
    """Whether a person leads a unit, is in charge of something, or alone holds his post."""
    organisation, day = proposal.office.organisation, proposal.office.day
    if any(each.person == person and each.span.holds(day) for each in organisation.oversights):
        return True
    held = organisation.tenures_of(person, day)
    return any(organisation.posts[each.post].head or organisation.holders(each.post, day) == (person,) for each in held)


def _nearest(person: str, proposal: Proposal, organisation: Organisation) -> list[str]:
    """Those who come next in the unit of one who leads: of his own rank, else of the next below."""
    day = proposal.office.day
    held = organisation.tenures_of(person, day)
    if not held or not (organisation.posts[held[0].post].head or organisation.posts[held[0].post].rank <= 2):
        return []
    own = organisation.posts[held[0].post].rank
    ranks = {
        each.person: organisation.posts[each.post].rank
        for each in organisation.tenures
        if each.unit == held[0].unit and each.span.holds(day) and each.person != person
    }
    below = sorted(rank for rank in ranks.values() if rank >= own)
    return [other for other, rank in ranks.items() if below and rank == below[0]]


def _within_bills(proposal: Proposal) -> Iterator[Problem]:
    for bill in figures.bills(proposal.matter):
        if bill.claimed > bill.amount:
            yield Problem(
                f"{bill.said}报销 {bill.claimed} 元 > 票面 {bill.amount} 元",
                f"报销金额改为不超过 {bill.amount} 元",
                f"{bill.at}.claimed",
            )


def _own_return(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Only the traveller registers his return, of an approved trip, within its days."""
    matter, office = proposal.matter, proposal.office
    trip = figures.trip_of(matter, office)
    if trip is None:
        return
    if trip.applicant != matter.applicant:
        name = office.organisation.name(trip.applicant)
        yield "general/permission", Problem(f"{trip.number} 的公出人是{name}", f"请由{name}本人登记", "trip")
    if figures.approved_on(trip) is None or figures.cancelled(trip, office):
        state = "已取消" if figures.cancelled(trip, office) else trip.state.title
        yield "general/closed", Problem(f"{trip.number} {state}", "只登记已批准、没有取消的公出", "trip")
    last, leaves, returns = matter.day("last_day"), trip.day("leaves_on"), trip.day("returns_on")
    if matter.text("kind") != figures.CANCELLED and leaves and returns and not (last and leaves <= last <= returns):
        yield (
            "general/form",
            Problem(
                f"在外的最后一天 {last or '未填写'}，批准的公出是 {leaves} 至 {returns}",
                "在批准的起止日期以内填写在外的最后一天；需要延长的，另行申请出差",
                "last_day",
            ),
        )

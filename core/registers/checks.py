"""What the core's own registers demand, by the built-in principles."""

from collections.abc import Iterator

from core.acts import Verb
from core.finding import Problem
from core.registers.handover import handover_problems, leaving_problems
from core.registers.roster_reading import read_roster
from core.registers.standing_in import absence_notes, delegation_problems
from core.rule_kinds import Proposal

_NOT_ONWARD = (Verb.REJECT, Verb.RETURN, Verb.WITHDRAW, Verb.COMMENT)


def checks(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Problems of a register of the core, each with the number of the built-in clause it stands on; none stand
    against sending it back, taking it back or speaking of it.
    """
    if proposal.act.verb in _NOT_ONWARD:
        return
    match proposal.matter.kind:
        case "core.delegation":
            yield from delegation_problems(proposal)
            yield from _span(proposal)
        case "core.absence":
            yield from _span(proposal)
            yield from absence_notes(proposal)
        case "core.appointment" | "core.oversight":
            yield from _span(proposal)
        case "core.roster":
            yield from _roster(proposal)
        case "core.recusal":
            yield from _recusal(proposal)
            yield from _span(proposal)
        case "core.departure":
            yield from _departure(proposal)
            yield from leaving_problems(proposal)
        case "core.handover":
            yield from handover_problems(proposal)
        case "core.correction":
            yield from _correction(proposal)


def _span(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    since, until = proposal.matter.day("since"), proposal.matter.day("until")
    if since and until and since > until:
        yield "form", Problem(f"起始日期 {since} 晚于截止日期 {until}", "把起止日期改成先后次序", "until")


def _recusal(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A recusal says what it is from: one matter, or whatever one person files."""
    matter = proposal.matter
    if not matter.text("matter") and not matter.text("related"):
        yield "recusal", Problem("没有写明回避哪一件事项或哪一个人的事项", "填写回避事项或相关人员", "matter")
    if matter.text("related") and matter.text("related") == matter.text("person"):
        yield "own-matter", Problem("相关人员就是回避人本人", "本人的事项本来就不由本人办理，无需登记", "related")


def _departure(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """Only a post that is held can be left."""
    matter, office = proposal.matter, proposal.office
    person, post = matter.text("person"), matter.text("post")
    held = {tenure.post for tenure in office.organisation.tenures if tenure.person == person}
    if person and post and post not in held:
        title = office.organisation.posts[post].title
        facts = f"{office.organisation.name(person)}没有担任{title}"
        yield "form", Problem(facts, "核对人员和职务", "post")


def _roster(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A roster that names everybody and everything rightly, and changes something."""
    roster = read_roster(proposal.matter, proposal.office.organisation, proposal.office.day)
    yield from roster.problems
    if not roster.registrations and not roster.problems:
        yield "form", Problem("名册与已登记的人员、任职、分管没有不同", "没有要登记的；确有变动的，先在名册中改正")


def _correction(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A line that is there is reversed once; a reversal is not reversed."""
    matter, office = proposal.matter, proposal.office
    ledger, number = matter.text("ledger"), matter.count("entry")
    if not ledger or not number:
        return
    entry = office.entry(ledger, number)
    if entry is None:
        yield "unknown", Problem(f"该台账没有第 {number} 行", "核对台账和行号", "entry")
        return
    if entry.corrects:
        facts = f"第 {number} 行本身就是对第 {entry.corrects} 行的红字冲销"
        yield "correction", Problem(facts, "另按事实重新登记一笔", "entry")
    if any(each.values.get("entry") == number for each in office.entries("core.corrections", ledger=ledger)):
        yield "correction", Problem(f"第 {number} 行已经冲销过", "另按事实重新登记一笔", "entry")

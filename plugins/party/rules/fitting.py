"""What is filed for a duty must be what the duty asks for: of its days, about its event."""

from collections.abc import Iterator

from core.acts import Verb
from core.days.recurrence import periods_holding
from core.family import Proposal
from core.finding import Problem


def fits_its_duty(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A Party matter is filed only for a duty that it really does."""
    matter, office = proposal.matter, proposal.office
    if proposal.act.verb is not Verb.SUBMIT or not matter.duty or not matter.kind.startswith("party."):
        return
    duty = office.duty(matter.duty)
    if duty is None or duty.evidence != matter.kind:
        return
    remedy = f"“{duty.title}”要填写它所要求的内容；办的是另一件的，不选这件例行事项"
    held = matter.day("held_on")
    if duty.period and held and duty.period not in periods_holding(held, office.calendar):
        yield "general/evidence", Problem(f"日期 {held} 不在 {duty.period} 之内", remedy, "held_on")
    if duty.matter and duty.matter not in matter.values.values():
        yield "general/evidence", Problem(f"没有填写 {duty.matter}", remedy, "content")

"""What is filed for a duty must be what the duty asks for: of its branch, its period, its item, its event."""

from collections.abc import Iterator

from core.acts import Verb
from core.days.wording import periods_of
from core.family import Proposal
from core.finding import Problem
from core.matter import Matter
from core.records import Duty

_NAMING = {
    "party.study": "form",
    "party.disclosure": "item",
    "party.visit": "occasion",
    "party.meeting-notice": "meeting",
}
"""The blank by which a matter of a kind says which of several duties it is for."""
_DATES = ("held_on", "day")


def fits_its_duty(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A Party matter is filed only for a duty that it really does."""
    matter, office = proposal.matter, proposal.office
    if proposal.act.verb is not Verb.SUBMIT or not matter.duty or not matter.kind.startswith("party."):
        return
    duty = next((each for each in office.duties() if each.key == matter.duty), None)
    if duty is None or duty.evidence != matter.kind:
        yield "general/evidence", Problem("所选的例行事项不是以这张表为凭的", "从例行事项清单中重新选择，或不选")
        return
    for facts, at in _misfits(matter, duty):
        remedy = f"“{duty.title}”要填写它所要求的内容；办的是另一件的，不选这件例行事项"
        yield "general/evidence", Problem(facts, remedy, at)


def _misfits(matter: Matter, duty: Duty) -> Iterator[tuple[str, str]]:
    naming = _NAMING.get(matter.kind, "")
    if duty.unit and matter.text("unit") and matter.text("unit") != duty.unit:
        yield f"填写的支部不是“{duty.title}”的支部", "unit"
    if duty.period and matter.text("period"):
        if matter.text("period") != duty.period:
            yield f"期间 {matter.text('period')} 不是 {duty.period}", "period"
    elif duty.period and "held_on" in matter.values:
        day = next((day for key in _DATES if (day := matter.day(key))), None)
        if day and duty.period not in periods_of(day):
            yield f"日期 {day} 不在 {duty.period} 之内", "held_on"
    if naming and not duty.matter and matter.text(naming) not in duty.title:
        yield f"填写的是“{matter.text(naming)}”", naming
    if duty.matter and duty.matter not in matter.values.values():
        yield f"没有填写 {duty.matter}", naming or "content"

"""What is filed must fit the calendar and, where it is filed for a duty, that duty's days and its event."""

from collections.abc import Iterator

from core.acts import Verb
from core.days.recurrence import periods_holding
from core.days.terms import period_written
from core.finding import Problem
from core.rule_kinds import Proposal
from plugins.party.matters.forms import DAY

FORM, EVIDENCE = "general/form", "general/evidence"


def fits(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    """A Party matter is of a period that there is, of a day that has come, and filed for a duty it really does."""
    if proposal.act.verb in (Verb.SUBMIT, Verb.RESUBMIT) and proposal.matter.kind.startswith("party."):
        yield from _of_the_calendar(proposal)
        if proposal.matter.duty:
            yield from _of_its_duty(proposal)


def _of_the_calendar(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    matter, office = proposal.matter, proposal.office
    kind = office.matter_type(matter.kind)
    blanks = kind.fields if kind else ()
    day = matter.day("day") if DAY in blanks else None
    if day and day > office.day:
        yield FORM, Problem(f"{DAY.title} {day} 还没有到", "办过以后再登记；日期有误的予以改正", "day")


def _of_its_duty(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    matter, office = proposal.matter, proposal.office
    duty = office.duty(matter.duty)
    if duty is None or duty.evidence != matter.kind:
        return
    remedy = f"“{duty.title}”要填写它所要求的内容；办的是另一件的，不选这件例行事项"
    held = matter.day("held_on")
    if duty.period and held and duty.period not in periods_holding(held, office.calendar):
        yield EVIDENCE, Problem(f"日期 {held} 不在{period_written(duty.period)}之内", remedy, "held_on")
    if duty.matter and duty.matter not in matter.values.values():
        yield EVIDENCE, Problem(f"没有填写 {duty.matter}", remedy, "content")

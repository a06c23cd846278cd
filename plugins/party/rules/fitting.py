"""What is filed must fit the calendar and, where it is filed for a duty, that duty's days and its event."""

from collections.abc import Iterator

from core.acts import Verb
from core.days.recurrence import periods_holding
from core.days.terms import Term
from core.finding import Problem
from core.rule_kinds import Proposal
from plugins.party.matters.forms import DAY, MONTHS_OF

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
    period = next((blank for blank in blanks if blank in MONTHS_OF), None)
    text = matter.text("period")
    if period and text and not Term.written(text, MONTHS_OF[period]):
        yield FORM, Problem(f"{period.title}“{text}”不能辨认", period.help, "period")


def _of_its_duty(proposal: Proposal) -> Iterator[tuple[str, Problem]]:
    matter, office = proposal.matter, proposal.office
    duty = office.duty(matter.duty)
    if duty is None or duty.evidence != matter.kind:
        return
    remedy = f"“{duty.title}”要填写它所要求的内容；办的是另一件的，不选这件例行事项"
    held = matter.day("held_on")
    if duty.period and held and duty.period not in periods_holding(held, office.calendar):
        yield EVIDENCE, Problem(f"日期 {held} 不在 {duty.period} 之内", remedy, "held_on")
    if duty.matter and duty.matter not in matter.values.values():
        yield EVIDENCE, Problem(f"没有填写 {duty.matter}", remedy, "content")

"""Rules about who presides over what, and who else may come to a widened meeting."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import Proposal, Selector, rule
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.matters.topics import ENLARGED
from plugins.meetings.rules.attending import at_meeting
from plugins.meetings.sitting import DEFERRED


@dataclass(frozen=True, slots=True)
class Chosen:
    """Selectors of the persons meant."""

    by: tuple[Selector, ...]


def _selected(parameters: Chosen, proposal: Proposal) -> list[str]:
    found = [each for selector in parameters.by for each in proposal.office.selected(selector)]
    return list(dict.fromkeys(found))


@rule("meetings.presided-by", "由规定的人主持审定", Chosen, matters=(agenda.CONCLUSION,))
def presided_by(parameters: Chosen, proposal: Proposal) -> Iterator[Problem]:
    """Such an item is decided only where one of these presides; without him it is put off."""
    meeting = at_meeting(proposal)
    if meeting is None or not meeting.sitting.opened or proposal.matter.text("outcome") == DEFERRED:
        return
    able = _selected(parameters, proposal)
    if meeting.sitting.chair not in able:
        facts = f"本次会议由{people(proposal, [meeting.sitting.chair])}主持"
        yield Problem(facts, f"结论记为“{DEFERRED}”，等{people(proposal, able)}主持时再审定", "outcome")


@rule("meetings.enlarged-to", "扩大会议的范围", Chosen, matters=(agenda.OPENING,))
def enlarged_to(parameters: Chosen, proposal: Proposal) -> Iterator[Problem]:
    """A widened meeting is open to these, and to whoever reports at it or is asked to attend; to nobody else."""
    meeting = at_meeting(proposal)
    if meeting is None or meeting.notice.text("form") != ENLARGED:
        return
    asked = {str(row["person"]) for row in meeting.notice.rows("observers")}
    asked |= {*_selected(parameters, proposal), *(each.reporter for each in meeting.items)}
    for number, row in enumerate(proposal.matter.rows("others"), 1):
        person = str(row.get("person"))
        if person not in asked:
            facts = f"{people(proposal, [person])}不在扩大的范围之内"
            yield Problem(facts, "从列席人员中去掉；确有需要的，在会议通知中指定列席", f"others.{number}.person")


KINDS = (presided_by, enlarged_to)

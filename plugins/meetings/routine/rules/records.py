"""Rules about the record of a meeting that votes on nothing: kept once, its tasks given and answered for."""

from collections.abc import Iterator

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings.routine.matters.proceedings import PROCEEDINGS
from plugins.meetings.routine.matters.tasks import ASSIGNMENT, TASK_RESULT


@rule("meetings.recorded-once", "一次会议一份记录", NoParameters, matters=(PROCEEDINGS,))
def recorded_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting of a kind, of a unit and a day counts once; what was kept of it stands."""
    matter, held_on = proposal.matter, proposal.matter.day("held_on")
    if held_on is None:
        return
    same = proposal.office.matters(
        PROCEEDINGS, limit=1, body=matter.text("body"), unit=matter.text("unit"), held_on=held_on
    )
    if same:
        yield Problem(f"这一天的这种会议已有记录：{same[0].number}", "不再登记；日期或科室有误的，改正", "held_on")


@rule("meetings.assigned-by", "由主办科室交办", NoParameters, matters=(ASSIGNMENT,))
def assigned_by(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A task is given in the name of a meeting by whoever chaired it, or by the unit that held it."""
    matter, office = proposal.matter, proposal.office
    record = office.matter(matter.text("record"))
    if record is None or matter.applicant == record.text("chair"):
        return
    held = {each.unit for each in office.organisation.tenures_of(matter.applicant, office.day)}
    if record.text("unit") not in held:
        unit = office.organisation.units[record.text("unit")].title
        facts = f"交办人：{people(proposal, [matter.applicant])}"
        yield Problem(facts, f"请由主持人或主办的{unit}交办")


@rule("meetings.answered-for", "由责任人反馈", NoParameters, matters=(TASK_RESULT,))
def answered_for(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """How a task turned out is told by the person responsible for it, or by the head of his unit."""
    matter, office = proposal.matter, proposal.office
    able = [matter.text("responsible"), *office.organisation.heads(matter.text("unit"), office.day)]
    if matter.applicant not in able:
        facts = f"办理人：{people(proposal, [matter.applicant])}"
        yield Problem(facts, f"请由{people(proposal, [each for each in able if each])}反馈")


KINDS = (recorded_once, assigned_by, answered_for)

"""Rules about who reports on an item."""

from collections.abc import Iterator

from core.finding import Problem
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.matters import session
from plugins.meetings.rules.steps import at_meeting, begun_at


def _reporters(proposal: Proposal, item: agenda.Announced) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is in charge of what an item is about, and who leads the section that brings it."""
    organisation, day = proposal.office.organisation, proposal.office.day
    meeting, asking = at_meeting(proposal), item.matter.applicant
    if meeting is not None and asking in meeting.sitting.ranked:
        return (asking,), ()
    unit = item.matter.unit
    return organisation.overseers(day, unit=unit), organisation.heads(unit, day)


@rule("meetings.reporter", "分管领导汇报", NoParameters, matters=(session.REPORT_KEY,))
def reporter(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The leader in charge reports on an item himself where he is there."""
    meeting, matter = begun_at(proposal), proposal.matter
    item = meeting.announced(matter.count("item")) if meeting else None
    if meeting is None or item is None:
        return
    here = [each for each in _reporters(proposal, item)[0] if each in meeting.sitting.present]
    if here and matter.text("person") not in here:
        facts = f"分管领导{people(proposal, here)}在会上，填的汇报人是{people(proposal, [matter.text('person')])}"
        yield Problem(facts, f"由{people(proposal, here)}汇报", "person")


@rule("meetings.reporter-instead", "委托科室负责人汇报", NoParameters, matters=(session.REPORT_KEY,))
def reporter_instead(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Where the leader in charge is away, the head of the section that brings an item speaks for it."""
    meeting, matter = begun_at(proposal), proposal.matter
    item = meeting.announced(matter.count("item")) if meeting else None
    if meeting is None or item is None:
        return
    leaders, heads = _reporters(proposal, item)
    if not set(leaders) & meeting.sitting.present and matter.text("person") not in (*leaders, *heads):
        facts = f"分管领导不在会上，填的汇报人是{people(proposal, [matter.text('person')])}"
        yield Problem(facts, f"由其委托的{people(proposal, heads)}提出意见", "person")


KINDS = (
    reporter,
    reporter_instead,
)

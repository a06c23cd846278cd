"""Rules about who acts in which leader's portfolio."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.family import FieldKey, PostKey, Proposal, rule
from core.finding import Problem
from core.rules.wording import people, written


@dataclass(frozen=True, slots=True)
class InCharge:
    """The blank that names the unit a matter belongs to, and the posts whose holders are in charge of units."""

    unit: FieldKey
    posts: tuple[PostKey, ...]


@rule("meetings.in-charge", "在分管范围之内", InCharge)
def in_charge(parameters: InCharge, proposal: Proposal) -> Iterator[Problem]:
    """A leader files only what belongs to the units he is in charge of, or stands in for whoever is."""
    matter, office = proposal.matter, proposal.office
    organisation, day, applicant = office.organisation, office.day, matter.applicant
    held = {each.post for each in organisation.tenures_of(applicant, day)}
    if not held & set(parameters.posts):
        return
    leaders = organisation.overseers(day, unit=matter.text(parameters.unit))
    represented = {each.person for each in organisation.represents(applicant, day)}
    if leaders and applicant not in leaders and not represented & set(leaders):
        facts = f"{written(proposal, parameters.unit)}，由{people(proposal, leaders)}分管"
        remedy = f"请{people(proposal, leaders)}提出；其外出的，先由主要负责人指定代理"
        yield Problem(facts, remedy, parameters.unit)


KINDS = (in_charge,)

"""Rules about extinguishers and escape facilities: one number each, nothing kept beyond its life."""

from collections.abc import Iterator

from core.family import Proposal, rule
from core.finding import Problem
from plugins.fire import figures
from plugins.fire.rules.responsibilities import NoParameters


@rule("fire.one-number", "一物一号", NoParameters, matters=("fire.facility",))
def one_number(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Two facilities in service never share a number, and an extinguisher has its type and date of making."""
    matter = proposal.matter
    number = matter.text("number")
    for entry in figures.in_service(proposal.office):
        if entry.values["number"] == number:
            yield Problem(f"编号 {number} 已用于{figures.labelled(entry)}", "换一个编号，或先登记原来的报废", "number")
    if matter.text("kind") == figures.EXTINGUISHER:
        for key, title in (("type", "灭火器类型"), ("made_on", "出厂日期")):
            if not matter.values.get(key):
                yield Problem(f"灭火器没有填写{title}，算不出维修和报废的日子", f"填写{title}", key)


@rule("fire.within-life", "到期报废", NoParameters, matters=("fire.facility", "fire.service"))
def within_life(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """An extinguisher past its life is neither put in place nor serviced; it is disposed of."""
    matter, office = proposal.matter, proposal.office
    scrap = matter.day("scrap_by")
    if scrap and scrap <= office.day:
        reference = office.national("fire.extinguisher-life").reference
        new = matter.kind == "fire.facility"
        remedy = (
            "这一具不再使用，改登记没有到期的；出厂日期有误的，改正" if new else "办理消防器材报废登记，另行配置新的"
        )
        yield Problem(f"按{reference}，{scrap} 已到报废期", remedy, "made_on" if new else "facility")


@rule("fire.still-in-service", "仍在使用", NoParameters, matters=("fire.service", "fire.disposal"))
def still_in_service(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only what is in service is serviced or disposed of."""
    facility = proposal.office.matter(proposal.matter.text("facility"))
    numbers = [entry.values["number"] for entry in figures.in_service(proposal.office)]
    if facility and facility.text("number") not in numbers:
        yield Problem(f"{facility.text('number')} 已登记报废", "改正“设施器材”", "facility")


KINDS = (one_number, within_life, still_in_service)

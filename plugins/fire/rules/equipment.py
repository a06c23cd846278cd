"""Rules about extinguishers and escape facilities: one number each, nothing kept beyond its life."""

from collections.abc import Iterator

from core.finding import Problem
from core.rule_kinds import Proposal, rule
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


@rule("fire.still-in-service", "仍在使用", NoParameters, matters=("fire.service", "fire.disposal", "fire.move"))
def still_in_service(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Only what is in service is serviced, moved or disposed of."""
    facility = proposal.office.matter(proposal.matter.text("facility"))
    numbers = [entry.values["number"] for entry in figures.in_service(proposal.office)]
    if facility and facility.text("number") not in numbers:
        yield Problem(f"{facility.text('number')} 已登记报废", "改正“设施器材”", "facility")


@rule("fire.moved-in-order", "器材在哪里要清楚", NoParameters, matters=("fire.move", "fire.bringing-back"))
def moved_in_order(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A facility goes from where it stands to another place; what is lent is brought back before it goes on, once."""
    matter, office = proposal.matter, proposal.office
    lent = office.matter(matter.text("move"))
    facility = office.matter((lent or matter).text("facility"))
    lines = figures.history(office, facility) if facility else []
    if not lines:
        return
    last, told = lines[0], figures.labelled(lines[0])
    loan = next((line for line in lines if line.values["event"] in (figures.LENT, figures.BROUGHT_BACK)), None)
    out = loan.matter if loan and loan.values["event"] == figures.LENT else ""
    if matter.kind == "fire.bringing-back":
        if lent and out != lent.number:
            yield Problem(f"{lent.number}的{told}没有借出在外", "核对编号；已经归还或长期调动的，无需登记", "move")
        return
    if out:
        yield Problem(f"{told}已由{out}借用，还没有归还", "先办理消防器材归还登记", "facility")
    elif matter.text("place") == last.values["place"]:
        yield Problem(f"{told}就在{matter.text('place')}", "填写要移到的位置", "place")
    moved, back = matter.day("moved_on"), matter.day("back_by")
    if moved and back and back < moved:
        yield Problem(f"调动 {moved}，归还不迟于 {back}", f"归还日期不早于 {moved}", "back_by")


_DONE = {
    "fire.service": "done_on",
    "fire.disposal": "disposed_on",
    "fire.move": "moved_on",
    "fire.bringing-back": "back_on",
}


@rule("fire.done-already", "办过再登记", NoParameters, matters=tuple(_DONE))
def done_already(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is entered of a facility has taken place."""
    matter, today = proposal.matter, proposal.office.day
    blank = _DONE[matter.kind]
    day = matter.day(blank)
    if day and day > today:
        yield Problem(f"日期 {day} 还没有到", f"办过之后再登记，日期不晚于 {today}", blank)


KINDS = (one_number, within_life, still_in_service, moved_in_order, done_already)

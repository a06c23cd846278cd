"""Rules about which meetings are held, who hosts them, whom they call, and which are held as one."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.matter import Matter, State
from core.rule_kinds import FieldKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import titled, written
from plugins.meetings.plans.matters import ANNUAL_PLAN, ARRANGEMENT, HELD, UNIT_PLAN


@dataclass(frozen=True, slots=True)
class SameUnit:
    """The blank that names the host, and the one that names the unit it must be."""

    blank: FieldKey
    of: FieldKey


@rule("meetings.hosted-by", "由有关科室主办", SameUnit, matters=(ARRANGEMENT,))
def hosted_by(parameters: SameUnit, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is hosted by the unit that it concerns."""
    matter, units = proposal.matter, proposal.office.organisation.units
    host, unit = matter.text(parameters.blank), matter.text(parameters.of)
    if host != unit and unit in units:
        facts = f"{written(proposal, parameters.of)}，{written(proposal, parameters.blank)}"
        yield Problem(facts, f"“{titled(proposal, parameters.blank)}”改填{units[unit].title}", parameters.blank)


@dataclass(frozen=True, slots=True)
class Near:
    """Within how many days meetings of one subject count as near in time."""

    days: int


def _near(parameters: Near, proposal: Proposal) -> Iterator[tuple[Matter, int]]:
    """The meetings of other sections on the same subject, held by themselves, and how many days lie between."""
    matter, held_on = proposal.matter, proposal.matter.day("held_on")
    for other in proposal.office.matters(ARRANGEMENT, state=State.SETTLED, subject=matter.text("subject")):
        day = other.day("held_on")
        own = other.text("subject_unit") == matter.text("subject_unit")
        if held_on is None or day is None or own or other.text("merged_with"):
            continue
        if abs((day - held_on).days) <= parameters.days:
            yield other, abs((day - held_on).days)


@rule("meetings.merged", "内容相近时间相近的合并召开", Near, matters=(ARRANGEMENT,))
def merged(parameters: Near, proposal: Proposal) -> Iterator[Problem]:
    """A meeting near another section's in subject and in time is held together with it, or says why it cannot be."""
    near, matter = list(_near(parameters, proposal)), proposal.matter
    if not near or matter.text("apart") or matter.text("merged_with") in {other.number for other, _ in near}:
        return
    other, between = near[0]
    unit = proposal.office.organisation.units[other.text("subject_unit")].title
    facts = f"{unit}已安排{other.number}“{other.text('title')}”，同属{matter.text('subject')}，相隔 {between} 天"
    yield Problem(facts, f"“并入的会议”填{other.number}；不能合并的，写明理由", "merged_with")


@rule("meetings.invited-by-content", "按内容需要召集", NoParameters, matters=(ARRANGEMENT,))
def invited_by_content(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever is called to a meeting is called for what it is about; the numbers add up."""
    matter = proposal.matter
    for number, row in enumerate(matter.rows("invited"), 1):
        if not row.get("reason"):
            facts = f"参加范围第 {number} 行“{row.get('who')}”没有写与会议内容的关系"
            yield Problem(facts, "写明关系；没有关系的，从参加范围中去掉", f"invited.{number}.reason")
    total = sum(int(row.get("people", 0)) for row in matter.rows("invited"))
    if total != matter.count("people"):
        facts = f"参加范围共 {total} 人，“参加人数”填 {matter.count('people')} 人"
        yield Problem(facts, f"“参加人数”改为 {total}，或核对参加范围", "people")


@rule("meetings.as-arranged", "会期和人数不超过安排", NoParameters, matters=(HELD,))
def as_arranged(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting lasts no longer and calls no more people than arranged; one that did says why."""
    matter = proposal.matter
    arranged = proposal.office.matter(matter.text("arrangement"))
    if arranged is None or matter.text("overrun"):
        return
    for key, unit in (("days", "天"), ("people", "人")):
        if matter.count(key) > arranged.count(key):
            facts = f"{titled(proposal, key)} {matter.count(key)} {unit} > 安排的 {arranged.count(key)} {unit}"
            yield Problem(facts, "写明“超出的原因”；如填写有误，改正数字", "overrun")


@rule("meetings.compiled", "汇总各科室的计划", NoParameters, matters=(ANNUAL_PLAN,))
def compiled(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The year's plan holds every meeting that the sections' own plans name, or says why one was left out."""
    matter, office = proposal.matter, proposal.office
    listed = {(row.get("unit"), row.get("title")) for row in matter.rows("meetings")}
    for plan in reversed(office.matters(UNIT_PLAN, period=matter.text("period"))):
        unit = plan.text("unit")
        left = [str(row["title"]) for row in plan.rows("meetings") if (unit, row["title"]) not in listed]
        if left and not matter.text("basis"):
            facts = f"{office.organisation.units[unit].title}报送的{'、'.join(left)}没有列入"
            yield Problem(facts, "补上这几项；不列入的，在“汇总说明”中写明理由", "meetings")


KINDS = (hosted_by, merged, invited_by_content, as_arranged, compiled)

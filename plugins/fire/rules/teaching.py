"""Rules about training, drills and fires: nobody left out, a plan that was approved, times that fit."""

from collections.abc import Iterator
from datetime import datetime

from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.wording import people
from plugins.fire import figures
from plugins.fire.rules.responsibilities import NoParameters

_TIMES = (("started", "启动预案"), ("evacuated", "全部疏散完毕"), ("fought", "开始扑救"), ("alarmed", "报火警"))


@rule("fire.everybody-listed", "人人在册", NoParameters, matters=("fire.training", "fire.drill"))
def everybody_listed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The roll names everyone who should take part once and nobody else, and why those absent were absent."""
    matter = proposal.matter
    rows = matter.rows("people")
    listed = [str(row.get("person")) for row in rows]
    expected = figures.expected_at(proposal.office, matter)
    missing = [each for each in expected if each not in listed]
    for number, person in enumerate(listed, 1):
        if person in listed[: number - 1]:
            yield Problem(f"{people(proposal, [person])}写了两行", "删去重复的一行", f"people.{number}.person")
        elif person not in expected:
            yield Problem(
                f"{people(proposal, [person])}不在应参加的人员之内", "从名单中去掉", f"people.{number}.person"
            )
    if missing:
        yield Problem(
            f"名单缺 {len(missing)} 人：{people(proposal, missing[:5])}", "每人填一行，没有参加的填否", "people"
        )
    for number, row in enumerate(rows, 1):
        if row.get("present") is not True and not row.get("reason"):
            name = proposal.office.organisation.name(str(row.get("person")))
            yield Problem(f"{name}缺席，没有写明原因", "填写缺席原因", f"people.{number}.reason")


@rule("fire.held-already", "办过再记", NoParameters, matters=("fire.publicity", "fire.training", "fire.drill"))
def held_already(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """What is recorded has taken place."""
    day, today = proposal.matter.day("held_on"), proposal.office.day
    if day and day > today:
        yield Problem(f"日期 {day} 还没有到", "办过之后再登记", "held_on")


@rule("fire.none-skipped", "间隔不长于全国要求", NoParameters, matters=("fire.training", "fire.drill"))
def none_skipped(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Since the last time no period went by in which the country demands one."""
    matter, office = proposal.matter, proposal.office
    kind, title = ("training", "全员培训") if matter.kind == "fire.training" else ("drill", "演练")
    held = [each.day("held_on") for each in office.matters(matter.kind, state=State.SETTLED)]
    day, last = matter.day("held_on"), max(filter(None, held), default=None)
    if day and last and last < day:
        period, reference = figures.skipped(office, kind, last, day)
        if period:
            facts = f"上一次{title}在 {last}，{period}没有{title}，{reference}要求各期都有"
            yield Problem(facts, "写明没有按期组织的原因后继续", "held_on")


@rule("fire.by-the-plan", "按预案演练", NoParameters, matters=("fire.drill",))
def by_the_plan(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A drill is held by a plan that has been approved."""
    number = proposal.matter.text("plan")
    plan = proposal.office.matter(number)
    if plan and plan.state is not State.SETTLED:
        yield Problem(f"预案 {number} {plan.state.title}，还没有批准", "等预案批准后再按它演练", "plan")


@rule("fire.times-fit", "处置时间", NoParameters, matters=("fire.incident",))
def times_fit(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Each of the four things was done after the fire was discovered, and everybody was got out."""
    matter = proposal.matter
    discovered = figures.clock(matter.text("discovered"))
    if discovered is None:
        yield Problem(f"发现时间“{matter.text('discovered')}”不能辨认", "按 14:05 的样子填写", "discovered")
    for key, title in _TIMES:
        at = figures.clock(matter.text(key))
        if at is None:
            yield Problem(f"{title}“{matter.text(key)}”不能辨认", "按 14:05 的样子填写", key)
        elif discovered and at < discovered:
            yield Problem(f"{title} {at:%H:%M} 早于发现时间 {discovered:%H:%M}", f"改正{title}的时间", key)


@rule("fire.alarm-at-once", "立即报警", NoParameters, matters=("fire.incident",))
def alarm_at_once(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The fire service is called at once, and everybody is got out."""
    matter, day = proposal.matter, proposal.matter.day("on")
    discovered, alarmed = figures.clock(matter.text("discovered")), figures.clock(matter.text("alarmed"))
    most = int(proposal.office.setting("fire.alarm-minutes"))
    if discovered and alarmed and day:
        minutes = (datetime.combine(day, alarmed) - datetime.combine(day, discovered)).total_seconds() // 60
        if minutes > most:
            yield Problem(f"发现后 {minutes:.0f} 分钟才报火警，规定不迟于 {most} 分钟", "写明原因后继续", "alarmed")
    if not matter.flag("everybody_out"):
        yield Problem("楼内人员没有全部疏散", "写明原因后继续", "everybody_out")


KINDS = (everybody_listed, held_already, none_skipped, by_the_plan, times_fit, alarm_at_once)

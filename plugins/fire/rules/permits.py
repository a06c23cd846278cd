"""Rules about permits: the hours, the place, the watcher, the operator's qualification."""

from collections.abc import Iterator
from datetime import datetime

from core.acts import Verb
from core.finding import Problem
from core.rule_kinds import Proposal, rule
from plugins.fire import figures
from plugins.fire.rules.responsibilities import NoParameters

_PERMIT = ("fire.permit",)


@rule("fire.permit-hours", "作业时间", NoParameters, matters=_PERMIT)
def permit_hours(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A permit is asked for before the work, for hours of one day within those the agency allows."""
    matter, office = proposal.matter, proposal.office
    begins, ends = figures.clock(matter.text("begins")), figures.clock(matter.text("ends"))
    for key, title, read in (("begins", "开始时间", begins), ("ends", "结束时间", ends)):
        if read is None:
            yield Problem(f"{title}“{matter.text(key)}”不能辨认", "按 08:30 的样子填写", key)
    day = matter.day("works_on")
    if begins is None or ends is None or day is None:
        return
    opens, closes = str(office.setting("fire.work-hours")).split("-")
    longest = int(office.setting("fire.longest-hours"))
    start, end = datetime.combine(day, begins, office.now.tzinfo), datetime.combine(day, ends, office.now.tzinfo)
    if start < office.now:
        yield Problem(f"作业 {start:%Y-%m-%d %H:%M} 已经过去", "作业之前申请，改正作业日期和开始时间", "works_on")
    if not opens <= f"{begins:%H:%M}" < f"{ends:%H:%M}" <= closes:
        yield Problem(
            f"{begins:%H:%M} 至 {ends:%H:%M}，不在 {opens} 至 {closes} 之内", "改在规定的时间内作业", "begins"
        )
    elif (end - start).total_seconds() > longest * 3600:
        yield Problem(f"一次作业超过 {longest} 小时", "分次申请，每次另行确认现场", "ends")


@rule("fire.guarded-place", "部位和监护", NoParameters, matters=_PERMIT)
def guarded_place(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """No open flame where it is forbidden, and the watcher is not the one who works."""
    matter, office = proposal.matter, proposal.office
    place = matter.text("place")
    barred = [each for each in office.setting("fire.no-flame-places") if each in place]
    if barred and matter.text("kind") != "临时用电":
        yield Problem(
            f"作业部位：{place}，属于禁止明火的部位（{barred[0]}）", "把作业移到别处，或改用不动火的办法", "place"
        )
    watcher = office.organisation.name(matter.text("watcher"))
    if watcher and watcher in matter.text("operator"):
        yield Problem(f"监护人和操作人同为{watcher}", "另定一名现场监护人", "watcher")


@rule("fire.qualified", "操作人员有资格", NoParameters, matters=_PERMIT)
def qualified(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The operator has on file the qualification the work needs, valid on the day."""
    matter, office = proposal.matter, proposal.office
    needed = dict(str(each).split("=", 1) for each in office.setting("fire.qualifications")).get(matter.text("kind"))
    day, operator = matter.day("works_on"), matter.text("operator")
    if needed is None or day is None:
        return
    number = matter.text("certificate")
    held = [
        entry
        for entry in figures.standing(office, "fire.qualifications", certificate=number)
        if entry.values["operator"] == operator and entry.values["kind"] == needed
    ]
    if not number or not held:
        said = f"证书 {number}" if number else "没有填写证书编号"
        yield Problem(
            f"{operator}：{said}，资格台账中没有他的{needed}资格", "先办理操作人员资格登记，再填写证书编号",
            "certificate",
        )  # fmt: skip
    elif all(until < day for entry in held if isinstance(until := entry.values["until"], type(day))):
        until = held[0].values["until"]
        yield Problem(
            f"证书 {number} 有效期至 {until}，作业日期 {day}", "换有有效资格的人操作，或复审后重新登记", "certificate"
        )


@rule("fire.work-in-time", "按批准的时间开工", NoParameters, matters=_PERMIT, verbs=(Verb.PERFORM,))
def work_in_time(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Work begins on the day and within the hours of the permit."""
    matter, now, step = proposal.matter, proposal.office.now, proposal.step
    if step is None or step.form != "start":
        return
    day, begins, ends = matter.day("works_on"), matter.text("begins"), matter.text("ends")
    if now.date() != day or not begins <= f"{now:%H:%M}" < ends:
        facts = f"现在是 {now:%Y-%m-%d %H:%M}，批准的时间是 {day} {begins} 至 {ends}"
        yield Problem(facts, "在批准的时间内开工；过了时间的，由申请人撤回，重新申请")


@rule("fire.ended-in-time", "按批准的时间停工", NoParameters, matters=_PERMIT, verbs=(Verb.PERFORM,))
def ended_in_time(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Work has ended by the hour of the permit."""
    ends, ended = proposal.matter.text("ends"), str(proposal.given.get("ended_at", ""))
    if proposal.step is None or proposal.step.form != "finish" or not ended:
        return
    if figures.clock(ended) is None:
        yield Problem(f"停止作业时间“{ended}”不能辨认", "按 16:00 的样子填写", "ended_at")
    elif ended > ends:
        yield Problem(f"停止作业 {ended}，批准到 {ends}", "写明超时的理由后继续", "ended_at")


KINDS = (permit_hours, guarded_place, qualified, work_in_time, ended_in_time)

"""Rules about what a meeting covers, and what must be settled before it is held."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.matter import State
from core.rule_kinds import BodyKey, Proposal, rule
from core.rules.no_parameters import NoParameters
from plugins.meetings.agenda import CONCLUSION
from plugins.meetings.routine.matters.attendance import SIGN_IN
from plugins.meetings.routine.matters.calling import CALL
from plugins.meetings.routine.matters.preparations import PAPERS
from plugins.meetings.routine.matters.proceedings import PROCEEDINGS
from plugins.meetings.sitting import PASSED

_ROWS = (CALL, PROCEEDINGS)


def _parts(proposal: Proposal) -> set[str]:
    return {str(row.get("part")) for row in proposal.matter.rows("parts")}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that a meeting always has."""

    parts: tuple[str, ...]


@rule("meetings.parts", "规定的会议内容", Parts, matters=_ROWS)
def parts(parameters: Parts, proposal: Proposal) -> Iterator[Problem]:
    """A meeting covers what the clause names."""
    covered = _parts(proposal)
    for part in parameters.parts:
        if part not in covered:
            yield Problem(f"会议内容中没有“{part}”", f"加上“{part}”；本次没有的，写明“无”", "parts")


@dataclass(frozen=True, slots=True)
class PartSays:
    """A part, and what is always filled in with it."""

    part: str
    says: str


_SAYS = {"unit": "汇报或提供科室", "papers": "文件和资料", "measure": "改进措施"}


@rule("meetings.part-says", "内容写全", PartSays, matters=_ROWS)
def part_says(parameters: PartSays, proposal: Proposal) -> Iterator[Problem]:
    """A part of a meeting is stated with everything that belongs to it."""
    for number, row in enumerate(proposal.matter.rows("parts"), 1):
        if row.get("part") == parameters.part and not row.get(parameters.says):
            title = _SAYS[parameters.says]
            yield Problem(f"“{parameters.part}”没有写{title}", f"写明{title}", f"parts.{number}.{parameters.says}")


@dataclass(frozen=True, slots=True)
class Reported:
    """The bodies whose decisions are told, and the part of the meeting that tells them."""

    bodies: tuple[BodyKey, ...]
    part: str


@rule("meetings.reports-decisions", "通报会议决定", Reported, matters=(CALL,))
def reports_decisions(parameters: Reported, proposal: Proposal) -> Iterator[Problem]:
    """What bodies have decided since the last meeting of the kind is told at the next."""
    matter, office = proposal.matter, proposal.office
    if parameters.part in _parts(proposal):
        return
    last = office.matters(PROCEEDINGS, limit=1, body=matter.text("body"))
    new = [
        each.number
        for each in office.matters(CONCLUSION)
        if each.text("body") in parameters.bodies
        and each.text("outcome") == PASSED
        and not (last and each.submitted <= last[0].submitted)
    ]
    if new:
        facts = f"上次会议以后有新的决定：{'、'.join(new)}，议程中没有“{parameters.part}”"
        yield Problem(facts, f"在议程中加上“{parameters.part}”", "parts")


@rule("meetings.as-called", "批准通知以后召开", NoParameters, matters=(PROCEEDINGS, SIGN_IN))
def as_called(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is held on the day, and of the kind, for which its calling has been approved and sent out."""
    matter, office = proposal.matter, proposal.office
    call = office.matter(matter.text("call"))
    if call is None:
        yield Problem("没有填写《召开会议》的编号", "先办理《召开会议》，批准以后再开", "call")
        return
    if call.state is not State.SETTLED:
        yield Problem(f"{call.number}{call.state.title}，还没有走完程序", "等批准、通知以后再开会", "call")
    if call.text("body") != matter.text("body"):
        yield Problem(f"{call.number}是另一种会议", "填写这次会议的编号", "call")
    meant = office.matter(matter.text("change"))
    held_on = matter.day("held_on") if matter.kind == PROCEEDINGS else office.day
    if held_on not in (call.day("held_on"), meant.day("held_on") if meant else None):
        yield Problem(f"通知的会议日期是 {call.day('held_on')}，填的是 {held_on}", "在通知的日期召开", "call")


@rule("meetings.papers-passed", "会议材料已经审定", NoParameters, matters=(PROCEEDINGS,))
def papers_passed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting is held with papers that have been passed."""
    call = proposal.matter.text("call")
    if not proposal.office.matters(PAPERS, state=State.SETTLED, limit=1, call=call):
        yield Problem(f"{call or '这次会议'}没有审定的会议材料", "先办理《会议材料审定》", "call")


@rule("meetings.requested", "经同意方可召开", NoParameters, matters=(CALL,))
def requested(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A section calls a meeting only after its request has been agreed to, for the same section and day."""
    matter, office = proposal.matter, proposal.office
    request = office.matter(matter.text("request"))
    if request is None:
        yield Problem("没有填写《开会申请》的编号", "先办理《开会申请》", "request")
    elif request.state is not State.SETTLED:
        yield Problem(f"{request.number}{request.state.title}", "等同意、统筹以后再通知", "request")
    elif any(request.values.get(key) != matter.values.get(key) for key in ("unit", "body", "held_on")):
        yield Problem(f"{request.number}申请的科室、会议种类或日期与这次不同", "填写这次会议的申请", "request")


KINDS = (parts, part_says, reports_decisions, as_called, papers_passed, requested)

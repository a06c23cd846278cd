"""Rules about what comes before and after a meeting's own business: feedback on topics, reports on decisions."""

from collections.abc import Iterator

from core.chains.steps import StepKind
from core.finding import Problem
from core.matter import State
from core.rule_kinds import Proposal, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people
from plugins.meetings import agenda
from plugins.meetings.matters import session
from plugins.meetings.matters.follow_up import FEEDBACK, FOLLOW_UP, UNFINISHED, unreported
from plugins.meetings.rules.steps import at_meeting


@rule("meetings.fed-back", "审定结果反馈提议人", NoParameters, matters=(FEEDBACK,))
def fed_back(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Whoever proposed a topic is told what really became of it."""
    matter, office = proposal.matter, proposal.office
    topic = office.matter(matter.text("topic"))
    if topic is None:
        return
    if matter.text("told") != topic.applicant:
        facts = f"{topic.number}由{people(proposal, [topic.applicant])}提议"
        yield Problem(facts, f"“反馈给”改填{people(proposal, [topic.applicant])}", "told")
    signing = topic.step is not None and topic.step.kind is StepKind.SIGN
    if topic.state is State.RETURNED or (topic.state is State.RUNNING and signing):
        yield Problem(f"{topic.number}{topic.state.title}，还没有审定", "等审定以后再反馈", "topic")
        return
    refused = topic.state in (State.REJECTED, State.WITHDRAWN)
    if refused != (matter.text("result") == "不列入会议"):
        facts = f"{topic.number}{topic.state.title}"
        yield Problem(facts, f"“审定结果”改为“{'不列入会议' if refused else '列入会议'}”", "result")


@rule("meetings.followed-up", "先通报上次决定的落实", NoParameters, matters=(session.REPORT_KEY, agenda.CLOSING))
def followed_up(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """A meeting first hears how what was decided before has been carried out."""
    meeting = at_meeting(proposal)
    left = unreported(proposal.office, meeting) if meeting else []
    if left:
        numbers = "、".join(each.number for each in left)
        yield Problem(f"以前的决定还没有向会议通报：{numbers}", "先登记《督办通报》，逐项写明进展", "meeting")


@rule("meetings.explained", "没有完成的批评并说明", NoParameters, matters=(FOLLOW_UP,))
def explained(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Where a decision was not carried out the meeting criticises, and the section explains itself."""
    titles = {"criticised": "会议批评", "explanation": "承办科室的说明"}
    for number, row in enumerate(proposal.matter.rows("decisions"), 1):
        for key, title in titles.items():
            if row.get("state") == UNFINISHED and not row.get(key):
                facts = f"第 {number} 行{row.get('conclusion')}没有完成，没有写“{title}”"
                yield Problem(facts, f"写明{title}", f"decisions.{number}.{key}")


KINDS = (fed_back, followed_up, explained)

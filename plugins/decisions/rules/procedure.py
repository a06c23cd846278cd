"""Rules of how a major decision is taken: which body, who watches, nothing in dispute, filed from a closed record."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.chains.steps import StepKind
from core.finding import Problem
from core.matter import Matter
from core.rule_kinds import BodyKey, FieldKey, MatterKey, Proposal, rule
from core.rules.wording import titled
from plugins.decisions.matters.decision import DECISION, EMERGENCY


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """The bodies one of which decides."""

    bodies: tuple[BodyKey, ...]


@rule("decisions.decided-by", "由规定的会议决定", DecidedBy, matters=(DECISION, EMERGENCY))
def decided_by(parameters: DecidedBy, proposal: Proposal) -> Iterator[Problem]:
    """Such a matter is decided by the body that the clause names."""
    named, office = proposal.matter.text("body"), proposal.office
    if named in parameters.bodies:
        return
    titles = [body.title for key in (named, *parameters.bodies) if (body := office.body(key))]
    yield Problem(f"决策机构：{titles[0]}", f"“决策机构”改填{'或'.join(titles[1:])}", "body")


@dataclass(frozen=True, slots=True)
class Watched:
    """The rows of a notice that name what is to be decided, their column, and the blank that invites a watcher."""

    items: FieldKey
    invited: FieldKey
    column: str = "subject"


@rule("decisions.watched", "邀请监督", Watched)
def watched(parameters: Watched, proposal: Proposal) -> Iterator[Problem]:
    """To a meeting that takes a major decision someone is invited to watch."""
    matter, office = proposal.matter, proposal.office
    named = [office.matter(str(row.get(parameters.column, ""))) for row in matter.rows(parameters.items)]
    major = [each.number for each in named if each is not None and each.kind == DECISION]
    if major and not matter.flag(parameters.invited):
        title = titled(proposal, parameters.invited)
        yield Problem(f"议题中有重大决策{'、'.join(major)}，没有邀请监督", f"“{title}”填“是”", parameters.invited)


@dataclass(frozen=True, slots=True)
class Undisputed:
    """The blank that names what is decided, and the one that tells the views held back; `none` says there are none."""

    subject: FieldKey
    views: FieldKey
    none: str = "无"


@rule("decisions.undisputed", "有争议的重新调研", Undisputed)
def undisputed(parameters: Undisputed, proposal: Proposal) -> Iterator[Problem]:
    """A disputed decision is not passed before it has been sent back and researched again."""
    decision = proposal.office.matter(proposal.matter.text(parameters.subject))
    if decision is None or decision.kind != DECISION:
        return
    if proposal.matter.text(parameters.views).strip() != parameters.none and not _researched_again(decision):
        yield Problem(
            f"{decision.number}还有不同意见，没有重新调研过",
            "结论记为“暂缓”，由会议秘书把事项退回重新调研后再上会",
            parameters.views,
        )


def _researched_again(decision: Matter) -> bool:
    """Whether something was filed anew after the body sent the decision back."""
    sent_back = False
    for mark in decision.course:
        at = decision.steps[mark.step] if 0 <= mark.step < len(decision.steps) else None
        if mark.verb is Verb.RETURN and at is not None and at.kind is StepKind.RESOLUTION:
            sent_back = True
        elif sent_back and mark.verb is Verb.FILE and not mark.void:
            return True
    return False


@dataclass(frozen=True, slots=True)
class RecordClosed:
    """The kinds of matter by which a meeting concludes an item (`subject`) and closes its record, both by `meeting`."""

    conclusion: MatterKey
    closing: MatterKey


@rule("decisions.record-closed", "会议记录归档后入卷", RecordClosed, matters=(DECISION,), verbs=(Verb.FILE,))
def record_closed(parameters: RecordClosed, proposal: Proposal) -> Iterator[Problem]:
    """What a meeting decided is filed when the record of the meeting is closed."""
    office, matter = proposal.office, proposal.matter
    if proposal.step is None or proposal.step.form != "archive":
        return
    concluded = office.matters(parameters.conclusion, limit=1, subject=matter.number)
    meeting = concluded[0].text("meeting") if concluded else ""
    if meeting and not office.matters(parameters.closing, limit=1, meeting=meeting):
        yield Problem(f"{meeting}的记录还没有归档", "等会议闭会归档以后再入卷", "minutes")


KINDS = (decided_by, watched, undisputed, record_closed)

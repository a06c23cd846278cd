"""Rules of how a major decision is taken: not where it is disputed, and filed only from a record that is closed."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.acts import Verb
from core.family import FieldKey, MatterKey, Proposal, rule
from core.finding import Problem
from plugins.decisions.matters.decision import DECISION


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
    again = any(mark.verb is Verb.RETURN for mark in decision.course)
    if proposal.matter.text(parameters.views).strip() != parameters.none and not again:
        yield Problem(
            f"{decision.number}还有不同意见，没有重新调研过",
            "结论记为“暂缓”，由会议秘书把事项退回重新调研后再上会",
            parameters.views,
        )


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


KINDS = (undisputed, record_closed)

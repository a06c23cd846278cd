"""A supervised matter with its section and day, reports on its progress, and the account given when it is late."""

from collections.abc import Iterator, Mapping

from core.acts import Verb
from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Copy, Discharge, Duty, Effect
from plugins.supervision.ledgers import BOOK, Turn, line

TASK, PROGRESS, EXPLANATION = "supervision.task", "supervision.progress", "supervision.explanation"
URGING = "supervision.urging"
RESULT, FEEDBACK = "result", "feedback"
"""Forms of the steps where the section reports what it has done, and where it is reported upwards."""

_NAMED = Field("task", "督查事项", Kind.MATTER, matter=TASK)


def _received(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """Who takes it in: the first of those who head the section charged with it."""
    heads = office.organisation.heads(matter.text("section"), office.day) if matter.text("section") else ()
    return {"receiver": heads[0]} if heads else {}


def _begun(office: Consulted, person: str, duty: Duty | None) -> Mapping[str, Value]:
    """What a duty to supervise a meeting's conclusion already says: what was decided, who does it, by when."""
    origin = office.matter(duty.matter) if duty else None
    if origin is None:
        return {}
    says = {
        "origin": origin.number,
        "title": "：".join(each for each in (origin.text("topic"), origin.text("decision")) if each)[:200],
        "instructed_by": origin.text("supervisor"),
        "section": origin.text("executor"),
        "handler": origin.text("responsible"),
    }
    found: dict[str, Value] = {key: value for key, value in says.items() if value}
    finish_by = origin.day("finish_by")
    return {**found, **({"finish_by": finish_by} if finish_by else {})}


def _followed(outcome: Outcome) -> Iterator[Effect]:
    """Each turn is a line of the book; what is supervised, done or closed is no longer owed."""
    matter, office, act = outcome.matter, outcome.office, outcome.proposal.act
    if act.verb is Verb.SUBMIT:
        yield line(office, Turn.OPENED, matter.number, act.by, matter.text("title"))
        yield from _discharged(office, matter.text("origin"), matter.number, evidence=TASK)
    elif act.verb is Verb.URGE:
        yield line(office, Turn.URGED, matter.number, act.by, act.opinion)
    elif not matter.state.open:
        yield line(office, Turn.CLOSED if outcome.settled else Turn.DROPPED, matter.number, act.by)
        yield from _discharged(office, matter.number, matter.number)
    elif outcome.completed is not None:
        yield line(office, Turn.STEP, matter.number, act.by, outcome.completed.title)
        if outcome.completed.form == RESULT:
            yield from _discharged(office, matter.number, matter.number, owner=matter.text("handler"))


def _discharged(office: Consulted, matter: str, by: str, *, evidence: str = "", owner: str = "") -> Iterator[Discharge]:
    """The duties that follow from a matter: those that await a kind of evidence, or that one person owes, or all."""
    for duty in office.duties_from(matter):
        if (not evidence or duty.evidence == evidence) and (not owner or owner in duty.owners):
            yield Discharge(duty.key, by)


def _progressed(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    yield line(outcome.office, Turn.PROGRESS, matter.text("task"), matter.applicant, matter.text("progress"))


def _urged(outcome: Outcome) -> Iterator[Effect]:
    """Who handles it and who heads his section are sent it to read."""
    urging, office = outcome.matter, outcome.office
    task = office.matter(urging.text("task"))
    if task is not None:
        yield line(office, Turn.URGED, task.number, urging.applicant, urging.text("words"))
        told = dict.fromkeys((task.text("handler"), task.text("receiver")))
        yield from (Copy(each, urging.number, urging.applicant, office.day) for each in told if each)


def _explained(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.settled:
        yield line(outcome.office, Turn.EXPLAINED, matter.text("task"), matter.applicant, matter.text("reason"))


MATTERS = (
    MatterType(
        key=TASK,
        title="督查事项",
        prefix="督查",
        fields=(
            Field("title", "事项"),
            Field("scope", "督查范围", Kind.CHOICE, setting="supervision.scopes"),
            Field("source", "来源", Kind.CHOICE, setting="supervision.sources"),
            Field("origin", "出自哪件事项", Kind.MATTER, required=False, help="会议确定的，填议题结论的编号"),
            Field("reference", "来文或督办编号", required=False),
            Field("command", "列入上级督查机构", Kind.FLAG),
            Field("instruction", "领导意见", Kind.LONG, help="领导签署的意见或批示"),
            Field("instructed_by", "签署意见的领导", Kind.PERSON),
            Field("opinion", "办理意见", Kind.LONG, help="根据领导意见提出：办什么、怎样办、办到什么程度"),
            Field("section", "承办科室", Kind.UNIT),
            Field("handler", "承办人", Kind.PERSON),
            Field("finish_by", "办理期限", Kind.DATE),
            Field("report_by", "上报期限", Kind.DATE, required=False, help="上级规定的办结上报日期"),
        ),
        subject="title",
        step_forms={
            RESULT: (Field("result", "办理结果", Kind.LONG),),
            FEEDBACK: (
                Field("reported_to", "上报给谁"),
                Field("feedback", "反馈内容", Kind.LONG),
            ),
        },
        derived=(Field("receiver", "承办科室负责人", Kind.PERSON),),
        derive=_received,
        prepare=_begun,
        follows=_followed,
        books=(Booked(BOOK, early=True),),
        indexed=("origin",),
    ),
    MatterType(
        key=PROGRESS,
        title="督查进展报告",
        prefix="督进",
        register=True,
        fields=(_NAMED, Field("progress", "进展情况", Kind.LONG)),
        subject="progress",
        follows=_progressed,
        indexed=("task",),
    ),
    MatterType(
        key=URGING,
        title="督办通知",
        prefix="督催",
        register=True,
        fields=(_NAMED, Field("words", "催办的话", Kind.LONG)),
        subject="words",
        follows=_urged,
        indexed=("task",),
        help="发给承办人和承办科室负责人",
    ),
    MatterType(
        key=EXPLANATION,
        title="未按期办结说明",
        prefix="督说",
        fields=(
            _NAMED,
            Field("reason", "未能按期办结的原因", Kind.LONG),
            Field("expected_on", "预计办结日期", Kind.DATE),
            Field("told", "向谁说明", Kind.PERSON, help="分管领导或者主要领导"),
        ),
        subject="reason",
        follows=_explained,
        indexed=("task",),
    ),
)

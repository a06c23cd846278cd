"""After a decision: who carries it out by when, its completion, evaluation, publication, and the views that differ."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from core.chains.steps import StepKind
from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect
from plugins.decisions.ledgers import BOOK, Turn, line
from plugins.decisions.matters.decision import BODY, CATEGORY, DECISION

ASSIGNMENT, COMPLETION, EVALUATION = "decisions.assignment", "decisions.completion", "decisions.evaluation"
PUBLICATION, DISSENT, DEMAND = "decisions.publication", "decisions.dissent", "decisions.demand"

SUBJECT = Field("subject", "决策", Kind.MATTER, matter=DECISION, help="重大决策的编号")
_OF_DECISION = (
    BODY,
    CATEGORY,
    Field("title", "决策事项"),
    Field("classified", "涉密", Kind.FLAG),
    Field("decided", "会议已经通过", Kind.FLAG),
)


def adopted(decision: Matter) -> bool:
    """Whether its body has agreed to a decision."""
    at = [index for index, step in enumerate(decision.steps) if step.kind is StepKind.RESOLUTION]
    return any(decision.signed(index) for index in at)


def _of_decision(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    named = matter.text("subject")
    if not named and (assignment := office.matter(matter.text("assignment"))):
        named = assignment.text("subject")
    decision = office.matter(named)
    if decision is None:
        return {}
    values: dict[str, Value] = {key: decision.text(key) for key in ("body", "category", "title")}
    return {**values, "classified": decision.flag("classified"), "decided": adopted(decision)}


def _told(turn: Turn, note: str) -> Callable[[Outcome], Iterable[Effect]]:
    """What follows is one line of the book, with what stands in the blank `note` where the decision is no secret."""

    def follows(outcome: Outcome) -> Iterator[Effect]:
        if outcome.settled:
            matter = outcome.matter
            assignment = outcome.office.matter(matter.text("assignment"))
            decision = matter.text("subject") or (assignment.text("subject") if assignment else "")
            yield from line(outcome, turn, decision, "" if matter.flag("classified") else matter.text(note)[:400])

    return follows


def _register(
    key: str, title: str, prefix: str, turn: Turn, note: str, fields: tuple[Field, ...], about: Field = SUBJECT
) -> MatterType:
    return MatterType(
        key=key,
        title=title,
        prefix=prefix,
        register=True,
        fields=(about, *fields),
        subject=note,
        derived=_OF_DECISION,
        derive=_of_decision,
        follows=_told(turn, note),
        books=(Booked(BOOK),),
        indexed=(about.key,),
    )


MATTERS = (
    _register(
        ASSIGNMENT,
        "决策执行安排",
        "决执",
        Turn.ASSIGNED,
        "task",
        (
            Field("task", "执行任务", Kind.LONG),
            Field("executor", "责任科室", Kind.UNIT),
            Field("responsible", "责任人", Kind.PERSON),
            Field("finish_by", "完成期限", Kind.DATE),
        ),
    ),
    _register(
        COMPLETION,
        "决策执行完成报告",
        "决毕",
        Turn.COMPLETED,
        "result",
        (
            Field("result", "完成情况", Kind.LONG),
            Field("departs", "改变了决定的内容", Kind.FLAG),
        ),
        Field("assignment", "执行安排", Kind.MATTER, matter=ASSIGNMENT),
    ),
    _register(
        EVALUATION,
        "决策后评估",
        "决评",
        Turn.EVALUATED,
        "effect",
        (
            Field("effect", "执行效果", Kind.LONG),
            Field("verdict", "评估结论", Kind.CHOICE, choices=("继续执行", "需要调整", "停止执行")),
        ),
    ),
    _register(
        PUBLICATION,
        "决策公布",
        "决公",
        Turn.PUBLISHED,
        "content",
        (
            Field("channel", "公布方式", Kind.CHOICE, setting="decisions.channels"),
            Field("audience", "范围"),
            Field("content", "公布内容", Kind.LONG),
            Field("published_on", "公布日期", Kind.DATE),
        ),
    ),
    _register(
        DISSENT,
        "保留不同意见",
        "决异",
        Turn.DISSENTED,
        "view",
        (
            Field("view", "意见", Kind.LONG),
            Field("raised_to", "向谁反映", required=False, help="向上级反映的，写明上级组织"),
        ),
    ),
    _register(
        DEMAND,
        "上级要求重新议事",
        "决重",
        Turn.DEMANDED,
        "requirement",
        (
            Field("superior", "上级组织"),
            Field("requirement", "要求", Kind.LONG),
            Field("again_by", "重新议事期限", Kind.DATE),
        ),
    ),
)

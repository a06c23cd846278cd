"""The book of major decisions: one line for each turn a decision takes, and one for each disclosure of a function."""

from collections.abc import Iterator
from enum import StrEnum

from core.family import LedgerType, Outcome
from core.fields import Field, Kind
from core.records import Entry

BOOK, DISCLOSED = "decisions.book", "decisions.disclosed"


class Turn(StrEnum):
    """What happened to a decision."""

    ADOPTED = "会议通过"
    DEFEATED = "未通过"
    ASSIGNED = "安排执行"
    COMPLETED = "执行完成"
    EVALUATED = "评估"
    PUBLISHED = "公布"
    DISSENTED = "保留意见"
    DEMANDED = "要求重新议事"
    PURSUED = "追究责任"


def line(outcome: Outcome, turn: Turn, decision: str, note: str = "") -> Iterator[Entry]:
    """One more line of the book about a decision; nothing where no decision is named."""
    if decision:
        said = {"note": note} if note else {}
        values = {"decision": decision, "turn": turn.value, "person": outcome.proposal.act.by, **said}
        yield Entry(BOOK, outcome.office.day, values, outcome.matter.number)


LEDGERS = (
    LedgerType(
        key=BOOK,
        title="重大决策台账",
        columns=(
            Field("decision", "决策", Kind.MATTER),
            Field("turn", "经过", Kind.CHOICE, choices=tuple(each.value for each in Turn)),
            Field("person", "经办人", Kind.PERSON),
            Field("note", "情况", required=False),
        ),
        indexed=("decision",),
        help="从会议决定到执行、评估、追责，每一步各记一行，只增不改",
    ),
    LedgerType(
        key=DISCLOSED,
        title="分管工作公开台账",
        columns=(
            Field("function", "工作", Kind.FUNCTION),
            Field("channel", "公开方式"),
            Field("content", "公开内容"),
        ),
        indexed=("function",),
    ),
)

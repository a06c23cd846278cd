"""The book of supervision: one line for each turn a supervised matter takes."""

from enum import StrEnum

from core.consulted import Consulted
from core.family import LedgerType
from core.fields import Field, Kind, Value
from core.records import Entry

BOOK = "supervision.book"


class Turn(StrEnum):
    """What happened to a supervised matter."""

    OPENED = "立项"
    STEP = "办理"
    PROGRESS = "进展"
    URGED = "催办"
    EXPLAINED = "说明情况"
    CLOSED = "销号"
    DROPPED = "撤销"


def line(office: Consulted, turn: Turn, task: str, person: str, note: str = "") -> Entry:
    """One more line of the book about a supervised matter."""
    values: dict[str, Value] = {"task": task, "turn": turn.value, "person": person}
    values |= {"note": note[:400]} if note else {}
    return Entry(BOOK, office.day, values, task)


LEDGERS = (
    LedgerType(
        key=BOOK,
        title="督查台账",
        columns=(
            Field("task", "督查事项", Kind.MATTER),
            Field("turn", "经过", Kind.CHOICE, choices=tuple(each.value for each in Turn)),
            Field("person", "经办人", Kind.PERSON),
            Field("note", "情况", required=False),
        ),
        indexed=("task",),
        help="从立项到销号，每一步各记一行，只增不改",
    ),
)

"""Holding people to account for how a decision was taken: on what ground, who answers for it, by which measure."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.matter import Matter
from core.records import Effect
from plugins.decisions.ledgers import BOOK, Turn, line
from plugins.decisions.matters.decision import DECISION

ACCOUNTABILITY = "decisions.accountability"
MAIN, DIRECT = "主要责任人", "直接责任人"
GRADES = ("轻微", "较重", "严重")
"""How grave it is, the least first; which measures each allows is the agency's."""


def _pursued(outcome: Outcome) -> Iterator[Effect]:
    if outcome.settled:
        yield from line(outcome, Turn.PURSUED, outcome.matter.text("subject"), outcome.matter.text("ground"))


def _whose(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    """Whether the principal is among those who are to answer: then nobody in the house decides on it."""
    named = {str(row.get("person")) for row in matter.rows("responsible")}
    return {"of_principal": bool(named & set(office.organisation.principals(office.day)))}


MATTERS = (
    MatterType(
        key=ACCOUNTABILITY,
        title="决策责任追究",
        prefix="决责",
        fields=(
            Field("ground", "情形", Kind.CHOICE, setting="decisions.grounds"),
            Field("subject", "有关决策", Kind.MATTER, required=False, matter=DECISION),
            Field(
                "responsible",
                "责任人",
                Kind.ROWS,
                columns=(
                    Field("person", "人员", Kind.PERSON),
                    Field("role", "责任", Kind.CHOICE, choices=(MAIN, DIRECT)),
                ),
            ),
            Field("whose", "责任主体", Kind.CHOICE, required=False, setting="decisions.liable"),
            Field("grade", "情节", Kind.CHOICE, required=False, choices=GRADES),
            Field("facts", "事实", Kind.LONG),
            Field("loss", "造成的损失或影响", Kind.LONG, required=False),
            Field("measure", "处理建议", Kind.CHOICE, setting="decisions.measures"),
            Field("correct_by", "纠正期限", Kind.DATE, required=False),
        ),
        subject="facts",
        step_forms={"result": (Field("result", "处理结果", Kind.LONG),)},
        derived=(Field("of_principal", "涉及主要负责人", Kind.FLAG),),
        derive=_whose,
        follows=_pursued,
        books=(Booked(BOOK, always=False),),
        indexed=("subject",),
    ),
)

"""Consolation money in illness, disaster and bereavement."""

from collections.abc import Iterator

from core.chains.steps import StepKind
from core.family import Booked, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Effect, Entry
from plugins.finance.matters.spending import PAYMENT


def _paid(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if outcome.completed and outcome.completed.kind is StepKind.PERFORM:
        values: dict[str, Value] = {key: matter.text(key) for key in ("person", "relation", "occasion")}
        values["amount"] = matter.money("amount")
        yield Entry("finance.consolations", outcome.office.day, values, matter.number)


CONSOLATION = MatterType(
    key="finance.consolation",
    title="慰问金",
    prefix="慰问",
    fields=(
        Field("person", "所属干部", Kind.PERSON, help="本人，或受慰问亲属所属的干部"),
        Field("relation", "慰问对象", Kind.CHOICE, setting="finance.consolation-relations"),
        Field("occasion", "慰问事由", Kind.CHOICE, setting="finance.consolation-occasions"),
        Field("detail", "情况说明", help="何时、何地、何种情形"),
        Field("amount", "金额", Kind.MONEY),
    ),
    subject="detail",
    amount="amount",
    step_forms={"payment": PAYMENT},
    follows=_paid,
    books=(Booked("finance.consolations"),),
    indexed=("person",),
)

MATTERS = (CONSOLATION,)

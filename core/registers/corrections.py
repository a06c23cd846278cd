"""Corrections of ledger lines: a line is never altered, only reversed by another that names it (红字)."""

from collections.abc import Iterator

from core.family import LedgerType, MatterType, Outcome
from core.fields import Field, Kind, Value
from core.records import Effect, Entry


def _reversal(outcome: Outcome) -> Iterator[Effect]:
    matter = outcome.matter
    if not outcome.settled:
        return
    ledger, number = matter.text("ledger"), matter.count("entry")
    wrong = outcome.office.entry(ledger, number)
    if wrong:
        yield Entry(ledger, outcome.office.day, outcome.office.reversed(wrong), wrong.matter, corrects=number)
        values: dict[str, Value] = {"ledger": ledger, "entry": number, "reason": matter.text("reason")}
        yield Entry("core.corrections", outcome.office.day, values, matter.number)


CORRECTION = MatterType(
    key="core.correction",
    title="台账更正",
    prefix="更正",
    fields=(
        Field("ledger", "台账", Kind.LEDGER),
        Field("entry", "行号", Kind.NUMBER),
        Field("reason", "更正原因", Kind.LONG),
    ),
    subject="reason",
    register=True,
    follows=_reversal,
    help="原记录保留，另记一笔红字冲销",
)

CORRECTIONS = LedgerType(
    key="core.corrections",
    title="更正台账",
    columns=(Field("ledger", "台账", Kind.LEDGER), Field("entry", "行号", Kind.NUMBER), Field("reason", "更正原因")),
    indexed=("ledger",),
)

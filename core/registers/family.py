"""The core's own matter types, put together as a family."""

from core.family import Family
from core.registers.corrections import CORRECTION, CORRECTIONS
from core.registers.handover import HANDOVER, HANDOVERS
from core.registers.people import ABSENCE, APPOINTMENT, DELEGATION, DEPARTURE, OVERSIGHT, RECUSAL
from core.registers.roster import ROSTER
from core.rules.ready import READY

CORE = Family(
    key="core",
    title="机构与人员",
    matters=(DELEGATION, ABSENCE, APPOINTMENT, DEPARTURE, OVERSIGHT, RECUSAL, ROSTER, HANDOVER, CORRECTION),
    rules=READY,
    ledgers=(CORRECTIONS, HANDOVERS),
)

"""What an act leaves behind beside its matter: ledger entries, duties, notices, resolutions, changes of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.access.account import Account, Grant
from core.condition import Condition
from core.fields import Value
from core.people import Absence, Delegation, Oversight, Person, Recusal, Tenure


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger; never altered. `corrects` names the entry that this one reverses (红字)."""

    ledger: str
    on: date
    values: Mapping[str, Value]
    matter: str = ""
    corrects: int = 0
    number: int = 0


def unreversed(found: list[Entry]) -> list[Entry]:
    """The lines that were not reversed, and no line that reverses one."""
    cancelled = {each.corrects for each in found if each.corrects}
    return [each for each in found if not each.corrects and each.number not in cancelled]


class DutyState(Enum):
    """How a duty stands on a day."""

    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"

    @property
    def title(self) -> str:
        return {"coming": "未到期", "due": "应办", "overdue": "逾期", "done": "已办结"}[self.value]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed by a day. `owners` are persons, any of whom discharges it; `evidence` a matter type, if one is
    demanded; `clause` is `regulation/no`; `opens` the day from which it is shown as due.
    """

    key: str
    title: str
    clause: str
    owners: tuple[str, ...]
    opens: date
    due: date
    derivation: str = ""
    """How the day was computed, in words."""
    evidence: str = ""
    matter: str = ""
    """The matter it follows from."""
    period: str = ""
    unit: str = ""
    person: str = ""
    """Of whom it is owed, where everybody owes his own."""
    evidence_when: Condition | None = None
    """What must hold of the evidence; a duty that is stored is told apart by its matter and has none."""
    done: date | None = None
    done_by: str = ""
    note: str = ""

    def state(self, today: date) -> DutyState:
        if self.done:
            return DutyState.DONE
        if today > self.due:
            return DutyState.OVERDUE
        return DutyState.DUE if today >= self.opens else DutyState.COMING


class NoticeState(Enum):
    """How a publication stands."""

    RUNNING = "running"
    EXPIRED = "expired"
    UPHELD = "upheld"

    @property
    def title(self) -> str:
        return {"running": "公示中", "expired": "期满无异议", "upheld": "异议成立"}[self.value]


@dataclass(frozen=True, slots=True)
class Objection:
    """Someone's objection to a notice, and what came of it."""

    by: str
    on: date
    text: str
    upheld: bool | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A publication that runs `since`..`until` (both included), counted in working days."""

    key: str
    title: str
    text: str
    clause: str
    since: date
    until: date
    matter: str = ""
    audience: str = "全体人员"
    objections: tuple[Objection, ...] = ()
    state: NoticeState = NoticeState.RUNNING


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a body decided on one matter."""

    number: str
    body: str
    held_on: date
    members_due: int
    members_present: int
    adopted: bool
    matter: str
    registered_by: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A body has decided on a matter that waits for it: its resolution is registered in the same transaction, by the
    one who acts and with the same checks; where they refuse it, nothing of the act is written.
    """

    matter: str
    values: Mapping[str, Value]
    """The blanks of `core.hearings.signing.RESOLUTION_FORM`."""


@dataclass(frozen=True, slots=True)
class Discharge:
    """A duty is done: by the matter or the act that this effect follows from."""

    duty: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """Something a person has in hand and another must take over when he leaves. `settle` says it cannot be handed
    over: a loan is paid back by whoever borrowed.
    """

    key: str
    """Its number: of the matter, the duty, the loan, the asset."""
    what: str
    """What sort of thing it is, in words: 借款, 资产."""
    title: str
    remedy: str
    settle: bool = False


@dataclass(frozen=True, slots=True)
class EndTenure:
    """A person ceases to hold a post on a day (its last day)."""

    person: str
    post: str
    last_day: date
    unit: str = ""
    """The unit it is held in; without one, every unit."""


@dataclass(frozen=True, slots=True)
class EndAbsence:
    """An absence that was to begin on `since` ends after `last_day`; it never begins where that is earlier."""

    person: str
    since: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Copy:
    """A matter sent to someone to read; it gives no right to act."""

    person: str
    matter: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stock phrase that a person keeps for his opinions, or takes off his list."""

    person: str
    text: str
    kept: bool = True


Change = Person | Tenure | EndTenure | Oversight | Delegation | Absence | EndAbsence | Recusal
Administered = Account | Grant
"""What an administrator's act leaves behind."""
Effect = Administered | Resolution | Resolved | Entry | Duty | Notice | Discharge | Copy | Phrase | Change

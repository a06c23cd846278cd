"""The errors a caller can be told about, every message a Chinese sentence saying what happened and what to do.

GuizhangError
├── StoreError             the records could not be used as asked
│   ├── StoreTooNew        written by a newer program than this one
│   ├── StoreTooOld        not yet brought to this program's format
│   ├── StoreBusy          others held the records beyond the time allowed; try again
│   ├── StoreFailed        the file or the disk is bad; the store is closed
│   ├── Conflict           somebody else changed the document first; read it again
│   ├── Unrecorded         a write outside a recorded transaction
│   └── NotEntitled        the actor's account does not entitle him to what was to be written
├── RulebookInvalid        a rulebook has faults, all of them listed
├── KeyRefused             a key cannot be registered or revoked, for every reason listed
├── UnseenRefused          what was said beside a form, to be recorded nowhere, cannot be used
├── FactorRefused          the second factor was answered wrongly, too soon, or cannot be set so
└── SessionEnded           the key that a session was opened with is no longer good
"""

from collections.abc import Iterable

from core.rulebook.faults import RulebookFault


class GuizhangError(Exception):
    """The root of every error this program raises on purpose."""


class StoreError(GuizhangError):
    """The records could not be read or written as asked."""


class StoreTooNew(StoreError):
    """The records were written by a newer program than this one."""


class StoreTooOld(StoreError):
    """The records are of an earlier format and must be upgraded before they are used."""


class StoreBusy(StoreError):
    """Other sessions held the records longer than the caller may wait; nothing was written."""


class StoreFailed(StoreError):
    """The file is damaged or not a store, or the disk refused; the store is closed."""


class Conflict(StoreError):
    """The document was changed or removed by somebody else since it was read; nothing was written."""


class Unrecorded(StoreError):
    """A document was to be written outside a transaction, so without an entry in the journal."""


class NotEntitled(StoreError):
    """The actor's account does not entitle him to it; nothing was written. `clause` is a number of the built-in
    regulation, `facts` and `remedy` what a finding says.
    """

    def __init__(self, clause: str, facts: str, remedy: str) -> None:
        self.clause, self.facts, self.remedy = clause, facts, remedy
        super().__init__(f"{facts}；{remedy}")

    def cited(self, label: str) -> "NotEntitled":
        """The same, naming the clause as people read it."""
        self.args = (f"{label}：{self.facts}；{self.remedy}",)
        return self


class RulebookInvalid(GuizhangError):
    """A rulebook, agency or people file cannot be loaded; `faults` lists every fault found, one sentence each."""

    def __init__(self, faults: Iterable[RulebookFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class KeyRefused(GuizhangError):
    """A key cannot be registered or revoked; `problems` lists every reason, one sentence each. Nothing was written."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class UnseenRefused(GuizhangError):
    """What was said beside a form, to be recorded nowhere, cannot be used; nothing was filed."""


class FactorRefused(GuizhangError):
    """The second factor was answered wrongly or too soon, or cannot be set so; the message says which."""


class SessionEnded(GuizhangError):
    """The key of this session was revoked or ran out, or its owner left; nothing was written, and nothing will be."""

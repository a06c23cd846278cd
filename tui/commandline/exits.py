"""What the program's exit codes mean; scripts rely on them."""

from enum import IntEnum
from typing import TYPE_CHECKING

from core.errors import Conflict, FactorRefused, GuizhangError, NotEntitled, SessionEnded, StoreBusy, UnseenRefused

if TYPE_CHECKING:
    from core.finding import Finding
    from core.verdict import Verdict

_NOT_ALLOWED = frozenset(
    {"core.turn", "core.permission", "core.reading", "core.three-administrators", "core.second-factor"}
)
_AGAIN = frozenset({"core.version"})
_UNKNOWN = frozenset({"core.unknown"})


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    REFUSED = 1
    """A rule stands against it."""
    USAGE = 2
    """The command, a name in it or a configuration file is wrong."""
    AGAIN = 3
    """Others were at work on the same; the same command may succeed a moment later."""
    NOT_ALLOWED = 4
    """It is not this person's to do, or not his turn."""
    INTERRUPTED = 130


class UsageFault(Exception):
    """The command cannot be understood, or names something that is not there; the message is the sentence to show."""


class NotAllowedFault(Exception):
    """What was asked for is nobody's to do from here; the message is the sentence to show."""


def exit_of(verdict: "Verdict") -> Exit:
    """The code of an act that was judged: why it may not be done, the gravest reason first."""
    if verdict.allowed:
        return Exit.DONE
    rules = {finding.rule for finding in verdict.findings if _stops(finding, verdict)}
    if rules & _UNKNOWN:
        return Exit.USAGE
    if rules & _NOT_ALLOWED:
        return Exit.NOT_ALLOWED
    return Exit.AGAIN if rules & _AGAIN else Exit.REFUSED


def _stops(finding: "Finding", verdict: "Verdict") -> bool:
    return finding.level.value == "refuse" or verdict.needs_reason


def exit_of_error(error: GuizhangError) -> Exit:
    """The code of an error raised on purpose."""
    if isinstance(error, SessionEnded | NotEntitled | FactorRefused):
        return Exit.NOT_ALLOWED
    if isinstance(error, UnseenRefused):
        return Exit.REFUSED
    return Exit.AGAIN if isinstance(error, StoreBusy | Conflict) else Exit.USAGE

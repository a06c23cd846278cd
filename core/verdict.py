"""What judging an act comes to: its findings, the clauses that were judged, and the course it would take."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from core.acts import Act, Verb
from core.chains.actors import Actor
from core.chains.steps import Step
from core.fields import to_json
from core.finding import Citation, Finding, Level
from core.matter import Matter
from core.records import Effect
from core.store.transaction import Receipt


class Progress(Enum):
    """Where a step of a course stands."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"

    @property
    def title(self) -> str:
        return {"done": "已办", "now": "在办", "coming": "待到"}[self.value]


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of a matter's course: who, by when, by which clause."""

    index: int
    step: Step
    actors: tuple[Actor, ...]
    """Who may act; for a step that is done, who did."""
    names: tuple[str, ...]
    """The actors as people read them."""
    clause: Citation
    progress: Progress
    due: date | None = None
    provisional: bool = False
    """The day rests on a year whose holidays are not published."""
    missing: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "title": self.step.title,
            "kind": self.step.kind.value,
            "who": list(self.names),
            "clause": self.clause.key,
            "progress": self.progress.value,
            "due": self.due.isoformat() if self.due else None,
            "provisional": self.provisional,
            "missing": self.missing,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """An act judged, with nothing written."""

    act: Act
    findings: tuple[Finding, ...] = ()
    judged: tuple[str, ...] = ()
    """Keys of the clauses that were applied, whether they objected or not."""
    course: tuple[Planned, ...] = ()
    """The course as it lies ahead; not laid out for an act on a matter that was done."""
    matter: Matter | None = None
    """The matter as it would stand when the act is judged."""

    @property
    def refused(self) -> bool:
        return any(finding.level is Level.REFUSE for finding in self.findings)

    @property
    def needs_reason(self) -> bool:
        """Warned of, and no reason given for going on."""
        return not self.act.reason.strip() and any(finding.level is Level.WARN for finding in self.findings)

    @property
    def allowed(self) -> bool:
        return not self.refused and not self.needs_reason

    def to_json(self) -> dict[str, Any]:
        return {
            "allowed": self.allowed,
            "needs_reason": self.needs_reason,
            "findings": [finding.to_json() for finding in self.findings],
            "judged": list(self.judged),
            "course": [planned.to_json() for planned in self.course],
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What an act came to: not done with its verdict, or done with the matter after it and the receipt."""

    verdict: Verdict
    matter: Matter | None = None
    receipt: Receipt | None = None
    follows: tuple[Effect, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it was recorded, or, of reading, which records nothing, whether it was allowed."""
        return self.receipt is not None or (self.verdict.act.verb is Verb.READ and self.verdict.allowed)

    def to_json(self) -> dict[str, Any]:
        return {
            **self.verdict.to_json(),
            "done": self.done,
            "matter": matter_to_json(self.matter) if self.matter else None,
            "receipt": receipt_to_json(self.receipt) if self.receipt else None,
        }


def matter_to_json(matter: Matter) -> dict[str, Any]:
    """A matter for programs: values as text, its course in order."""
    return {
        "number": matter.number,
        "kind": matter.kind,
        "state": matter.state.value,
        "applicant": matter.applicant,
        "submitted": matter.submitted.isoformat(),
        "step": matter.step.title if matter.step else None,
        "due": matter.due.isoformat() if matter.due else None,
        "version": matter.version,
        "values": {key: to_json(value) for key, value in matter.values.items()},
        "attachments": [each.to_json() for each in matter.attachments],
        "course": [
            {
                "verb": mark.verb.value,
                "by": mark.by,
                "on_behalf": mark.on_behalf,
                "at": mark.at.isoformat(),
                "step": mark.step,
                "opinion": mark.opinion,
                "reason": mark.reason,
                "basis": mark.basis,
                "persons": list(mark.persons),
                "void": mark.void,
            }
            for mark in matter.course
        ],
    }


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    """The proof that an act is in the journal, for programs."""
    return {"sequence": receipt.sequence, "digest": receipt.digest, "at": receipt.at.isoformat()}


def receipt_line(receipt: Receipt) -> str:
    """The proof that an act is in the journal, as it is shown: number and first 16 digits of the digest."""
    return f"留痕第 {receipt.sequence} 号 {receipt.digest[:16]}"

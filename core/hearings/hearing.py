"""An act heard: what stands against it, and what the matter would become."""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.acts import Act
from core.chains.steps import Step
from core.family import Outcome
from core.finding import Finding
from core.matter import Matter
from core.records import Effect
from core.rule_kinds import Proposal
from core.store.document import StoreDocument
from core.verdict import Planned, Verdict


@dataclass
class Hearing:
    """What has been gathered about one act. `after` makes the matter as it stands once the act is done."""

    act: Act
    findings: list[Finding] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    before: Matter | None = None
    stored: StoreDocument | None = None
    """The document that `before` was read from."""
    proposal: Proposal | None = None
    after: Callable[[Matter], tuple[Matter, Step | None]] | None = None
    effects: list[Effect] = field(default_factory=list)
    """What follows whatever the families say."""
    course: tuple[Planned, ...] = ()

    @property
    def verdict(self) -> Verdict:
        matter = self.proposal.matter if self.proposal else self.before
        judged = tuple(dict.fromkeys(self.judged))
        return Verdict(self.act, tuple(self.findings), judged, self.course, matter)

    def outcome(self, matter: Matter, completed: Step | None) -> Outcome:
        if self.proposal is None:
            raise ValueError("an act without a proposal has no outcome")
        settled = matter.state.value == "settled" and (self.before is None or self.before.state is not matter.state)
        return Outcome(self.proposal, matter, completed, settled)

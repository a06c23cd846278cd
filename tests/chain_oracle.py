"""A matter's course told a second time, as simply as can be: steps are objects in a list, who signed is a list."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil


@dataclass(eq=False)
class OracleStep:
    """One step: whose signatures it wants, and which it has."""

    by: list[str]
    mode: str = "one"
    share: str = ""
    perform: bool = False
    override: bool = False
    adder: str = ""
    """Who added it; then `by` is the added person."""
    signed: list[str] = field(default_factory=list)
    handed: list[tuple[str, str]] = field(default_factory=list)
    beside: list[list[str]] = field(default_factory=list)
    """Persons added to sign too: person, who added him, "signed" once he has."""
    decided: bool = False
    """Overridden, or performed before its turn."""

    def marked(self) -> bool:
        """Whether anyone has signed it."""
        return bool(self.signed) or self.decided or any(done for _, _, done in self.beside)

    def forget(self) -> None:
        self.signed, self.decided = [], False
        for each in self.beside:
            each[2] = ""


END = OracleStep([])
"""Where a matter goes on to when the step it was to come back to is gone and none is left after it."""


@dataclass
class OracleMatter:
    """One matter as the oracle has it."""

    applicant: str
    posts: dict[str, list[str]]
    steps: list[OracleStep]
    amount: str
    purpose: str
    urgent: bool = False
    recused: set[str] = field(default_factory=set)
    state: str = "running"
    at: OracleStep | None = None
    resume: OracleStep | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    events: list[tuple[str, str, OracleStep | None, str]] = field(default_factory=list)
    """What moved it, newest last: verb, by whom, where, to whom."""
    performed: bool = False
    urgent: bool = False
    additions: list[tuple[OracleStep, list[str]]] = field(default_factory=list)
    """Every signer added, in the order of time: his step, or the step with his entry beside it."""

    def __post_init__(self) -> None:
        self.at = self.steps[0]
        self.events.append(("submit", self.applicant, None, ""))

    # who

    def groups(self, step: OracleStep) -> tuple[list[list[str]], bool]:
        """The persons of each selector after policies and handing on; and whether one of them has nobody."""
        groups = []
        for selector in step.by:
            named = [selector] if step.adder else self.posts.get(selector, [])
            holders = [each for each in named if each not in self.recused]
            others = [each for each in holders if each != self.applicant]
            without = holders or named
            if not others and (holders or step.adder):
                ruled_out = {self.applicant, *without} | self.recused
                others = [each for each in self.posts.get("director", []) if each not in ruled_out]
            groups.append(list(dict.fromkeys(self.holder_now(step, each) for each in others)))
        return groups, not all(groups)

    def holder_now(self, step: OracleStep, holder: str) -> str:
        for giver, taker in step.handed:
            if giver == holder and taker not in self.recused:
                holder = taker
        return holder

    def places(self, step: OracleStep) -> int:
        alone = OracleStep(step.by, adder=step.adder)
        return len({each for group in self.groups(alone)[0] for each in group})

    def needed(self, step: OracleStep) -> int:
        if step.mode == "ratio":
            return max(1, ceil(Fraction(step.share) * self.places(step)))
        return int(step.share) if step.mode == "count" else 0

    def passable(self, step: OracleStep) -> bool:
        """Whether the step can ever be complete."""
        groups, lacking = self.groups(step)
        people = {each for group in groups for each in group}
        if step.mode in ("all", "order", "groups"):
            return not lacking
        return bool(people) and len(people) >= self.needed(step)

    def unsigned(self, step: OracleStep) -> list[str]:
        """Whose signature the step still wants now."""
        if step.decided:
            return []
        groups, _ = self.groups(step)
        people = list(dict.fromkeys(each for group in groups for each in group))
        left = [each for each in people if each not in step.signed]
        if step.mode in ("one", "any"):
            own = [] if step.signed else people
        elif step.mode == "order":
            own = left[:1]
        elif step.mode in ("count", "ratio"):
            own = left if len(set(step.signed)) < self.needed(step) else []
        elif step.mode == "groups":
            own = [each for group in groups if not set(group) & set(step.signed) for each in group]
        else:
            own = left
        beside = [each for each, _, done in step.beside if not done and each not in self.recused]
        return list(dict.fromkeys([*own, *beside]))

    def complete(self, step: OracleStep) -> bool:
        if step.decided:
            return True
        if not step.signed or any(not done for _, _, done in step.beside):
            return False
        if step.mode in ("count", "ratio"):
            return len(set(step.signed)) >= self.needed(step)
        if step.mode in ("all", "order", "groups") and self.groups(step)[1]:
            return False
        return not self.unsigned(step)

    def open_asks(self) -> list[tuple[str, str]]:
        return [each for each in self.asked if each[1] not in self.recused]

    def actors(self) -> list[str]:
        """Who may act now."""
        if self.state != "running" or self.at is None:
            return []
        waiting = {asker for asker, _ in self.open_asks()}
        return [each for each in self.unsigned(self.at) if each not in waiting]

    def inbox(self) -> set[str]:
        if self.state == "returned":
            return {self.applicant}
        return {*self.actors(), *(asked for _, asked in self.open_asks())} if self.state == "running" else set()

    def manned(self) -> bool:
        """Whether every step that is not behind it can still be completed."""
        here = self.index(self.at)
        for index, step in enumerate(self.steps):
            behind = step.marked() and (index < here or (index != here and self.complete(step)))
            if not behind and not self.passable(step):
                return False
        return True

    # moves

    def close(self, state: str) -> None:
        self.state, self.asked = state, []

    def transfer(self, by: str, taker: str) -> None:
        assert self.at is not None
        self.at.handed.append((by, taker))
        self.events.append(("transfer", by, self.at, taker))

    def consult(self, by: str, asked: str) -> None:
        self.asked.append((by, asked))
        self.events.append(("consult", by, self.at, asked))

    def answer(self, by: str) -> None:
        self.asked = [each for each in self.asked if each[1] != by]
        self.events.append(("answer", by, self.at, ""))

    def decide(self, by: str) -> None:
        assert self.at is not None
        self.at.decided = True
        self.events.append(("override", by, self.at, ""))
        self.onward(self.index(self.at) + 1)

    def perform_first(self, by: str, step: OracleStep) -> None:
        step.decided = self.performed = self.urgent = True
        self.events.append(("urgent", by, step, ""))

    def index(self, step: OracleStep | None) -> int:
        return next((at for at, each in enumerate([*self.steps, END]) if each is step), -1)

    def stand(self, step: OracleStep) -> None:
        self.state, self.at, self.asked = "running", step, []

    def arrive(self, index: int) -> None:
        while index < len(self.steps) and self.steps[index].perform and self.steps[index].decided:
            index += 1
        if index < len(self.steps):
            self.stand(self.steps[index])
        else:
            self.state, self.at, self.resume, self.asked = "settled", None, None, []

    def onward(self, index: int) -> None:
        goal = self.index(self.resume)
        if goal <= index:
            self.resume = None
            self.arrive(index)
            return
        for between in range(index, goal):
            if not self.complete(self.steps[between]):
                self.arrive(between)
                return
        self.resume = None
        self.arrive(goal)

    def carried_out(self, first: int) -> bool:
        """Whether a step from there on, before the present one, has been performed."""
        return any(step.perform and step.marked() for step in self.steps[first : self.index(self.at)])

    def later(self) -> OracleStep | None:
        return max(self.at, self.resume, key=self.index)

    def sign(self, by: str) -> None:
        step = self.at
        assert step is not None
        joined = [each for each in step.beside if each[0] == by and not each[2]]
        if joined:
            joined[0][2] = "signed"
        else:
            step.signed.append(by)
        self.events.append(("perform" if step.perform else "approve", by, step, ""))
        self.performed = self.performed or step.perform
        if self.complete(step):
            self.onward(self.index(step) + 1)

    def hand_back(self, by: str, to: OracleStep | None) -> None:
        resume = self.later()
        self.events.append(("return", by, self.at, ""))
        if to is None:
            self.state, self.asked, self.resume = "returned", [], resume
            return
        to.forget()
        self.events = [each for each in self.events if each[2] is not to]
        self.stand(to)
        self.resume = resume

    def refile(self, amount: str, purpose: str) -> None:
        same = amount == self.amount
        self.amount, self.purpose = amount, purpose
        self.events.append(("resubmit", self.applicant, None, ""))
        if same:
            self.onward(0)
            return
        self.events = [("resubmit", self.applicant, None, "")]
        self.resume = None
        for step in self.steps:
            step.forget()
            step.handed = []
        self.arrive(0)

    def take_back(self) -> None:
        verb, by, step, to = self.events.pop()
        assert step is not None
        if verb == "transfer":
            step.handed.pop()
        elif verb == "consult":
            self.asked.remove((by, to))
        else:
            joined = [each for each in step.beside if each[0] == by and each[2]]
            if joined and by not in step.signed:
                joined[-1][2] = ""
            else:
                step.signed.remove(by)
            if step is not self.at:
                self.resume = self.later()
                self.stand(step)

    def add(self, by: str, person: str, position: str) -> None:
        assert self.at is not None
        self.events.append(("add", by, self.at, person))
        if position == "beside":
            entry = [person, by, ""]
            self.at.beside.append(entry)
            self.additions.append((self.at, entry))
            return
        fresh = OracleStep([person], adder=by)
        self.additions.append((fresh, []))
        index = self.index(self.at)
        self.steps.insert(index + (position == "after"), fresh)
        if position == "before":
            self.stand(fresh)

    def added(self, person: str) -> list[tuple[OracleStep, list[str]]]:
        """The additions of a person that he has not signed yet, with the entry where he was added beside."""
        return [
            (step, entry)
            for step, entry in self.additions
            if (entry and entry[0] == person and not entry[2] and not step.decided)
            or (not entry and step.by == [person] and not step.signed and not step.decided)
        ]

    def remove(self, by: str, step: OracleStep, entry: list[str]) -> None:
        self.events.append(("remove", by, None, ""))
        self.additions = [each for each in self.additions if not (each[0] is step and each[1] is entry)]
        if entry:
            step.beside = [each for each in step.beside if each is not entry]
            if step is self.at and self.complete(step):
                self.onward(self.index(step) + 1)
            return
        index = self.index(step)
        here = step is self.at
        self.steps.pop(index)
        self.additions = [each for each in self.additions if each[0] is not step]
        if self.resume is step:
            self.resume = self.steps[index] if index < len(self.steps) else END
        if here:
            self.onward(index)

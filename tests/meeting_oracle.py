"""A second telling of a meeting: quorum, order, ballots open and sealed, majority; lists and counts alone."""

from dataclasses import dataclass, field
from fractions import Fraction

from core.agency import Base

FOR, AGAINST, ABSTAINED = "赞成", "反对", "弃权"
BY_HAND, BY_NAME, SECRET = "举手", "记名", "无记名"


@dataclass
class Matters:
    """One item in the oracle: lists and counts, no sets of turns worked out beforehand."""

    personnel: bool
    state: str = "new"
    here: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    ballots: list[tuple[str, str]] = field(default_factory=list)
    secret: tuple[int, int, int] | None = None
    method: str = ""
    """How a vote was opened, where it was: from then on members vote from their own sessions too."""
    box: "Box | None" = None


@dataclass
class Box:
    """The box of a secret vote: it stands open for its second seal, then ballots go in, then it is opened."""

    watcher: str
    papers: list[str]
    state: str = "waiting"
    cast: list[tuple[str, str]] = field(default_factory=list)

    @property
    def voters(self) -> list[str]:
        return [each for each, _ in self.cast]


class Oracle:
    """Tells a meeting a second time: who may do what, and what comes of it. Ranks are positions in a list."""

    def __init__(self, ranks: list[str], present: list[str], items: list[bool], share: Fraction, base: Base) -> None:
        self.ranks, self.present, self.share, self.base = ranks, list(present), share, base
        self.items = [Matters(personnel) for personnel in items]

    @staticmethod
    def quorate(due: int, there: int, personnel: bool) -> bool:
        return there * 2 > due and (not personnel or there * 3 > due * 2)

    def opened(self) -> list[int]:
        return [number for number, item in enumerate(self.items) if item.state == "open"]

    def due(self, item: Matters) -> int:
        return sum(1 for each in self.ranks if each not in item.out)

    def enough(self, item: Matters, there: list[str]) -> bool:
        return self.quorate(self.due(item), len(there), item.personnel)

    def report(self, number: int) -> bool:
        item = self.items[number]
        there = [each for each in self.present if each not in item.out]
        allowed = (
            not self.opened() and item.state == "new" and self.enough(item, there) and self.ranks[0] in self.present
        )
        if allowed:
            item.state, item.here = "open", there
        return allowed

    def closing_voice(self, item: Matters) -> str:
        """The principal for as long as he takes part; the meetings here are all presided over by him."""
        return self.ranks[0]

    def speak(self, number: int, person: str) -> bool:
        item = self.items[number]
        final = self.closing_voice(item)
        others = [each for each in item.here if each != final and each not in item.said]
        allowed = item.state == "open" and person in item.here and self.enough(item, item.here)
        allowed = allowed and not (person == final and others) and not (person != final and final in item.said)
        if allowed:
            item.said.append(person)
        return allowed

    def discussed(self, item: Matters) -> bool:
        return all(each in item.said for each in item.here if each != self.closing_voice(item))

    def open_vote(self, number: int, method: str, watcher: str = "") -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.secret is None and not item.ballots
        allowed = allowed and not (item.box and item.box.cast)
        allowed = allowed and self.enough(item, item.here) and self.discussed(item)
        allowed = allowed and (not watcher or watcher in self.present)
        if allowed:
            item.method = method
            item.box = Box(watcher, list(item.here)) if watcher else None
        return allowed

    def seal(self, number: int, person: str) -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.box is not None
        allowed = allowed and item.box.state == "waiting" and item.box.watcher == person
        if allowed:
            item.box.state = "sealed"
        return allowed

    def deposit(self, number: int, person: str, choice: str) -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.box is not None and item.box.state == "sealed"
        allowed = allowed and person in item.box.papers and person in item.here and person not in item.box.voters
        allowed = allowed and self.enough(item, item.here) and self.discussed(item)
        if allowed:
            item.box.cast.append((person, choice))
        return allowed

    def unseal(self, number: int) -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.box is not None and item.box.state == "sealed"
        if allowed:
            item.box.state = "unsealed"
        return allowed

    def count(self, number: int, person: str) -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.box is not None and item.box.state == "unsealed"
        allowed = allowed and item.secret is None and person == item.box.watcher
        allowed = allowed and self.enough(item, item.here) and self.discussed(item)
        if allowed:
            said = [choice for _, choice in item.box.cast]
            item.secret = (said.count(FOR), said.count(AGAINST), said.count(ABSTAINED))
        return allowed

    def again(self, number: int) -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.box is not None and item.secret is None
        if allowed:
            item.box, item.method, item.ballots = None, "", []
        return allowed

    def vote(self, number: int, person: str, choice: str, method: str, by: str) -> bool:
        item = self.items[number]
        done = [each for each, _ in item.ballots]
        turn = next((each for each in reversed(self.ranks) if each in item.here and each not in done), None)
        allowed = item.state == "open" and item.secret is None and self.enough(item, item.here)
        allowed = allowed and self.discussed(item) and person == turn
        allowed = allowed and method == (item.method or method)
        allowed = allowed and (bool(item.method) if by == person else item.method != BY_NAME)
        if allowed:
            item.ballots.append((person, choice))
        return allowed

    def ballot(self, number: int, votes: tuple[int, int, int]) -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.secret is None and not item.ballots and self.enough(item, item.here)
        allowed = allowed and self.discussed(item) and sum(votes) == len(item.here) and not item.method
        if allowed:
            item.secret = votes
        return allowed

    def counts(self, item: Matters) -> tuple[int, int, int]:
        if item.secret:
            return item.secret
        said = [choice for _, choice in item.ballots]
        return said.count(FOR), said.count(AGAINST), said.count(ABSTAINED)

    def carried(self, item: Matters) -> bool:
        yes, no, abstained = self.counts(item)
        voters = len({*item.here, *(each for each, _ in item.ballots), *(item.box.voters if item.box else ())})
        base = {Base.DUE: self.due(item), Base.PRESENT: max(voters, yes + no + abstained), Base.CAST: yes + no}[
            self.base
        ]
        return yes > 0 and yes * self.share.denominator > base * self.share.numerator

    def conclude(self, number: int, outcome: str) -> bool:
        item = self.items[number]
        if item.state == "done" or (self.opened() and item.state != "open"):
            return False
        done = [each for each, _ in item.ballots]
        complete = item.secret is not None or (item.box is None and all(each in done for each in item.here))
        final = self.closing_voice(item)
        complete = complete and (final not in item.here or final in item.said or final in done)
        allowed = outcome == "暂缓" or (item.state == "open" and complete and self.enough(item, item.here))
        allowed = allowed and not (outcome == "通过" and not self.carried(item))
        allowed = allowed and not (outcome == "不通过" and self.carried(item))
        if allowed:
            item.state = "done"
        return allowed

    def leave(self, person: str) -> None:
        self.present = [each for each in self.present if each != person]
        for item in self.items:
            if item.state == "open":
                item.here = [each for each in item.here if each != person]

    def arrive(self, person: str) -> None:
        if person not in self.present:
            self.present.append(person)

    def recuse(self, number: int, person: str) -> bool:
        item = self.items[number]
        if item.secret is not None or item.state == "done" or (item.box and item.box.state == "unsealed"):
            return False
        item.out = [*item.out, person] if person not in item.out else item.out
        item.here = [each for each in item.here if each != person]
        item.ballots = [each for each in item.ballots if each[0] != person]
        if item.box:
            item.box.papers = [each for each in item.box.papers if each != person]
            item.box.cast = [each for each in item.box.cast if each[0] != person]
        return True

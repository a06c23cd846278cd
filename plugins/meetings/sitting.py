"""A meeting as it stands: who is there, whose turn it is, how each item and its vote stand. Pure."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from core.agency import Base, Body


class Event(StrEnum):
    """What a line of the record says."""

    DUE = "应到"
    """A member, in the order of rank, with how he stands at the roll call."""
    ATTENDS = "列席"
    CHAIR = "主持"
    RECORDER = "记录"
    ARRIVES = "到会"
    LEAVES = "离会"
    REPORT = "汇报"
    RECUSES = "回避"
    OPINION = "书面意见"
    SPEAKS = "发言"
    OPENS = "开始表决"
    """A vote is open on an item: how it is taken, and who watches the count of a secret one."""
    WATCHES = "监票"
    """The watcher's seal is on the ballot box; from then on ballots go in."""
    VOTES = "表决"
    DEPOSITS = "投票"
    """A member's secret ballot is in the box; what it says is nowhere."""
    UNSEALS = "开箱"
    """The recorder has taken his seal off the box; nothing goes in any more."""
    COUNT = "计票"
    VOIDS = "表决作废"
    """What was voted on an item counts no more; it is voted on again."""
    OBJECTS = "程序异议"
    ANSWERS = "答复异议"
    RESULT = "结论"
    CLOSES = "闭会"
    ROLL = "签到更正"
    """How a member really stood at the roll call."""
    CORRECTS = "更正"


PRESENT, EXCUSED, MISSING = ROLL_STATES = "到会", "请假", "缺席"
FOR, AGAINST, ABSTAINED = CHOICES = "赞成", "反对", "弃权"
PASSED, LOST, DEFERRED = "通过", "不通过", "暂缓"
SPOKEN, HANDS, NAMED, SECRET = "口头", "举手", "记名", "无记名"
OPEN_METHODS = (SPOKEN, HANDS, NAMED)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a meeting's record."""

    event: Event
    item: int = 0
    person: str = ""
    value: str = ""
    matter: str = ""
    """The registration that the line follows from."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one item."""

    votes_for: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.votes_for + self.against + self.abstained

    @property
    def text(self) -> str:
        return f"赞成 {self.votes_for} 票，反对 {self.against} 票，弃权 {self.abstained} 票"


@dataclass
class Ballot:
    """The vote that is open on an item."""

    number: str
    """The registration that opened it."""
    method: str
    watcher: str = ""
    """Who watches the count; where nobody does, a secret ballot is on paper."""
    papers: set[str] = field(default_factory=set)
    """The members who may vote: those who took part when it was opened, or joined since, and do not keep out of it."""
    watched: str = ""
    """The registration by which the watcher put his seal on the box; empty until he has."""
    deposits: set[str] = field(default_factory=set)
    """Whose ballots are in the box."""
    unsealed: bool = False

    def copy(self) -> "Ballot":
        """The same vote, to be told on."""
        return replace(self, papers=set(self.papers), deposits=set(self.deposits))

    @property
    def boxed(self) -> bool:
        """Whether secret ballots are cast from the members' own sessions."""
        return self.method == SECRET and bool(self.watcher)

    @property
    def taking(self) -> bool:
        """Whether a ballot may go into the box now."""
        return self.boxed and bool(self.watched) and not self.unsealed


@dataclass
class Item:
    """One item of the agenda as it stands."""

    heard: bool = False
    """Whether its report has been heard; from then on it is open until it has a result."""
    here: set[str] = field(default_factory=set)
    """The members who were there for its report and still are, those who keep out of it left out."""
    recused: set[str] = field(default_factory=set)
    spoke: list[str] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    """The position that each member has stated last."""
    ballot: Ballot | None = None
    votes: dict[str, str] = field(default_factory=dict)
    counted: Tally | None = None
    """A secret ballot's count; nobody's choice is known."""
    objections: int = 0
    """Objections to the procedure that have not been answered."""
    result: str = ""

    def copy(self) -> "Item":
        """The same item, to be told on."""
        return replace(
            self,
            here=set(self.here),
            recused=set(self.recused),
            spoke=list(self.spoke),
            stated=dict(self.stated),
            ballot=self.ballot and self.ballot.copy(),
            votes=dict(self.votes),
        )

    @property
    def tally(self) -> Tally:
        if self.counted is not None:
            return self.counted
        said = list(self.votes.values())
        return Tally(said.count(FOR), said.count(AGAINST), said.count(ABSTAINED))

    @property
    def voted(self) -> bool:
        return self.counted is not None or bool(self.votes)

    @property
    def positions(self) -> set[str]:
        """The different positions of the members who still take part."""
        return {position for person, position in self.stated.items() if person not in self.recused}

    def cast(self) -> set[str]:
        """Who has voted, by whichever way."""
        return set(self.votes) | (self.ballot.deposits if self.ballot else set())

    def void(self) -> None:
        """Whatever was voted counts no more."""
        self.votes.clear()
        self.counted = None
        self.ballot = None

    def leave_out(self, person: str) -> None:
        """He takes no part: his vote and his ballot count no more, those of others do."""
        self.here.discard(person)
        self.votes.pop(person, None)
        if self.ballot:
            self.ballot.papers.discard(person)
            self.ballot.deposits.discard(person)


@dataclass
class Sitting:
    """One meeting, line by line."""

    ranked: list[str] = field(default_factory=list)
    """The members, the first in rank first."""
    roll: dict[str, str] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    attending: set[str] = field(default_factory=set)
    chair: str = ""
    recorder: str = ""
    items: dict[int, Item] = field(default_factory=dict)
    closed: bool = False

    def copy(self) -> "Sitting":
        """The same meeting, to be told on."""
        return replace(
            self,
            ranked=list(self.ranked),
            roll=dict(self.roll),
            present=set(self.present),
            attending=set(self.attending),
            items={number: item.copy() for number, item in self.items.items()},
        )

    @property
    def opened(self) -> bool:
        return bool(self.chair)

    @property
    def current(self) -> int:
        """The item that is open; nought when none is."""
        return next((number for number, item in self.items.items() if item.heard and not item.result), 0)

    def item(self, number: int) -> Item:
        return self.items.setdefault(number, Item())

    def members_due(self, number: int, *, count_recused: bool) -> int:
        """Of how many members a share is reckoned on an item."""
        return len(self.ranked) - (0 if count_recused else len(self.item(number).recused & set(self.ranked)))

    def order(self, number: int) -> list[str]:
        """The members who speak and vote on an item, in their order: the last in rank first, the principal last; where
        the principal is not there, whoever chairs.
        """
        here = [person for person in reversed(self.ranked) if person in self._taking_part(number)]
        last = self.last(number)
        return [person for person in here if person != last] + ([last] if last in here else [])

    def last(self, number: int) -> str:
        """Who states his position last on an item."""
        first = self.ranked[0] if self.ranked else ""
        return first if first in self._taking_part(number) else self.chair

    def _taking_part(self, number: int) -> set[str]:
        item = self.item(number)
        return item.here | item.cast()

    def to_speak(self, number: int) -> list[str]:
        """Who has not spoken on an item yet, in the order of their turns."""
        item = self.item(number)
        return [person for person in self.order(number) if person in item.here and person not in item.spoke]

    def to_vote(self, number: int) -> list[str]:
        """Who has not voted on an item yet, in the order of their turns; nobody after a secret ballot."""
        item = self.item(number)
        if item.counted is not None:
            return []
        cast = item.cast()
        return [person for person in self.order(number) if person in item.here and person not in cast]


def enough(present: int, due: int, share: Fraction, *, over: bool) -> bool:
    """Whether so many of so many meet a share: strictly more than it, or at least it."""
    return present > share * due if over else present >= share * due


def base_of(body: Body, sitting: Sitting, number: int, *, count_recused: bool) -> int:
    """Of how many a majority on an item is a share."""
    return base_among(body.majority_base, sitting, number, count_recused=count_recused)


def base_among(base: Base, sitting: Sitting, number: int, *, count_recused: bool) -> int:
    """How many there are of whom a share of the votes on an item is asked."""
    tally = sitting.item(number).tally
    match base:
        case Base.DUE:
            return sitting.members_due(number, count_recused=count_recused)
        case Base.PRESENT:
            return max(len(sitting.order(number)), tally.cast)
        case Base.CAST:
            return tally.votes_for + tally.against


def carried(body: Body, sitting: Sitting, number: int, *, count_recused: bool) -> bool:
    """Whether an item has the majority that its body asks for; nothing is carried without a vote in favour."""
    votes = sitting.item(number).tally.votes_for
    base = base_of(body, sitting, number, count_recused=count_recused)
    return votes > 0 and enough(votes, base, body.majority, over=body.majority_over)

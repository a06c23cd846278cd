"""Random meetings through the office, each step held against a second telling of quorum, order and majority."""

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Verb
from core.agency import Agency, Base
from core.days.calendar import Calendar
from core.days.clock import ZONE, FixedClock
from core.host import Host
from core.office import Office, rulebook_texts
from core.rulebook.agency_file import load_agency
from core.rulebook.load import load_rulebook
from core.rulebook.people_file import load_people
from core.store.database import Store
from core.verdict import Result

CONFIG = Path(__file__).parent.parent / "config"
FOLDER = CONFIG / "agencies" / "baicheng"
AGENCY = load_agency(FOLDER / "agency.toml")
HOST = Host(AGENCY.families)
RULEBOOK = load_rulebook(rulebook_texts(CONFIG, "baicheng"), AGENCY, HOST.families)
PEOPLE = load_people(FOLDER / "people.toml", AGENCY)
CALENDAR = Calendar.load(CONFIG / "national", AGENCY.own_days)
DIRECTOR, SECRETARY, RECORDER = "P001", "P006", "P013"
LEADERS = ["P001", "P002", "P003", "P004"]
HEADS = ["P016", "P022", "P027", "P032", "P036"]
PLAIN, PERSONNEL = "三重一大", "重要人事任免"
FOR, AGAINST, ABSTAINED = "赞成", "反对", "弃权"
BY_HAND, BY_NAME = "举手", "记名"


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
    """How an open vote was opened, where it was: from then on members vote from their own sessions too."""


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

    def open_vote(self, number: int, method: str) -> bool:
        item = self.items[number]
        allowed = item.state == "open" and item.secret is None and not item.ballots
        allowed = allowed and self.enough(item, item.here) and self.discussed(item)
        if allowed:
            item.method = method
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
        voters = len({*item.here, *(each for each, _ in item.ballots)})
        base = {Base.DUE: self.due(item), Base.PRESENT: max(voters, yes + no + abstained), Base.CAST: yes + no}[
            self.base
        ]
        return yes > 0 and yes * self.share.denominator > base * self.share.numerator

    def conclude(self, number: int, outcome: str) -> bool:
        item = self.items[number]
        if item.state == "done" or (self.opened() and item.state != "open"):
            return False
        done = [each for each, _ in item.ballots]
        complete = item.secret is not None or all(each in done for each in item.here)
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
        if item.secret is not None or item.state == "done":
            return False
        item.out = [*item.out, person] if person not in item.out else item.out
        item.here = [each for each in item.here if each != person]
        item.ballots = [each for each in item.ballots if each[0] != person]
        return True


def fresh() -> Office:
    office = Office(
        AGENCY, RULEBOOK, HOST, Store(":memory:"), CALENDAR, FixedClock(datetime(2026, 1, 5, 9, tzinfo=ZONE))
    )
    office.found(PEOPLE.people, PEOPLE.tenures, PEOPLE.oversights)
    return office


class Play:
    """One random meeting of a body of random members, majority and base."""

    def __init__(self, seed: int, office: Office | None = None) -> None:
        self.random = random.Random(seed)
        extra = self.random.sample(HEADS, self.random.randint(0, len(HEADS)))
        self.ranks = [*LEADERS, *(each for each in HEADS if each in extra)]
        self.share = self.random.choice([Fraction(1, 2), Fraction(2, 3), Fraction(1, 3), Fraction(3, 4)])
        self.base = self.random.choice(list(Base))
        self.office = office or fresh()
        self.office.agency = self.office.desk.agency = self._agency()

    def _agency(self) -> Agency:
        body = AGENCY.bodies["office-meeting"]
        members = tuple(f"person:{each}" for each in self.ranks)
        varied = replace(body, members=members, majority=self.share, majority_over=True, majority_base=self.base)
        return replace(AGENCY, bodies={**AGENCY.bodies, body.key: varied})

    def submit(self, by: str, kind: str, **values: Any) -> Result:
        return self.office.perform(Act(Verb.SUBMIT, by, f"meetings.{kind}", values=values))

    def topic(self, personnel: bool) -> str:
        filed = self.submit(
            DIRECTOR, "topic", title="一项", body="office-meeting", category=PERSONNEL if personnel else PLAIN,
            work_opinion="一", proposal="二", decision="三", disputes="无",
        )  # fmt: skip
        assert filed.matter is not None
        done = Act(Verb.PERFORM, SECRETARY, matter=filed.matter.number, values={"papers": "一份"})
        assert self.office.perform(done).done
        return filed.matter.number

    def notice(self, topics: list[str]) -> str:
        items = [{"subject": each, "reporter": "P016"} for each in topics]
        filed = self.submit(
            SECRETARY, "notice", title="会", body="office-meeting", form="例会", held_on=self.day.isoformat(),
            time="9:00", place="三楼", convener=DIRECTOR, items=items,
        )  # fmt: skip
        assert filed.matter is not None, filed.verdict.findings
        assert self.office.perform(Act(Verb.APPROVE, DIRECTOR, matter=filed.matter.number)).done
        return filed.matter.number

    def run(self) -> int:
        """Play the meeting out; how many steps went through."""
        self.clock, self.day = self.office.clock, self.office.desk.day + timedelta(days=3)
        assert isinstance(self.clock, FixedClock)
        kinds = [self.random.random() < 0.3 for _ in range(self.random.randint(1, 2))]
        self.meeting = self.notice([self.topic(each) for each in kinds])
        self.clock.set(self.office.desk.now + timedelta(days=3))
        there = [each for each in self.ranks if each == DIRECTOR or self.random.random() < 0.8]
        oracle = Oracle(self.ranks, there, kinds, self.share, self.base)
        roll = [{"person": each, "state": "到会" if each in there else "缺席"} for each in self.ranks]
        done = self.submit(
            RECORDER, "opening", meeting=self.meeting, chair=DIRECTOR, recorder=RECORDER, roll=roll
        ).done  # fmt: skip
        assert done == Oracle.quorate(len(self.ranks), len(there), False)
        steps = 0
        while done and steps < 60 and not all(item.state == "done" for item in oracle.items):
            steps += self._step(oracle)
        return steps

    def _step(self, oracle: Oracle) -> int:
        number = next(iter(oracle.opened()), 0)
        if self.random.random() < 0.1 or oracle.items[number].state == "done":
            number = self.random.randrange(len(oracle.items))
        expected, result, what = self._attempt(oracle, number)
        assert result.done == expected, (what, [each.facts for each in result.verdict.findings])
        return 1

    def _attempt(self, oracle: Oracle, number: int) -> tuple[bool, Result, object]:
        item = oracle.items[number]
        place: dict[str, Any] = {"meeting": self.meeting, "item": number + 1}
        likely = [each for each in reversed(self.ranks) if each in item.here]
        silent = [each for each in likely if each not in item.said]
        unvoted = [each for each in likely if each not in [voter for voter, _ in item.ballots]]
        roll = self.random.random()
        wild = self.random.choice(self.ranks)
        if item.state == "new" and roll < 0.8:
            return oracle.report(number), self.submit(RECORDER, "report", **place, person="P016"), "汇报"
        if roll < 0.04:
            return self._moved(oracle, wild)
        if roll < 0.07 and wild != DIRECTOR:
            result = self.submit(RECORDER, "recusal", **place, person=wild, reason="亲属")
            return oracle.recuse(number, wild), result, ("回避", wild)
        others = [each for each in silent if each != DIRECTOR]
        if (others and roll < 0.75) or (silent and roll < 0.3):
            person = silent[0] if self.random.random() < 0.85 else wild
            result = self.submit(RECORDER, "statement", **place, person=person, position="同意", text="无")
            return oracle.speak(number, person), result, ("发言", person)
        if roll < (0.1 if item.ballots else 0.35):
            return self._secret(oracle, number, place)
        if roll > 0.85 and unvoted and not item.ballots:
            method = self.random.choice([BY_HAND, BY_NAME])
            result = self.submit(RECORDER, "voting", **place, method=method)
            return oracle.open_vote(number, method), result, ("开始表决", method)
        if roll < 0.9 and unvoted and item.secret is None:
            person = unvoted[0] if self.random.random() < 0.85 else wild
            choice = self.random.choice([FOR, FOR, AGAINST, ABSTAINED])
            method = item.method if item.method and self.random.random() < 0.9 else BY_HAND
            by = person if self.random.random() < (0.7 if item.method else 0.05) else RECORDER
            result = self.submit(by, "vote", **place, person=person, method=method, choice=choice)
            return oracle.vote(number, person, choice, method, by), result, ("表决", person, method, by)
        outcome = self.random.choice(["通过", "不通过", "通过", "不通过", "暂缓"])
        then = {"executor": "network", "responsible": "P016", "supervisor": "P003", "finish_by": "2026-04-01"}
        result = self.submit(RECORDER, "conclusion", **place, **then, outcome=outcome, decision="定", dissent="无")
        return oracle.conclude(number, outcome), result, ("结论", outcome)

    def _moved(self, oracle: Oracle, person: str) -> tuple[bool, Result, object]:
        change = self.random.choice(["到会", "离会"])
        (oracle.arrive if change == "到会" else oracle.leave)(person)
        return True, self.submit(RECORDER, "attendance", meeting=self.meeting, person=person, change=change), change

    def _secret(self, oracle: Oracle, number: int, place: dict[str, Any]) -> tuple[bool, Result, object]:
        voters = len(oracle.items[number].here) + self.random.choice([0, 0, 0, 1])
        yes = self.random.randint(0, voters)
        no = self.random.randint(0, voters - yes)
        counts = (yes, no, voters - yes - no)
        result = self.submit(
            RECORDER, "ballot", **place, issued=voters, returned=voters, votes_for=yes, against=no,
            abstained=counts[2], invalid=0,
        )  # fmt: skip
        return oracle.ballot(number, counts), result, ("计票", counts)


def play(meetings: int, together: int = 20) -> int:
    """Play so many meetings, some of them after one another in one office; how many steps were tried."""
    steps, office = 0, fresh()
    for seed in range(meetings):
        if seed % together == 0:
            office.close()
            office = fresh()
        steps += Play(seed, office).run()
    office.close()
    return steps


def test_random_meetings_do_what_a_second_telling_says() -> None:
    assert play(200) > 2_500


@pytest.mark.soak
def test_many_random_meetings_do_what_a_second_telling_says() -> None:
    assert play(10_000) > 120_000

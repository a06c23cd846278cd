"""Random meetings through the office, each step held against a second telling of quorum, order and majority."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
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
from meeting_oracle import ABSTAINED, AGAINST, BY_HAND, BY_NAME, FOR, SECRET, Oracle
from plugins.meetings import agenda
from plugins.meetings.secret_ballot import sealing
from plugins.meetings.secret_ballot.box import BallotBox, BoxError
from plugins.meetings.secret_ballot.course import SecretVote

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
RECORDER_WORD, WATCHER_WORD = "recorder-word", "watcher-word"
PLAIN, PERSONNEL = "三重一大", "重要人事任免"


def fresh() -> Office:
    office = Office(
        AGENCY, RULEBOOK, HOST, Store(":memory:"), CALENDAR, FixedClock(datetime(2026, 1, 5, 9, tzinfo=ZONE))
    )
    office.found(PEOPLE.people, PEOPLE.tenures, PEOPLE.oversights)
    return office


Attempt = tuple[bool, Result | str, object]
"""Whether the second telling lets a step through, what came of it, and what it was."""


def attempt(step: Callable[[], Result | None]) -> Result | str:
    """What came of a step at the box; the sentence where the box itself refused."""
    try:
        result = step()
    except BoxError as error:
        return str(error)
    assert result is not None
    return result


class Play:
    """One random meeting of a body of random members, majority and base."""

    def __init__(self, seed: int, office: Office, box: BallotBox) -> None:
        self.box = box
        self.random = random.Random(seed)
        extra = self.random.sample(HEADS, self.random.randint(0, len(HEADS)))
        self.ranks = [*LEADERS, *(each for each in HEADS if each in extra)]
        self.share = self.random.choice([Fraction(1, 2), Fraction(2, 3), Fraction(1, 3), Fraction(3, 4)])
        self.base = self.random.choice(list(Base))
        self.office = office
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
        told = [each.facts for each in result.verdict.findings] if isinstance(result, Result) else result
        assert (isinstance(result, Result) and result.done) == expected, (what, told)
        return 1

    def _attempt(self, oracle: Oracle, number: int) -> Attempt:
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
        if item.box is not None and item.secret is None and roll < 0.85:
            return self._at_box(oracle, number, likely)
        if roll < (0.1 if item.ballots else 0.35):
            return self._secret(oracle, number, place) if self.random.random() < 0.25 else self._sealed(oracle, number)
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

    def _vote(self, number: int, person: str) -> SecretVote:
        return SecretVote(self.office.desk, self.box, self.office.perform, person, self.meeting, number + 1)

    def _sealed(self, oracle: Oracle, number: int) -> Attempt:
        """A secret vote from the members' sessions is opened, by the recorder."""
        watcher = self.random.choice(self.ranks)
        result = attempt(lambda: self._vote(number, RECORDER).open(watcher, RECORDER_WORD))
        return oracle.open_vote(number, SECRET, watcher), result, ("开始无记名表决", watcher)

    def _at_box(self, oracle: Oracle, number: int, likely: list[str]) -> Attempt:
        """Whatever may come next at the box, and now and then what may not."""
        box = oracle.items[number].box
        assert box is not None
        person = box.watcher if self.random.random() < 0.9 else self.random.choice(self.ranks)
        wild = self.random.random()
        if wild < 0.02:
            again = self.submit(RECORDER, "revote", meeting=self.meeting, item=number + 1, reason="口令忘了")
            return oracle.again(number), again, "重新投票"
        if box.state == "waiting" or wild < 0.05:
            vote = self._vote(number, person)
            return oracle.seal(number, person), attempt(lambda: vote.watch(WATCHER_WORD)), ("封箱", person)
        left = [each for each in likely if each not in box.voters]
        if box.state == "sealed" and (left or wild < 0.1) and wild < 0.9:
            voter = self.random.choice(left) if left and wild < 0.8 else self.random.choice(self.ranks)
            choice, vote = self.random.choice([FOR, FOR, AGAINST, ABSTAINED]), self._vote(number, voter)
            return oracle.deposit(number, voter, choice), attempt(lambda: vote.cast(choice)), ("投票", voter)
        if box.state == "sealed" or wild < 0.1:
            return oracle.unseal(number), attempt(lambda: self._vote(number, RECORDER).unseal(RECORDER_WORD)), "开箱"
        counted = attempt(lambda: self._vote(number, person).count(WATCHER_WORD))
        expected = oracle.count(number, person)
        if expected:
            tally = agenda.sitting_of(self.office.desk, self.meeting).item(number + 1).tally
            assert (tally.votes_for, tally.against, tally.abstained) == oracle.items[number].secret
        return expected, counted, ("开箱计票", person)

    def _moved(self, oracle: Oracle, person: str) -> Attempt:
        change = self.random.choice(["到会", "离会"])
        (oracle.arrive if change == "到会" else oracle.leave)(person)
        return True, self.submit(RECORDER, "attendance", meeting=self.meeting, person=person, change=change), change

    def _secret(self, oracle: Oracle, number: int, place: dict[str, Any]) -> Attempt:
        voters = len(oracle.items[number].here) + self.random.choice([0, 0, 0, 1])
        yes = self.random.randint(0, voters)
        no = self.random.randint(0, voters - yes)
        counts = (yes, no, voters - yes - no)
        result = self.submit(
            RECORDER, "ballot", **place, issued=voters, returned=voters, votes_for=yes, against=no,
            abstained=counts[2], invalid=0,
        )  # fmt: skip
        return oracle.ballot(number, counts), result, ("计票", counts)


def play(meetings: int, folder: Path, together: int = 20) -> int:
    """Play so many meetings, some of them after one another in one office; how many steps were tried."""
    steps, office, box = 0, fresh(), BallotBox(folder / "random.store")
    for seed in range(meetings):
        if seed % together == 0:
            office.close()
            office = fresh()
        steps += Play(seed, office, box).run()
    office.close()
    return steps


@pytest.fixture(autouse=True)
def quick_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word is stretched for a tenth of a second, so that nobody tries them all; here that proves nothing."""
    monkeypatch.setattr(sealing, "_stretched", lambda word, salt: hashlib.sha256(word.encode() + salt).digest())


def test_random_meetings_do_what_a_second_telling_says(tmp_path: Path) -> None:
    assert play(200, tmp_path) > 2_500


@pytest.mark.soak
def test_many_random_meetings_do_what_a_second_telling_says(tmp_path: Path) -> None:
    assert play(10_000, tmp_path) > 120_000

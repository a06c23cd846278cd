"""Two hundred sessions without a screen, each thinking for two seconds between acts: none lost, none done twice."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench_agency import measured_office
from peers import BENCH
from report import Line

from core.acts import Verb
from core.matter import State

SESSIONS = 200
SECONDS = float(os.environ.get("WORKDAY_SECONDS", "150"))
LIMIT = 150.0
"""Milliseconds within which ninety-nine of a hundred acts are to be done."""
AT_ONCE = 8
GRACE = 120.0
"""Seconds that sessions have to end after their day."""


@dataclass(frozen=True)
class Day:
    """What came of it: the seconds of each act, what was told as done, what was found recorded, what was left over."""

    seconds: list[float]
    told: list[tuple[str, int]]
    recorded: list[tuple[str, int]]
    sound: bool
    unfinished: int
    """Matters whose course does not fit their state."""
    orphans: int


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        day = work(Path(folder), SESSIONS, SECONDS)
    ordered = sorted(day.seconds)
    median, late = ordered[len(ordered) // 2] * 1000, ordered[len(ordered) * 99 // 100] * 1000
    exactly = Counter(day.told) == Counter(day.recorded) and day.sound and not day.unfinished and not day.orphans
    what = f"{SESSIONS} sessions, 2 s of thought, {SECONDS:g} s"
    return [
        Line("workday", f"{what}: an act, median", median, len(ordered)),
        Line("workday", f"{what}: an act, 99 of 100", late, len(ordered), None, f"< {LIMIT:g} ms", late < LIMIT),
        Line("workday", "acts lost, doubled, or left by a process that stayed", _amiss(day), len(day.told), None,
             "0", exactly),
    ]  # fmt: skip


def _amiss(day: Day) -> float:
    told, recorded = Counter(day.told), Counter(day.recorded)
    return float(sum(((told - recorded) + (recorded - told)).values()) + day.unfinished + day.orphans)


def work(folder: Path, count: int, seconds: float) -> Day:
    """Let so many sessions work side by side for a while, then hold what they told against the journal."""
    office = measured_office(folder)
    begun = office.journal.head()
    assert begun is not None
    program = Path(__file__).with_name("worker_workday.py")
    started: list[subprocess.Popen[str]] = []
    while len(started) < count:
        fresh = [_start(program, folder, len(started) + number) for number in range(min(AT_ONCE, count - len(started)))]
        for each in fresh:
            assert each.stdout is not None and each.stdout.readline() == "ready\n"
        started += fresh
    end = time.time() + seconds
    for each in started:
        assert each.stdin is not None
        each.stdin.write(f"{end}\n")
        each.stdin.flush()
    answers = [json.loads(each.communicate(timeout=seconds + GRACE)[0]) for each in started]
    recorded, after = [], begun.sequence
    while page := office.journal.entries(after, 500):
        recorded += [(entry.act, entry.sequence) for entry in page]
        after = page[-1].sequence
    numbers = {row["number"] for row in office.store.table("matters")}
    found = [office.desk.matter(number) for number in numbers]
    unfinished = sum(
        each is None or (each.state is State.SETTLED) != any(mark.verb is Verb.PERFORM for mark in each.course)
        for each in found
    )
    doubled = sum(
        len({(mark.verb, mark.step) for mark in each.course}) != len(each.course) for each in found if each is not None
    )
    sound = office.journal.verify(documents=True).sound
    office.close()
    return Day(
        [taken for answer in answers for taken in answer["seconds"]],
        [(act, sequence) for answer in answers for act, sequence in answer["done"]],
        recorded,
        sound,
        unfinished + doubled,
        sum(Path(f"/proc/{each.pid}").exists() for each in started),
    )


def _start(program: Path, folder: Path, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(program), str(folder), str(number)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

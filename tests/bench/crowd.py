"""Thirty-two processes that act on the same fifty matters, beside one process that does it all."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench_agency import filing, measured_office
from peers import BENCH
from report import Line

from core.matter import State

MATTERS, STEPS, CROWD, ROUNDS = 50, 4, 32, 3
LONGEST = 300.0
"""Seconds after which processes that have not ended count as stuck."""


def measure() -> list[Line]:
    alone, together, late, sound = [], [], [], True
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        for number in range(ROUNDS):
            for count, found in ((1, alone), (CROWD, together)):
                seconds, refused, once = _carried(Path(folder) / f"{number}-{count}", count)
                found.append(seconds)
                sound = sound and once
                if count == CROWD:
                    late.append(refused)
    acts = MATTERS * STEPS
    ratio = sorted(one / many for one, many in zip(alone, together, strict=True))[ROUNDS // 2]
    told = f"{CROWD} processes at once; came late {sorted(late)[ROUNDS // 2]} times"
    return [
        Line("crowd", f"{MATTERS} matters, {acts} acts: one process, each act", _each(alone, acts), ROUNDS),
        Line("crowd", told, _each(together, acts), ROUNDS, ratio, "each act once", sound),
    ]


def _each(seconds: list[float], acts: int) -> float:
    return sorted(seconds)[len(seconds) // 2] * 1000 / acts


def _carried(folder: Path, count: int) -> tuple[float, int, bool]:
    """Seconds until so many processes have carried all matters to their end, how many acts came late, and whether each
    step was done exactly once and the journal is sound.
    """
    office = measured_office(folder)
    filed = [office.perform(filing()).matter for _ in range(MATTERS)]
    numbers = [matter.number for matter in filed if matter is not None]
    program, store = Path(__file__).with_name("worker_crowd.py"), folder / "office.store"
    started = [
        subprocess.Popen(
            [sys.executable, str(program), str(store), str(place), str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for place in range(count)
    ]
    for each in started:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    begun = perf_counter()
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    answers = [json.loads(each.communicate(timeout=LONGEST)[0]) for each in started]
    seconds = perf_counter() - begun
    ended = [office.desk.matter(number) for number in numbers]
    once = all(
        matter is not None and matter.state is State.SETTLED and len(matter.course) == 1 + STEPS for matter in ended
    )
    once = once and sum(done for done, _ in answers) == MATTERS * STEPS and office.journal.verify().sound
    office.close()
    return seconds, sum(refused for _, refused in answers), once

"""Thirty-two processes that act on the same fifty matters, beside one process that does it all."""

import tempfile
from pathlib import Path

from at_once import at_once
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
    arguments = [(str(folder / "office.store"), str(place), str(count)) for place in range(count)]
    seconds, answers = at_once("worker_crowd.py", arguments, LONGEST)
    ended = [office.desk.matter(number) for number in numbers]
    once = all(
        matter is not None and matter.state is State.SETTLED and len(matter.course) == 1 + STEPS for matter in ended
    )
    once = once and sum(done for done, _ in answers) == MATTERS * STEPS and office.journal.verify().sound
    office.close()
    return seconds, sum(refused for _, refused in answers), once

"""Processes that begin at the same moment, each with a program of its own to run."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Timer
from time import perf_counter
from typing import Any


def at_once(program: str, arguments: Iterable[Sequence[str]], longest: float) -> tuple[float, list[Any]]:
    """Seconds from the word to begin until the last has answered, and what each answers in JSON.

    Each says `ready`, waits for `go`, answers, and stays until its input ends, as sessions do: one that leaves would
    take time from the others. One that has not ended after so many seconds raises `TimeoutExpired`.
    """
    path = Path(__file__).with_name(program)
    started = [
        subprocess.Popen([sys.executable, str(path), *each], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for each in arguments
    ]
    overdue = Timer(longest, lambda: [each.kill() for each in started])
    overdue.start()
    for each in started:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    begun = perf_counter()
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    answers = [each.stdout.readline() for each in started if each.stdout is not None]
    seconds = perf_counter() - begun
    for each in started:
        each.communicate()
    overdue.cancel()
    if not all(answers):
        raise subprocess.TimeoutExpired(program, longest)
    return seconds, [json.loads(each) for each in answers]

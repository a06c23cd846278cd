"""Processes that begin at the same moment, each with a program of its own to run."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any


def at_once(program: str, arguments: Iterable[Sequence[str]], longest: float) -> tuple[float, list[Any]]:
    """Seconds from the word to begin until all have ended, and what each answers in JSON.

    Each says `ready` and waits for `go`; one that has not ended after so many seconds raises `TimeoutExpired`.
    """
    path = Path(__file__).with_name(program)
    started = [
        subprocess.Popen([sys.executable, str(path), *each], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for each in arguments
    ]
    for each in started:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    begun = perf_counter()
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    answers = [json.loads(each.communicate(timeout=longest)[0]) for each in started]
    return perf_counter() - begun, answers

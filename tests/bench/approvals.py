"""One approval act, durable, beside three peers that take turns with us on the same disk."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from peers import BENCH, python_of
from report import Line, flat, milliseconds, paired

ROUNDS, MATTERS, WARMING = 25, 8, 20
OURS = "guizhang"
AIMS = {"spiff": 3.0, "viewflow": 10.0, "sqlite": 0.5}
"""How many times a peer's duration ours shall fit into it, at least."""
SUBJECTS = {
    OURS: "guizhang: rules, course, inbox, journal",
    "spiff": "SpiffWorkflow, reloaded each step",
    "viewflow": "django-viewflow",
    "sqlite": "plain sqlite3: UPDATE and history row",
}


class Worker:
    """A peer's process that takes matters through four acts when told to."""

    def __init__(self, name: str, folder: Path) -> None:
        python = Path(sys.executable) if name in (OURS, "sqlite") else python_of(name)
        program = Path(__file__).with_name(f"worker_{name}.py")
        store = folder / name / "store.db"
        store.parent.mkdir()
        self._process = subprocess.Popen(
            [str(python), str(program), str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def acts(self, matters: int) -> list[float]:
        """The seconds of each act of so many matters."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{matters}\n")
        self._process.stdin.flush()
        taken: list[float] = json.loads(self._answer())
        return taken

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args} ended: {self._process.wait()}")
        return line

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        workers = {name: Worker(name, Path(folder)) for name in SUBJECTS}
        for worker in workers.values():
            worker.acts(WARMING)
        rounds: dict[str, list[list[float]]] = {name: [] for name in workers}
        for number in range(ROUNDS):
            names = list(workers)
            for name in names if number % 2 else reversed(names):
                rounds[name].append(workers[name].acts(MATTERS))
        for worker in workers.values():
            worker.close()
    return [_line(name, found, rounds[OURS]) for name, found in rounds.items()]


def _line(name: str, found: list[list[float]], ours: list[list[float]]) -> Line:
    seconds = flat(found)
    if name == OURS:
        return Line("approval act", SUBJECTS[name], milliseconds(seconds), len(seconds))
    ratio = paired(found, ours)
    aim = AIMS[name]
    return Line("approval act", SUBJECTS[name], milliseconds(seconds), len(seconds), ratio, f"≥ {aim:g}", ratio >= aim)

"""From the start of the process to the first frame, beside posting; the command line beside an empty Python."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bench_agency import measured_people
from peers import BENCH, PROJECT, python_of
from report import Line, milliseconds, paired
from terminal import watch

from core.office import Office

AGENCY = "baicheng"
FRAMES, VERSIONS = 9, 21
VERSION_LIMIT = 150.0
"""Milliseconds that `guizhang --version` may take."""


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        return [*_versions(), *_frames(Path(folder))]


def _versions() -> list[Line]:
    program = str(Path(sys.executable).with_name("guizhang"))
    ours, empty = [], []
    for _ in range(VERSIONS):
        ours.append(_seconds([program, "--version"]))
        empty.append(_seconds([sys.executable, "-c", "pass"]))
    taken, bare = milliseconds(ours), milliseconds(empty)
    ratio = paired([[each] for each in empty], [[each] for each in ours])
    aim = f"< {VERSION_LIMIT:g} ms"
    return [
        Line("command line", "guizhang --version", taken, VERSIONS, None, aim, taken < VERSION_LIMIT),
        Line("command line", "python -c pass", bare, VERSIONS, ratio),
    ]


def _seconds(command: list[str]) -> float:
    begun = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


def _frames(folder: Path) -> list[Line]:
    store = folder / "office.store"
    person = _set_up(store)
    ours = [str(Path(sys.executable).with_name("guizhang")), "--agency", AGENCY, "--store", str(store), "--as", person]
    posting = [str(python_of("posting").with_name("posting")), "--collection", str(folder)]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    watch(ours, environment), watch(posting, environment)
    here, there = [], []
    for _ in range(FRAMES):
        here.append(watch(ours, environment).frame)
        there.append(watch(posting, environment).frame)
    ratio = paired([[each] for each in there], [[each] for each in here])
    return [
        Line("first frame", "guizhang, workbench", milliseconds(here), FRAMES),
        Line("first frame", "posting", milliseconds(there), FRAMES, ratio, "> 1", ratio > 1),
    ]


def _set_up(store: Path) -> str:
    """An office set up with the agency's invented people; one of them."""
    office = Office.open(PROJECT / "config", AGENCY, store)
    person = measured_people(office, PROJECT / "config" / "agencies" / AGENCY / "people.toml")
    office.close()
    return person

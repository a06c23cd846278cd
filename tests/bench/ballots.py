"""Two hundred members who vote at once, each from his own session; and votes one by one beside OpenSlides 3.3."""

import json
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from at_once import at_once
from peers import BENCH, python_of
from report import Line, flat, milliseconds, paired
from voting_agency import MEMBERS, ballot, member, opened_vote, voting_office

from plugins.meetings import agenda

SMALL, ROUNDS = 11, 3
LONGEST = 600.0
LIMIT = 1000.0
"""Milliseconds within which all members' ballots are to be in."""


def measure() -> list[Line]:
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        for number in range(ROUNDS):
            ours.append(_one_by_one(Path(folder) / f"small-{number}"))
            theirs.append(_openslides(Path(folder) / f"openslides-{number}"))
        together = {times: _together(Path(folder) / f"large-{times}", times) for times in (1, 2)}
    ratio = paired(theirs, ours)
    return [
        Line("ballots", f"{SMALL} named ballots one by one, each", milliseconds(flat(ours)), SMALL * ROUNDS),
        Line("ballots", "OpenSlides 3.3, each", milliseconds(flat(theirs)), SMALL * ROUNDS, ratio, "faster", ratio > 1),
        *(_crowded(times, *measured) for times, measured in together.items()),
    ]


def _crowded(times: int, seconds: float, once: bool) -> Line:
    told = f"{MEMBERS} members at once, a process each; each ballot sent {'once' if times == 1 else 'twice'}"
    within = once and seconds * 1000 < LIMIT
    return Line("ballots", told, seconds * 1000, MEMBERS, None, f"< {LIMIT:g} ms, once each", within)


def _one_by_one(folder: Path) -> list[float]:
    """The seconds of each ballot at a small meeting."""
    folder.mkdir()
    office = voting_office(folder, SMALL)
    meeting = opened_vote(office, SMALL)
    seconds = []
    for place in range(SMALL):
        begun = perf_counter()
        assert office.perform(ballot(meeting, member(place))).done
        seconds.append(perf_counter() - begun)
    office.close()
    return seconds


def _openslides(folder: Path) -> list[float]:
    """The seconds of each ballot in OpenSlides."""
    folder.mkdir()
    program = Path(__file__).with_name("worker_openslides.py")
    command = [str(python_of("openslides")), str(program), str(folder), str(SMALL)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONGEST)
    return [float(each) for each in json.loads(told.stdout.splitlines()[-1])]


def _together(folder: Path, times: int) -> tuple[float, bool]:
    """Seconds until everyone's ballot is in, sent so often, and whether each is in once and the journal is sound."""
    folder.mkdir()
    office = voting_office(folder)
    meeting = opened_vote(office)
    arguments = [(str(folder), meeting, member(place), str(times)) for place in range(MEMBERS)]
    seconds, answers = at_once("worker_ballots.py", arguments, LONGEST)
    votes = agenda.sitting_of(office.desk, meeting).item(1).votes
    kept = len(office.desk.matters("meetings.vote", limit=2 * MEMBERS, meeting=meeting))
    once = answers == [1] * MEMBERS and len(votes) == kept == MEMBERS and office.journal.verify().sound
    office.close()
    return seconds, once

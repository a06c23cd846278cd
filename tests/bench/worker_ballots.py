"""Some members of a congress, each in a session of his own, who vote twice the moment they are told to."""

import json
import sys
from pathlib import Path
from threading import Barrier, Thread

from voting_agency import ballot, member, voting_office

from core.errors import StoreBusy
from plugins.meetings import agenda

folder, meeting, first, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
together = Barrier(count + 1)
done: list[int] = []


def vote(person: str) -> None:
    """One member's session, with the meeting on its screen: the second vote is the same one sent again."""
    office = voting_office(folder)
    agenda.sitting_of(office.desk, meeting)
    office.desk.organisation.described(person, office.desk.day)
    together.wait()
    accepted = 0
    for _ in range(2):
        while True:
            try:
                accepted += office.perform(ballot(meeting, person)).done
                break
            except StoreBusy:
                continue
    done.append(accepted)
    office.close()


sessions = [Thread(target=vote, args=(member(first + place),)) for place in range(count)]
for each in sessions:
    each.start()
print("ready", flush=True)
sys.stdin.readline()
together.wait()
for each in sessions:
    each.join()
print(json.dumps(done), flush=True)

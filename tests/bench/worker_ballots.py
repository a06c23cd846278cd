"""A member of a congress in a session of his own, who votes the moment he is told to, once or again and again."""

import json
import sys
from pathlib import Path

from voting_agency import ballot, voting_office

from core.errors import StoreBusy
from plugins.meetings import agenda

folder, meeting, person, times = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
office = voting_office(folder)
# The meeting is on his screen, which asks whether it is his turn.
agenda.sitting_of(office.desk, meeting)
office.preview(ballot(meeting, person))
print("ready", flush=True)
sys.stdin.readline()


def vote() -> bool:
    while True:
        try:
            return office.perform(ballot(meeting, person)).done
        except StoreBusy:
            continue


print(json.dumps(sum(vote() for _ in range(times))), flush=True)
sys.stdin.read()
office.close()

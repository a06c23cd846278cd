"""One session of a working day: it thinks, then files a spending or signs what waits for its person, until told."""

import json
import random
import sys
import time
from pathlib import Path

from bench_agency import filing, joined_office
from tinydb import where

from core.acts import Act, Verb

SIGNERS = ("P5", "P2", "P1", "P4")
"""In the order of the steps; the last one pays."""
THOUGHT = 2.0
"""Seconds between acts, on the average."""

folder, place = Path(sys.argv[1]), int(sys.argv[2])
office = joined_office(folder)
chance = random.Random(place)
signer = SIGNERS[place % 5] if place % 5 < len(SIGNERS) else ""
inbox = office.store.table("inbox")
office.preview(filing())  # What a session loads once is loaded before its day begins.
print("ready", flush=True)
end = float(sys.stdin.readline())
seconds, done = [], []


def chosen() -> Act:
    """What waits for this session's signer, any of it; a new spending where nothing waits or he only files."""
    rows = inbox.page(where("person") == signer, limit=100).rows if signer else []
    if not rows:
        return filing()
    row = chance.choice(rows)
    verb, values = (Verb.PERFORM, {"cheque": "A-1"}) if signer == "P4" else (Verb.APPROVE, {})
    return Act(verb, signer, matter=row["matter"], values=values)


while (left := end - time.time()) > 0:
    time.sleep(min(left, chance.uniform(0, 2 * THOUGHT)))
    if time.time() >= end:
        break
    act = chosen()
    begun = time.perf_counter()
    result = office.perform(act)
    seconds.append(time.perf_counter() - begun)
    if result.receipt is not None:
        done.append((act.verb.value, result.receipt.sequence))
office.close()
print(json.dumps({"seconds": seconds, "done": done}), flush=True)

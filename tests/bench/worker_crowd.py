"""One of many sessions at the same matters: it looks into one signer's inbox and does whatever it finds there."""

import json
import sys
import time
from pathlib import Path

from bench_agency import joined_office
from tinydb import where

from core.acts import Act, Verb

SIGNERS = ("P5", "P2", "P1", "P4")
"""In the order of the steps; the last one pays."""
REST = 0.002
"""Seconds until an empty inbox is looked into again."""

store, place, crowd = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
office = joined_office(store.parent, store.name)
inbox = office.store.table("inbox")
mine = SIGNERS if crowd < len(SIGNERS) else (SIGNERS[place % len(SIGNERS)],)
print("ready", flush=True)
sys.stdin.readline()
done = late = 0
while len(inbox):
    found = [(person, row) for person in mine for row in inbox.page(where("person") == person, limit=100).rows]
    start = place * len(found) // crowd
    for person, row in (*found[start:], *found[:start]):
        verb, values = (Verb.PERFORM, {"cheque": "A-1"}) if person == "P4" else (Verb.APPROVE, {})
        result = office.perform(Act(verb, person, matter=row["matter"], values=values))
        done, late = done + result.done, late + (not result.done)
    if not found:
        time.sleep(REST)
print(json.dumps([done, late]), flush=True)
sys.stdin.read()
office.close()

"""A year of duties of five thousand people: counted from nothing, and after one act, beside a plain loop."""

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

from bench_agency import REGULATION
from peers import BENCH
from report import Line, milliseconds

from core.acts import SYSTEM, Act, Verb
from core.codec import duty_to_document
from core.days.clock import ZONE, FixedClock
from core.days.compliance import ComplianceYear, Grouping, Standing
from core.office import Office
from core.people import Person, Tenure

PEOPLE, KINDS = 5_000, 5
"""So many people owe so many duties each month: sixty a year."""
TIMES, ACTS, BATCH = 3, 40, 5_000
LIMIT, EVENT_LIMIT = 3_000.0, 5.0
"""Milliseconds from nothing, and after one act."""
OPENED, TODAY = date(2026, 1, 1), datetime(2026, 7, 10, 9, 0, tzinfo=ZONE)

DUTY = """
[[clause]]
no = "10{number}"
kind = "obligation"
text = "每月一件"
[[clause.duty]]
title = "月度事项{number}"
by = "clerk"
every = "monthly"
per_person = true
"""


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        office = _office(Path(folder))
        counted, looped = [], []
        for _ in range(TIMES):
            begun = perf_counter()
            year = ComplianceYear(office.desk, TODAY.year)
            counted.append(perf_counter() - begun)
            begun = perf_counter()
            plain = _plain_loop(office)
            looped.append(perf_counter() - begun)
        ours = {each: sum(month[each] for month in year.whole()) for each in Standing}
        if ours != {each: plain[each] for each in Standing}:
            raise AssertionError(f"counted {ours}, the plain loop {plain}")
        followed = []
        for number in range(ACTS):
            person = f"B{number:05}"
            duty = office.desk.duties(person)[0]
            if not office.perform(Act(Verb.DISCHARGE, person, target=duty.key, opinion="已经办理")).done:
                raise AssertionError(duty.key)
            begun = perf_counter()
            year.follow()
            followed.append(perf_counter() - begun)
        if year.rows(Grouping.UNIT) != ComplianceYear(office.desk, TODAY.year).rows(Grouping.UNIT):
            raise AssertionError("the counts kept up differ from those made anew")
        office.close()
    subject = f"{PEOPLE:,} people, {KINDS * 12} duties each: from nothing"
    ours_taken, after = milliseconds(counted), milliseconds(followed)
    ratio = milliseconds(looped) / ours_taken
    return [
        Line("compliance", subject, ours_taken, TIMES, None, f"< {LIMIT:g} ms", ours_taken < LIMIT),
        Line("compliance", "the same, a plain loop over rows and days", milliseconds(looped), TIMES, ratio),
        Line("compliance", "after one act", after, ACTS, None, f"< {EVENT_LIMIT:g} ms", after < EVENT_LIMIT),
    ]


def _office(folder: Path) -> Office:
    """An office in July; of each clerk's duties so far every third is done, some of them late."""
    from sample_agency import Sample

    rulebook = REGULATION + "".join(DUTY.format(number=number) for number in range(KINDS))
    small = Sample(folder, rulebook=rulebook)
    small.office.close()
    office = Office.open(small.config, "sample", folder / "large.store", FixedClock(TODAY))
    keys = [f"B{number:05}" for number in range(PEOPLE)]
    people = [Person(key, f"人员{key}") for key in keys]
    office.found(people, [Tenure(key, "clerk", "trade" if key < "B02500" else "office") for key in keys], (), OPENED)
    owed = [duty for key in keys for duty in office.desk.duties(key)][::3]
    done = [replace(duty, done=date(2026, 1 + at % 6, 20), done_by=duty.person) for at, duty in enumerate(owed)]
    for start in range(0, len(done), BATCH):
        with office.store.transaction(SYSTEM, "填充"):
            documents = [duty_to_document(each) for each in done[start : start + BATCH]]
            office.store.table("duties").insert_multiple(documents)
    return office


def _plain_loop(office: Office) -> Counter[Standing]:
    """What a script would do: every stored line read, every person's every month looked up, the days compared."""
    stored = {each["key"]: each for each in office.store.table("duties")}
    today, counts = TODAY.date(), Counter[Standing]()
    people = [person.key for person in office.desk.organisation.staff(today)]
    clauses = [duty for duty, _, _ in office.rulebook.duties() if duty.per_person]
    for duty in clauses:
        for month in range(1, 13):
            due = date(2026, month + 1, 1) if month < 12 else date(2027, 1, 1)
            due = date.fromordinal(due.toordinal() - 1)
            for person in people:
                line = stored.get(f"{duty.id}@2026-{month:02}@{person}")
                if line is not None:
                    late = date.fromisoformat(line["done"]) > date.fromisoformat(line["due"])
                    counts[Standing.LATE if late else Standing.DONE] += 1
                elif today > due:
                    counts[Standing.OVERDUE] += 1
                elif (due - today).days <= duty.notice_days:
                    counts[Standing.DUE] += 1
                else:
                    counts[Standing.COMING] += 1
    return counts

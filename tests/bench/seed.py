"""Stores of any size, filled with documents as the office itself wrote them, renumbered."""

import random
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from bench_agency import filing, measured_office, signatures

from core.office import Office
from core.store.document import StoreDocument

RUNNING = 20
"""One matter in so many is still under way."""
BATCH = 2000
"""Documents recorded in one transaction."""
SEEDED = "seeded"
"""Name of the number of seeded matters in the store; set when all of them are there."""
LEDGER = "ledger.sample.payments"

Document = dict[str, Any]


def seeded_office(folder: Path, matters: int, waiting: int) -> Office:
    """An office with so many matters, each settled one with its ledger entry.

    It is kept in the folder for the next run, and filled anew when too few matters in it are still waiting.
    """
    office = measured_office(folder)
    if office.store.meta(SEEDED) == str(matters) and len(_waiting(office)) >= waiting:
        return office
    office.close()
    for stale in folder.glob("office.store*"):
        stale.unlink()
    office = measured_office(folder)
    _fill(office, matters)
    return office


def running_numbers(office: Office, count: int) -> list[str]:
    """Numbers of matters that wait for their first signature, spread over the whole store."""
    return random.Random(1).sample(_waiting(office), count)


def _waiting(office: Office) -> list[str]:
    return [row["matter"] for row in office.store.table("inbox") if row["step"] == "科长审核"]


def _fill(office: Office, matters: int) -> None:
    running, inbox, settled, entry = _templates(office)
    tables: dict[str, Iterator[Document]] = {
        "matters": (
            _renumbered(running if number % RUNNING == 0 else settled, number) for number in range(1, matters + 1)
        ),
        "inbox": (_listed(inbox, number) for number in range(RUNNING, matters + 1, RUNNING)),
        LEDGER: (_booked(entry, number) for number in range(1, matters + 1) if number % RUNNING),
    }
    for table, documents in tables.items():
        while batch := list(islice(documents, BATCH)):
            with office.store.transaction("", "导入"):
                office.store.table(table).insert_multiple(batch)
    with office.store.transaction("", "导入") as transaction:
        transaction.set_meta("number.开支-2026", str(matters))
        transaction.set_meta(SEEDED, str(matters))
    office.store.storage.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _templates(office: Office) -> tuple[Document, Document, Document, Document]:
    """A matter that waits, its place in the inbox, a settled one, its entry; all removed again."""
    table = office.store.table

    def document(name: str) -> Document:
        found = table(name).all()[-1]
        assert isinstance(found, StoreDocument)
        return dict(found)

    filed = office.perform(filing()).matter
    assert filed is not None
    running, inbox = document("matters"), document("inbox")
    for act in signatures(filed.number):
        assert office.perform(act).done
    settled, entry = document("matters"), document(LEDGER)
    with office.store.transaction("", "导入"):
        table("matters").truncate()
        table(LEDGER).truncate()
    return running, inbox, settled, entry


def _number(number: int) -> str:
    return f"开支-2025-{number:07d}"


def _subject(number: int) -> str:
    return f"购办公用品第{number * 7919 % 1_000_003}批"


def _fen(number: int) -> int:
    return number * 7_919_777 % 5_000_000 + 1


def _renumbered(template: Document, number: int) -> Document:
    subject, fen = _subject(number), _fen(number)
    values = {**template["values"], "purpose": subject, "amount": f"{Decimal(fen) / 100:.2f}"}
    return {**template, "number": _number(number), "subject": subject, "amount": fen, "values": values}


def _listed(template: Document, number: int) -> Document:
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return {**template, "matter": _number(number), "subject": _subject(number), "due": day}


def _booked(template: Document, number: int) -> Document:
    day = f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    values = {"purpose": _subject(number), "amount": _fen(number)}
    return {**template, "matter": _number(number), "on": day, "values": values}

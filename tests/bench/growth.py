"""The same acts and pages on stores of a thousand, a hundred thousand and a million matters, taking turns."""

from collections.abc import Callable
from time import perf_counter

from bench_agency import signatures
from peers import BENCH
from report import Line, flat, milliseconds, paired
from seed import LEDGER, running_numbers, seeded_office
from tinydb import where

from core.office import Office
from core.store.pages import Page

SIZES = (1_000, 100_000, 1_000_000)
MATTERS = 30
PAGE_ROWS, PAGES = 50, 40
FLAT, PAGE_LIMIT = 1.5, 5.0
"""How much an act may take longer in the largest store than in the smallest; milliseconds of a page."""

Query = Callable[[Office], Page]

LISTS: dict[str, Query] = {
    "inbox, first page": lambda office: office.store.table("inbox").page(
        where("person") == "P5", order=["due"], limit=PAGE_ROWS
    ),
    "inbox, a page in the middle": lambda office: office.store.table("inbox").page(
        where("person") == "P5", order=["due"], limit=PAGE_ROWS, after=("2026-06-15", 0)
    ),
    "filed by one person": lambda office: office.store.table("matters").page(
        where("applicant") == "P6", descending=True, limit=PAGE_ROWS
    ),
    "ledger, newest page": lambda office: office.store.table(LEDGER).page(descending=True, limit=PAGE_ROWS),
    "ledger, by day, in the middle": lambda office: office.store.table(LEDGER).page(
        order=["on"], limit=PAGE_ROWS, after=("2025-06-15", 0)
    ),
    "ledger, by purpose": lambda office: office.store.table(LEDGER).page(order=["values.purpose"], limit=PAGE_ROWS),
    "ledger, narrowed to a purpose": lambda office: office.store.table(LEDGER).page(
        where("values")["purpose"] == "购办公用品第7919批", descending=True, limit=PAGE_ROWS
    ),
}


def measure() -> list[Line]:
    offices = {size: seeded_office(BENCH / "seeded" / str(size), size, MATTERS + 1) for size in SIZES}
    lines = [*_acts(offices), *_lists(offices[SIZES[-1]])]
    for office in offices.values():
        office.close()
    return lines


def _acts(offices: dict[int, Office]) -> list[Line]:
    numbers = {size: iter(running_numbers(office, MATTERS + 1)) for size, office in offices.items()}
    rounds: dict[int, list[list[float]]] = {size: [] for size in offices}
    for _ in range(MATTERS + 1):
        for size, office in offices.items():
            rounds[size].append([_seconds(office, act) for act in signatures(next(numbers[size]))])
    least = rounds[SIZES[0]][1:]
    lines = []
    for size in SIZES:
        found = rounds[size][1:]
        ratio = paired(found, least)
        aim, met = (f"≤ {FLAT:g} (of the smallest)", ratio <= FLAT) if size != SIZES[0] else ("", None)
        shown = None if size == SIZES[0] else ratio
        seconds = flat(found)
        lines.append(Line("act by size", f"{size:,} matters", milliseconds(seconds), len(seconds), shown, aim, met))
    return lines


def _seconds(office: Office, act) -> float:  # type: ignore[no-untyped-def]
    begun = perf_counter()
    result = office.perform(act)
    taken = perf_counter() - begun
    assert result.done, result.verdict.findings
    return taken


def _lists(office: Office) -> list[Line]:
    lines = []
    for title, read in LISTS.items():
        assert read(office).rows
        seconds = []
        for _ in range(PAGES):
            begun = perf_counter()
            read(office)
            seconds.append(perf_counter() - begun)
        taken = milliseconds(seconds)
        lines.append(Line("page of a million", title, taken, PAGES, None, f"< {PAGE_LIMIT:g} ms", taken < PAGE_LIMIT))
    return lines

"""The same acts and pages on stores of a thousand, a hundred thousand and a million matters, taking turns."""

from collections.abc import Callable
from time import perf_counter

from bench_agency import signatures
from peers import BENCH
from report import Line, flat, milliseconds, paired
from seed import LEDGER, running_numbers, seeded_office
from tinydb import where

from core.acts import Act
from core.indexes import SEARCHED
from core.office import Office
from tui.screens.matters_tabs import InboxTab, MineTab
from tui.session import Session

SIZES = (1_000, 100_000, 1_000_000)
MATTERS = 30
PAGE_ROWS, PAGES, SUMS = 24, 40, 5
MIDDLE = ("2025-06-15", 0)
"""A place half way through the seeded ledger, by day."""
FLAT, PAGE_LIMIT = 1.5, 5.0
"""How much an act may take longer in the largest store than in the smallest; milliseconds of a page."""

Read = Callable[[], object]


def _lists(office: Office) -> dict[str, Read]:
    """What a person opens, each read as the screens read it."""
    inbox = InboxTab(Session(office, "P5")).source()
    mine = MineTab(Session(office, "P6")).source()
    middle = inbox.count() // 2
    ledger = office.store.table(LEDGER)
    purpose = where("values")["purpose"] == ledger.page(limit=1).rows[0]["values"]["purpose"]
    return {
        "inbox, first page": lambda: inbox.page(0, PAGE_ROWS),
        "inbox, a page in the middle": lambda: inbox.page(middle, PAGE_ROWS),
        "filed by one person": lambda: mine.page(0, PAGE_ROWS),
        "ledger, newest": lambda: ledger.page(descending=True, limit=PAGE_ROWS).rows,
        "ledger by day, in the middle": lambda: ledger.page(order=["on"], limit=PAGE_ROWS, after=MIDDLE).rows,
        "ledger by purpose": lambda: ledger.page(order=["values.purpose"], limit=PAGE_ROWS).rows,
        "ledger narrowed to a purpose": lambda: ledger.page(purpose, descending=True, limit=PAGE_ROWS).rows,
    }


def _finds(office: Office) -> dict[str, Read]:
    """What a person looks for by a text, twenty matters at most."""
    matters = office.store.table("matters")

    def find(text: str) -> Read:
        return lambda: matters.find(text, *SEARCHED["matters"], limit=20)

    return {
        "a word of two characters": find("公用"),
        "a word that few hold": find("77批"),
        "a word that one holds": find("第123456批"),
        "one character": find("购"),
    }


def _sums(office: Office) -> dict[str, Read]:
    """What is counted or added up over a whole list."""
    ledger = office.store.table(LEDGER)
    return {
        "how many wait for one person": lambda: office.store.table("inbox").count(where("person") == "P5"),
        "how many lines a ledger has": lambda: len(ledger),
        "the sum of a ledger": lambda: ledger.total("values.amount"),
    }


def measure() -> list[Line]:
    offices = {size: seeded_office(BENCH / "seeded" / str(size), size, MATTERS + 1) for size in SIZES}
    largest = offices[SIZES[-1]]
    lines = [*_acts(offices), *_timed(_lists(largest), "page of a million", PAGE_LIMIT)]
    lines += [*_timed(_finds(largest), "found in a million"), *_timed(_sums(largest), "over a million")]
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


def _seconds(office: Office, act: Act) -> float:
    begun = perf_counter()
    result = office.perform(act)
    taken = perf_counter() - begun
    assert result.done, result.verdict.findings
    return taken


def _timed(reads: dict[str, Read], measure: str, limit: float | None = None) -> list[Line]:
    lines = []
    for title, read in reads.items():
        assert read()
        seconds = []
        for _ in range(PAGES if limit else SUMS):
            begun = perf_counter()
            read()
            seconds.append(perf_counter() - begun)
        taken = milliseconds(seconds)
        aim, met = (f"< {limit:g} ms", taken < limit) if limit else ("", None)
        lines.append(Line(measure, title, taken, len(seconds), None, aim, met))
    return lines

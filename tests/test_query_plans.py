"""No list of the office reads a whole table: SQLite's own plan for every statement behind each list shows it."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from tinydb import where

from core.acts import Act, Verb
from core.days.compliance import ComplianceYear
from core.desk import ledger_table
from core.inspection import Inspection
from core.office import Office
from tui.papers.book import bound
from tui.screens.matters_tabs import InboxTab, MineTab
from tui.screens.notices_tab import NoticesTab
from tui.screens.search import find_matters
from tui.session import Session
from tui.sources import TableSource

PEOPLE = {"people", "tenures", "oversights", "delegations", "absences", "recusals"}
"""Read whole, once and again when they change: an agency has hundreds of people, not millions."""

LEDGER = "sample.payments"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def _narrowed_ledger(office: Office) -> object:
    query = where("values")["purpose"] == "购打印纸"
    table = office.store.table(ledger_table(LEDGER))
    return table.page(query, descending=True), table.count(query), table.total("values.amount", query)


def _paged(office: Office, order: list[str], *, descending: bool) -> object:
    """Two pages, so that the step from one to the next is planned too."""
    table = office.store.table(ledger_table(LEDGER))
    first = table.page(order=order, descending=descending, limit=2)
    return table.page(order=order, descending=descending, limit=2, after=first.next)


def _screen(source: Any) -> object:
    assert isinstance(source, TableSource) and source.count()
    return source.page(0, 24)


LISTS: dict[str, Callable[[Office], object]] = {
    "the inbox": lambda office: _screen(InboxTab(Session(office, "P5")).source()),
    "what I filed": lambda office: _screen(MineTab(Session(office, "P6")).source()),
    "notices": lambda office: _screen(NoticesTab(Session(office, "P6")).source()),
    "notices asked of the desk": lambda office: office.desk.notices(),
    "matters of a kind": lambda office: office.desk.matters("sample.spending"),
    "matters of a kind by a value": lambda office: office.desk.matters("sample.spending", purpose="购打印纸"),
    "matters by a word": lambda office: office.store.table("matters").find("打印", "number", "subject"),
    "matters of a kind by a word": lambda office: find_matters(Session(office, "P5"), "印纸", 8, "sample.spending"),
    "one matter": lambda office: office.desk.matter("开支-2026-0001"),
    "ledger, newest first": lambda office: _paged(office, [], descending=True),
    "ledger by day": lambda office: _paged(office, ["on"], descending=False),
    "ledger by day, latest first": lambda office: _paged(office, ["on"], descending=True),
    "ledger by an indexed column": lambda office: _paged(office, ["values.purpose"], descending=False),
    "ledger narrowed, counted and summed": _narrowed_ledger,
    "ledger entries of the desk": lambda office: office.desk.entries(LEDGER, purpose="购打印纸"),
    "ledger entry": lambda office: office.desk.entry(LEDGER, 1),
    "duties of one person": lambda office: office.desk.duties("P6"),
    "all duties": lambda office: office.desk.duties(),
    "duties that are done": lambda office: office.desk.duties_done(),
    "a year of duties": lambda office: ComplianceYear(office.desk, 2026),
    "the inspection list of a year": lambda office: list(Inspection(office.desk, *YEAR).lines()),
    "a year of a ledger as a book": lambda office: bound(office.desk, office.host.ledgers[LEDGER], 2026),
    "decisions on a matter": lambda office: office.desk.resolutions("开支-2026-0001"),
    "journal of a matter": lambda office: office.journal.for_matter("开支-2026-0001"),
    "newest journal entries": lambda office: office.journal.latest(),
    "journal from a place on": lambda office: office.journal.entries(after=3),
}


class Traced:
    """The statements that a connection runs, with their values filled in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.statements: list[str] = []

    def during(self, work: Callable[[], object]) -> list[str]:
        self.statements = []
        self.connection.set_trace_callback(self.statements.append)
        try:
            work()
        finally:
            self.connection.set_trace_callback(None)
        return [each for each in self.statements if each.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))]

    def whole_reads(self, work: Callable[[], object]) -> list[str]:
        """Every statement of the work that reads a whole table or sorts what it found."""
        return [
            f"{line}: {statement}"
            for statement in self.during(work)
            for line in self._plan(statement)
            if _reads_too_much(line, statement)
        ]

    def _plan(self, statement: str) -> Iterator[str]:
        return (str(row[-1]) for row in self.connection.execute(f"EXPLAIN QUERY PLAN {statement}"))


def _reads_too_much(line: str, statement: str) -> bool:
    if "TEMP B-TREE" in line:
        return True
    scanned = re.match(r"SCAN (?:d_)?(\S+)", line)
    if scanned is None or scanned.group(1) in PEOPLE or _by_words(line, statement):
        return False
    # Counting a whole list walks one of its indexes, never its documents: 14 ms for a million.
    if "USING COVERING INDEX" in line and statement.startswith("SELECT count(*)"):
        return False
    # In the order of the table or of an index, and cut off after a page, is no reading of the whole.
    free = re.search(r"WHERE \(?1=1\)? AND 1=1 ORDER BY", statement) or "WHERE" not in statement
    return not (free and re.search(r" LIMIT \d+$", statement))


def _by_words(line: str, statement: str) -> bool:
    """Whether it is the words of a table that are looked up: SQLite calls every look-up in such an index a scan."""
    return line.startswith("SCAN s_") and " MATCH " in statement


@pytest.fixture
def traced(sample: Any) -> Traced:
    """The sample office with matters in every state, and what its connection runs."""
    for _ in range(5):
        number = sample.filed("500")
        sample.act(Verb.APPROVE, "P5", number)
        sample.act(Verb.APPROVE, "P2", number)
        sample.act(Verb.PERFORM, "P4", number, values={"cheque": "A-1"})
    sample.filed("500")
    project = sample.submit(kind="sample.project", name="修缮").matter.number
    for leader in ("P2", "P7"):
        sample.act(Verb.APPROVE, leader, project)
    return Traced(sample.office.store.storage.connection)


@pytest.mark.parametrize("title", LISTS)
def test_a_list_reads_by_index_or_page(sample: Any, traced: Traced, title: str) -> None:
    assert traced.whole_reads(lambda: LISTS[title](sample.office)) == []


def test_an_act_reads_and_writes_by_index(sample: Any, traced: Traced) -> None:
    number = sample.filed("500")
    acts = [
        Act(Verb.SUBMIT, "P6", "sample.spending", values={"purpose": "纸", "amount": "500"}),
        Act(Verb.APPROVE, "P5", matter=number),
        Act(Verb.RETURN, "P2", matter=number, opinion="写清用途"),
        Act(Verb.RESUBMIT, "P6", matter=number, values={"purpose": "会议用纸"}),
        Act(Verb.APPROVE, "P2", matter=number),
        Act(Verb.PERFORM, "P4", matter=number, values={"cheque": "A-2"}),
    ]
    for act in acts:
        done: list[bool] = []
        assert traced.whole_reads(lambda act=act, done=done: done.append(sample.office.perform(act).done)) == []
        assert done == [True]


def test_a_filter_without_an_index_is_found_out(sample: Any, traced: Traced) -> None:
    """The check itself can fail: what no index serves shows as a reading of the whole."""
    table = sample.office.store.table("matters")
    assert traced.whole_reads(lambda: table.page(where("subject") == "购打印纸", limit=5))
    assert traced.whole_reads(lambda: table.page(order=["subject"], limit=5))

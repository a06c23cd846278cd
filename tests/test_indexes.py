"""A store set up earlier gets the indexes it lacks when an office is opened on it, once, whoever comes first."""

import sqlite3
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from core.indexes import lacking
from core.office import Office
from core.store.database import Store
from pseudo_terminal import PATIENCE

MADE = "补建索引"


def lose_indexes(path: Path) -> None:
    """Make the store what it would be had it been set up before these were declared."""
    with sqlite3.connect(path) as connection:
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE type='index' AND name GLOB '[ip]_*'"
        ).fetchall()
        for (name,) in found:
            connection.execute(f'DROP INDEX "{name}"')
        connection.execute("DROP TABLE s_matters")
    connection.close()


def acts(office: Office) -> list[str]:
    return [entry.act for entry in office.journal.entries(0, 1000)]


def test_an_office_that_lacks_indexes_gets_them_when_it_is_opened(sample: Any) -> None:
    number = sample.filed()
    sample.office.close()
    lose_indexes(sample.store_path)
    store = Store(sample.store_path)
    before = store.indexes()
    store.close()
    office = sample.open()
    assert len(office.store.indexes()) > len(before)
    assert lacking(office.store, office.host) == ()
    assert acts(office).count(MADE) == 1
    assert [row["number"] for row in office.store.table("matters").find("打印", "number", "subject")] == [number]
    assert office.journal.verify(documents=True).sound
    office.close()
    again = sample.open()
    assert acts(again).count(MADE) == 1
    again.close()


def _open(config: Path, path: Path, start: Any) -> None:
    start.wait()
    Office.open(config, "sample", path).close()


def test_of_many_that_open_at_once_one_makes_them(sample: Any, sample_module: Any) -> None:
    sample.filed()
    sample.office.close()
    lose_indexes(sample.store_path)
    forking = get_context("fork")
    start = forking.Event()
    openers = [forking.Process(target=_open, args=(sample.config, sample.store_path, start)) for _ in range(6)]
    for each in openers:
        each.start()
    start.set()
    for each in openers:
        each.join(PATIENCE)
    assert [each.exitcode for each in openers] == [0] * 6
    office = sample.open()
    assert lacking(office.store, office.host) == ()
    assert acts(office).count(MADE) == 1
    office.close()


@pytest.mark.parametrize("at", ["s_matters", "i_inbox:person,due"])
def test_each_that_is_missing_is_named(sample: Any, at: str) -> None:
    sample.office.close()
    with sqlite3.connect(sample.store_path) as connection:
        connection.execute(f'DROP {"TABLE" if at.startswith("s_") else "INDEX"} "{at}"')
    connection.close()
    office = sample.open()
    (entry,) = [each for each in office.journal.entries(0, 1000) if each.act == MADE]
    assert entry.detail["indexes"] == [at.removeprefix("s_")]
    office.close()

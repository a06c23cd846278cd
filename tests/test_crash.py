"""Writers killed at any moment, many at once, a full disk: nothing acknowledged is lost or half written."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.journal import Journal
from core.store.database import Store
from pseudo_terminal import PATIENCE

WRITER = """
import sys
from tinydb.operations import increment
from core.store.database import Store

store, me = Store(sys.argv[1]), sys.argv[2]
matters, counters = store.table("matters"), store.table("counters")
number = 0
while True:
    with store.transaction(me, "登记") as act:
        added = matters.insert({"who": me, "number": number, "文": "规章" * 40})
        if number % 5 == 4:
            matters.update({"归档": True}, doc_ids=[added])
        counters.update(increment("count"), doc_ids=[1])
    print(added, act.sequence, flush=True)
    number += 1
"""

CLERK = """
import sys
from tinydb.operations import increment
from core.errors import Conflict
from core.store.database import Store

store, me, rounds = Store(sys.argv[1]), sys.argv[2], int(sys.argv[3])
counters, ledger = store.table("counters"), store.table("ledger")
for number in range(rounds):
    with store.transaction(me, "入账"):
        counters.update(increment("count"), doc_ids=[1])
        ledger.insert({"who": me, "fen": number})
    while True:
        seen = counters.get(doc_id=2)
        seen["count"] += 1
        try:
            with store.transaction(me, "改数"):
                counters.put(seen)
            break
        except Conflict:
            continue
store.close()
"""

FILLER = """
import resource, sys
from core.errors import StoreError, StoreFailed
from core.store.database import Store

limit = int(sys.argv[2])
store = Store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
matters = store.table("matters")
try:
    while True:
        with store.transaction("甲", "登记") as act:
            added = matters.insert({"文": "规章" * 2000})
        print(added, act.sequence, flush=True)
except StoreFailed as error:
    print("failed", error, flush=True)
try:
    matters.all()
except StoreError as error:
    print("closed", error, flush=True)
"""


def _start(program: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _found(path: Path) -> None:
    with Store(path) as store:
        store.table("matters").index("who", "number", unique=True)
        with store.transaction("测试", "开账"):
            store.table("counters").insert_multiple([{"count": 0}, {"count": 0}])


def _kill_rounds(path: Path, rounds: int) -> int:
    """Starts three writers, kills them all at a random moment, checks everything; returns how many acts survived."""
    _found(path)
    chance, acknowledged = random.Random(5), 0
    for turn in range(rounds):
        writers = [_start(WRITER, path, f"甲{turn}乙{each}") for each in range(3)]
        told = []
        for writer in writers:
            assert writer.stdout is not None
            told.append(writer.stdout.readline())
        time.sleep(chance.uniform(0, 0.1))
        for writer in writers:
            writer.kill()
        texts = [first + writer.communicate()[0] for first, writer in zip(told, writers, strict=True)]
        with Store(path) as store:
            matters, journal = store.table("matters"), Journal(store)
            for line in (line for text in texts for line in text.splitlines(keepends=True)):
                if line.endswith("\n"):
                    added, sequence = map(int, line.split())
                    acknowledged += 1
                    entry = journal.entry(sequence)
                    assert entry is not None
                    assert added in {image.doc_id for image in entry.documents if image.table == "matters"}
                    assert matters.contains(doc_id=added)
            assert store.storage.rows("PRAGMA integrity_check") == [("ok",)]
            verdict = journal.verify(documents=True)
            assert verdict.sound, verdict.sentence
            assert len(matters) == store.table("counters").get(doc_id=1)["count"] == verdict.entries - 2
    return acknowledged


def test_killed_writers_lose_nothing_acknowledged_and_leave_nothing_half_done(tmp_path: Path) -> None:
    assert _kill_rounds(tmp_path / "store.db", 15) >= 45


KILLS = 10_000


@pytest.mark.soak
def test_ten_thousand_kills_lose_nothing(tmp_path: Path) -> None:
    rounds = 20  # Each store is proven from its first entry after every round, so none grows long.
    for number in range(-(-KILLS // (3 * rounds))):
        assert _kill_rounds(tmp_path / f"{number}.store", rounds) >= 3 * rounds


def _reconcile(path: Path, writers: int, rounds: int) -> None:
    _found(path)
    clerks = [_start(CLERK, path, f"会计{each}", rounds) for each in range(writers)]
    assert [clerk.wait(timeout=PATIENCE) for clerk in clerks] == [0] * writers
    for clerk in clerks:
        clerk.communicate()
    with Store(path) as store:
        ledger = store.table("ledger")
        assert [each["count"] for each in store.table("counters")] == [writers * rounds] * 2
        assert len(ledger) == writers * rounds
        assert ledger.total("fen") == writers * rounds * (rounds - 1) // 2
        verdict = Journal(store).verify(documents=True)
        assert (verdict.sound, verdict.entries) == (True, 2 + 2 * writers * rounds)


def test_several_writers_at_once_reconcile_to_the_last_count(tmp_path: Path) -> None:
    _reconcile(tmp_path / "store.db", writers=6, rounds=40)


@pytest.mark.soak
def test_many_writers_at_once_reconcile_to_the_last_count(tmp_path: Path) -> None:
    _reconcile(tmp_path / "store.db", writers=24, rounds=150)


@pytest.mark.parametrize("limit", [200_000, 1_000_000, 5_000_000])
def test_a_full_disk_is_told_closes_the_store_and_loses_nothing_acknowledged(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "store.db"
    output = _start(FILLER, path, limit).communicate(timeout=PATIENCE)[0].splitlines()
    assert output[-2].startswith("failed 磁盘")
    assert "记录库已关闭" in output[-2]
    assert output[-1].startswith("closed")
    acknowledged = [tuple(map(int, line.split())) for line in output[:-2]]
    assert acknowledged
    with Store(path) as store:
        assert all(store.table("matters").contains(doc_id=added) for added, _ in acknowledged)
        verdict = Journal(store).verify(documents=True)
        assert verdict.sound, verdict.sentence
        assert len(store.table("matters")) == verdict.entries - 1
        assert acknowledged[-1][1] <= verdict.entries <= acknowledged[-1][1] + 1
        with store.transaction("甲", "登记"):
            store.table("matters").insert({"文": "清出空间以后"})

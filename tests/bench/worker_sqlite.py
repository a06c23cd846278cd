"""Four steps of a matter on plain sqlite3: one UPDATE and one history row each, durable, and nothing else."""

import sqlite3
import sys
from time import perf_counter

from protocol import serve

STEPS = 4

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("PRAGMA synchronous=FULL")
connection.execute("CREATE TABLE matter(id INTEGER PRIMARY KEY, step INTEGER, actor TEXT, at TEXT)")
connection.execute("CREATE TABLE history(id INTEGER PRIMARY KEY, matter INTEGER, step INTEGER, actor TEXT, at TEXT)")


def matter() -> list[float]:
    number = connection.execute("INSERT INTO matter(step, actor, at) VALUES (0,'P6','2026-03-02')").lastrowid
    taken = []
    for step in range(1, STEPS + 1):
        begun = perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "UPDATE matter SET step=?, actor=?, at=? WHERE id=? AND step=?",
            (step, f"P{step}", "2026-03-02T09:00:00+08:00", number, step - 1),
        )
        connection.execute(
            "INSERT INTO history(matter, step, actor, at) VALUES (?,?,?,?)",
            (number, step, f"P{step}", "2026-03-02T09:00:00+08:00"),
        )
        connection.execute("COMMIT")
        taken.append(perf_counter() - begun)
    return taken


serve(matter)

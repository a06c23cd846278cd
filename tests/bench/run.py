"""Measures the program beside its peers and prints one table: ``run.py [approvals] [crowd] [growth] [judging] …``."""

import sys
from importlib import import_module

from peers import BENCH
from report import table, write

MEASURES = ("approvals", "ballots", "compliance", "crowd", "dues", "growth", "judging", "memory", "starts", "workday")


def main(chosen: list[str]) -> int:
    unknown = [name for name in chosen if name not in MEASURES]
    if unknown:
        print(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    BENCH.mkdir(exist_ok=True)
    lines = []
    for name in chosen or MEASURES:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        lines += import_module(name).measure()
    write(lines, BENCH / "results.json")
    print(table(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

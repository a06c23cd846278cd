"""Four acts of a matter through the office: judged, recorded with all that follows, journalled, durable."""

import sys
from pathlib import Path
from time import perf_counter

from bench_agency import filing, measured_office, signatures
from protocol import serve

store = Path(sys.argv[1])
office = measured_office(store.parent, store.name)


def matter() -> list[float]:
    filed = office.perform(filing()).matter
    assert filed is not None
    taken = []
    for act in signatures(filed.number):
        begun = perf_counter()
        result = office.perform(act)
        taken.append(perf_counter() - begun)
        assert result.done, result.verdict.findings
    return taken


serve(matter)

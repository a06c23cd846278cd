"""Judging a submission by a real rulebook: milliseconds for a hundred rules."""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from bench_agency import measured_people
from peers import BENCH, PROJECT
from report import Line, milliseconds

from core.acts import Act, Verb
from core.chains.planning import plan
from core.days.clock import ZONE, FixedClock
from core.hearings.filing import Filing
from core.hearings.judge import Judge
from core.matter import Matter
from core.office import Office
from core.remembering import hearing

AGENCY, KIND = "baicheng", "finance.reimbursement"
TIMES, LIMIT, PREVIEW = 300, 1.0, 2.0
"""How often; milliseconds that a hundred rules, and the preview of a whole course, may take."""
LONG_CHAIN = ("lucheng", "finance.reimbursement")
"""The agency and the kind of matter with the longest chain."""

CLAIM = {
    "purpose": "购打印纸",
    "amount": "580.00",
    "heading": "办公费",
    "category": "办公用品",
    "fund_source": "年度预算",
    "spent_on": "2026-03-02",
    "vouchers": [{"number": "0001", "issuer": "文具店", "kind": "正式发票", "amount": "580.00"}],
    "list_attached": "是",
}


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        clock = FixedClock(datetime(2026, 3, 3, 9, 0, tzinfo=ZONE))
        office = Office.open(PROJECT / "config", AGENCY, Path(folder) / "office.store", clock)
        claimant = measured_people(office, PROJECT / "config" / "agencies" / AGENCY / "people.toml")
        claim = Act(Verb.SUBMIT, claimant, KIND, values=CLAIM)
        rules = sum(Verb.SUBMIT in use.kind.verbs for use, _, _ in office.rulebook.uses(KIND))
        judge = Judge(office.desk)
        proposal = Filing(office.desk, judge).submit(claim).proposal
        assert proposal is not None
        whole, rules_alone = [], []
        for _ in range(TIMES):
            begun = perf_counter()
            office.preview(claim)
            read = perf_counter()
            with hearing(office.desk):
                judge.hear(proposal)
            whole.append(read - begun)
            rules_alone.append(perf_counter() - read)
        office.close()
    chain, ahead = _ahead()
    hundred = milliseconds(rules_alone) * 100 / rules
    aim = f"< {LIMIT:g} ms"
    return [
        _within(Line("judging", f"one claim: form, {rules} rules, course", milliseconds(whole), TIMES)),
        _within(Line("judging", f"the course ahead of a claim of {chain} steps", milliseconds(ahead), TIMES)),
        Line("judging", "the rules alone, for a hundred of them", hundred, TIMES, None, aim, hundred < LIMIT),
    ]


def _within(line: Line) -> Line:
    return replace(line, aim=f"< {PREVIEW:g} ms", met=line.milliseconds < PREVIEW)


def _ahead() -> tuple[int, list[float]]:
    """How many steps the longest chain has that is laid out whole, and the seconds that each laying out took."""
    agency, kind = LONG_CHAIN
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        clock = FixedClock(datetime(2026, 3, 3, 9, 0, tzinfo=ZONE))
        office = Office.open(PROJECT / "config", agency, Path(folder) / "office.store", clock)
        claimant = measured_people(office, PROJECT / "config" / "agencies" / agency / "people.toml")
        place, (chain, regulation, clause) = max(
            enumerate(office.rulebook.chains(kind)), key=lambda each: len(each[1][0].steps)
        )
        values = {"category": "办公用品", "witness": claimant}
        unit = office.desk.organisation.unit_of(claimant, office.desk.day)
        key, now = f"{regulation.id}/{clause.no}", office.desk.now
        matter = Matter("", kind, claimant, unit, now, values, office.rulebook.digest, key, place, chain.steps)
        taken = []
        for _ in range(TIMES):
            begun = perf_counter()
            course = plan(office.desk, matter)
            taken.append(perf_counter() - begun)
        office.close()
    return len(course), taken

"""A dues year of ten thousand members: fixed, collected month by month, passed on each quarter, reconciled."""

import shutil
import tempfile
from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from peers import BENCH
from report import Line

from core.acts import Act, Verb
from core.days.clock import ZONE, FixedClock
from core.office import Office
from core.people import Person, Tenure
from core.reconciling import reconcile
from plugins.party import dues, roll
from plugins.party.matters.dues import COLLECTION, REMITTANCE

CONFIG = Path(__file__).parent.parent.parent / "config"
YEAR, BRANCHES, EACH = 2026, 100, 100
LIMIT = 60.0
"""Seconds for the year."""
INCOMES = tuple(Decimal(income) for income in ("2800.00", "4321.09", "7500.50", "10000.00", "12345.67"))


def measure() -> list[Line]:
    taken = dict.fromkeys(("fixed", "collected", "passed on", "reconciled"), 0.0)
    with tempfile.TemporaryDirectory(dir=BENCH) as folder:
        clock = FixedClock(datetime(YEAR, 1, 4, 9, tzinfo=ZONE))
        office = _office(Path(folder), clock)
        branches = [f"bench-{number:03}" for number in range(BRANCHES)]
        expected = Decimal(0)
        for branch in branches:
            members = [f"{branch}-{number:03}" for number in range(EACH)]
            rows = [{"person": each, "standing": roll.FULL, "since": "2015-07-01"} for each in members]
            _file(office, branch, "party.roll", {"unit": branch, "lines": rows})
            begun = perf_counter()
            expected += 12 * _fixed(office, branch, members)
            taken["fixed"] += perf_counter() - begun
        for month in range(1, 13):
            clock.set(datetime(YEAR, month, monthrange(YEAR, month)[1], 9, tzinfo=ZONE))
            for branch in branches:
                begun = perf_counter()
                _begun(office, branch, COLLECTION)
                taken["collected"] += perf_counter() - begun
                if month % 3 == 0:
                    begun = perf_counter()
                    _begun(office, branch, REMITTANCE)
                    taken["passed on"] += perf_counter() - begun
        begun = perf_counter()
        amount = office.desk.total("party.dues", "amount")
        if not amount == office.desk.total("party.remitted", "amount") == expected:
            raise AssertionError(f"collected {amount}, fixed {expected}")
        if found := list(reconcile(office.desk)):
            raise AssertionError(str(found[0]))
        taken["reconciled"] = perf_counter() - begun
        office.close()
    whole = sum(taken.values())
    subject = f"{BRANCHES * EACH:,} members in {BRANCHES} branches, {12 * BRANCHES * EACH:,} payments: the year"
    parts = [Line("dues", f"of which {each}", seconds * 1000, 1) for each, seconds in taken.items()]
    return [Line("dues", subject, whole * 1000, 1, None, f"< {LIMIT:g} s", whole < LIMIT), *parts]


def _fixed(office: Office, branch: str, members: list[str]) -> Decimal:
    """Fixes the dues of a branch; what all of them owe each month."""
    rows: list[dict[str, str]] = []
    sums = Decimal(0)
    for number, person in enumerate(members):
        income = INCOMES[number % len(INCOMES)]
        monthly = dues.monthly(office.desk, dues.SERVING, income, office.desk.day)
        rows.append({"person": person, "category": dues.SERVING, "income": f"{income}", "monthly": f"{monthly}"})
        sums += monthly
    _file(office, branch, "party.dues-assessment", {"unit": branch, "period": str(YEAR), "lines": rows})
    return sums


def _begun(office: Office, branch: str, kind: Any) -> None:
    """Files a form as the program begins it from the books."""
    form = dict(kind.prepare(office.desk, f"{branch}-000", None))
    if kind is REMITTANCE:
        form |= {"superior": "机关工委", "receipt": f"{branch}-{office.desk.day.month}"}
    _file(office, branch, kind.key, form)


def _file(office: Office, branch: str, kind: str, values: dict[str, Any]) -> None:
    result = office.perform(Act(Verb.SUBMIT, f"{branch}-000", kind, values=values))
    if not result.done:
        raise AssertionError([finding.facts for finding in result.verdict.findings][:3])


def _office(folder: Path, clock: FixedClock) -> Office:
    """Lucheng's rulebook on a store of its own, with a hundred branches more of a hundred members each."""
    config = folder / "config"
    shutil.copytree(CONFIG, config)
    agency = config / "agencies" / "lucheng" / "agency.toml"
    units = "".join(f'\n[[unit]]\nkey = "bench-{at:03}"\ntitle = "支部{at:03}"\n' for at in range(BRANCHES))
    agency.write_text(agency.read_text(encoding="utf-8") + units, encoding="utf-8")
    office = Office.open(config, "lucheng", folder / "dues.store", clock)
    people, tenures = [], []
    for branch in (f"bench-{number:03}" for number in range(BRANCHES)):
        keys = [f"{branch}-{number:03}" for number in range(EACH)]
        people += [Person(key, f"党员{key}") for key in keys]
        tenures += [Tenure(key, "clerk", branch) for key in keys]
        posts = {"organisation-commissioner": keys[0], "dues-collector": keys[0], "branch-secretary": keys[1]}
        tenures += [Tenure(key, post, branch) for post, key in posts.items()]
    office.found(people, tenures, (), date(YEAR, 1, 1))
    return office

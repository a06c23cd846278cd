"""Sixteen processes at the same registers: numbers without gap or double, a month's dues taken once."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from core.acts import Act, Verb
from core.days.clock import ZONE, FixedClock
from core.office import Office
from core.rulebook.people_file import load_people
from pseudo_terminal import PATIENCE

CONFIG = Path(__file__).parent.parent / "config"
PROCESSES, EACH = 16, 3
LEADER, HEAD, KEEPER, CLERK, COLLECTOR, MEMBER = "P003", "P006", "P011", "P015", "P015", "P013"
NOW = datetime(2026, 3, 2, 9, tzinfo=ZONE)
USE = {
    "seal": "局印章", "material": "公文", "title": "函", "purpose": "报送", "copies": 2, "place": "单位内",
    "blank": False, "major": False,
}  # fmt: skip
DUES = {
    "unit": "branch-1", "period": "2026-03", "day": "2026-03-02",
    "lines": [{"person": MEMBER, "month": "2026-03", "amount": "40.00", "way": "本人按月"}],
}  # fmt: skip

WORKER = """
import json, sys
from datetime import datetime
from pathlib import Path
from core.acts import Act, Verb
from core.days.clock import FixedClock
from core.office import Office

config, store, now, use, payment, *applications = sys.argv[1:]
office = Office.open(Path(config), "lucheng", Path(store), FixedClock(datetime.fromisoformat(now)))
print("ready", flush=True)
sys.stdin.readline()
for application in applications:
    filed = office.perform(Act(Verb.SUBMIT, "P015", "seals.use", values=json.loads(use)))
    sealing = {"count": 2, "checked": True, "fault": "无"}
    sealed = office.perform(Act(Verb.PERFORM, "P011", matter=application, values=sealing))
    assert filed.done and sealed.done, (filed.verdict.findings, sealed.verdict.findings)
paid = office.perform(Act(Verb.SUBMIT, "P015", "party.dues-collection", values=json.loads(payment)))
print(json.dumps([paid.done, [finding.clause.key for finding in paid.verdict.findings]]), flush=True)
office.close()
"""


def opened(store: Path) -> Office:
    return Office.open(CONFIG, "lucheng", store, FixedClock(NOW))


def filed(office: Office, by: str, kind: str, values: dict[str, object]) -> str:
    result = office.perform(Act(Verb.SUBMIT, by, kind, values=values))
    assert result.done and result.matter is not None, [finding.facts for finding in result.verdict.findings]
    return result.matter.number


def prepared(store: Path) -> list[str]:
    """An office with one seal, one member whose dues are fixed, and applications that are signed; their numbers."""
    office = opened(store)
    people = load_people(CONFIG / "agencies" / "lucheng" / "people.toml", office.agency)
    office.found(people.people, people.tenures, people.oversights)
    kept = {"seal": "局印章", "kind": "局印章", "custodian": KEEPER, "unit": "office", "fit": True, "place": "保险柜"}
    filed(office, HEAD, "seals.seal", {**kept, "scope": "公务", "scoped_by": HEAD, "origin": "原有"})
    member = {"person": MEMBER, "standing": "正式党员", "since": "2015-07-01"}
    filed(office, COLLECTOR, "party.roll", {"unit": "branch-1", "lines": [member]})
    fixed = {"person": MEMBER, "category": "在职", "income": "4000.00", "monthly": "40.00"}
    filed(office, COLLECTOR, "party.dues-assessment", {"unit": "branch-1", "period": "2026", "lines": [fixed]})
    numbers = [filed(office, CLERK, "seals.use", USE) for _ in range(PROCESSES * EACH)]
    for number in numbers:
        assert office.perform(Act(Verb.APPROVE, LEADER, matter=number)).done
    office.close()
    return numbers


def test_sixteen_processes_draw_numbers_without_gap_or_double_and_take_a_month_once(tmp_path: Path) -> None:
    store = tmp_path / "office.store"
    numbers = prepared(store)
    told = [str(CONFIG), str(store), NOW.isoformat(), json.dumps(USE), json.dumps(DUES)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, *told, *numbers[at::PROCESSES]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=CONFIG.parent,
        )
        for at in range(PROCESSES)
    ]
    for each in started:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    answers = [json.loads(each.communicate(timeout=PATIENCE)[0]) for each in started]
    assert [each.returncode for each in started] == [0] * PROCESSES

    assert sum(done for done, _ in answers) == 1
    assert all(done or "party-building/ch7.3(b)" in clauses for done, clauses in answers)
    office = opened(store)
    lines = office.desk.entries("seals.impressions", limit=1000)
    spans = sorted(str(line.values["numbers"]) for line in lines)
    assert spans == [f"2026-{first:04d}至{first + 1:04d}" for first in range(1, 2 * len(numbers), 2)]
    drawn = sorted(each.number for each in office.desk.matters("seals.use", limit=1000))
    assert drawn == [f"用印-2026-{number:04d}" for number in range(1, 2 * len(numbers) + 1)]
    assert len(office.desk.entries("party.dues")) == 1
    assert office.journal.verify(documents=True).sound
    office.close()

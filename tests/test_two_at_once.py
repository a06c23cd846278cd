"""Many processes acting on the same matters: each step is advanced by exactly one, and the others are told by whom."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from core.acts import Verb
from core.matter import State
from pseudo_terminal import PATIENCE

RULES = """
[regulation]
id = "spending"
title = "开支办法"
family = "sample"
[[clause]]
no = "1"
kind = "approval"
text = "副局长一人审核，局长、副局长、科长会签，局长批准"
[[clause.chain]]
matter = "sample.project"
steps = [
  { by = "deputy", title = "审核", mode = "any" },
  { by = ["director", "deputy", "head"], title = "会签", mode = "all" },
  { by = ["deputy", "head"], title = "票签", mode = "ratio", ratio = "1/2" },
  { by = "principal", title = "批准" },
]
"""

SIGNER = """
import importlib.util, json, sys
from pathlib import Path

place = Path(sys.argv[1])
description = importlib.util.spec_from_file_location("sample_agency", place)
module = importlib.util.module_from_spec(description)
description.loader.exec_module(module)
from core.acts import Act, Verb
from core.days.clock import SystemClock
from core.office import Office

module.install()
folder, person, numbers = Path(sys.argv[2]), sys.argv[3], sys.argv[4:]
office = Office.open(folder / "config", "sample", folder / "office.store", SystemClock())
seen = {number: office.desk.matter(number).version for number in numbers}
print("ready", flush=True)
once = sys.stdin.readline().strip() == "once"
while running := [number for number in numbers if office.desk.matter(number).step or once]:
    for number in running:
        result = office.perform(Act(Verb.APPROVE, person, matter=number, version=seen[number] if once else 0))
        told = [finding.facts for finding in result.verdict.findings]
        print(json.dumps([number, result.done, told], ensure_ascii=False), flush=True)
    if once:
        break
office.close()
"""

SIGNERS = ("P1", "P2", "P3", "P5", "P7")


@pytest.fixture
def agency(tmp_path: Path, sample_module: Any) -> Any:
    return sample_module.Sample(tmp_path, rulebook=RULES)


def race(agency: Any, persons: list[str], numbers: list[str], how: str) -> list[list[Any]]:
    """What each of several processes was answered, all begun at the same moment: `once`, or `often` till the end."""
    script = Path(__file__).with_name("sample_agency.py")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SIGNER, str(script), str(agency.store_path.parent), person, *numbers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=script.parent.parent,
        )
        for person in persons
    ]
    for each in started:
        assert each.stdout is not None and each.stdout.readline() == "ready\n"
    for each in started:
        assert each.stdin is not None
        each.stdin.write(f"{how}\n")
        each.stdin.flush()
    answers: list[list[Any]] = []
    for each in started:
        said, _ = each.communicate(timeout=PATIENCE)
        assert each.returncode == 0
        answers.append([json.loads(line) for line in said.splitlines()])
    return answers


def test_several_sessions_of_all_signers_advance_each_step_exactly_once(agency: Any) -> None:
    numbers = [agency.submit(kind="sample.project", name=f"项目{count}").matter.number for count in range(4)]
    answers = race(agency, [*SIGNERS, "P2", "P7"], numbers, "often")
    for number in numbers:
        matter = agency.office.desk.matter(number)
        assert matter.state is State.SETTLED
        signed = Counter((mark.step, mark.by) for mark in matter.course if mark.verb is Verb.APPROVE)
        assert max(signed.values()) == 1
        assert sum(by in ("P2", "P7") for step, by in signed if step == 0) == 1
        assert {by for step, by in signed if step == 1} == set(SIGNERS)
        assert [by for step, by in signed if step == 3] == ["P1"]
        done = sum(result for answered in answers for at, result, _ in answered if at == number)
        assert done == sum(signed.values()) == len(agency.office.journal.for_matter(number)) - 1
    assert agency.office.journal.verify(documents=True).sound


def test_of_two_who_sign_at_once_the_second_is_told_who_was_first(agency: Any) -> None:
    numbers = [agency.submit(kind="sample.project", name=f"项目{count}").matter.number for count in range(10)]
    answers = race(agency, ["P2", "P7", "P2", "P7"], numbers, "once")
    names = {"P2": "钱二", "P7": "郑七"}
    for number in numbers:
        matter = agency.office.desk.matter(number)
        first = [mark.by for mark in matter.course if mark.verb is Verb.APPROVE]
        assert len(first) == 1 and matter.step.title == "会签"
        said = [facts for answered in answers for at, done, facts in answered if at == number and not done]
        assert len(said) == 3 and all(any(names[first[0]] in each for each in facts) for facts in said)

"""Regulations checked, read and tried from the command line, and families begun."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pseudo_terminal import PATIENCE
from tui.commandline.exits import Exit
from tui.commandline.place import AGENCY
from tui.start import main

ROOT = Path(__file__).parent.parent
CASES = """## 限额

| 日期 | 谁 | 做什么 | 填写 | 预期 | 依据 |
|---|---|---|---|---|---|
| 2026-03-02 | 吴六 | 申请 开支申请 | 事由=购车；金额=60000 | 拒绝 | spending/3 |
| | 吴六 | 申请 开支申请 | 事由=购纸；金额=500 | 通过 | spending/3 |

## 写错的

| 日期 | 谁 | 做什么 | 填写 | 预期 | 依据 |
|---|---|---|---|---|---|
| 2026-03-02 | 吴六 | 申请 开支申请 | 事由=购纸；金额=500 | 拒绝 | spending/3 |
"""


class Desk:
    """Gives rulebook commands on the sample agency's files."""

    def __init__(self, config: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.config, self._capture = config, capture
        self.folder = config / "agencies" / "sample"
        self.out = self.err = ""

    def __call__(self, *words: str) -> int:
        self._capture.readouterr()
        code = main(["rulebook", *words, "--config", str(self.config)])
        self.out, self.err = self._capture.readouterr()
        return code

    def json(self, *words: str) -> Any:
        self(*words, "--json")
        return json.loads(self.out)


@pytest.fixture
def desk(sample: Any, sample_module: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.delenv(AGENCY, raising=False)
    sample.office.close()
    (sample.config / "agencies" / "sample" / "people.toml").write_text(sample_module.PEOPLE, encoding="utf-8")
    (sample.config / "agencies" / "sample" / "cases").mkdir()
    return Desk(sample.config, capsys)


def test_a_sound_rulebook_is_said_to_be_sound_without_a_store(desk: Desk) -> None:
    assert desk("check") == Exit.DONE
    assert "sample：没有问题" in desk.err
    assert desk.json("check") == []


def test_every_fault_of_every_file_is_told_with_file_line_and_nearest_name(desk: Desk) -> None:
    rulebook = desk.folder / "rulebook" / "spending.toml"
    text = rulebook.read_text(encoding="utf-8")
    wrong = text.replace('by = "cashier"', 'by = "casheir"').replace('use = "sample.cap"', 'use = "sample.cup"')
    rulebook.write_text(wrong, encoding="utf-8")
    people = desk.folder / "people.toml"
    people.write_text(people.read_text(encoding="utf-8").replace('post = "clerk"', 'post = "clark"'), encoding="utf-8")
    assert desk("check") == Exit.USAGE
    assert "cashier" in desk.out
    assert "sample.cap" in desk.out
    assert "clerk" in desk.out
    faults = desk.json("check")
    assert len(faults) == 4
    assert {set(each) == {"agency", "file", "line", "message"} for each in faults} == {True}
    by_line = {each["line"]: each for each in faults if each["file"] == rulebook.as_posix()}
    assert all(
        "casheir" in wrong.splitlines()[line - 1] or "sample.cup" in wrong.splitlines()[line - 1] for line in by_line
    )


def test_all_agencies_are_checked_where_none_is_named(desk: Desk) -> None:
    shutil.copytree(desk.folder, desk.config / "agencies" / "second")
    agency = desk.config / "agencies" / "second" / "agency.toml"
    agency.write_text(agency.read_text(encoding="utf-8").replace("rank = 1", 'rank = "一"'), encoding="utf-8")
    assert desk("check") == Exit.USAGE
    assert {each["agency"] for each in desk.json("check")} == {"second"}
    assert desk("check", "--agency", "sample") == Exit.DONE
    assert desk("check", "--agency", "sampel") == Exit.USAGE
    assert "是否指“sample”" in desk.err


def test_regulations_and_clauses_can_be_read(desk: Desk) -> None:
    assert [each["regulation"] for each in desk.json("show")] == ["general", "spending"]
    assert [each["no"] for each in desk.json("show", "spending")] == ["1", "2", "3", "4", "5", "6", "7"]
    clause = desk.json("show", "spending/4")[0]
    assert clause["rules"] == ["sample.cap@spending/4"]
    assert desk("show", "spending/1") == Exit.DONE
    assert "流程：科长审核 → 会议研究 → 领导审批 → 付款" in desk.out
    assert desk("show", "开支办法") == Exit.DONE


def test_cases_that_fail_are_named_by_file_and_line(desk: Desk) -> None:
    file = desk.folder / "cases" / "spending.md"
    file.write_text(CASES, encoding="utf-8")
    assert desk("test") == Exit.REFUSED
    told = desk.json("test")
    assert (told["cases"], told["passed"]) == (2, 1)
    (failed,) = told["failed"]
    assert (failed["file"], failed["line"], failed["expected"]) == (file.as_posix(), 12, "拒绝")
    assert failed["got"]
    file.write_text(CASES[: CASES.index("## 写错的")], encoding="utf-8")
    assert desk("test") == desk("test", str(file)) == desk("test", str(desk.folder)) == Exit.DONE
    assert desk("test", str(file) + "x") == Exit.USAGE


def test_coverage_counts_what_cases_saw_each_clause_do(desk: Desk) -> None:
    (desk.folder / "cases" / "spending.md").write_text(CASES[: CASES.index("## 写错的")], encoding="utf-8")
    rows = {f"{each['regulation']}/{each['no']}": each for each in desk.json("coverage")}
    assert set(rows["spending/3"]) == {
        "agency", "regulation", "no", "name", "kind", "class", "rules", "passes", "refuses", "why",
    }  # fmt: skip
    assert (rows["spending/3"]["passes"], rows["spending/3"]["refuses"]) == (1, 1)
    assert rows["spending/5"]["class"] == "tracked"
    assert desk("coverage") == Exit.DONE
    assert "强制" in desk.out


def test_a_new_family_loads_and_passes_its_own_test(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "plugins").mkdir()
    shutil.copy(ROOT / "plugins" / "__init__.py", tmp_path / "plugins")
    words = ["new-family", "official_cars", "--title", "公务用车", "--into", str(tmp_path)]
    assert main(words) == Exit.DONE
    assert main(words) == Exit.USAGE
    assert "已经存在" in capsys.readouterr().err
    surroundings = {**os.environ, "PYTHONPATH": str(tmp_path)}
    started = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    ended = subprocess.run(started, cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=PATIENCE)
    assert "1 passed" in ended.stdout, ended.stdout


@pytest.mark.parametrize("name", ["Cars", "../cars", "用车", "1cars", "a-b", ""])
def test_a_family_name_that_is_no_name_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-family", name]) == Exit.USAGE
    assert "小写字母" in capsys.readouterr().err

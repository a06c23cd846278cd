"""The program as a whole: what it says of itself, what it loads, its exit codes, how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pseudo_terminal import PATIENCE
from tui.commandline.dispatch import VERBS
from tui.commandline.exits import Exit
from tui.commandline.spreadsheet import neutral
from tui.start import main

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_help_of_every_verb_is_chinese(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*verb.split(), "--help"]) == Exit.DONE
    text = capsys.readouterr().out
    assert text.startswith(f"用法：guizhang {verb}")
    allowed = re.sub(
        r"GUIZHANG_[A-Z]+|agency\.toml|people\.toml|guizhang [a-z-]+( [a-z-]+)?|finance/[0-9a-z()]+", "", text
    )
    words = set(re.findall(r"(?<![-\w.])[A-Za-z]{2,}", allowed))
    assert words <= {"JSON", "xlsx", "plugins", "tests", "vehicles", "pytest"}


def test_help_says_what_may_be_written_more_than_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "add-signer"]) == main(["add-signer", "开支-1", "--help"]) == Exit.DONE
    assert capsys.readouterr().out.count("用法：guizhang add-signer 编号 人员 … [选项]") == 2
    assert main(["submit"]) == Exit.USAGE
    assert "用法：guizhang submit 事项 [栏目=内容 …] [选项]" in capsys.readouterr().err


def test_the_overview_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == Exit.DONE
    overview = capsys.readouterr().out
    assert [verb for verb in VERBS if f"  {verb} " not in overview] == []


def test_the_page_on_the_command_line_names_every_verb() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"`{verb}" not in page] == []


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1"])
def test_whatever_begins_like_a_formula_is_led_by_an_apostrophe(text: str) -> None:
    assert neutral(text).startswith("'")
    assert neutral("纸=1") == "纸=1"


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*words: str, code: str = "") -> "subprocess.CompletedProcess[str]":
        started = [sys.executable, "-c", code or "import sys; from tui.start import main; sys.exit(main())", *words]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GUIZHANG", "XDG"))}
        surroundings = {**inherited, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            started, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=surroundings, timeout=PATIENCE
        )

    return run


def test_the_version_is_told_without_loading_the_program(run: Run) -> None:
    code = "import sys; from tui.start import main; main(['--version']); print(sorted(sys.modules))"
    told = run(code=code).stdout
    assert told.startswith("规章 ")
    assert not re.search(r"'(core\.|textual|rich|argparse|openpyxl|pypinyin|tinydb|pluggy)", told)


def test_no_verb_loads_the_screen_or_what_it_does_not_need(run: Run) -> None:
    code = (
        "import sys; from tui.start import main\n"
        "main(['init', '--agency', 'baicheng']); main(['offers', '--agency', 'baicheng', '--as', 'P018'])\n"
        "main(['rulebook', 'coverage', '--agency', 'baicheng'])\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('textual', 'rich', 'openpyxl')])"
    )
    ended = run(code=code)
    assert ended.stdout.endswith("[]\n"), ended.stderr


def test_exit_codes_reach_the_shell_and_data_stays_apart_from_narration(run: Run) -> None:
    assert run("inbox", "--agency", "nowhere").returncode == Exit.USAGE
    assert run("rulebook", "check", "--agency", "baicheng").returncode == Exit.DONE
    without = run()
    assert (without.returncode, without.stdout) == (Exit.USAGE, "")
    shown = run("rulebook", "show", "finance/6(1)(b)", "--agency", "baicheng", "--json")
    assert json.loads(shown.stdout)[0]["class"] == "enforced"


def test_a_reader_that_leaves_and_an_interrupt_end_quietly(run: Run, tmp_path: Path) -> None:
    command = f'"{sys.executable}" -c "from tui.start import main; import sys; sys.exit(main())" commands --json'
    piped = subprocess.run(
        ["bash", "-c", f"set -o pipefail; for i in 1 2 3 4 5 6 7 8; do {command}; done | head -c 1"],
        capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE,
    )  # fmt: skip
    assert piped.stderr == ""
    interrupted = run(
        code="import sys, tui.commandline.dispatch as d\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "d._run = stop; sys.exit(d.run([]))"
    )
    assert (interrupted.returncode, interrupted.stderr) == (Exit.INTERRUPTED, "")

"""The program as a process: what it loads, its exit codes, how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.commandline.exits import Exit

ROOT = Path(__file__).parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*words: str, code: str = "") -> "subprocess.CompletedProcess[str]":
        started = [sys.executable, "-c", code or "import sys; from tui.start import main; sys.exit(main())", *words]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GUIZHANG", "XDG"))}
        surroundings = {**inherited, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            started, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=surroundings, timeout=60
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
        capture_output=True, text=True, cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert piped.stderr == ""
    interrupted = run(
        code="import sys, tui.commandline.dispatch as d\n"
        "def stop(words): raise KeyboardInterrupt\n"
        "d._run = stop; sys.exit(d.run([]))"
    )
    assert (interrupted.returncode, interrupted.stderr) == (Exit.INTERRUPTED, "")

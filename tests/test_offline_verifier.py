"""The offline verifier: alone, on an export, it locates whatever was done to the journal."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core import offline_verifier
from core.acts import Verb
from core.offline_verifier import Broken, verify
from core.store.exchange import export_journal

PROGRAM = Path(offline_verifier.__file__)


@pytest.fixture
def exported(sample: Any, tmp_path: Path) -> tuple[list[str], str]:
    """An export of a few acts, and an anchor taken at its end."""
    for _ in range(3):
        sample.act(Verb.APPROVE, "P5", sample.filed())
    path = tmp_path / "journal.jsonl"
    export_journal(sample.office.store, path)
    anchor = sample.office.journal.anchor()
    return path.read_text(encoding="utf-8").splitlines(), f"{anchor.sequence} {anchor.at.isoformat()} {anchor.digest} 1"


def test_an_untouched_export_verifies_with_its_anchor(exported: tuple[list[str], str]) -> None:
    lines, anchor = exported
    assert f"共 {len(lines)} 条" in verify(lines, [anchor])


def test_it_needs_nothing_but_the_standard_library_and_a_hundred_lines(
    exported: tuple[list[str], str], tmp_path: Path
) -> None:
    lines, _ = exported
    journal = tmp_path / "alone.jsonl"
    journal.write_text("\n".join(lines), encoding="utf-8")
    program = tmp_path / "verifier.py"
    program.write_text(PROGRAM.read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", program, journal], capture_output=True, text=True)
    assert done.returncode == 0 and "核对无误" in done.stdout
    assert len(PROGRAM.read_text(encoding="utf-8").splitlines()) <= 100


def altered(line: str, **changed: Any) -> str:
    return json.dumps({**json.loads(line), **changed}, ensure_ascii=False)


def test_whatever_is_done_to_a_line_is_located(exported: tuple[list[str], str]) -> None:
    lines, _ = exported
    for place in range(len(lines)):
        entry = json.loads(lines[place])
        header = entry["header"]
        tampered = {
            "内容改动": altered(lines[place], body=entry["body"].replace("{", "{ ", 1)),
            "摘要改动": altered(lines[place], digest="f" * 64),
            "办理人改动": altered(lines[place], header=[*header[:3], "P9", *header[4:]]),
            "时间改动": altered(lines[place], header=[*header[:2], header[2] - 1, *header[3:]]),
            "无法辨认": lines[place][:-2],
        }
        for what, line in tampered.items():
            with pytest.raises(Broken, match=f"第 {place + 1} 条"):
                verify([*lines[:place], line, *lines[place + 1 :]])
                pytest.fail(what)


def test_a_removed_a_repeated_and_a_swapped_line_are_located(exported: tuple[list[str], str]) -> None:
    lines, _ = exported
    for place in range(1, len(lines) - 1):
        for changed in (
            lines[:place] + lines[place + 1 :],
            [*lines[:place], lines[place - 1], *lines[place:]],
            [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]],
        ):
            with pytest.raises(Broken, match=f"第 {place + 1} 条"):
                verify(changed)


def test_a_cut_tail_and_a_rewritten_chain_are_seen_by_the_anchor(exported: tuple[list[str], str]) -> None:
    lines, anchor = exported
    with pytest.raises(Broken, match="末尾被截去"):
        verify(lines[:-1], [anchor])
    number, moment, _, count = anchor.split()
    with pytest.raises(Broken, match="与锚记不符"):
        verify(lines, [f"{number} {moment} {'0' * 64} {count}"])

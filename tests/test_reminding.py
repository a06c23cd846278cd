"""Reminders: who is told of what, by which clause, and how letters are given to the agency's command."""

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from core.acts import Verb
from core.errors import RulebookInvalid
from core.reminding import reminders
from core.rulebook.agency_file import read_agency
from tui.commandline.exits import Exit
from tui.start import main

TAKER = "#!/bin/sh\ncat > {folder}/letter.$$\n"


def with_command(sample: Any, folder: Path, script: str) -> list[str]:
    """The sample's agency file names a command that the script makes; the words that say where the office is."""
    command = folder / "mailer"
    command.write_text(script.format(folder=folder), encoding="utf-8")
    command.chmod(0o755)
    path = sample.config / "agencies" / "sample" / "agency.toml"
    told = f'[reminders]\ncommand = ["{command}", "-t; touch {folder}/shell"]\ndays = 400\n'
    told += '[reminders.addresses]\nP6 = "clerk@example.org"\n'
    path.write_text(path.read_text(encoding="utf-8") + told, encoding="utf-8")
    return ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path)]


def paid(sample: Any) -> str:
    """A spending carried through to its payment, after which the applicant owes the papers within fifteen days."""
    number = sample.filed("500")
    for by in ("P5", "P2"):
        assert sample.act(Verb.APPROVE, by, number).done
    assert sample.act(Verb.PERFORM, "P4", number, values={"cheque": "A-1"}).done
    return str(number)


def test_people_are_reminded_of_what_is_due_soon_and_overdue_by_its_clause(sample: Any) -> None:
    paid(sample)
    assert [each for each in reminders(sample.office, 3) if each.person == "P6"] == []
    (mine,) = [each for each in reminders(sample.office, 15) if each.person == "P6"]
    assert mine.overdue == () and "交回单据（《" in mine.soon[0] and "期限 2026-03-17" in mine.soon[0]
    sample.on(2026, 4, 1)
    (mine,) = [each for each in reminders(sample.office, 3) if each.person == "P6"]
    assert "期限 2026-03-17" in mine.overdue[0]
    assert mine.lines[0] == "已经逾期："


def test_each_letter_goes_to_the_command_without_a_shell_and_is_recorded(sample: Any, tmp_path: Path) -> None:
    place = with_command(sample, tmp_path, TAKER)
    paid(sample)
    expected = [each.person for each in reminders(sample.open(), 400)]
    sample.office.close()
    assert main(["remind", *place]) == Exit.DONE
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in tmp_path.glob("letter.*")]
    assert len(letters) == len(expected) and not (tmp_path / "shell").exists()
    mine = next(each for each in letters if each["To"].addresses[0].addr_spec == "clerk@example.org")
    assert "办事提醒" in mine["Subject"] and "交回单据（《" in mine.get_content()
    others = {each["To"].addresses[0].addr_spec for each in letters} - {"clerk@example.org"}
    assert others == {f"{person}@localhost" for person in expected if person != "P6"}
    entry = sample.open().journal.head()
    assert (entry.act, entry.detail["reached"]) == ("提醒", expected)


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 75\n", "no program"], ids=["refuses", "broken"])
def test_a_command_that_fails_is_told_by_person_and_ends_with_try_again(
    sample: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], script: str
) -> None:
    place = with_command(sample, tmp_path, script)
    paid(sample)
    sample.office.close()
    assert main(["remind", "--json", *place]) == Exit.AGAIN
    told = capsys.readouterr()
    assert "没有发出：命令" in told.err
    assert all("命令" in each["failed"] for each in json.loads(told.out))


def test_without_a_command_and_on_a_dry_run_nothing_is_sent(
    sample: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path)]
    paid(sample)
    assert main(["remind", "--days", "20", *place]) == Exit.DONE
    told = capsys.readouterr()
    assert "交回单据" in told.out and "只作显示" in told.err
    with_command(sample, tmp_path, TAKER)
    assert main(["remind", "--dry-run", *place]) == Exit.DONE
    assert list(tmp_path.glob("letter.*")) == []


def test_faults_of_the_reminders_are_all_told_at_once(sample_module: Any) -> None:
    text = (
        '[reminders]\ncommand = ["sendmail"]\nfrom = "a\\nBcc: x@y"\nto = "somebody"\n[reminders.addresses]\nP1 = "x"\n'
    )
    with pytest.raises(RulebookInvalid) as refused:
        read_agency(sample_module.AGENCY + text)
    assert len(refused.value.faults) == 4

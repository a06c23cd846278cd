"""A store of an earlier format is brought to this one whole or not at all, and never goes back."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.errors import StoreTooNew, StoreTooOld
from core.journal import Journal
from core.store.database import Store
from core.store.opening import FORMAT
from core.store.upgrading import OLDEST, UPGRADING_ACT, upgrade
from pseudo_terminal import PATIENCE
from tui.commandline.exits import Exit
from tui.start import main

DUMP = Path(__file__).with_name("format_2_store.sql").read_text(encoding="utf-8")

UPGRADER = """
import os, signal, sys
from core.store import engine, upgrading
from core.store.database import Store

left = int(sys.argv[2])

def counted(method):
    def call(*arguments):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        found = method(*arguments)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return found
    return call

for name in ("begin", "execute", "commit"):
    setattr(engine.Engine, name, counted(getattr(engine.Engine, name)))
store = Store(sys.argv[1], oldest=upgrading.OLDEST)
print("ready", flush=True)
upgrading.upgrade(store, "甲")
store.close()
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store as the program of format 2 left it: six registrations of 2025, one changed, one removed."""
    return _old(tmp_path / "old.store")


def _old(path: Path) -> Path:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(DUMP)
    connection.close()
    path.chmod(0o600)
    return path


def _sound(path: Path) -> None:
    """Whatever became of it: the store opens as old or new, holds what it held, and finishes."""
    with Store(path, oldest=OLDEST) as store:
        assert store.storage.format in (2, FORMAT)
        upgrade(store, "甲")
        assert store.storage.rows("PRAGMA integrity_check") == [("ok",)]
    with Store(path) as store:
        journal = Journal(store)
        verdict = journal.verify(documents=True)
        assert (verdict.sound, verdict.entries) == (True, 9), verdict.sentence
        assert [entry.act for entry in journal.entries()].count(UPGRADING_ACT) == 1
        assert [row["number"][-4:] for row in store.table("matters")] == ["0001", "0002", "0004", "0005", "0006"]


def test_an_old_store_is_not_opened_until_it_is_upgraded(old: Path) -> None:
    with pytest.raises(StoreTooOld, match="guizhang store upgrade"):
        Store(old)
    _sound(old)
    with Store(old) as store:
        assert upgrade(store, "甲") == []
        with store.transaction("甲", "登记"):
            store.table("matters").insert({"number": "借章-2025-0007", "state": "running"})
        assert store.table("matters").get(doc_id=7) is not None


def test_a_store_of_a_later_format_is_refused_with_what_to_do(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _sound(old)
    with Store(old) as store, store.transaction("甲", "登记") as act:
        act.set_meta("format", str(FORMAT + 1))
    with pytest.raises(StoreTooNew, match="不能降级使用，请先升级程序"):
        Store(old)
    assert main(["journal", "--store", str(old)]) == Exit.USAGE
    assert "不能降级使用" in capsys.readouterr().err
    assert main(["store", "upgrade", "--store", str(old)]) == Exit.USAGE


def test_a_session_that_is_open_while_the_store_is_upgraded_writes_no_more(old: Path) -> None:
    before = Store(old, oldest=OLDEST)
    _sound(old)
    with pytest.raises(StoreTooNew, match="重新登录"), before.transaction("乙", "登记"):
        before.table("matters").insert({"number": "x"})
    before.close()


def test_killed_before_or_after_any_statement_it_is_old_or_new_and_finishes(tmp_path: Path) -> None:
    for place in range(1, 40):
        path = _old(tmp_path / f"{place}.store")
        done = subprocess.run(
            [sys.executable, "-c", UPGRADER, str(path), str(place)], capture_output=True, timeout=PATIENCE
        )
        _sound(path)
        if done.returncode == 0:
            assert place > 8, "begin, the statements and the commit are places to be killed at"
            return
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    pytest.fail("the upgrade has more statements than expected")


def _kill_at_random(folder: Path, rounds: int) -> None:
    chance = random.Random(3)
    for turn in range(rounds):
        path = _old(folder / f"{turn}.store")
        child = subprocess.Popen([sys.executable, "-c", UPGRADER, str(path), "0"], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.004))
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        _sound(path)


def test_killed_at_random_moments_it_is_old_or_new_and_finishes(tmp_path: Path) -> None:
    _kill_at_random(tmp_path, 12)


@pytest.mark.soak
def test_killed_at_many_random_moments_it_is_old_or_new_and_finishes(tmp_path: Path) -> None:
    _kill_at_random(tmp_path, 300)


def test_the_command_tries_a_copy_first_keeps_a_backup_and_tells_what_it_did(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    words = ["store", "upgrade", "--store", str(old)]
    assert main([*words, "--dry-run"]) == Exit.DONE
    assert "正在用的库没有动" in capsys.readouterr().out
    with pytest.raises(StoreTooOld):
        Store(old)
    assert main([*words, "--backup", str(copies)]) == Exit.DONE
    (copy,) = copies.glob("*.store")
    with Store(copy, oldest=OLDEST) as kept:
        assert kept.storage.format == 2
    assert main(words) == Exit.DONE
    assert "无需升级" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copies", "old.store", "old.store.lock"]


def test_a_store_that_does_not_check_is_not_upgraded(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connection = sqlite3.connect(old, isolation_level=None)
    connection.execute("UPDATE d_matters SET doc=replace(doc, '400', '900') WHERE id=4")
    connection.close()
    assert main(["store", "upgrade", "--store", str(old)]) == Exit.USAGE
    assert "没有升级" in capsys.readouterr().err
    with pytest.raises(StoreTooOld):
        Store(old)


def test_a_backup_of_an_earlier_format_passes_the_restore_drill(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors = tmp_path / "anchors"
    with Store(old, oldest=OLDEST) as store:
        anchor = Journal(store).anchor()
    assert anchor is not None
    anchors.write_text(f"{anchor.sequence} {anchor.at.isoformat()} {anchor.digest} {anchor.count}\n")
    assert main(["restore-drill", str(old), "--anchors", str(anchors)]) == Exit.DONE
    assert "可以恢复到" in capsys.readouterr().out
    with pytest.raises(StoreTooOld):
        Store(old)


def test_whoever_signs_in_before_the_upgrade_is_let_in_to_be_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = tmp_path / "o.store", tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    place = ["--agency", "baicheng", "--store", str(path), "--config", str(Path(__file__).parents[1] / "config")]
    assert main(["init", *place]) == Exit.DONE
    assert main(["keys", "add", "P010", f"{key}.pub", "--as", "P001", "--json", *place]) == Exit.DONE
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE meta SET value='2' WHERE key='format'")
    connection.close()
    told = subprocess.run(["ssh-keygen", "-lf", f"{key}.pub"], check=True, capture_output=True, text=True).stdout
    fingerprint, kept = told.split()[1], Path(f"{key}.pub").read_text().split()[1]
    capsys.readouterr()
    assert main(["keys", "authorized", "--fingerprint", fingerprint, "--key", kept, *place]) == Exit.DONE
    assert capsys.readouterr().out.startswith("restrict,pty")
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "inbox")
    for name in list(os.environ):
        monkeypatch.setenv(name, os.environ[name])  # What the session clears comes back after the test.
    assert main(["session", "--key", fingerprint, *place]) == Exit.USAGE
    assert "guizhang store upgrade" in capsys.readouterr().err

"""Closed years of the journal in sealed volumes: nothing is lost, nothing can be slipped in, the rest still proves."""

import json
import sqlite3
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from core import offline_verifier
from core.archiving import archive, volumes_in
from core.errors import StoreError
from core.journal import Journal
from core.store.database import Store
from core.store.exchange import export_journal
from core.store.links import ARCHIVED, BEIJING
from core.verifying import Anchor
from tui.commandline.exits import Exit
from tui.start import main

TODAY = date(2026, 9, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with nine acts a year from 2023 to 2026; one document changes in each."""
    path = tmp_path / "o.store"
    with Store(path) as store:
        for year in (2023, 2024, 2025, 2026):
            for month in range(1, 10):
                at = datetime(year, month, 3, 9, tzinfo=BEIJING)
                with store.transaction("甲", "登记", matter=f"借章-{year}-{month:04}", at=at) as act:
                    store.table("matters").insert({"number": f"借章-{year}-{month:04}"})
                    act.set_meta("number.借章", f"{year}{month}")
    return path


@pytest.fixture
def volumes(tmp_path: Path) -> Path:
    folder = tmp_path / "volumes"
    folder.mkdir()
    return folder


def anchor_of(path: Path) -> Anchor:
    with Store(path) as store:
        anchor = Journal(store).anchor()
    assert anchor is not None
    return anchor


def put_away(path: Path, folder: Path, year: int) -> Path:
    with Store(path) as store:
        anchor = Journal(store).anchor()
        assert anchor is not None
        return archive(store, year, folder, [anchor], actor="审计员", today=TODAY).path


def behind(path: Path, sql: str) -> None:
    """Do something to the store as whoever holds the machine can."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(f"DROP TRIGGER journal_undeleted; DROP TRIGGER journal_unaltered; {sql}")
    connection.close()


def test_a_closed_year_moves_into_a_volume_and_both_parts_prove(path: Path, volumes: Path) -> None:
    anchor = anchor_of(path)
    volume = put_away(path, volumes, 2024)
    assert volume.name == "o-journal-000000001-000000019.jsonl"
    assert volume.stat().st_mode & 0o377 == 0
    with Store(path) as store:
        journal = Journal(store)
        assert journal.archived == 19
        assert [entry.sequence for entry in journal.entries(limit=2)] == [20, 21]
        alone = journal.verify([anchor], documents=True)
        assert alone.sound and "此前 19 条已立卷" in alone.sentence and "18 份记录" in alone.sentence
        whole = journal.verify([anchor], documents=True, volumes=volumes_in(volumes))
        assert (whole.sound, whole.entries) == (True, 38)
        assert whole.sentence == "留痕共 38 条，逐条核对无误"
        with store.transaction("甲", "登记"):
            store.table("matters").insert({"number": "后来"})
        assert journal.verify().entries == 39


def test_volumes_follow_one_another_and_the_offline_verifier_reads_them_all(
    path: Path, volumes: Path, tmp_path: Path
) -> None:
    put_away(path, volumes, 2023)
    put_away(path, volumes, 2025)
    export = tmp_path / "rest.jsonl"
    with Store(path) as store:
        assert export_journal(store, export) == 11
        assert Journal(store).verify(documents=True, volumes=volumes_in(volumes)).sound
    program = [sys.executable, "-I", "-S", str(Path(offline_verifier.__file__))]
    names = [*map(str, volumes_in(volumes)), str(export)]
    for seal in sorted(volumes.glob("*.anchor")):
        done = subprocess.run([*program, "--anchors", str(seal), *names], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
    assert "共 39 条" in done.stdout
    for order in (names[::-1], names[1:], [names[0], names[2]]):
        assert subprocess.run([*program, *order], capture_output=True).returncode == 1


def test_what_must_stay_on_line_is_not_archived(path: Path, volumes: Path) -> None:
    with pytest.raises(StoreError, match="六个月"):
        put_away(path, volumes, 2026)
    with Store(path) as store:
        anchor = Journal(store).anchor()
        assert anchor is not None
        with pytest.raises(StoreError, match="2026-07-04 以后"):
            archive(store, 2025, volumes, [anchor], actor="", today=date(2026, 7, 3))
        with pytest.raises(StoreError, match="没有要立卷"):
            archive(store, 2020, volumes, [anchor], actor="", today=TODAY)
    assert list(volumes.iterdir()) == []


def test_without_an_anchor_taken_later_nothing_is_archived(path: Path, volumes: Path) -> None:
    with Store(path) as store:
        early = Journal(store).entry(5)
        assert early is not None
        anchors = [Anchor(5, early.at, early.digest, 5)]
        with pytest.raises(StoreError, match="没有一个锚记"):
            archive(store, 2024, volumes, anchors, actor="", today=TODAY)
        with pytest.raises(StoreError, match="核对不符"):
            archive(store, 2024, volumes, [Anchor(30, early.at, "0" * 64, 30)], actor="", today=TODAY)
    assert list(volumes.iterdir()) == []


def test_killed_between_the_volume_and_the_store_the_same_command_finishes(
    path: Path, volumes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, Store(path) as store:
        anchor = Journal(store).anchor()
        assert anchor is not None
        patched.setattr(type(store.storage), "begin", lambda engine: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            archive(store, 2024, volumes, [anchor], actor="", today=TODAY)
    with Store(path) as store:
        assert Journal(store).archived == 0 and Journal(store).verify(documents=True).entries == 37
    volume = put_away(path, volumes, 2024)
    with Store(path) as store:
        assert Journal(store).verify(documents=True, volumes=[volume]).sound
    other = volumes / "o-journal-000000020-000000028.jsonl"
    other.write_text("forged\n")
    with pytest.raises(StoreError, match="内容不同"):
        put_away(path, volumes, 2025)


@pytest.mark.parametrize(
    "forgery",
    [
        "DELETE FROM journal WHERE sequence<=25",
        "told",
        "DELETE FROM meta WHERE key='archived'",
        f"UPDATE meta SET value='19 1 {'0' * 64}' WHERE key='archived'",
        "UPDATE journal SET body=replace(body, '甲', '乙'), actor='乙' WHERE sequence=30",
        "DELETE FROM journal WHERE sequence=(SELECT max(sequence) FROM journal)",
    ],
    ids=["head-cut", "head-cut-and-told", "forgotten", "other-base", "edited", "tail-cut"],
)
def test_nothing_leaves_the_store_under_cover_of_archiving(path: Path, volumes: Path, forgery: str) -> None:
    volume = put_away(path, volumes, 2024)
    anchor = anchor_of(path)
    if forgery == "told":
        connection = sqlite3.connect(path)
        ((told,),) = connection.execute("SELECT '25 '||at||' '||digest FROM journal WHERE sequence=25")
        connection.close()
        forgery = f"DELETE FROM journal WHERE sequence<=25; UPDATE meta SET value='{told}' WHERE key='{ARCHIVED}'"
    behind(path, forgery)
    with Store(path) as store:
        assert not Journal(store).verify([anchor]).sound
        assert not Journal(store).verify([anchor], volumes=[volume]).sound


def test_a_volume_that_was_altered_is_named(path: Path, volumes: Path) -> None:
    volume = put_away(path, volumes, 2024)
    lines = volume.read_text(encoding="utf-8").splitlines()
    held = json.loads(lines[4])
    held["body"] = held["body"].replace("借章-2023-0004", "借章-2023-0009")
    volume.chmod(0o600)
    for text, told in (
        ([*lines[:4], json.dumps(held, ensure_ascii=False), *lines[5:]], "第 5 条"),
        (lines[:-1], "第 19 条"),
        ([*lines[:3], "{", *lines[4:]], "第 4 行"),
    ):
        volume.write_text("\n".join(text) + "\n", encoding="utf-8")
        with Store(path) as store:
            verdict = Journal(store).verify(volumes=[volume])
        assert not verdict.sound and told in verdict.sentence
    volume.unlink()
    with Store(path) as store:
        assert "读不出" in Journal(store).verify(volumes=[volume]).sentence


def test_entries_are_archived_and_verified_on_the_command_line(
    path: Path, volumes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchors, place = tmp_path / "anchors", ["--store", str(path)]
    assert main(["audit", "anchor", "--append", str(anchors), *place]) == Exit.DONE
    assert main(["archive", "2024", str(volumes), "--anchors", str(anchors), *place]) == Exit.DONE
    capsys.readouterr()
    assert main(["audit", "verify", "--documents", "--anchors", str(anchors), *place]) == Exit.DONE
    assert "已立卷封存" in capsys.readouterr().out
    words = ["audit", "verify", "--documents", "--volumes", str(volumes), *place]
    assert main(words) == Exit.DONE
    assert "共 38 条" in capsys.readouterr().out
    assert main(["journal", "3", *place]) == Exit.USAGE
    assert "已经立卷封存" in capsys.readouterr().err
    copy = tmp_path / "copy.store"
    assert main(["backup", str(copy), *place]) == Exit.DONE
    assert main(["audit", "anchor", "--append", str(anchors), *place]) == Exit.DONE
    assert main(["restore-drill", str(copy), "--anchors", str(anchors)]) == Exit.DONE
    first = tmp_path / "first"
    first.write_text("5 2023-05-03T09:00:00+08:00 " + "0" * 64 + " 5\n")
    assert main(["restore-drill", str(copy), "--anchors", str(first)]) == Exit.REFUSED
    assert "没有一个锚记落在这份备份之内" in capsys.readouterr().out
    assert main(["audit", "verify", "--volumes", str(tmp_path / "none"), *place]) == Exit.USAGE

"""The server's upkeep: what is laid out, what is looked over, copies and their proof, the slip."""

import json
import os
import pwd
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.store.links import BEIJING
from core.store.opening import MARK
from tui.commandline.exits import Exit
from tui.server.check import Health
from tui.server.checks import (
    calendar_check,
    checks,
    clock_check,
    disk_check,
    fresh_checks,
    owner_checks,
    space_check,
    sqlite_check,
)
from tui.server.layout import SSHD, SSHD_OPTIONS, Layout
from tui.server.sshd import options_of, waiting_check
from tui.start import main

TOP = Path(__file__).parent.parent
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    words = ["--agency", "baicheng", "--store", str(tmp_path / "o.store"), "--config", str(TOP / "config")]
    assert main(["init", *words]) == 0
    capsys.readouterr()
    return words


def layout(tmp_path: Path) -> Layout:
    account = pwd.getpwuid(os.geteuid()).pw_name
    folders = [tmp_path / name for name in ("data/o.store", "config", "backups", "anchors")]
    return Layout(account, Path("/opt/guizhang/bin/python"), "baicheng", *folders)


def test_a_server_is_laid_out_below_a_root_and_nowhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "root"
    words = ["server", "init", "--agency", "baicheng", "--config", "/etc/guizhang", "--root", str(root)]
    assert main(words) == Exit.USAGE
    words[5] = str(TOP / "config")
    assert main(words) == Exit.USAGE
    assert "没有目录" in capsys.readouterr().err
    root.mkdir()
    assert main([*words, "--json"]) == Exit.DONE
    written = [Path(each) for each in json.loads(capsys.readouterr().out)["written"]]
    assert written and all(each.is_relative_to(root) for each in written)
    for folder in ("var/lib/guizhang", "var/backups/guizhang", "var/lib/guizhang-anchors"):
        assert stat.S_IMODE((root / folder).stat().st_mode) == 0o700
    text = (root / SSHD).read_text()
    found = options_of(text, "guizhang")
    assert {name: found[name.lower()] for name in SSHD_OPTIONS} == dict(SSHD_OPTIONS)
    assert found["authorizedkeyscommand"].endswith("--fingerprint %f --key %k")
    assert "/var/lib/guizhang/baicheng.store" in found["authorizedkeyscommand"]
    assert text.rstrip().endswith("Match all")
    units = sorted(path.name for path in (root / "etc/systemd/system").iterdir())
    assert units == [
        f"guizhang-{name}.{kind}" for name in ("anchor", "backup", "day", "reminders") for kind in ("service", "timer")
    ]
    for path in (root / "etc/systemd/system").glob("*.service"):
        assert "User=guizhang" in path.read_text() and "PrivateTmp=yes" in path.read_text()
        assert ("NoNewPrivileges=yes" in path.read_text()) is (path.name != "guizhang-reminders.service")
    assert main([*words, "--json"]) == Exit.DONE


@pytest.mark.parametrize("words", [("--account", "a b"), ("--account", "x\\;id"), ("--backups", "/var/a b")])
def test_names_that_would_break_a_configuration_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    fixed = ["server", "init", "--agency", "baicheng", "--config", str(TOP / "config"), "--root", str(tmp_path)]
    assert main([*fixed, *words]) == Exit.USAGE
    assert list(tmp_path.iterdir()) == []


def found(layout: Layout, root: Path) -> dict[str, list[Health]]:
    told: dict[str, list[Health]] = {}
    for each in checks(layout, root, NOW):
        told.setdefault(each.what, []).append(each.health)
        assert each.health is Health.SOUND or each.remedy, each
    return told


def test_the_doctor_sees_what_was_changed_of_a_sound_server(tmp_path: Path) -> None:
    from tui.server.layout import write_layout

    root, fixed = tmp_path, layout(Path("/srv"))
    write_layout(fixed, root)
    (root / "srv/config/national").mkdir(parents=True)
    fixed = Layout(fixed.account, fixed.python, "baicheng", fixed.store, TOP / "config", fixed.backups, fixed.anchors)
    assert found(fixed, root)["登录配置"] == [Health.SOUND]
    assert set(found(fixed, root)["定时任务"]) == {Health.SOUND}
    path = root / SSHD
    path.write_text(path.read_text().replace("DisableForwarding yes", "DisableForwarding no"))
    assert found(fixed, root)["登录配置"] == [Health.BAD]
    path.write_text(path.read_text().replace("--fingerprint %f", ""))
    assert found(fixed, root)["密钥询问"] == [Health.BAD]
    path.unlink()
    assert found(fixed, root)["登录配置"] == [Health.BAD]
    (root / "srv/data").chmod(0o755)
    assert Health.BAD in found(fixed, root)["归属权限"]


@pytest.mark.parametrize("ending", [".pepper", "-wal", ".files", ".exports", ".drafts", ".sessions"])
def test_whatever_lies_beside_the_store_is_the_accounts_own(tmp_path: Path, ending: str) -> None:
    fixed = layout(Path("/srv"))
    place = tmp_path / f"srv/data/o.store{ending}"
    place.parent.mkdir(parents=True)
    place.mkdir(0o700) if ending[0] == "." and ending != ".pepper" else place.touch(0o600)
    told = {each.facts: each.health for each in owner_checks(fixed, tmp_path)}
    assert [health for facts, health in told.items() if ending in facts] == [Health.SOUND]
    place.chmod(0o755)
    told = {each.facts: each.health for each in owner_checks(fixed, tmp_path)}
    assert [health for facts, health in told.items() if ending in facts] == [Health.BAD]


def test_a_backup_and_an_anchor_that_stopped_coming_are_seen(tmp_path: Path) -> None:
    fixed = layout(Path("/srv"))
    for folder in fixed.folders:
        (tmp_path / folder.relative_to("/")).mkdir(parents=True, exist_ok=True)
    told = [(each.what, each.health) for each in fresh_checks(fixed, tmp_path, NOW)]
    assert told == [("每日备份", Health.CARE), ("每日锚记", Health.CARE)]
    for name, days in (("backups/o-1.store", 40), ("backups/o-2.store", 1), ("anchors/anchors", 3)):
        (tmp_path / "srv" / name).touch()
        at = (NOW - timedelta(days=days)).timestamp()
        os.utime(tmp_path / "srv" / name, (at, at))
    backup, anchor = fresh_checks(fixed, tmp_path, NOW)
    assert (backup.health, anchor.health) == (Health.SOUND, Health.BAD)
    assert "2026-03-01" in backup.facts and "guizhang-anchor.timer" in anchor.remedy


@pytest.mark.parametrize(
    ("grace", "starts", "health", "told"),
    [
        ("30", "20:50:100", Health.SOUND, "20:50:100"),
        ("120", "20:50:100", Health.CARE, "120 秒"),
        ("0", "20:50:100", Health.CARE, "不限时"),
        ("30", "10:30:100", Health.CARE, "上班时会有人登不上"),
        ("30", "20:50:5000", Health.CARE, "最多 5000 个"),
        ("30", "100", Health.SOUND, "100"),
    ],
)
def test_connections_that_have_not_signed_in_are_limited(grace: str, starts: str, health: Health, told: str) -> None:
    found = waiting_check({"logingracetime": grace, "maxstartups": starts})
    assert found.health is health and told in found.facts
    assert ("MaxStartups 20:50:100" in found.remedy) is (health is Health.CARE)


@pytest.mark.parametrize(
    ("version", "health"),
    [
        ((3, 31, 1), Health.BAD),
        ((3, 40, 1), Health.CARE),
        ((3, 44, 5), Health.CARE),
        ((3, 44, 6), Health.SOUND),
        ((3, 50, 6), Health.CARE),
        ((3, 50, 7), Health.SOUND),
        ((3, 51, 2), Health.CARE),
        ((3, 51, 3), Health.SOUND),
        ((3, 53, 0), Health.SOUND),
    ],
)
def test_the_releases_that_may_lose_pages_are_known(version: tuple[int, int, int], health: Health) -> None:
    assert sqlite_check(version).health is health


@pytest.mark.parametrize(
    ("kind", "health"),
    [("ext4", Health.SOUND), ("xfs", Health.SOUND), ("nfs4", Health.BAD), ("cifs", Health.BAD), ("tmpfs", Health.BAD),
     ("fuse.sshfs", Health.BAD)],
)  # fmt: skip
def test_records_lie_on_a_disk_of_this_machine(kind: str, health: Health) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x /var/lib {kind} rw 0 0\n/dev/sdb /var/library xfs rw 0 0\n"
    assert disk_check(Path("/var/lib/guizhang/o.store"), mounts).health is health
    assert disk_check(Path("/srv/o.store"), mounts).health is Health.SOUND


def test_an_unpublished_year_and_a_clock_behind_the_journal_are_told(tmp_path: Path, place: list[str]) -> None:
    national = TOP / "config" / "national"
    assert calendar_check(national, NOW).health is Health.SOUND
    assert calendar_check(national, NOW.replace(year=2099)).health is Health.BAD
    store = tmp_path / "o.store"
    assert Health.BAD in [each.health for each in clock_check(store, NOW.replace(year=2020), tmp_path)]
    assert Health.BAD not in [each.health for each in clock_check(store, NOW.replace(year=2199), tmp_path)]
    assert space_check(tmp_path, store).facts


def test_a_backup_is_proven_by_an_anchor_that_lies_elsewhere(
    tmp_path: Path, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    anchors, copy = tmp_path / "anchors", tmp_path / "copy.store"
    drill = ["restore-drill", str(copy), "--anchors", str(anchors), "--json"]
    assert main(["audit", "anchor", "--append", str(anchors), *place]) == 0
    assert main(["backup", str(copy), *place]) == 0
    assert main(["backup", str(copy), *place]) == Exit.USAGE
    assert main(["phrase", "同意", "--as", "P001", *place]) == 0
    assert main(["audit", "anchor", "--append", str(anchors), *place]) == 0
    before = (tmp_path / "o.store").read_bytes(), copy.read_bytes()
    capsys.readouterr()
    assert main(drill) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["sound"], told["anchors"], told["anchors_later"]) == (True, 1, 1)
    assert ((tmp_path / "o.store").read_bytes(), copy.read_bytes()) == before
    later = anchors.read_text().splitlines()[1]
    anchors.write_text(later)
    assert main(drill) == Exit.REFUSED
    assert "没有一个锚记" in capsys.readouterr().out


def test_a_backup_that_was_tampered_with_or_swapped_is_found_out(
    tmp_path: Path, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    anchors, copy = tmp_path / "anchors", tmp_path / "copy.store"
    main(["audit", "anchor", "--append", str(anchors), *place])
    main(["backup", str(copy), *place])
    drill = ["restore-drill", str(copy), "--anchors", str(anchors)]
    whole = anchors.read_text()
    anchors.write_text(whole.replace(whole.split()[2], "0" * 64))
    assert main(drill) == Exit.REFUSED
    anchors.write_text(whole)
    line = sqlite3.connect(copy)
    table = next(name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE name LIKE 'd%people%'"))
    line.execute(f'DELETE FROM "{table}" WHERE rowid=1')
    line.commit()
    line.close()
    assert main(drill) == Exit.REFUSED
    copy.write_bytes(b"no store at all" * 100)
    assert main(drill) == Exit.USAGE
    assert "Traceback" not in capsys.readouterr().err


def test_backups_into_a_folder_are_named_by_time_and_thinned_by_their_own_names(
    tmp_path: Path, place: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "o-20200101-000000.store").write_bytes(b"old")
    (folder / "o-20200102-000000.store").write_bytes(b"old")
    (folder / "o-关于备份的说明.txt").write_bytes(b"kept")
    assert main(["backup", str(folder), "--keep", "2", *place]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert "o-20200101-000000.store" not in names
    assert {"o-20200102-000000.store", "o-关于备份的说明.txt"} < set(names)
    assert len(names) == 3
    assert stat.S_IMODE(max(folder.glob("o-2*.store")).stat().st_mode) == 0o600
    assert main(["backup", str(folder), "--keep", "0", *place]) == Exit.USAGE
    assert main(["backup", str(tmp_path / "x"), "--keep", "2", *place]) == Exit.USAGE


def test_the_slip_holds_the_whole_digest_and_a_line_that_a_program_reads(
    tmp_path: Path, place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "slip", *place]) == 0
    slip = capsys.readouterr().out
    line = slip.splitlines()[-1]
    digest = line.split()[2]
    groups = [digest[place : place + 8] for place in range(0, 64, 8)]
    assert all(group in slip for group in groups)
    assert "审计员签字" in slip
    anchors = tmp_path / "anchors"
    anchors.write_text(line, encoding="utf-8")
    assert main(["audit", "verify", "--anchors", str(anchors), *place]) == 0


def test_the_mark_of_a_store_is_in_its_copy(tmp_path: Path, place: list[str]) -> None:
    copy = tmp_path / "copy.store"
    main(["backup", str(copy), *place])
    assert int.from_bytes(copy.read_bytes()[68:72], "big") == MARK

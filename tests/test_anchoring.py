"""The second place of anchors: every day's anchor arrives there, or it is told loudly that it did not."""

import json
import pwd
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from core.acts import Verb
from core.anchoring import SecondPlace
from core.errors import RulebookInvalid
from core.rulebook.agency_file import load_agency
from tui.commandline.exits import Exit
from tui.server.anchors import anchor_checks
from tui.server.check import Health
from tui.server.layout import UNITS, Layout
from tui.start import main

KEEPING = "#!/bin/sh\ncat >> {folder}/kept\ntail -n 1 {folder}/kept\n"
UNIT = f"{UNITS}/guizhang-anchor.service"


class Place:
    """The sample office, its agency's file with `[anchors]`, and the task of each day."""

    def __init__(self, sample: Any, folder: Path) -> None:
        self.sample, self.folder = sample, folder
        self.first = folder / "anchors" / "anchors"
        self.first.parent.mkdir()
        sample.filed()

    def agree(self, told: str) -> None:
        path = self.sample.config / "agencies" / "sample" / "agency.toml"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n[anchors]\n{told}\n", encoding="utf-8")

    def command(self, script: str) -> None:
        command = self.folder / "send"
        command.write_text(script.format(folder=self.folder), encoding="utf-8")
        command.chmod(0o755)
        self.agree(f'command = ["{command}"]')

    def words(self, *words: str) -> list[str]:
        place = ["--config", str(self.sample.config), "--agency", "sample", "--store", str(self.sample.store_path)]
        return [*words, *place]

    def daily(self) -> int:
        return main(self.words("audit", "anchor", "--append", str(self.first), "--second"))

    def layout(self) -> Layout:
        """The server as it would lie below this folder."""
        agency = load_agency(self.sample.config / "agencies" / "sample" / "agency.toml")
        account = pwd.getpwuid(self.folder.stat().st_uid).pw_name
        store = Path("/") / self.sample.store_path.relative_to(self.folder)
        python, backups, anchors = Path("/opt/guizhang/bin/python"), Path("/backups"), Path("/anchors")
        config, second = self.sample.config, agency.second_place
        return Layout(account, python, "sample", store, config, backups, anchors, second)

    def found(self) -> list[Health]:
        """What the doctor finds."""
        checked = list(anchor_checks(self.layout(), self.folder))
        assert all(each.remedy for each in checked if each.health is not Health.SOUND)
        return [each.health for each in checked]

    def lay_out(self) -> None:
        unit = self.folder / UNIT
        unit.parent.mkdir(parents=True, exist_ok=True)
        unit.write_text(self.layout().files[UNIT], encoding="utf-8")


@pytest.fixture
def place(sample: Any, tmp_path: Path) -> Place:
    return Place(sample, tmp_path)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("这台机器没有第二个文件系统")
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_an_agency_that_names_no_second_place_is_told_every_day(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.daily() == Exit.REFUSED
    told = capsys.readouterr()
    assert "只存了服务器上一处" in told.err
    assert place.first.read_text(encoding="utf-8") == told.out
    assert place.found() == [Health.BAD]


def test_an_anchor_arrives_where_the_command_says_it_back(place: Place) -> None:
    place.command(KEEPING)
    place.lay_out()
    assert place.found() == [Health.CARE]
    assert place.daily() == Exit.DONE
    assert place.found() == [Health.SOUND]
    assert place.sample.act(Verb.COMMENT, "P6", "开支-2026-0001", opinion="请阅").done
    assert place.daily() == Exit.DONE
    assert (place.folder / "kept").read_bytes() == place.first.read_bytes()
    assert place.first.read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("#!/bin/sh\ncat > /dev/null\n", "读回的不是这一行"),
        ("#!/bin/sh\ncat > /dev/null\necho 9 2026-01-01T00:00:00+08:00 00 9\n", "读回的不是这一行"),
        ("#!/bin/sh\ncat\nexit 3\n", "退出码 3"),
        ("no program", "不能运行"),
    ],
)
def test_an_anchor_that_did_not_arrive_is_told_and_seen(
    place: Place, script: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place.command(script)
    place.lay_out()
    assert main([*place.words("audit", "anchor", "--append", str(place.first), "--second"), "--json"]) == Exit.REFUSED
    (said,) = json.loads(capsys.readouterr().out)["not_kept"]
    assert told in said
    assert place.first.read_text(encoding="utf-8").count("\n") == 1
    assert place.found() == [Health.BAD]


def test_a_folder_is_a_second_place_on_another_file_system_only(
    place: Place, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place.agree(f'folder = "{elsewhere}"')
    (place.folder / "dev/shm").mkdir(parents=True)
    seen = place.folder / elsewhere.relative_to("/")
    seen.mkdir()
    place.lay_out()
    assert place.found() == [Health.BAD]
    seen.rmdir()
    seen.symlink_to(elsewhere)
    assert place.daily() == Exit.DONE
    assert (elsewhere / "sample.anchors").read_bytes() == place.first.read_bytes()
    assert place.found() == [Health.SOUND]
    elsewhere.chmod(0o500)
    (elsewhere / "sample.anchors").unlink()
    (elsewhere / "sample.anchors").symlink_to(place.first)
    capsys.readouterr()
    assert place.daily() == Exit.REFUSED
    assert "链接" in capsys.readouterr().err
    assert Health.SOUND not in place.found()


@pytest.mark.parametrize("missing", [False, True])
def test_a_folder_on_the_same_disk_or_not_mounted_is_refused(
    place: Place, missing: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = place.folder / "second"
    if not missing:
        folder.mkdir()
    place.agree(f'folder = "{folder}"')
    assert place.daily() == Exit.REFUSED
    assert ("没有挂载" if missing else "同一个文件系统") in capsys.readouterr().err
    assert missing or not list(folder.iterdir())


def test_a_journal_that_no_longer_goes_through_the_last_anchor_takes_no_further_one(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.command(KEEPING)
    backup = place.folder / "backup.store"
    assert main(place.words("backup", str(backup))) == Exit.DONE
    place.sample.filed()
    assert place.daily() == Exit.DONE
    kept = place.first.read_bytes()
    place.sample.office.close()
    for ending in ("-wal", "-shm"):
        Path(f"{place.sample.store_path}{ending}").unlink(missing_ok=True)
    place.sample.store_path.write_bytes(backup.read_bytes())
    capsys.readouterr()
    assert place.daily() == Exit.REFUSED
    assert capsys.readouterr().err.count("换成旧备份") == 2
    assert place.first.read_bytes() == kept == (place.folder / "kept").read_bytes()


@pytest.mark.parametrize(
    "line", ["9" * 21 + " 2026-01-01T00:00:00+08:00 00 1", "-1 2026-01-01T00:00:00+08:00 00 1", "x"]
)
def test_a_file_whose_last_line_is_no_anchor_takes_no_further_one(
    place: Place, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place.command(KEEPING)
    place.first.write_text(f"{line}\n", encoding="utf-8")
    assert place.daily() == Exit.REFUSED
    assert "最后一行不是锚记" in capsys.readouterr().err
    assert place.first.read_text(encoding="utf-8") == f"{line}\n"


def test_what_is_no_plain_file_takes_no_anchor(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(place.words("audit", "anchor", "--append", "/dev/zero")) == Exit.REFUSED
    assert "不是普通的文件" in capsys.readouterr().err


def test_the_task_reaches_the_second_place_and_nothing_else(place: Place) -> None:
    def unit(second: SecondPlace | None) -> str:
        return replace(place.layout(), second=second).files[UNIT]

    folder, command = unit(SecondPlace(Path("/mnt/anchors"))), unit(SecondPlace(command=("/usr/bin/send",)))
    assert " -/mnt/anchors\n" in folder and "PrivateNetwork=yes" in folder
    assert "/mnt/anchors" not in command and "PrivateNetwork" not in command
    for text in (folder, command, unit(None)):
        assert "--second" in text and "ProtectSystem=strict" in text and "NoNewPrivileges=yes" in text
    place.command(KEEPING)
    place.lay_out()
    assert place.daily() == Exit.DONE
    (place.folder / UNIT).write_text(unit(None), encoding="utf-8")
    assert place.found() == [Health.BAD, Health.SOUND]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "要写 folder"),
        ('folder = "/mnt/a"\ncommand = ["/bin/x"]', "之一"),
        ('folder = "anchors"', "完整的路径"),
        ('folder = "/mnt/a b"', "空格"),
        ('command = ["ssh", "x"]', "完整的路径"),
        ('folder = "/mnt/a"\nfoler = "/mnt/b"', "foler"),
    ],
)
def test_what_is_wrong_with_the_anchors_of_an_agency_file_is_told(place: Place, written: str, told: str) -> None:
    place.agree(written)
    with pytest.raises(RulebookInvalid, match=told):
        place.layout()

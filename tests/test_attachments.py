"""Files of a matter: who may attach what, what is kept of them, and how they are given back."""

import hashlib
import io
import json
import os
import shlex
import time
from pathlib import Path
from typing import Any

import pytest

from core.acts import Act, Verb
from core.attachments.handing_in import attach, attachment_files
from core.attachments.held import unsound
from core.attachments.limits import begins_like, plain_name
from core.errors import RulebookInvalid, StoreError, StoreFailed
from core.exports import KEPT, ExportFolder
from core.rulebook.agency_file import read_agency
from core.store.links import available_algorithm
from core.verdict import Result
from tui.app import OfficeApp
from tui.commandline.exits import Exit
from tui.commandline.remote import words_of
from tui.own_machine import command
from tui.screens.attachments import AttachmentsScreen
from tui.screens.matter import MatterScreen
from tui.session import Session
from tui.start import main

PDF = b"%PDF-1.7 invoice"


def hand_in(sample: Any, by: str, number: str, name: str = "发票.pdf", contents: bytes = PDF) -> Result:
    return attach(sample.office, Act(Verb.ATTACH, by, matter=number, target=name), io.BytesIO(contents))


def facts(result: Result) -> str:
    assert not result.done
    return "；".join(finding.facts for finding in result.verdict.findings)


def waiting(sample: Any) -> list[Path]:
    """Every file in the folder of attachments."""
    return [path for path in attachment_files(sample.office).folder.rglob("*") if path.is_file()]


def test_the_applicant_attaches_a_file_and_its_digest_is_in_the_journal(sample: Any) -> None:
    number = sample.filed()
    result = hand_in(sample, "P6", number)
    assert result.done, result.verdict.findings
    digest = hashlib.new(available_algorithm(), PDF).hexdigest()
    matter = sample.office.desk.matter(number)
    assert [(each.name, each.digest, each.size, each.by) for each in matter.attachments] == [
        ("发票.pdf", digest, len(PDF), "P6")
    ]
    entry = sample.office.journal.head()
    assert (entry.act, entry.matter) == ("attach", number)
    image = next(each.document for each in entry.documents if each.table == "matters")
    assert image["attachments"][0]["digest"] == digest
    assert b"".join(attachment_files(sample.office).read(digest)) == PDF
    assert attachment_files(sample.office).folder.stat().st_mode & 0o077 == 0
    assert [path.stat().st_mode & 0o177 for path in waiting(sample)] == [0]
    assert digest[:16] in matter.course[-1].basis


def test_whoever_saw_the_matter_before_an_attachment_came_is_told_to_look_again(sample: Any) -> None:
    number = sample.filed()
    seen = sample.office.desk.matter(number).version
    assert hand_in(sample, "P6", number).done
    late = sample.act(Verb.APPROVE, "P5", number, version=seen)
    assert [finding.rule for finding in late.verdict.findings] == ["core.version"]


def test_the_applicant_attaches_until_somebody_signs_and_again_after_a_return(sample: Any) -> None:
    number = sample.filed()
    assert sample.act(Verb.APPROVE, "P5", number).done
    assert "已经有人签字" in facts(hand_in(sample, "P6", number))
    assert hand_in(sample, "P2", number).done
    assert sample.act(Verb.RETURN, "P2", number, "缺合同").done
    assert hand_in(sample, "P6", number, "合同.pdf", PDF + b"2").done
    assert "不是申请人" in facts(hand_in(sample, "P2", number, "又.pdf", PDF + b"3"))


def test_only_the_actor_of_the_step_attaches_at_it_and_a_closed_matter_takes_nothing(sample: Any) -> None:
    number = sample.filed()
    told = hand_in(sample, "P4", number)
    assert "不是“" in facts(told)
    assert told.verdict.findings[0].rule == "core.turn"
    assert sample.act(Verb.WITHDRAW, "P6", number).done
    assert "已撤回" in facts(hand_in(sample, "P6", number))
    assert waiting(sample) == []


@pytest.mark.parametrize(
    ("name", "contents", "told"),
    [
        ("脚本.sh", b"#!/bin/sh", "不是准许的种类"),
        ("发票", PDF, "不是准许的种类"),
        ("..", PDF, "不能作附件的名称"),
        ("发票.pdf", b"", "附件是空的"),
        ("发票.pdf", b"MZ\x90\x00", "内容不是 pdf 文件"),
    ],
    ids=["kind", "no-kind", "no-name", "empty", "disguised"],
)
def test_what_the_agency_does_not_allow_is_refused_by_the_clause(
    sample: Any, name: str, contents: bytes, told: str
) -> None:
    result = hand_in(sample, "P6", sample.filed(), name, contents)
    assert told in facts(result)
    assert {finding.clause.key for finding in result.verdict.findings} == {"general/attachment"}
    assert waiting(sample) == []


def test_a_name_or_contents_that_are_there_already_are_refused(sample: Any) -> None:
    number = sample.filed()
    assert hand_in(sample, "P6", number).done
    assert "已有名为" in facts(hand_in(sample, "P6", number, contents=PDF + b"other"))
    assert "相同" in facts(hand_in(sample, "P6", number, "副本.pdf"))
    other = sample.filed("400")
    assert hand_in(sample, "P6", other).done
    assert len(waiting(sample)) == 1


def test_a_file_that_is_too_long_is_not_read_to_its_end(sample: Any) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"%PDF" + b"x" * (size - 4)

    endless, number = Endless(), sample.filed()
    with pytest.raises(StoreError, match="附件太大"):
        attach(sample.office, Act(Verb.ATTACH, "P6", matter=number, target="大.pdf"), endless)  # type: ignore[arg-type]
    assert endless.given < sample.office.agency.attachments.largest + 1_000_000
    assert waiting(sample) == []


def test_what_an_ended_process_left_half_received_is_swept_away_after_a_day(sample: Any) -> None:
    number, folder = sample.filed(), attachment_files(sample.office).folder
    folder.mkdir()
    for name, age in (("incoming-old", 90_000), ("incoming-new", 60)):
        (folder / name).write_bytes(PDF)
        os.utime(folder / name, (time.time() - age,) * 2)
    assert hand_in(sample, "P6", number).done
    assert sorted(path.name for path in folder.glob("incoming-*")) == ["incoming-new"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/发票.pdf", "发票.pdf"),
        ("C:\\我的文档\\发票.pdf", "发票.pdf"),
        ("...发票 . pdf. ", "发票 . pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("  多  空格\n.pdf", "多 空格 .pdf"),
        ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
        ("/", ""),
    ],
    ids=["up", "windows", "dots", "signs", "spaces", "long", "nothing"],
)
def test_names_are_made_plain(given: str, name: str) -> None:
    assert plain_name(given) == name
    assert plain_name(name) == name


def test_kinds_are_told_by_how_contents_begin() -> None:
    assert (
        begins_like("docx", b"PK\x03\x04rest") and begins_like("wps", b"\xd0\xcf\x11\xe0") and begins_like("txt", b"")
    )
    assert not begins_like("png", PDF) and not begins_like("docx", PDF)


def test_changed_contents_are_never_given_out_and_the_proof_names_them(sample: Any) -> None:
    number = sample.filed()
    assert hand_in(sample, "P6", number).done
    files = attachment_files(sample.office)
    assert unsound(sample.office.store, files) == []
    (path,) = waiting(sample)
    path.write_bytes(PDF + b"forged")
    digest = sample.office.desk.matter(number).attachments[0].digest
    with pytest.raises(StoreFailed, match="曾被改动"):
        b"".join(files.read(digest))
    (told,) = unsound(sample.office.store, files)
    assert number in told and "发票.pdf" in told
    path.unlink()
    path.symlink_to("/etc/passwd")
    with pytest.raises(StoreFailed):
        b"".join(files.read(digest))


def test_the_agency_names_kinds_size_and_number(sample_module: Any) -> None:
    agency = read_agency(sample_module.AGENCY + '[attachments]\nkinds = ["ofd"]\nlargest = 5\nmost = 2\n')
    assert (agency.attachments.kinds, agency.attachments.largest, agency.attachments.most) == (("ofd",), 5_000_000, 2)
    with pytest.raises(RulebookInvalid) as refused:
        read_agency(sample_module.AGENCY + '[attachments]\nkinds = [".PDF"]\nlargest = 0\nbiggest = 1\n')
    assert len(refused.value.faults) == 3


def test_an_export_folder_holds_plain_files_of_one_person_and_the_newest_of_them(tmp_path: Path) -> None:
    mine, other = ExportFolder(tmp_path / "o.store", "P6"), ExportFolder(tmp_path / "o.store", "../P7")
    for number in range(KEPT + 3):
        mine.place(f"{number:03}.xlsx").write_bytes(b"x")
    assert len(mine.all()) == KEPT
    assert b"".join(mine.read(mine.all()[0].name)) == b"x"
    folder = mine.place("y.xlsx").parent
    assert folder.stat().st_mode & 0o077 == 0
    assert other.all() == [] and other.place("a.xlsx").parent.parent == folder.parent
    (folder / "link.xlsx").symlink_to("/etc/passwd")
    for name in ("link.xlsx", "../../o.store", "/etc/passwd", "..", ""):
        with pytest.raises(StoreError):
            b"".join(mine.read(name))
    for name in ("../x.xlsx", "/x", "", "a/b.xlsx", "."):
        with pytest.raises(StoreError):
            mine.place(name)


def test_files_go_in_and_out_on_the_command_line_and_into_the_backup(
    sample: Any, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path)]
    number = sample.filed()
    sample.office.close()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PDF)))
    assert main(["attach", number, "发票.pdf", "--as", "P6", *place]) == Exit.DONE
    capsysbinary.readouterr()
    assert main(["fetch", number, "发票.pdf", *place]) == Exit.DONE
    assert capsysbinary.readouterr().out == PDF
    assert main(["fetch", number, "别的.pdf", *place]) == Exit.USAGE
    assert "发票.pdf" in capsysbinary.readouterr().err.decode()
    assert main(["show", number, *place]) == Exit.DONE
    assert "附件：发票.pdf" in capsysbinary.readouterr().out.decode()
    assert main(["show", number, "--json", *place]) == Exit.DONE
    assert json.loads(capsysbinary.readouterr().out)["attachments"][0]["name"] == "发票.pdf"
    backups, anchors = tmp_path / "copies", tmp_path / "anchors"
    backups.mkdir()
    assert main(["audit", "anchor", "--append", str(anchors), *place]) == Exit.DONE
    assert main(["backup", str(backups), *place]) == Exit.DONE
    (copy,) = backups.glob("*.store")
    assert main(["restore-drill", str(copy), "--anchors", str(anchors), *place]) == Exit.DONE
    kept = next(path for path in backups.rglob("*") if path.is_file() and path.read_bytes() == PDF)
    kept.unlink()
    assert main(["restore-drill", str(copy), "--anchors", str(anchors), *place]) == Exit.REFUSED
    capsysbinary.readouterr()
    assert main(["audit", "verify", "--documents", *place]) == Exit.DONE
    next(path for path in Path(f"{sample.store_path}.files").rglob("*") if path.is_file()).unlink()
    assert main(["audit", "verify", "--documents", *place]) == Exit.REFUSED
    assert "发票.pdf" in capsysbinary.readouterr().out.decode()


async def test_the_page_of_attachments_gives_the_very_commands(sample: Any, screens: Any) -> None:
    number = sample.filed()
    assert hand_in(sample, "P6", number, "发票 1.pdf").done
    digest = sample.office.desk.matter(number).attachments[0].digest
    app = OfficeApp(Session(sample.office, "P6"))
    async with app.run_test(size=(200, 30)) as pilot:
        await pilot.app.push_screen(MatterScreen(pilot.app.session, number))
        await screens.settle(pilot)
        assert "按 F：怎样取出、添加附件" in screens.text(app)
        words = await screens.press(pilot, "f")
    assert digest in words and "添加后不更换、不删除" in words
    store = sample.office.store.storage.path
    place = f"--agency {sample.office.agency.key} --store {store} --as P6"
    assert f'guizhang fetch {number} "发票 1.pdf" {place} > "发票 1.pdf"' in words
    assert f"guizhang attach {number} 材料1.pdf {place} < 材料1.pdf" in words


async def test_whoever_may_not_attach_is_told_who_may(sample: Any, screens: Any) -> None:
    number = sample.filed()
    app = OfficeApp(Session(sample.office, "P3"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(AttachmentsScreen(pilot.app.session, number))
        await screens.settle(pilot)
        words = screens.text(app)
    assert "一件也没有" in words and "现在不能添加" in words and "周五" in words and "attach" not in words


def test_over_the_line_a_name_with_blanks_survives_both_shells(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIZHANG_REACHED", "ssh g@10.0.0.1")
    sample.office.session = "SHA256:abc"
    said = command(sample.office, "P6", "fetch", "支出-2026-0001", "发票 (1).pdf")
    assert said.startswith("ssh g@10.0.0.1 fetch 支出-2026-0001 ")
    client = shlex.split(said)[2:]
    assert words_of(" ".join(client)) == ["fetch", "支出-2026-0001", "发票 (1).pdf"]

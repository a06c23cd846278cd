"""What a person types survives: a killed terminal, a full disk, two sessions, a file that is spoilt."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.acts import Verb
from pseudo_terminal import Terminal, until
from tui.app import OfficeApp
from tui.drafts import Drafts, Task, new_draft
from tui.session import Session

TASK = Task(Verb.SUBMIT, kind="sample.spending")


def filled(task: Task = TASK, **values: Any) -> Any:
    return replace(new_draft(task, "开支申请"), values=values)


def test_a_draft_comes_back_as_it_was(sample, tmp_path) -> None:
    drafts = Drafts(tmp_path / "office.store", "P6")
    draft = filled(purpose="购纸", bills=[{"number": "1"}])
    drafts.save(draft, sample.office.desk.now)
    kept = Drafts(tmp_path / "office.store", "P6").all()
    assert [replace(each, saved="") for each in kept] == [draft]
    assert kept[0].saved.startswith("2026-03-02T09:00")


@settings(max_examples=60)
@given(words=st.text(), person=st.text(min_size=1, max_size=20))
def test_any_words_of_any_person_are_kept_and_read_back(sample, tmp_path, words, person) -> None:
    drafts = Drafts(tmp_path / "any.store", person)
    draft = filled(purpose="甲" + words)
    try:
        drafts.save(draft, sample.office.desk.now)
    except UnicodeEncodeError:
        assert any(0xD800 <= ord(letter) <= 0xDFFF for letter in person)
        return
    held = drafts.of(TASK)
    assert held is not None
    assert held.values["purpose"] == ("甲" + words).encode("utf-8", "replace").decode("utf-8")
    drafts.discard(draft.key)
    assert drafts.all() == []


def test_nobody_else_reads_a_draft_and_nobody_sees_anothers(sample, tmp_path) -> None:
    drafts = Drafts(tmp_path / "office.store", "P6")
    drafts.save(filled(purpose="购纸"), sample.office.desk.now)
    paths = list((tmp_path / "office.store.drafts").rglob("*"))
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths if path.is_file() or path.name == "P6")
    assert Drafts(tmp_path / "office.store", "P5").all() == []


def test_a_spoilt_file_is_passed_over_and_the_others_are_read(sample, tmp_path) -> None:
    drafts = Drafts(tmp_path / "office.store", "P6")
    drafts.save(filled(purpose="购纸"), sample.office.desk.now)
    folder = tmp_path / "office.store.drafts" / "P6"
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"task": {"verb": "fly"}}'), ("d", '{"key": "d"}')):
        (folder / f"{name}.json").write_text(text)
    (folder / "e.json").write_bytes(b"\xff\xfe")
    assert [each.values["purpose"] for each in drafts.all()] == ["购纸"]


def test_a_draft_emptied_again_is_forgotten(sample, tmp_path) -> None:
    drafts = Drafts(tmp_path / "office.store", "P6")
    draft = filled(purpose="购纸")
    drafts.save(draft, sample.office.desk.now)
    drafts.save(replace(draft, values={"purpose": ""}), sample.office.desk.now)
    assert drafts.all() == []


def test_a_write_cut_short_leaves_the_draft_before_it(sample, tmp_path, monkeypatch) -> None:
    drafts = Drafts(tmp_path / "office.store", "P6")
    draft = filled(purpose="购纸")
    drafts.save(draft, sample.office.desk.now)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        drafts.save(replace(draft, values={"purpose": "购纸和笔"}), sample.office.desk.now)
    assert [each.values["purpose"] for each in drafts.all()] == ["购纸"]


async def test_a_disk_that_is_full_is_told_and_the_form_stays(sample, screens, monkeypatch) -> None:
    app = OfficeApp(Session(sample.office, "P6"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        monkeypatch.setattr(app.session.drafts, "save", full)
        await screens.press(pilot, "n", "enter")
        await screens.write(pilot, "购纸")
        assert await screens.shows(pilot, "草稿没有存成")
        assert "购纸" in screens.text(app)


async def test_an_opinion_half_written_is_offered_again_and_gone_once_given(sample, screens) -> None:
    number = sample.filed()
    app = OfficeApp(Session(sample.office, "P5"))
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "enter", "f9")
        await screens.write(pilot, "依据不足")
        await screens.press(pilot, "escape", "f9")
        assert "依据不足" in screens.text(app)
        await screens.press(pilot, "f2")
        assert app.session.drafts.all() == []
    assert sample.office.desk.matter(number).course[-1].opinion == "依据不足"


async def test_the_next_start_offers_what_was_left(sample, screens) -> None:
    session = Session(sample.office, "P6")
    session.drafts.save(filled(purpose="购纸", amount="12"), sample.office.desk.now)
    app = OfficeApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        words = screens.text(app)
        assert "上次有没有提交的内容" in words
        assert "购纸" in words
        words = await screens.press(pilot, "1")
        assert "* 事由       购纸" in words
        assert "已提交" in await screens.press(pilot, "f5")
    assert session.drafts.all() == []


async def test_a_draft_of_what_is_no_longer_there_does_no_harm(sample, screens) -> None:
    session = Session(sample.office, "P6")
    lost = filled(Task(Verb.RESUBMIT, matter="开支-2026-0099"), purpose="购纸")
    session.drafts.save(lost, sample.office.desk.now)
    app = OfficeApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        assert "已经不在了" in await screens.press(pilot, "1")
        await screens.press(pilot, "f5", "f6", "escape")
        assert app.is_running


PROGRAM = """
import importlib.util, pathlib, sys
from tui.environment import prepare
prepare()
def load(name):
    spec = importlib.util.spec_from_file_location(name, pathlib.Path(sys.argv[1]) / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
from tui.app import run_screen
run_screen(load("sample_agency").Sample(pathlib.Path(sys.argv[2])).office, "P6")
"""


def session(folder: Path) -> Terminal:
    """The program on a terminal of its own."""
    words = [sys.executable, "-c", PROGRAM, str(Path(__file__).parent), str(folder)]
    surroundings = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": str(folder)}
    return Terminal(words, {**surroundings, "PYTHONPATH": str(Path(__file__).parent.parent)})


def typed(folder: Path) -> list[str]:
    found = []
    for path in (folder / "office.store.drafts").rglob("*.json"):
        found.append(json.loads(path.read_text(encoding="utf-8"))["values"]["purpose"])
    return found


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Terminal]:
    """A session in which a form is being filled in."""
    terminal = session(tmp_path)
    assert terminal.shows("没有等您办理的事"), terminal.picture
    terminal.send("n")
    assert terminal.shows("申请什么"), terminal.picture
    terminal.send("\r")
    assert terminal.shows("带*的必须填写"), terminal.picture
    terminal.send("秘书科购打印纸")
    assert terminal.shows("秘书科购打印纸"), terminal.picture
    yield terminal
    terminal.close()


def test_a_killed_session_has_its_draft_on_the_disk_and_the_next_one_offers_it(tmp_path, writing) -> None:
    assert until(lambda: typed(tmp_path) == ["秘书科购打印纸"]), "the draft is written while typing pauses"
    writing.drop()
    again = session(tmp_path)
    assert again.shows("秘书科购打印纸"), again.picture
    again.send("1")
    assert again.shows("带*的必须填写"), again.picture
    again.send("\x11")
    assert until(again.ended)
    assert again.process.returncode == 0
    again.close()


def test_a_line_that_drops_at_once_after_a_key_loses_nothing(tmp_path, writing) -> None:
    writing.hang_up()
    assert until(writing.ended)
    assert typed(tmp_path) == ["秘书科购打印纸"]

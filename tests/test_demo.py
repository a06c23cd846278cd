"""The demonstration: real acts only, every state, and its walk plays where there is no terminal."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.finding import Level
from core.matter import State
from core.office import Office
from core.records import DutyState
from core.verdict import Result
from tui.commandline.dispatch import run
from tui.demonstration.office import DemonstrationClock, build, kept_at, open_demonstration, plan_of

CONFIG = Path(__file__).parent.parent / "config"
AGENCIES = sorted(path.parent.name for path in (CONFIG / "agencies").glob("*/demo.toml"))


@dataclass(frozen=True)
class Built:
    """A demonstration that was built: where it is kept, its office, whom it begins as, what came out otherwise."""

    agency: str
    folder: Path
    office: Office
    person: str
    unexpected: list[Result]


@pytest.fixture(scope="module", params=AGENCIES)
def demonstration(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    agency, folder = request.param, tmp_path_factory.mktemp("demo")
    path = kept_at(CONFIG, agency, folder)
    unexpected = build(CONFIG, agency, path, plan_of(CONFIG, agency), lambda _: None)
    office, person = open_demonstration(CONFIG, agency, folder, lambda _: None)
    yield Built(agency, folder, office, person, unexpected)
    office.close()


@pytest.fixture
def office(demonstration: Built) -> Office:
    return demonstration.office


def test_whatever_the_plan_files_is_done_unless_it_is_meant_to_be_refused(demonstration: Built) -> None:
    told = [
        (each.verdict.act.by, each.verdict.act.kind or each.verdict.act.matter, finding.facts)
        for each in demonstration.unexpected
        for finding in each.verdict.findings
        if finding.level is Level.REFUSE
    ]
    assert demonstration.unexpected == [], told


def test_the_season_leaves_matters_in_every_state(office: Office) -> None:
    states = Counter(document["state"] for document in office.store.table("matters"))
    assert set(states) == {state.value for state in State}
    assert states["settled"] > 200 and states["running"] >= 5


def test_every_family_is_lived_and_whoever_it_begins_as_has_much_to_do(demonstration: Built) -> None:
    desk, person = demonstration.office.desk, demonstration.person
    kinds = {str(document["kind"]) for document in desk.store.table("matters")}
    assert set(desk.agency.families) <= {kind.partition(".")[0] for kind in kinds}
    assert len(desk.waiting_on(person)) >= 3
    assert {DutyState.DUE, DutyState.COMING} <= {duty.state(desk.day) for duty in desk.duties(person)}
    assert any(duty.state(desk.day) is DutyState.OVERDUE for duty in desk.duties())


def test_the_season_is_made_by_the_acts_of_people(office: Office) -> None:
    numbers = {document["number"] for document in office.store.table("matters")}
    filed = {entry.matter for entry in office.journal.entries(limit=100_000) if entry.act == "submit"}
    assert numbers == filed
    assert office.journal.verify(documents=True).sound


def test_the_demonstration_is_built_once_and_opened_again(demonstration: Built) -> None:
    told: list[str] = []
    office, person = open_demonstration(CONFIG, demonstration.agency, demonstration.folder, told.append)
    assert office.desk.organisation.tenures_of(person, office.desk.day)
    office.close()
    assert told == [] and len(list(demonstration.folder.glob("*.store"))) == 1


def test_the_demonstration_begins_as_whoever_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun: list[str] = []
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("tui.commandline.demo.sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    monkeypatch.setattr("tui.demonstration.office.open_demonstration", lambda *_: (office, "P006"))
    monkeypatch.setattr("tui.app.run_screen", lambda _, person, demo=False: begun.append(person))
    monkeypatch.setattr(office, "close", lambda: None)
    assert run(["demo"]) == run(["demo", "--as", "P001"]) == 0
    assert begun == ["P006", "P001"]
    assert run(["demo", "--as", "查无此人"]) == 2
    assert "查无此人" in capsys.readouterr().err


def test_the_picture_is_of_whoever_is_named_and_the_walk_takes_no_name(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tui.demonstration.office.open_demonstration", lambda *_: (office, "P006"))
    monkeypatch.setattr("tui.demonstration.picture.draw", lambda _, person: person)
    monkeypatch.setattr(office, "close", lambda: None)
    for words, drawn in (((), "P006"), (("--as", "P001"), "P001")):
        assert run(["demo", "--picture", str(tmp_path / drawn), *words]) == 0
        assert (tmp_path / drawn).read_text() == drawn
    assert run(["demo", "--picture", str(tmp_path / "nobody"), "--as", "查无此人"]) == 2
    assert run(["demo", "--text", "--as", "P001"]) == 2
    assert "不能写 --as" in capsys.readouterr().err


def test_an_agency_without_a_demonstration_is_told_which_have_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--agency", "没有的单位", "--text"]) == 2
    assert f"带演示的单位有 {'、'.join(AGENCIES)}" in capsys.readouterr().err


def test_the_demonstrations_clock_runs_on_from_its_day() -> None:
    clock = DemonstrationClock(datetime(2026, 6, 30, 9))
    assert clock.today().isoformat() == "2026-06-30"
    assert clock.now() <= clock.now()


@pytest.mark.parametrize("agency", AGENCIES)
def test_without_a_terminal_the_walk_is_told_as_text(agency: str) -> None:
    words = [sys.executable, "-m", "tui", "demo", "--agency", agency]
    done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    for said in ("【拒绝】", "事实：", "怎样办：", "已办结", "核对无误"):
        assert said in done.stdout

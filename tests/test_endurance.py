"""Many sessions at work side by side: every act told as done is recorded once, and no process stays behind."""

import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parent / "bench"


@pytest.fixture
def workday(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The measure of a working day."""
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])
    return import_module("workday")


def _reconciled(workday: ModuleType, folder: Path, sessions: int, seconds: float) -> int:
    """Let them work, hold what was told against what is recorded; how many acts were done."""
    day = workday.work(folder, sessions, seconds)
    assert Counter(day.told) == Counter(day.recorded)
    assert day.sound
    assert (day.unfinished, day.orphans) == (0, 0)
    return len(day.told)


def test_a_few_sessions_lose_and_double_nothing(workday: ModuleType, tmp_path: Path) -> None:
    assert _reconciled(workday, tmp_path, 6, 6.0) > 3


@pytest.mark.soak
def test_two_hundred_sessions_of_ten_minutes_lose_and_double_nothing(workday: ModuleType, tmp_path: Path) -> None:
    assert _reconciled(workday, tmp_path, 200, 600.0) > 10_000

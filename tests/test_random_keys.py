"""Keys struck at random by anybody: no screen breaks, shows what it must not, or is stuck."""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual import events

from core.journal import Journal
from core.office import Office
from tui.app import OfficeApp
from tui.demonstration.office import open_demonstration
from tui.screens import frame
from tui.session import Session
from workbench_office import paid, published

CONFIG = Path(__file__).parent.parent / "config"
_OFTEN = ("enter",) * 8 + ("escape",) * 5 + ("tab",) * 5 + ("down",) * 8 + ("f5", "f2", "up", "shift+tab") * 2
_KEYS = (
    *_OFTEN, *"123456789ncmzyjodfabpwgkshvtqrxuile", "f1", "f3", "f4", "f6", "f7", "f8", "f9", "f10", "ctrl+o",
    "ctrl+p", "space", "left", "right", "home", "end", "pageup", "pagedown", "delete", "backspace", "ctrl+u",
)  # fmt: skip
_WORDS = ("购打印纸", "120", "同意", "2026-06-30", "06-30", "张", "12:30", "999999999999", "[b]甲", "\u202e乙", "3人")
_CHARACTERS = {"enter": "\r", "tab": "\t", "space": " ", "escape": "\x1b"}
_BROKEN = "程序在这一步出了错"


async def strike(office: Office, person: str, chance: Random, keys: int, screens: Any) -> None:
    """So many keys of one person; each word is typed in one go."""
    app = OfficeApp(Session(office, person, demo=True))
    struck: list[str] = [person]
    async with app.run_test(size=chance.choice([(60, 20), (80, 24), (120, 40)])) as pilot:
        await screens.settle(pilot)
        for _ in range(keys):
            for key in chance.choice(_WORDS) if chance.random() < 0.1 else [chance.choice(_KEYS)]:
                struck.append(key)
                app.post_message(events.Key(key, _CHARACTERS.get(key, key if len(key) == 1 else None)))
            await pilot.pause()
            await asyncio.wait_for(screens.taken(app), screens.PATIENCE)
            if not app.is_running:
                break
            words = screens.text(app)
            assert _BROKEN not in words, struck
            assert screens.unsafe(words) == [], struck
    assert app.broken is None, struck


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What broke behind a screen that lived on."""
    found: list[str] = []
    told = frame.reason_of

    def noted(error: Exception) -> str:
        found.append(repr(error))
        return told(error)

    monkeypatch.setattr(frame, "reason_of", noted)
    return found


@pytest.mark.parametrize("seed", range(4))
async def test_no_key_breaks_a_screen(sample: Any, screens: Any, faults: list[str], seed: int) -> None:
    for amount in ("90", "500", "1200"):
        sample.filed(amount)
    published(sample)
    paid(sample, 3)
    for person in ("P5", "P6", "P2"):
        await strike(sample.office, person, Random(f"{seed}{person}"), 60, screens)
    assert faults == []
    assert Journal(sample.office.store).verify(documents=True).sound


@pytest.mark.soak
@pytest.mark.parametrize("agency", sorted(path.parent.name for path in (CONFIG / "agencies").glob("*/demo.toml")))
async def test_no_key_breaks_a_screen_of_a_whole_office(
    tmp_path: Path, screens: Any, faults: list[str], agency: str
) -> None:
    office, _ = open_demonstration(CONFIG, agency, tmp_path, lambda _: None)
    chance = Random(agency)
    for _ in range(300):
        await strike(office, chance.choice(sorted(office.desk.organisation.people)), chance, 250, screens)
    assert faults == []
    assert office.journal.verify(documents=True).sound
    office.close()

"""Clerks at their screens: forms, lists and dialogs gone through key by key, on days that follow each other."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.days.compliance import ComplianceYear, Grouping, Standing
from core.fields import Kind
from core.office import Office
from core.reconciling import reconcile
from tui.app import OfficeApp
from tui.screens.blank_row import BlankRow, RowDialog
from tui.screens.blanks import ReferBlank
from tui.screens.form import FormScreen
from tui.screens.matter import MatterScreen
from tui.screens.workbench import WorkbenchScreen
from tui.session import Session
from tui.widgets.picker import Picker
from tui.widgets.record_list import RecordList

CONFIG = Path(__file__).parent.parent / "config"
_CHARACTERS = {"enter": "\r", "tab": "\t", "space": " "}
_MOST_KEYS = 60
"""More than any walk through a list or a form takes."""


class Seat:
    """One person before his screen; whatever he does, he does by keys."""

    def __init__(self, pilot: Pilot[Any], screens: Any) -> None:
        self.pilot, self.app, self._screens = pilot, pilot.app, screens

    async def press(self, *keys: str) -> str:
        """Press the keys, each when what the one before began is on the screen; what is then to be seen."""
        for key in keys:
            await self._strike(key)
            await self._settle(3)
        return self.words

    async def write(self, words: str) -> None:
        """Type the words where the cursor is."""
        for character in words:
            await self._strike(character)
        await self._settle()

    async def _strike(self, key: str) -> None:
        """One key as the terminal sends it; the pilot's own way sleeps for long after each, a walk takes a thousand."""
        assert self.app._driver is not None
        struck = events.Key(key, key if len(key) == 1 else _CHARACTERS.get(key))
        struck.set_sender(self.app)
        self.app._driver.send_message(struck)
        await self.pilot._wait_for_screen()
        await self._screens.taken(self.app)

    async def _settle(self, calm_for: int = 2) -> None:
        await self._screens.settle(self.pilot, calm_for)

    @property
    def words(self) -> str:
        return str(self._screens.text(self.app))

    async def offer(self, title: str, filled: Mapping[str, Any], answer: str = "已提交") -> str:
        """File a form of this title with these blanks filled in, the others left as they began; its number."""
        await self.press("n")
        await self.write(title)
        await self.press("enter")
        return await self.fill_in(filled, answer)

    async def discharge(self, title: str, filled: Mapping[str, Any], answer: str = "已提交") -> str:
        """Discharge the duty that begins with these words by the form that it asks for."""
        await self.open_duty(title)
        return await self.fill_in(filled, answer)

    async def open_duty(self, title: str) -> None:
        """Open what does away with the duty that begins with these words."""
        await self.press("3")
        await self._to_row(2, title)
        await self.press("d")

    async def decide(self, number: str, key: str, filled: Mapping[str, Any] | None = None) -> str:
        """Open a matter in the inbox and do what the key stands for, by its form where there is one."""
        await self.press("1")
        await self._to_row(0, number)
        await self.press("enter")
        assert isinstance(self.app.screen, MatterScreen), self.words
        await self.press(key)
        if filled is None:
            told = await self.press("f2")
        else:
            await self.fill(filled)
            told = await self.press("f5")
        assert "已" in told and "留痕第" in told, told
        await self.press("enter", "escape")
        assert isinstance(self.app.screen, WorkbenchScreen), self.words
        return told

    async def fill_in(self, filled: Mapping[str, Any], answer: str = "已提交") -> str:
        """Fill in the form that stands open and hand it in; the first number told in the answer."""
        assert isinstance(self.app.screen, FormScreen), self.words
        await self.fill(filled)
        told = await self.press("f5")
        assert answer in told, told
        await self.press("enter")
        return self.number_in(told[told.index(answer) :])

    @staticmethod
    def number_in(told: str) -> str:
        """The first number of a matter in what the screen tells."""
        return next(word for word in told.split() if "-20" in word and word[-1].isdecimal())

    async def open_page(self, title: str) -> str:
        """Open a screen of a family's own."""
        await self.press("m")
        rows = self.app.screen.query_one(RecordList)
        for _ in range(_MOST_KEYS):
            if rows.current is not None and rows.current.cells[1] == title:
                return await self.press("enter")
            await self._strike("down")
            await self._settle()
        raise AssertionError(f"{title}\n{self.words}")

    async def _to_row(self, column: int, beginning: str) -> None:
        """Down the list to the row with a cell that begins so."""
        for _ in range(_MOST_KEYS):
            record = self.app.screen.open_body.rows.current
            assert record is not None, self.words
            if record.cells[column].startswith(beginning):
                return
            await self._strike("down")
            await self._settle()
        raise AssertionError(f"{beginning}\n{self.words}")

    def _row(self) -> BlankRow | None:
        at: Widget | None = self.app.screen.focused
        while at is not None and not isinstance(at, BlankRow):
            at = at.parent if isinstance(at.parent, Widget) else None
        return at

    async def fill(self, filled: Mapping[str, Any]) -> None:
        """Write into the blanks of these titles, each gone to by tabs the shorter way."""
        for title, value in filled.items():
            rows = list(self.app.screen.query(BlankRow))
            wanted = next(place for place, each in enumerate(rows) if each.blank.title == title)
            for _ in range(_MOST_KEYS):
                row = self._row()
                if row is rows[wanted]:
                    break
                ahead = (wanted - (rows.index(row) if row in rows else 0)) % len(rows)
                await self._strike("tab" if ahead <= len(rows) // 2 else "shift+tab")
                await self._settle()
            else:
                raise AssertionError(f"no way to {title}\n{self.words}")
            assert row is not None
            await self._write_into(row, value)

    async def _write_into(self, row: BlankRow, value: Any) -> None:
        kind = row.blank.kind
        if kind is Kind.ROWS:
            for line in value:
                await self.press("a")
                assert isinstance(self.app.screen, RowDialog), self.words
                await self.fill(line)
                await self.press("f2")
                assert not isinstance(self.app.screen, RowDialog), self.words
        elif kind in (Kind.CHOICE, Kind.FLAG):
            choices: tuple[str, ...] = row.control._choices  # type: ignore[union-attr]
            await self.press(str(choices.index(value) + 1))
        elif kind is Kind.LONG:
            await self.write(value)
        else:
            await self.press("end", "ctrl+u")
            await self.write(value)
            if isinstance(row.control, ReferBlank):
                await self.press("enter")
                if isinstance(self.app.screen, Picker):
                    await self.press("enter")


@cache
def fresh(agency: str) -> Callable[[FixedClock], Office]:
    """Offices of an agency, each set up on an empty store."""
    return office_factory(CONFIG, agency)


class Walk:
    """An agency's office as its people go through their days."""

    def __init__(self, screens: Any, day: date, agency: str = "lucheng") -> None:
        self._screens = screens
        self.clock = FixedClock(datetime.combine(day, time(9), ZONE))
        self.office = fresh(agency)(self.clock)
        self.day = day

    def close(self) -> None:
        self.office.close()

    @asynccontextmanager
    async def sits(self, person: str, day: date | None = None, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seat]:
        """The screen of a person, opened on a day that is not before the last."""
        if day is not None and day != self.day:
            assert day > self.day
            self.day = day
            self.clock.set(datetime.combine(day, time(9), ZONE))
            self.office.tick()
        app = OfficeApp(Session(self.office, person))
        async with app.run_test(size=size) as pilot:
            await self._screens.settle(pilot)
            yield Seat(pilot, self._screens)

    def found_wrong(self) -> list[str]:
        """What a stock-taking of the books finds, and whatever is amiss with the journal."""
        found = [each.facts for each in reconcile(self.office.desk)]
        verdict = self.office.journal.verify(documents=True)
        return found if verdict.sound else [*found, verdict.sentence]

    def overdue(self, regulation: str) -> list[str]:
        """The duties of a regulation that are overdue in the year of the present day."""
        year = ComplianceYear(self.office.desk, self.day.year)
        return [
            f"{duty.title} {duty.due}"
            for duty in year.duties(Grouping.REGULATION, regulation)
            if year.standing(duty.due, duty.opens, str(duty.done or "")) is Standing.OVERDUE
        ]

"""The demonstration's office: built once by its season, then opened as often as you like."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from core.days.clock import ZONE, FixedClock
from core.office import Office, rulebook_texts
from core.rulebook.people_file import load_people
from core.store.opening import FORMAT
from core.verdict import Result
from tui.demonstration.plan import Plan, load_plan
from tui.demonstration.season import Season


class DemonstrationClock:
    """A clock that runs on from a given moment, so that the invented half year is always just over."""

    def __init__(self, start: datetime, zone: ZoneInfo = ZONE) -> None:
        self._start, self._zone = start, zone
        self._began = datetime.now(zone)

    @property
    def zone(self) -> ZoneInfo:
        return self._zone

    def now(self) -> datetime:
        return self._start.replace(tzinfo=self._zone) + (datetime.now(self._zone) - self._began)

    def today(self) -> date:
        return self.now().date()


def plan_of(config: Path, agency: str) -> Plan:
    """The agency's demonstration; FileNotFoundError when it has none."""
    return load_plan(config / "agencies" / agency / "demo.toml")


def build(config: Path, agency: str, path: Path, plan: Plan, told: Callable[[str], None]) -> list[Result]:
    """Make the store of the demonstration, by living its season; half-made stores are left aside.

    Returns what came out otherwise than the plan means it to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    building = path.with_name(f"{path.name}.{os.getpid()}")
    clock = FixedClock(datetime.combine(plan.since, time(8)))
    office = Office.open(config, agency, building, clock)
    people = load_people(config / "agencies" / agency / "people.toml", office.agency)
    office.found(people.people, people.tenures, people.oversights, plan.since)
    told("正在演示单位里办理半年的事项，约需十几秒……")
    season = Season(office, clock, plan)
    season.live()
    office.close()
    # Another demonstration may have been built meanwhile and be open: its file is never replaced.
    with suppress(FileExistsError):
        path.hardlink_to(building)
    building.unlink()
    building.with_name(f"{building.name}.lock").unlink(missing_ok=True)
    return season.unexpected


def kept_at(config: Path, agency: str, folder: Path) -> Path:
    """Where the demonstration of these very files is kept, once it is built."""
    texts = rulebook_texts(config, agency)
    for name in ("agency.toml", "people.toml", "demo.toml"):
        texts[name] = (config / "agencies" / agency / name).read_text(encoding="utf-8")
    texts["format"] = str(FORMAT)
    state = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()[:12]
    return folder / f"{agency}-{state}.store"


def open_demonstration(config: Path, agency: str, folder: Path, told: Callable[[str], None]) -> tuple[Office, str]:
    """The demonstration's office and the person to begin as; built first where these very files never were."""
    plan, path = plan_of(config, agency), kept_at(config, agency, folder)
    if not path.exists():
        build(config, agency, path, plan, told)
    morning = datetime.combine(plan.until, time(9))
    return Office.open(config, agency, path, DemonstrationClock(morning)), plan.person

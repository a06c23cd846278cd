"""What the demonstration of an agency does, as `demo.toml` says it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import tomli

Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sequel:
    """A matter that follows when another has settled, some working days later; its words are filled from the first."""

    kind: str
    after: int
    values: Typed
    by: str = ""
    """Selector of who files it; the first one's applicant when empty."""
    then: "Sequel | None" = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A kind of matter that people file every so many working days, in one of several variants."""

    kind: str
    by: tuple[str, ...]
    every: int
    variants: tuple[Typed, ...]
    then: Sequel | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A matter filed, or moved on, on a day of its own: the first working day from `on`, in the order written."""

    on: date
    kind: str
    by: str
    values: Typed
    moves: str = ""
    """Name of an earlier matter that is moved on by `hurried` steps; then nothing is filed."""
    named: str = ""
    """What later words call its number by."""
    hurried: int = 0
    """How many steps whoever has it takes at once, on the day it is filed."""
    left: bool = False
    """Whether nobody takes a step beyond those: it is left as it stands then."""
    refused: bool = False
    """Whether it is meant to be refused."""
    then: Sequel | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """One act of a meeting, done once or for each item or member."""

    kind: str
    by: str
    values: Typed
    each: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A body that meets: on which weekdays (Monday is nought) it is announced and held, and what is done there. With
    `ready` its last meeting is announced for the last day and left to be held. It meets when matters wait for it, or
    topics of the kind named that have been admitted for it.
    """

    body: str
    announced_on: int
    held_on: int
    most: int
    notice: Script
    acts: tuple[Script, ...]
    ready: bool = False
    topics: str = ""
    weeks: int = 1
    """At least so many from one meeting to the next."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A season from `since` to `until`, seeded so that it always comes out alike."""

    since: date
    until: date
    person: str
    seed: int
    dated: tuple[Dated, ...]
    recurring: tuple[Recurring, ...]
    forms: Mapping[str, Typed] = field(default_factory=dict)
    """What is filled in at steps, by step form; `resolution` for a body's decision."""
    evidence: Mapping[str, Typed] = field(default_factory=dict)
    """What is filled in to discharge duties, by clause or by matter type; a duty with neither stays undone."""
    opinions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sittings: tuple[Sitting, ...] = ()


def load_plan(path: Path) -> Plan:
    """Read `demo.toml`; KeyError or ValueError when it is not whole."""
    raw = tomli.loads(path.read_text(encoding="utf-8"))
    season = raw["season"]
    return Plan(
        season["since"],
        season["until"],
        season["person"],
        season["seed"],
        tuple(_dated(raw.get("dated", []), season["since"])),
        tuple(
            Recurring(
                each["kind"], tuple(each["by"]), each["every"], tuple(each["variants"]), _sequel(each.get("then"))
            )
            for each in raw.get("matter", [])
        ),
        raw.get("forms", {}),
        raw.get("evidence", {}),
        {key: tuple(texts) for key, texts in raw.get("opinions", {}).items()},
        tuple(_sitting(each) for each in raw.get("sitting", [])),
    )


def _dated(series: Sequence[Typed], since: date) -> Iterator[Dated]:
    """The acts of each series, soonest first; an act says only what differs from the rest of its series."""
    acts = [
        {**each, **act, "values": {**each.get("values", {}), **act.get("values", {})}}
        for each in series
        for act in each.get("acts", [{}])
    ]
    for raw in sorted(acts, key=lambda act: act.get("on", since)):
        yield Dated(
            raw.get("on", since),
            raw.get("kind", ""),
            raw.get("by", ""),
            raw["values"],
            raw.get("moves", ""),
            raw.get("named", ""),
            raw.get("hurried", 0),
            raw.get("left", False),
            raw.get("refused", False),
            _sequel(raw.get("then")),
        )


def _sitting(raw: Typed) -> Sitting:
    acts = tuple(_script(each) for each in raw["act"])
    days = (raw["announced_on"], raw["held_on"])
    notice = _script(raw["notice"])
    return Sitting(
        raw["body"], *days, raw["most"], notice, acts, raw["ready"], raw.get("topics", ""), raw.get("weeks", 1)
    )


def _script(raw: Typed) -> Script:
    return Script(raw["kind"], raw["by"], raw["values"], tuple(raw.get("each", [])))


def _sequel(raw: Typed | None) -> Sequel | None:
    if raw is None:
        return None
    return Sequel(raw["kind"], raw["after"], raw["values"], raw.get("by", ""), _sequel(raw.get("then")))

"""Ledgers against the matters they are kept for: whatever is amiss is found, and nothing else."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tinydb import where

from core.acts import SYSTEM
from core.cases.files import Case, read_cases
from core.cases.play import office_factory, run_case
from core.codec import entry_to_document
from core.days.clock import FixedClock
from core.desk import ledger_table
from core.office import Office
from core.reconciling import reconcile
from core.records import Entry
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.session import Session

CONFIG = Path(__file__).parent.parent / "config"
PLAYED = (
    ("baicheng", "seals.md", {"seals.impressions", "seals.register"}),
    ("lucheng", "seals.md", {"seals.impressions", "seals.register"}),
    (
        "lucheng",
        "party-building-dues.md",
        {"party.dues", "party.dues-standards", "party.remitted", "party.special-dues"},
    ),
    ("lucheng", "study.md", {"study.sessions", "study.attendance"}),
    ("lucheng", "fire-safety.md", {"fire.rounds", "fire.key-places", "fire.responsibilities"}),
    ("lucheng", "fire-safety-equipment.md", {"fire.equipment", "fire.attendance"}),
    ("lucheng", "fire-safety-hazards.md", {"fire.hazards"}),
    ("lucheng", "vehicles.md", {"vehicles.trips"}),
    ("service-center", "directors-meeting.md", {"meetings.record"}),
    ("service-center", "section-meeting.md", {"meetings.sessions", "meetings.supervision"}),
    ("service-center", "commendation-meeting.md", {"meetings.target-letters"}),
    ("education", "meeting-discipline.md", {"meetings.attendance-book"}),
)
"""Case files whose registers are spoilt, and the registers that must have been reached by then."""


def cases_of(agency: str, file: str) -> Iterator[Case]:
    yield from read_cases(CONFIG / "agencies" / agency / "cases" / file).cases


def spoilt(office: Office) -> Iterator[tuple[str, set[tuple[str, str]], list[tuple[str, str]]]]:
    """Each ledger with lines, spoilt in one way after another: what was spoilt, and what is found then."""
    booked = {each.ledger for kind in office.host.matter_types.values() for each in kind.books}
    for ledger in sorted(booked & office.host.ledgers.keys()):
        table = office.store.table(ledger_table(ledger))
        lines = [line for line in table.all() if not line.get("corrects")]
        if not lines:
            continue
        for number in ("", "虚构-2026-9999"):
            with office.store.transaction(SYSTEM, "虚构一行"):
                added = table.insert({**lines[0], "matter": number})
            yield ledger, {(ledger, number)}, found(office)
            with office.store.transaction(SYSTEM, "复原"):
                table.remove(doc_ids=[added])
        settled = [line["matter"] for line in lines if must_be_booked(office, ledger, line["matter"])]
        for number in settled[:1]:
            taken = [line for line in lines if line["matter"] == number]
            with office.store.transaction(SYSTEM, "抽掉各行"):
                table.remove(where("matter") == number)
            yield ledger, {(ledger, number)}, found(office)
            with office.store.transaction(SYSTEM, "复原"):
                table.insert_multiple([dict(line) for line in taken])


def make_up_a_line(office: Office) -> None:
    kind = office.host.ledgers["sample.payments"]
    values = {"purpose": "无中生有", "amount": Decimal(1)}
    entry = Entry(kind.key, office.desk.day, values, "开支-2026-0404")
    with office.store.transaction(SYSTEM, "虚构一行"):
        office.store.table(ledger_table(kind.key)).insert(entry_to_document(entry, kind))


def must_be_booked(office: Office, ledger: str, number: str) -> bool:
    matter = office.desk.matter(number)
    if matter is None or matter.state.value != "settled":
        return False
    return any(each.ledger == ledger and each.always for each in office.host.matter_types[matter.kind].books)


def found(office: Office) -> list[tuple[str, str]]:
    return [(each.ledger, each.matter) for each in reconcile(office.desk)]


@pytest.mark.parametrize(("agency", "file", "reached"), PLAYED, ids=[f"{agency}-{file}" for agency, file, _ in PLAYED])
def test_a_line_without_its_act_and_an_act_without_its_line_are_found_and_nothing_else(
    agency: str, file: str, reached: set[str]
) -> None:
    fresh, seen = office_factory(CONFIG, agency), set()
    for case in cases_of(agency, file):
        held: list[Office] = []

        def kept(clock: FixedClock, held: list[Office] = held) -> Office:
            held.append(fresh(clock))
            held[0].close = lambda: None  # type: ignore[method-assign]
            return held[0]

        assert run_case(case, kept).passed
        office = held[0]
        assert found(office) == []
        for ledger, amiss, told in spoilt(office):
            assert set(told) == amiss, (case.title, ledger)
            seen.add(ledger)
        assert found(office) == []
        office.store.close()
    assert reached <= seen


def test_the_command_line_says_all_is_well_or_names_what_is_not(sample: Any, capsys: Any) -> None:
    where_it_is = ["--agency", "sample", "--config", str(sample.config), "--store", str(sample.store_path)]
    assert run(["reconcile", *where_it_is]) == 0
    assert "没有发现不符" in capsys.readouterr().err
    make_up_a_line(sample.office)
    assert run(["reconcile", "--json", *where_it_is]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["ledger"], told["matter"], told["line"]) == ("sample.payments", "开支-2026-0404", 1)
    assert run(["reconcile", "sample.nothing", *where_it_is]) == 2


async def test_a_ledger_is_reconciled_with_one_key(sample: Any, screens: Any) -> None:
    make_up_a_line(sample.office)
    app = OfficeApp(Session(sample.office, "P4"))
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "5", "end", "enter", "k")
        assert "开支-2026-0404 不存在" in words and "红字冲销" in words

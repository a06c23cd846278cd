"""People by spreadsheet: the template to fill in, and the import of what was filled in."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commandline.exits import Exit, UsageFault, exit_of
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import Place, actor, opened, place_of

if TYPE_CHECKING:
    from core.office import Office
    from core.records import Effect
    from core.rosters.roster_file import RosterFault, RosterFile
    from core.rulebook.people_file import PeopleFile
    from core.verdict import Verdict


def arguments(parser: Parser, verb: str) -> None:
    if verb == "people template":
        parser.add_argument("file", metavar="文件", help="要写的 .xlsx 文件，不能已经存在")
        return
    parser.add_argument("files", metavar="文件", nargs="+", help="名册：.xlsx，或几个 .csv")
    parser.add_argument("--basis", metavar="依据", help="名册的来源，不写则为文件名")
    parser.add_argument("--reason", metavar="理由", default="", help="有提醒时，仍要导入的理由")
    parser.add_argument("--dry-run", action="store_true", help="只列出问题和变动，不导入")


def run(arguments: argparse.Namespace) -> int:
    if arguments.verb == "people template":
        _template(arguments)
        return Exit.DONE
    with opened(arguments) as office:
        return _import(office, arguments)


def _template(arguments: argparse.Namespace) -> None:
    from core.rosters.roster_template import write_template
    from core.rulebook.agency_file import load_agency

    write_template(Path(arguments.file), load_agency(place_of(arguments).folder / "agency.toml"))
    tell(f"已写出 {arguments.file}，填好后用 guizhang people import 导入")
    if arguments.json:
        say_json({"file": arguments.file})


def _import(office: "Office", arguments: argparse.Namespace) -> int:
    from core.acts import Act, Verb
    from core.registers.roster import ROSTER
    from core.rosters.roster_file import read_roster_files

    read = read_roster_files([Path(each) for each in arguments.files])
    basis = arguments.basis or f"导入 {'、'.join(Path(each).name for each in arguments.files)}"
    values = {"basis": basis, **read.values}
    act = Act(Verb.SUBMIT, actor(office, arguments), ROSTER.key, values=values, reason=arguments.reason)
    if not arguments.dry_run and not read.faults:
        office.tick()
        result = office.perform(act)
        if result.done and result.matter is not None and result.receipt is not None:
            from core.verdict import receipt_line, receipt_to_json

            changes = _said(office, result.follows)
            _say(_notes(read, result.verdict), changes, arguments.json, receipt_to_json(result.receipt))
            if not arguments.json:
                say(f"{result.matter.number} 已登记 {len(changes)} 处变动")
                say(receipt_line(result.receipt))
            return Exit.DONE
        verdict = result.verdict
    else:
        verdict = office.preview(act)
    faults = [*read.faults, *(_notes(read, verdict, all_levels=True) if read.count else ())]
    allowed = verdict.allowed and not read.faults
    _say(faults, _changes(office, verdict) if allowed else [], arguments.json, None)
    tell(f"共 {len(faults)} 处问题和提示，没有导入" if not allowed else "可以导入；这次只是试一遍，没有登记")
    return exit_of(verdict) if not read.faults else Exit.USAGE


def first_people(place: Place, path: Path, json: bool) -> "PeopleFile":
    """The people of an office that is to be set up. Raises UsageFault, having told its problems, when it has any."""
    from core.office import Office
    from core.rosters.founding import founding
    from core.rosters.roster_file import read_roster_files

    read = read_roster_files([path])
    office = Office.open(place.config, place.agency, ":memory:")
    try:
        found = founding(office, {"basis": f"建立时导入 {path.name}", **read.values})
    finally:
        office.close()
    if read.faults or found.people is None:
        faults = [*read.faults, *(_notes(read, found.verdict, all_levels=True) if read.count else ())]
        _say(faults, [], json, None)
        raise UsageFault(f"共 {len(faults)} 处问题和提示，没有建立记录库")
    return found.people


def _notes(read: "RosterFile", verdict: "Verdict", all_levels: bool = False) -> list["RosterFault"]:
    """The findings in the order of the rows; of an import that is done only what it was told."""
    order = {"people": 0, "tenures": 1, "oversights": 2}
    found = [each for each in verdict.findings if all_levels or each.level.value == "note"]

    def place(at: str) -> tuple[int, int]:
        head, _, tail = at.partition(".")
        number = tail.split(".")[0]
        return order.get(head, -1), int(number) if number.isdecimal() else 0

    return [read.placed(each) for each in sorted(found, key=lambda each: place(each.at))]


def _changes(office: "Office", verdict: "Verdict") -> list[str]:
    """What an allowed roster would change."""
    from core.registers.roster_reading import read_roster

    if verdict.matter is None:
        return []
    roster = read_roster(verdict.matter, office.desk.organisation, office.desk.day)
    return _said(office, [each.change for each in roster.registrations])


def _said(office: "Office", effects: Iterable["Effect"]) -> list[str]:
    """Changes of people, one sentence each."""
    from core.people import Oversight, Person, Tenure
    from core.records import EndTenure
    from core.registers.roster_reading import changed, described

    said, organisation = [], office.desk.organisation
    for each in effects:
        if isinstance(each, Person | Tenure | EndTenure | Oversight):
            organisation = changed(organisation, each)
            said.append(described(each, organisation))
    return said


def _say(faults: list["RosterFault"], changes: list[str], json: bool, receipt: object) -> None:
    from core.rulebook.model import GENERAL

    if json:
        rows = [
            {
                "file": each.file,
                "sheet": each.sheet,
                "row": each.row,
                "column": each.column,
                "message": each.message,
                "clause": each.clause.key if each.clause else "",
            }
            for each in faults
        ]
        say_json({"problems": rows, "changes": changes, "receipt": receipt})
        return
    for fault in faults:
        # What the form itself asks for needs no clause beside it.
        own = fault.clause if fault.clause and fault.clause.regulation != GENERAL else None
        say(f"{fault}（{own.label}）" if own else str(fault))
    for change in changes:
        say(change)

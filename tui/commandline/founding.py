"""A store from its first day: setting an office up, taking its documents out, and bringing them into a new store."""

import argparse
from pathlib import Path

from tui.commandline.dates import day_of
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import Place, place_of, stored


def arguments(parser: Parser, verb: str) -> None:
    if verb == "init":
        said = "首批人员的文件（people.toml 的写法，或 .xlsx 名册）；不写则用单位目录里的 people.toml"
        parser.add_argument("--people", metavar="文件", help=said)
    else:
        parser.add_argument(
            "file", metavar="文件", help="记录文件（JSON）" + ("，不能已经存在" if verb == "export" else "")
        )
    if verb != "export":
        parser.add_argument("--since", metavar="日期", help="从哪一天起计例行事项，如 2026-01-01；不写为今天")


def run(arguments: argparse.Namespace) -> int:
    {"init": _init, "export": _export, "import": _import}[arguments.verb](arguments)
    return Exit.DONE


def _init(arguments: argparse.Namespace) -> None:
    from core.office import Office
    from core.rulebook.people_file import load_people
    from core.verdict import receipt_line, receipt_to_json

    place, since = place_of(arguments), day_of(arguments.since)
    people_file = Path(arguments.people) if arguments.people is not None else place.folder / "people.toml"
    if not people_file.is_file():
        raise UsageFault(f"没有人员文件 {people_file}，请用 --people 写明首批人员的文件")
    _folder(place)
    # The people are read before there is a store, so that a fault among them leaves nothing behind.
    from core.rulebook.agency_file import load_agency

    agency = load_agency(place.folder / "agency.toml")
    if people_file.suffix == ".toml":
        people = load_people(people_file, agency)
    else:
        from tui.commandline.people import first_people

        people = first_people(place, people_file, arguments.json)
    office = Office.open(place.config, place.agency, place.store)
    try:
        receipt = office.found(people.people, people.tenures, people.oversights, since)
    finally:
        office.close()
    if arguments.json:
        say_json({"store": str(place.store), "people": len(people.people), "receipt": receipt_to_json(receipt)})
    else:
        say(f"“{agency.title}”已建立，登记 {len(people.people)} 人，记录库在 {place.store}")
        say(receipt_line(receipt))


def _folder(place: Place) -> None:
    place.store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _export(arguments: argparse.Namespace) -> None:
    from core.store.exchange import export_documents

    with stored(arguments) as store:
        count = export_documents(store, arguments.file)
    tell(f"已导出 {count} 份记录到 {arguments.file}")
    if arguments.json:
        say_json({"documents": count, "file": arguments.file})


def _import(arguments: argparse.Namespace) -> None:
    from core.office import Office
    from core.rosters.adopting import adopt

    place, since = place_of(arguments), day_of(arguments.since)
    if not Path(arguments.file).is_file():
        raise UsageFault(f"没有文件 {arguments.file}")
    _folder(place)
    office = Office.open(place.config, place.agency, place.store)
    try:
        count = adopt(office, Path(arguments.file), since)
    finally:
        office.close()
    tell(f"已导入 {count} 份记录到 {place.store}")
    if arguments.json:
        say_json({"documents": count, "store": str(place.store)})

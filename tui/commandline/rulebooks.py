"""Regulations checked and read: every fault at once, or the clauses with what carries them out. No store is needed."""

import argparse
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import GuizhangError, RulebookInvalid
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, say_table, tell
from tui.commandline.parser import Parser
from tui.commandline.place import AGENCY, agencies, agency_key, config_folder

if TYPE_CHECKING:
    from core.rulebook.model import Clause, Regulation, Rulebook


def arguments(parser: Parser, verb: str) -> None:
    if verb == "rulebook check":
        parser.add_argument("--people", action="store_true", help="逐条流程查有没有无人可办的环节，谁不在会停下什么")
    if verb == "rulebook show":
        parser.add_argument("clause", nargs="?", metavar="条款", help="制度编号，或制度编号/条款号，如 finance/6(1)(b)")


def run(arguments: argparse.Namespace) -> int:
    config = config_folder(arguments.config)
    keys = chosen_agencies(config, arguments.agency)
    if arguments.verb == "rulebook show":
        return _show(config, keys, arguments)
    if arguments.people and not any(True for key in keys for _ in _faults(config, key)):
        from tui.commandline.reach import check_people

        return check_people(config, keys, arguments)
    return _check(config, keys, arguments.json)


def chosen_agencies(config: Path, given: str | None) -> list[str]:
    """The agency that is named, or all of them."""
    if given is not None or AGENCY in os.environ:
        return [agency_key(config, given)]
    found = agencies(config)
    if not found:
        raise UsageFault(f"目录 {config} 里一个单位也没有")
    return found


@dataclass(frozen=True, slots=True)
class _Fault:
    """One thing wrong with an agency's files."""

    agency: str
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.file} 第 {self.line} 行" if self.line else self.file
        return f"{where}：{self.message}"


def _check(config: Path, keys: list[str], json: bool) -> int:
    faults = [fault for key in keys for fault in _faults(config, key)]
    if json:
        say_json(
            [{"agency": each.agency, "file": each.file, "line": each.line, "message": each.message} for each in faults]
        )
    for fault in () if json else faults:
        say(str(fault))
    tell(f"共 {len(faults)} 处问题" if faults else f"{'、'.join(keys)}：没有问题")
    return Exit.USAGE if faults else Exit.DONE


def _faults(config: Path, key: str) -> Iterator[_Fault]:
    """Every fault of an agency's files; what rests on a faulty agency file is not read."""
    from core.days.calendar import Calendar
    from core.host import Host, PluginState
    from core.office import rulebook_texts
    from core.rulebook.agency_file import load_agency
    from core.rulebook.load import load_rulebook
    from core.rulebook.people_file import load_people

    folder = config / "agencies" / key
    try:
        agency = load_agency(folder / "agency.toml")
    except RulebookInvalid as error:
        yield from _placed(config, key, error)
        return
    host = Host(agency.families)
    for loaded in host.loaded:
        if loaded.state is PluginState.FAULT:
            file = (folder / "agency.toml").as_posix()
            yield _Fault(key, file, 0, f"业务模块“{loaded.name}”没有装上（{loaded.reason}）")
    steps: list[Callable[[], object]] = [
        lambda: load_rulebook(rulebook_texts(config, key), agency, host.families),
        lambda: Calendar.load(config / "national", agency.own_days).open_table(),
    ]
    if (folder / "people.toml").is_file():
        steps.append(lambda: load_people(folder / "people.toml", agency))
    for step in steps:
        try:
            step()
        except GuizhangError as error:
            yield from _placed(config, key, error)
        except (OSError, ValueError) as error:
            yield _Fault(key, config.as_posix(), 0, str(error))


def _placed(config: Path, key: str, error: GuizhangError) -> Iterator[_Fault]:
    folders = (config / "agencies" / key / "rulebook", config / "agencies" / key, config / "national", config)
    if not isinstance(error, RulebookInvalid):
        yield _Fault(key, config.as_posix(), 0, str(error))
        return
    for fault in error.faults:
        found = next((folder / fault.path for folder in folders if (folder / fault.path).exists()), Path(fault.path))
        yield _Fault(key, found.as_posix(), fault.line, fault.message)


def loaded_rulebook(config: Path, key: str) -> "Rulebook":
    """The rulebook of an agency, read without a store. Raises RulebookInvalid."""
    from core.host import Host
    from core.office import rulebook_texts
    from core.rulebook.agency_file import load_agency
    from core.rulebook.load import load_rulebook

    agency = load_agency(config / "agencies" / key / "agency.toml")
    return load_rulebook(rulebook_texts(config, key), agency, Host(agency.families).families)


def _show(config: Path, keys: list[str], arguments: argparse.Namespace) -> int:
    books = [loaded_rulebook(config, key) for key in keys]
    if arguments.clause is None:
        _say_regulations(books, arguments.json)
        return Exit.DONE
    name, _, no = arguments.clause.partition("/")
    found = [
        (book, regulation, clause)
        for book in books
        for regulation, clause in book.clauses()
        if name in (regulation.id, regulation.title) and no in ("", clause.no)
    ]
    if not found:
        raise UsageFault(f"没有“{arguments.clause}”这项制度或条款，全部制度见 guizhang rulebook show")
    if arguments.json:
        say_json([_clause_json(*each) for each in found])
    elif no:
        for each in found:
            _say_clause(*each)
    else:
        rows = [
            (book.agency, f"{each.id}/{clause.no}", clause.name, clause.classed.title, clause.text)
            for book, each, clause in found
        ]
        say_table(("单位", "编号", "条款", "落实", "内容"), rows, "这项制度没有条款")
    return Exit.DONE


def _say_regulations(books: list["Rulebook"], json: bool) -> None:
    regulations = [
        {
            "agency": book.agency,
            "regulation": each.id,
            "title": each.title,
            "family": each.family,
            "clauses": len(each.clauses),
        }
        for book in books
        for each in book.regulations.values()
    ]
    if json:
        say_json(regulations)
        return
    rows = [(each["agency"], each["regulation"], each["title"], each["clauses"]) for each in regulations]
    say_table(("单位", "编号", "制度", "条数"), rows, "没有制度")


def _clause_json(book: "Rulebook", regulation: "Regulation", clause: "Clause") -> dict[str, Any]:
    return {
        "agency": book.agency,
        "regulation": regulation.id,
        "title": regulation.title,
        "no": clause.no,
        "name": clause.name,
        "kind": clause.kind,
        "class": clause.classed.value,
        "text": clause.text,
        "note": clause.note,
        "manual": clause.manual,
        "rules": [use.id for use in clause.rules],
        "chains": [{"matter": chain.matter, "steps": [step.title for step in chain.steps]} for chain in clause.chains],
        "duties": [duty.title for duty in clause.duties],
        "records": list(clause.records),
        "settings": [str(key) for key in clause.settings],
        "line": clause.line,
    }


def _say_clause(book: "Rulebook", regulation: "Regulation", clause: "Clause") -> None:
    citation = book.cite(f"{regulation.id}/{clause.no}")
    say(f"{citation.label}（{citation.key}，{clause.classed.title}，{book.title}）")
    say(f"  {clause.text}")
    for use in clause.rules:
        say(f"  规则：{use.kind.title}（{use.level.title}，{use.id}）")
    for chain in clause.chains:
        say(f"  流程：{' → '.join(step.title for step in chain.steps)}")
    for heading, words in (
        ("例行", [duty.title for duty in clause.duties]),
        ("必须记录", clause.records),
        ("设定", [f"{key} = {value}" for key, value in clause.settings.items()]),
        ("说明", [clause.note] if clause.note else []),
        ("由人判断", [clause.manual] if clause.manual else []),
    ):
        if words:
            say(f"  {heading}：{'；'.join(words)}")

"""Regulations tried on their cases: which cases fail and where, and what each clause was seen to do."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, say_table, tell
from tui.commandline.parser import Parser
from tui.commandline.place import agency_key, config_folder
from tui.commandline.rulebooks import chosen_agencies, loaded_rulebook

if TYPE_CHECKING:
    from core.rulebook.coverage import Tally
    from core.rulebook.faults import RulebookFault


def arguments(parser: Parser, verb: str) -> None:
    if verb == "rulebook test":
        parser.add_argument("paths", nargs="*", metavar="路径", help="案例文件或目录；不写则为单位的全部案例")


def run(arguments: argparse.Namespace) -> int:
    config = config_folder(arguments.config)
    if arguments.verb == "rulebook coverage":
        _coverage(config, chosen_agencies(config, arguments.agency), arguments.json)
        return Exit.DONE
    return _test(config, arguments)


@dataclass(frozen=True, slots=True)
class _Failure:
    """A row of a case that did not come out as expected, or could not be read."""

    file: str
    line: int
    expected: str
    got: str


@dataclass
class _Trial:
    """What came of an agency's cases."""

    cases: int
    passed: int
    failed: list[_Failure]
    tallies: dict[str, "Tally"]


def _case_files(paths: Sequence[Path]) -> Iterator[Path]:
    from core.cases.files import case_paths

    for path in paths:
        if not path.exists():
            raise UsageFault(f"没有案例文件或目录 {path}")
        yield from case_paths(path)


def _tried(config: Path, key: str, files: Sequence[Path]) -> _Trial:
    from core.cases.files import read_cases
    from core.cases.play import office_factory, run_case
    from core.rulebook.coverage import Tally

    trial = _Trial(0, 0, [], {})
    factory = office_factory(config, key) if files else None
    for path in files:
        read = read_cases(path, path.as_posix())
        trial.failed += [_failure(fault, "") for fault in read.faults]
        for case in read.cases:
            assert factory is not None
            result = run_case(case, factory)
            expected = {row.line: "；".join(row.expected) for row in case.rows}
            trial.cases += 1
            trial.passed += result.passed
            trial.failed += [_failure(fault, expected.get(fault.line, "")) for fault in result.faults]
            for clause, tally in result.tallies.items():
                trial.tallies[clause] = trial.tallies.get(clause, Tally()).plus(tally)
    return trial


def _failure(fault: "RulebookFault", expected: str) -> _Failure:
    return _Failure(fault.path, fault.line, expected, fault.message)


def _own_cases(config: Path, key: str) -> list[Path]:
    folder = config / "agencies" / key / "cases"
    return list(_case_files([folder])) if folder.is_dir() else []


def _test(config: Path, arguments: argparse.Namespace) -> int:
    if arguments.paths:
        by_agency: dict[str, list[Path]] = {}
        for path in _case_files([Path(each) for each in arguments.paths]):
            by_agency.setdefault(_agency_of(config, path, arguments.agency), []).append(path)
    else:
        by_agency = {key: _own_cases(config, key) for key in chosen_agencies(config, arguments.agency)}
    trials = [_tried(config, key, files) for key, files in by_agency.items()]
    cases, passed = sum(each.cases for each in trials), sum(each.passed for each in trials)
    failed = [failure for each in trials for failure in each.failed]
    if arguments.json:
        rows = [{"file": each.file, "line": each.line, "expected": each.expected, "got": each.got} for each in failed]
        say_json({"cases": cases, "passed": passed, "failed": rows})
    else:
        for each in failed:
            wanted = f"预期 {each.expected}；" if each.expected else ""
            say(f"{each.file} 第 {each.line} 行：{wanted}{each.got}")
    tell(f"共 {cases} 个案例，通过 {passed} 个" + (f"，{len(failed)} 处不符" if failed else ""))
    return Exit.REFUSED if failed else Exit.DONE


def _agency_of(config: Path, path: Path, given: str | None) -> str:
    """The agency whose folder the file lies in, unless one is named."""
    if given is None:
        try:
            return path.resolve().relative_to((config / "agencies").resolve()).parts[0]
        except ValueError:
            pass
    return agency_key(config, given)


def _coverage(config: Path, keys: list[str], json: bool) -> None:
    from core.rulebook.coverage import coverage

    rows = [
        row
        for key in keys
        for row in coverage(loaded_rulebook(config, key), _tried(config, key, _own_cases(config, key)).tallies)
    ]
    if json:
        say_json([row.to_json() for row in rows])
        return
    say_table(
        ("单位", "编号", "条款", "落实", "通过", "拒绝", "由什么落实"),
        [
            (
                row.agency,
                f"{row.regulation}/{row.no}",
                row.name,
                row.classed.title,
                row.passes,
                row.refuses,
                "、".join(row.rules) or row.why,
            )
            for row in rows
        ],
        "没有条款",
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.classed.title] = counts.get(row.classed.title, 0) + 1
    tell(f"共 {len(rows)} 条：" + "，".join(f"{title} {count}" for title, count in counts.items()))

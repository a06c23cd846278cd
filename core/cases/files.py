"""Case files: what a clerk writes down of an act and what should come of it, in a Markdown table or a worksheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from core.cases.words import Filled, read_filled
from core.errors import RulebookInvalid
from core.fields import Directory, Field, Kind, read
from core.rulebook.faults import RulebookFault, meant
from core.rulebook.texts import read_text
from core.text import hidden_character

COLUMNS = ("日期", "谁", "做什么", "填写", "预期", "依据")
_NEEDED = ("日期", "谁", "做什么", "预期")
_AS_ABOVE = ("日期", "谁", "做什么")
"""Columns whose empty cells repeat the row above."""

DITTO = "同上"
_DAY = Field("day", "日期", Kind.DATE)
_WIDE = str.maketrans("（）／", "()/")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One act of a case: when, who, what, with which blanks filled in, what is expected, by which clauses."""

    line: int
    day: date
    who: str
    action: str
    filled: Mapping[str, Filled]
    expected: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a title and its rows, played in order on a fresh office."""

    path: str
    line: int
    title: str
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The cases of one file, and what could not be read of it."""

    cases: tuple[Case, ...]
    faults: tuple[RulebookFault, ...] = ()


@dataclass
class _Reading:
    """One file being read."""

    path: str
    cases: list[Case] = field(default_factory=list)
    faults: list[RulebookFault] = field(default_factory=list)

    def fault(self, line: int, message: str) -> None:
        self.faults.append(RulebookFault(self.path, line, message))

    def table(self, title: str, line: int, lines: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Read one case: its header row and the rows under it, each with its line."""
        rows = iter(lines)
        at, header = next(rows)
        columns = self._columns(at, [cell.strip() for cell in header])
        if columns is None:
            return
        read_rows: list[CaseRow] = []
        above: dict[str, str] = {}
        for at, cells in rows:
            if len(cells) > len(header):
                self.fault(at, f"这一行有 {len(cells)} 格，表头只有 {len(header)} 格；文字中的竖线要写成 \\|")
                continue
            given = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
            for name in COLUMNS:
                if given.get(name, "") == DITTO or (name in _AS_ABOVE and not given.get(name)):
                    given[name] = above.get(name, "")
            above = given
            if row := self._row(at, given):
                read_rows.append(row)
        if not read_rows:
            self.fault(line, f"案例“{title}”没有可用的行")
        self.cases.append(Case(self.path, line, title, tuple(read_rows)))

    def _columns(self, line: int, header: Sequence[str]) -> Sequence[str] | None:
        sound = True
        for name in header:
            if name not in COLUMNS:
                self.fault(line, f"表头没有“{name}”这一栏，{meant(name, COLUMNS)}")
                sound = False
        for name in _NEEDED:
            if name not in header:
                self.fault(line, f"表头缺少“{name}”一栏")
                sound = False
        return header if sound else None

    def _row(self, line: int, given: Mapping[str, str]) -> CaseRow | None:
        before = len(self.faults)
        for name in _NEEDED:
            if not given.get(name):
                self.fault(line, f"“{name}”没有填写")
        for name, cell in given.items():
            if hidden := hidden_character(cell):
                self.fault(line, f"“{name}”含有不可见的{hidden}，请删除")
        filled: Mapping[str, Filled] = {}
        day: object = None
        try:
            filled = read_filled(given.get("填写", ""))
            day = read(_DAY, given["日期"], Directory()) if given.get("日期") else None
        except ValueError as error:
            self.fault(line, str(error))
        clauses = _listed(given.get("依据", "").translate(_WIDE), "、，,；; ")
        for clause in clauses:
            if "/" not in clause:
                self.fault(line, f"依据“{clause}”应写成“制度编号/条款号”，例如 finance/6(1)(b)")
        if len(self.faults) > before or not isinstance(day, date):
            return None
        expected = _listed(given["预期"], "；;")
        return CaseRow(line, day, given["谁"], given["做什么"], filled, expected, clauses)


def read_cases(path: Path, shown: str = "") -> CaseFile:
    """The cases of a `.md` or `.xlsx` file; `shown` is how faults name it. Never raises for what a clerk wrote."""
    reading = _Reading(shown or path.name)
    try:
        if path.suffix == ".xlsx":
            _read_workbook(path, reading)
        else:
            _read_markdown(read_text(path), reading)
    except RulebookInvalid as error:
        reading.faults += [RulebookFault(reading.path, fault.line, fault.message) for fault in error.faults]
    if not reading.cases and not reading.faults:
        reading.fault(0, "没有案例；案例由一行标题（# 开头）和标题下的一张表组成")
    return CaseFile(tuple(reading.cases), tuple(sorted(reading.faults)))


def case_paths(place: Path) -> list[Path]:
    """The case files at a place: the file itself, or all in a folder."""
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*") if path.suffix in (".md", ".xlsx"))
    return sorted(path for path in found if not path.name.startswith((".", "~")))


def _listed(text: str, separators: str) -> tuple[str, ...]:
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return tuple(part.strip() for part in text.split(separators[0]) if part.strip())


def _read_markdown(text: str, reading: _Reading) -> None:
    title, line, taken = "", 0, False
    for start, block in _blocks(text):
        if block[0].startswith("#"):
            title, line, taken = block[0].lstrip("#").strip(), start, False
            continue
        if not title or taken:
            reading.fault(start, "每张表上面都要有一行自己的标题（# 开头），用来称呼这个案例")
            continue
        taken = True
        rows = [(start + number, _cells(row)) for number, row in enumerate(block)]
        if len(rows) < 2 or not _is_rule(rows[1][1]):
            reading.fault(start, "表头下面要有一行分隔线，例如 |---|---|---|---|---|---|")
            continue
        reading.table(title, line, [rows[0], *rows[2:]])


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Headings and tables with the line they start on; anything else is the author's own words."""
    table: list[str] = []
    start = 0
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        row = raw.strip()
        if row.startswith("|"):
            start = start if table else number
            table.append(row)
            continue
        if table:
            yield start, table
            table = []
        if row.startswith("#"):
            yield number, [row]


def _cells(row: str) -> list[str]:
    """The cells of a table row; a stroke after a backslash belongs to its cell, `<br>` parts two blanks."""
    cells = row.removeprefix("|").replace("\\|", "\0").rstrip().removesuffix("|").split("|")
    return [cell.replace("\0", "|").replace("<br>", "；").strip() for cell in cells]


def _is_rule(cells: Sequence[str]) -> bool:
    return all(cell and not cell.strip("-: ") for cell in cells)


def _read_workbook(path: Path, reading: _Reading) -> None:
    # openpyxl takes a fifth of a second to import, and most cases are Markdown.
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as error:
        reading.fault(0, f"文件打不开（{type(error).__name__}），请确认是 .xlsx 表格")
        return
    for sheet in book.worksheets:
        rows = [
            (number, [_cell(value) for value in row]) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
        rows = [(number, cells) for number, cells in rows if any(cells)]
        if not rows:
            continue
        width = max((at for at, cell in enumerate(rows[0][1], 1) if cell), default=0)
        reading.table(sheet.title, rows[0][0], [(number, _trimmed(cells, width)) for number, cells in rows])
    book.close()


def _trimmed(cells: list[str], width: int) -> list[str]:
    """The cells under the header; empty ones beyond it are dropped."""
    return cells[:width] if not any(cells[width:]) else cells


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("\n", "；").strip()

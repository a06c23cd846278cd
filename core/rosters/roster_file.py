"""A roster as a spreadsheet or as tables of separated values: its rows, and where in the file each of them stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.fields import Field
from core.finding import Citation, Finding
from core.registers.roster import OVERSIGHTS, PEOPLE, ROSTER, TENURES
from core.tables_of_text import LARGEST_FILE, decoded, separated, sheet_rows, workbook
from core.text import nearest

EXAMPLE = "示例"
"""A row whose first cell begins with this is passed over."""

NOTES = "说明"
"""Name of a sheet that is not read."""

_MOST_ROWS = 5_000
_SHEETS: Mapping[str, Field] = {blank.title: blank for blank in ROSTER.fields if blank.columns}
_BY_KEY = {blank.key: blank for blank in _SHEETS.values()}
_TELLING = {"职务": TENURES, "分管科室": OVERSIGHTS, "分管工作": OVERSIGHTS, "身份": PEOPLE}
"""Headings by which a table that has no name of its own is known."""


@dataclass(frozen=True, slots=True)
class RosterFault:
    """What is wrong with a cell: file, sheet, row (0 where the whole sheet is meant), column, and a sentence."""

    file: str
    sheet: str
    row: int
    column: str
    message: str
    clause: Citation | None = None

    def __str__(self) -> str:
        sheet = f"“{self.sheet}”表" if self.sheet else ""
        row = f"第 {self.row} 行" if self.row else ""
        return f"{self.file}{sheet}{row}{f'“{self.column}”' if self.column else ''}：{self.message}"


@dataclass
class RosterFile:
    """The rows of one or several files as the form of a roster takes them, with the faults of the files themselves."""

    values: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    faults: list[RosterFault] = field(default_factory=list)
    _places: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)

    def add(self, blank: Field, row: dict[str, str], place: tuple[str, str, int]) -> None:
        self.values.setdefault(blank.key, []).append(row)
        self._places.setdefault(blank.key, []).append(place)

    def placed(self, finding: Finding) -> RosterFault:
        """A finding on the roster as a fault of the cell it is about."""
        key, number, column = (*finding.at.split("."), "", "")[:3]
        message, clause = f"{finding.facts}；{finding.remedy}", finding.clause
        places = self._places.get(key, [])
        if not number.isdecimal() or not 1 <= int(number) <= len(places):
            return RosterFault("、".join(self.files), "", 0, "", message, clause)
        titles = {each.key: each.title for each in _BY_KEY[key].columns}
        said = f"{_BY_KEY[key].title}第 {number} 行的"
        title = titles.get(column, "")
        facts = finding.facts.removeprefix(said).removeprefix(f"{title}：").removeprefix(f"“{title}”")
        plain = facts == "未填写" or facts.endswith("？")
        file, sheet, row = places[int(number) - 1]
        return RosterFault(file, sheet, row, title, facts if plain else f"{facts}；{finding.remedy}", clause)

    @property
    def files(self) -> list[str]:
        """The files that rows came from."""
        return list(dict.fromkeys(file for places in self._places.values() for file, _, _ in places))

    @property
    def count(self) -> int:
        """How many rows were read."""
        return sum(len(rows) for rows in self.values.values())


def read_roster_files(paths: Iterable[Path]) -> RosterFile:
    """All rows of the files; what is wrong with the files themselves is among the faults."""
    found = RosterFile()
    for path in paths:
        fault = _reader(path, found)
        if fault:
            found.faults.append(RosterFault(path.name, "", 0, "", fault))
    if not found.count and not found.faults:
        found.faults.append(RosterFault("名册", "", 0, "", "一行也没有填；从标题下面的第二行填起"))
    return found


def _reader(path: Path, found: RosterFile) -> str:
    """Read one file; the sentence why it cannot be read, or nothing."""
    if not path.is_file():
        return "没有这个文件，请核对路径"
    if path.stat().st_size > LARGEST_FILE:
        return "文件太大，一份名册最多十兆字节"
    match path.suffix.lower():
        case ".xlsx":
            return _spreadsheet(path, found)
        case ".csv" | ".txt":
            return _separated(path, found)
        case _:
            return "只能导入 .xlsx 或 .csv 文件，请另存为其中一种"


def _spreadsheet(path: Path, found: RosterFile) -> str:
    try:
        with workbook(path) as book:
            for sheet in book.worksheets:
                _sheet(path.name, sheet, found)
    except ValueError as error:
        return str(error)
    return ""


def _sheet(file: str, sheet: Any, found: RosterFile) -> None:
    if sheet.title == NOTES:
        return
    blank = _SHEETS.get(sheet.title.strip())
    if blank is None:
        hint = nearest(sheet.title, _SHEETS)
        meant = f"是否指“{hint}”？" if hint else f"可用：{'、'.join(_SHEETS)}"
        found.faults.append(RosterFault(file, sheet.title, 0, "", f"不认识这张表，{meant}"))
        return
    _table(file, sheet.title, blank, sheet_rows(sheet), found)


def _separated(path: Path, found: RosterFile) -> str:
    text = decoded(path.read_bytes())
    if text is None:
        return "不是 UTF-8 或 GB18030 编码的文字，请另存为“CSV UTF-8”后再导入"
    try:
        rows = separated(text)
    except ValueError as error:
        return str(error)
    headings = next((row for row in rows if any(row)), [])
    key = next((_TELLING[each] for each in headings if each in _TELLING), PEOPLE if "姓名" in headings else "")
    if not key:
        return (
            f"看不出是哪一张表，第一行要写各栏的标题，如：{'、'.join(each.title for each in _BY_KEY[PEOPLE].columns)}"
        )
    _table(path.name, "", _BY_KEY[key], rows, found)
    return ""


def _table(file: str, sheet: str, blank: Field, rows: Iterable[Sequence[str]], found: RosterFile) -> None:
    """The rows under their headings; unknown headings, missing ones and formulas are faults."""
    numbered = ((number, row) for number, row in enumerate(rows, 1) if any(row))
    heading, headings = next(numbered, (0, ()))
    columns = dict(_headings(file, sheet, heading, headings, blank, found))
    missing = [each.title for each in blank.columns if each.required and each.title not in columns.values()]
    if missing and heading:
        message = f"缺少“{'”“'.join(missing)}”一栏，标题要写在第一行"
        found.faults.append(RosterFault(file, sheet, heading, "", message))
    for count, (number, row) in enumerate(numbered):
        if count >= _MOST_ROWS:
            found.faults.append(
                RosterFault(file, sheet, number, "", f"行数太多，一次最多 {_MOST_ROWS} 行，请分几次导入")
            )
            return
        if next((cell for cell in row if cell), "").startswith(EXAMPLE):
            continue
        values = {title: row[at] for at, title in columns.items() if at < len(row) and row[at]}
        for title, text in values.items():
            if text.startswith(("=", "#")):
                message = f"“{text}”是公式或出错的单元格，请改成填好的内容"
                found.faults.append(RosterFault(file, sheet, number, title, message))
        if values and not missing:
            found.add(blank, values, (file, sheet, number))


def _headings(
    file: str, sheet: str, row: int, headings: Sequence[str], blank: Field, found: RosterFile
) -> Iterator[tuple[int, str]]:
    titles = [each.title for each in blank.columns]
    for at, heading in enumerate(headings):
        title = heading.rstrip("*＊ ")
        if title in titles:
            yield at, title
        elif title:
            hint = nearest(title, titles)
            meant = f"是否指“{hint}”？" if hint else f"可用：{'、'.join(titles)}"
            found.faults.append(RosterFault(file, sheet, row, heading, f"没有这一栏，{meant}"))

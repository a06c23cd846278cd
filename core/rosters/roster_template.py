"""An empty roster to fill in: a sheet for people, for the posts they hold and for what leaders are in charge of."""

import os
from collections.abc import Sequence
from pathlib import Path

from core.agency import Agency
from core.errors import StoreError
from core.fields import Field, Kind
from core.registers.roster import ROSTER
from core.rosters.roster_file import EXAMPLE, NOTES
from core.system_errors import reason

_LAST_ROW = 2000
"""The last row that has drop-down lists."""
_WIDTH = 16


def write_template(path: Path, agency: Agency) -> None:
    """Write the template with the agency's own posts, units and functions. Raises StoreError when the file exists."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if path.suffix.lower() != ".xlsx":
        raise StoreError(f"文件名应以 .xlsx 结尾，不能是“{path.name}”")
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = NOTES
    posts, units = [each.title for each in agency.posts.values()], [each.title for each in agency.units.values()]
    functions = list(agency.functions.values())
    for line in _notes(agency, functions):
        notes.append([line])
    notes.column_dimensions["A"].width = 100
    lists = {"B": ["职务", *posts], "C": ["科室", *units], "D": ["分管工作", *functions]}
    for letter, items in lists.items():
        for number, item in enumerate(items, 1):
            notes[f"{letter}{number}"] = item
    for blank in (each for each in ROSTER.fields if each.columns):
        sheet = book.create_sheet(blank.title)
        sheet.append([each.title for each in blank.columns])
        sheet.append(_example(blank, posts, units, functions))
        sheet.freeze_panes = "A2"
        for at, column in enumerate(blank.columns, 1):
            letter = get_column_letter(at)
            sheet[f"{letter}1"].font = Font(bold=True)
            sheet.column_dimensions[letter].width = _WIDTH
            if column.kind is Kind.DATE:
                sheet.column_dimensions[letter].number_format = "yyyy-mm-dd"
            source = {
                Kind.CHOICE: f'"{",".join(column.choices)}"',
                Kind.POST: f"{NOTES}!$B$2:$B${len(posts) + 1}",
                Kind.UNIT: f"{NOTES}!$C$2:$C${len(units) + 1}",
            }.get(column.kind)
            if source:
                choice = DataValidation("list", formula1=source, allow_blank=True)
                choice.add(f"{letter}2:{letter}{_LAST_ROW}")
                sheet.add_data_validation(choice)
    book.active = 1
    try:
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            book.save(file)
    except FileExistsError:
        raise StoreError(f"文件 {path} 已存在，请换一个文件名") from None
    except OSError as error:
        raise StoreError(f"文件 {path} 写不成，请核对目录和权限（{reason(error)}）") from None


def _notes(agency: Agency, functions: Sequence[str]) -> list[str]:
    return [
        f"{agency.title}人员名册",
        "“人员”一人一行，编号不变；“任职”一职一行，兼职写几行；“分管”一位领导一行，写全他分管的。",
        f"以“{EXAMPLE}”开头的行不导入，可以留着。",
        "日期写作 2026-03-02。仍在任的不填截止日期；离任的，在原来那一行填上截止日期。",
        "已登记而没有变动的行可以留在表里；没有写到的人不受影响。",
        f"“分管科室”“分管工作”有多个的，以顿号分开，如：{'、'.join(functions[:2]) or '财务、人事'}。",
        "导入前先试一遍：guizhang people import 文件 --dry-run",
    ]


def _example(blank: Field, posts: Sequence[str], units: Sequence[str], functions: Sequence[str]) -> list[str]:
    """A row that shows how each column is written."""
    last_unit = units[-1] if units else ""
    shown = {
        "key": f"{EXAMPLE}P001",
        "person": f"{EXAMPLE}P001",
        "name": "张示例",
        "post": posts[-1] if posts else "",
        "unit": last_unit,
        "units": "、".join(units[-2:]),
        "functions": "、".join(functions[:2]),
        "since": "2026-03-02",
        "basis": "文件名称和文号",
    }
    return [column.choices[0] if column.choices else shown.get(column.key, "") for column in blank.columns]

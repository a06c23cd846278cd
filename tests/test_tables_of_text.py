"""Rows from a table that people keep in a file, in whatever program wrote it."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from core.tables_of_text import rows_of

WRITTEN = "人员,时刻,备注\n赵一,08:25,\n\n钱二,08:31,堵车\n"
ROWS = [{"人员": "赵一", "时刻": "08:25"}, {"人员": "钱二", "时刻": "08:31", "备注": "堵车"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_table_reads_alike_in_every_usual_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "考勤机.csv"
    path.write_bytes(WRITTEN.replace(",", separator).encode(encoding))
    assert rows_of(path) == ROWS


def test_a_spreadsheet_reads_as_the_same_rows(tmp_path: Path) -> None:
    from datetime import time

    from openpyxl import Workbook

    book = Workbook()
    for row in (["人员", "时刻", "备注"], ["赵一", time(8, 25), None], [None, None, None], ["钱二", "08:31", "堵车"]):
        book.active.append(row)
    book.save(tmp_path / "考勤机.xlsx")
    assert rows_of(tmp_path / "考勤机.xlsx") == ROWS


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("空.csv", b"", "没有可读的行"),
        ("只有标题.csv", "人员,时刻\n".encode(), "没有可读的行"),
        ("乱码.csv", b"\x81\xff\xff\xff", "不是 UTF-8"),
        ("不是表格.xlsx", b"abc", "打不开"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(tmp_path: Path, name: str, raw: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(ValueError, match=said):
        rows_of(tmp_path / name)
    with pytest.raises(ValueError, match="没有这个文件"):
        rows_of(tmp_path / "没有.csv")


def rebuilt(path: Path, part: str, old: bytes, new: bytes) -> None:
    """The spreadsheet with something else in one part of it."""
    with ZipFile(path) as packed:
        parts = {each: packed.read(each) for each in packed.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + b" " * 120_000_000, "展开以后太大"),
        ("xl/worksheets/sheet1.xml", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', "夹带了声明"),
        ("xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="1048576"', "行数太多"),
        ("xl/worksheets/sheet1.xml", b"</row>", b"</rwo>", "打不开"),
        ("xl/workbook.xml", b"</sheets>", b"", "打不开"),
    ],
    ids=["unpacked", "declaring", "a-million-rows", "broken-row", "broken-book"],
)
def test_a_spreadsheet_made_to_harm_is_refused_in_a_sentence(
    tmp_path: Path, part: str, old: bytes, new: bytes, said: str
) -> None:
    from openpyxl import Workbook

    book, path = Workbook(), tmp_path / "表.xlsx"
    for row in (["人员", "时刻"], ["赵一", "08:25"]):
        book.active.append(row)
    book.save(path)
    rebuilt(path, part, old, new)
    with pytest.raises(ValueError, match=said):
        rows_of(path)

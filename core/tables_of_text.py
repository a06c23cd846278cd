"""Tables that people keep in files: spreadsheets and separated values, read as rows of text."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

LARGEST_FILE = 10_000_000
"""Bytes a file of rows may have."""
_MOST_ROWS, _MOST_COLUMNS = 20_000, 100
"""How far a sheet is read; a file of a few bytes can claim a million rows of sixteen thousand cells."""
_LARGEST_UNPACKED = 100_000_000
"""Bytes a spreadsheet may have once it is unpacked; more than any office writes, and no more than memory holds."""


def decoded(raw: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 or GB18030; None when it is none of them."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def cell_text(value: object) -> str:
    """A cell as people write it: days and times without what is nought, whole numbers without a point."""
    match value:
        case None:
            return ""
        case datetime() if value.time() != time():
            return value.isoformat(" ", "minutes")
        case datetime() | date():
            return value.isoformat()[:10]
        case time():
            return value.isoformat("minutes")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()


def separated(text: str) -> list[list[str]]:
    """The rows of separated values, whichever of comma, tab and semicolon parts them; ValueError says what is wrong."""
    first = text.lstrip().split("\n", 1)[0]
    separator = max(",\t;", key=first.count)
    try:
        return [
            [cell_text(each) for each in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise ValueError(f"不合 CSV 的写法（{error}），请在表格软件里打开后另存一次") from None


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """An open spreadsheet, for reading; ValueError says why it cannot be read."""
    # openpyxl takes a fifth of a second to import.
    import zlib
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    # Either parser of XML raises a SyntaxError of its own.
    broken = (InvalidFileException, BadZipFile, zlib.error, SyntaxError, OSError, KeyError, EOFError, RuntimeError)
    try:
        _check_packed(path)
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            yield book
        finally:
            book.close()
    except broken as error:
        raise ValueError(f"打不开（{type(error).__name__}），请确认是 .xlsx 表格，没有设密码") from None


def _check_packed(path: Path) -> None:
    """What is small packed may be huge unpacked, or declare names that stand for more and more text."""
    from zipfile import ZipFile

    with ZipFile(path) as packed:
        parts = packed.infolist()
        declaring = any(b"<!DOCTYPE" in packed.open(each).read(1024).replace(b"\0", b"") for each in parts)
    if declaring or sum(each.file_size for each in parts) > _LARGEST_UNPACKED:
        raise ValueError("展开以后太大，或者夹带了声明，不是表格软件写出的，没有读")


def sheet_rows(sheet: Any) -> Iterator[list[str]]:
    """The rows of a sheet as text, as far as anybody fills one; ValueError where it claims to be larger."""
    for number, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS), 1):
        if number > _MOST_ROWS:
            raise ValueError(f"行数太多，一张表最多 {_MOST_ROWS} 行，请删去下面的空行或分成几份")
        yield [cell_text(cell.value) for cell in row]


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file by the headings of its first line; empty ones left out. ValueError says what is wrong."""
    if not path.is_file():
        raise ValueError("没有这个文件")
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"太大，最多 {LARGEST_FILE // 1_000_000} 兆字节")
    if path.suffix.lower() == ".xlsx":
        with workbook(path) as book:
            table: Sequence[Sequence[str]] = list(sheet_rows(book.worksheets[0]))
    else:
        text = decoded(path.read_bytes())
        if text is None:
            raise ValueError("不是 UTF-8 或 GB18030 编码的文字，请另存为“CSV UTF-8”后再用")
        table = separated(text)
    written = [row for row in table if any(row)]
    if len(written) < 2:
        raise ValueError("没有可读的行：第一行写各栏的标题，以下每行一条")
    headings = written[0]
    return [{head: cell for head, cell in zip(headings, row, strict=False) if head and cell} for row in written[1:]]

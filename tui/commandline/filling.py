"""The blanks of a form as they are given on the command line: `栏目=内容`, rows from a table, a JSON file."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tui.commandline.exits import UsageFault

_LONGEST_FILE = 1_000_000
"""Bytes a form's file may have."""
_LONGEST_NUMBER = 30


def filled(blanks: Iterable[str], form: str | None, tables: Iterable[str] = ()) -> dict[str, object]:
    """The blanks by name. Raises UsageFault for what is no `栏目=内容`, or names a blank twice."""
    values: dict[str, object] = _read(form) if form is not None else {}
    for written in blanks:
        name, sign, content = (written if "=" in written else written.replace("＝", "=", 1)).partition("=")
        if not sign or not name.strip():
            raise UsageFault(f"“{written}”应写成 栏目=内容，如 金额=1200")
        if name.strip() in values:
            raise UsageFault(f"“{name.strip()}”一栏填了两次")
        values[name.strip()] = content
    for written in tables:
        name, sign, path = written.partition("=")
        if not sign or not name.strip() or name.strip() in values:
            raise UsageFault(f"“{written}”应写成 栏目=文件，如 签到记录=考勤机.csv，一栏只写一次")
        values[name.strip()] = _rows(name.strip(), path)
    return values


def _rows(blank: str, name: str) -> object:
    """The rows of a file, for a blank that takes several."""
    from core.tables_of_text import rows_of

    try:
        return rows_of(Path(name))
    except ValueError as error:
        raise UsageFault(f"“{blank}”的文件 {name} {error}") from None


def _read(form: str) -> dict[str, object]:
    where = "标准输入" if form == "-" else f"文件 {form} "
    try:
        raw = sys.stdin.buffer.read(_LONGEST_FILE + 1) if form == "-" else _bytes(Path(form))
    except OSError:
        raise UsageFault(f"{where}读不出，请核对路径和权限") from None
    if len(raw) > _LONGEST_FILE:
        raise UsageFault(f"{where}太大，一张表最多一兆字节")
    try:
        # Numbers stay as they are written: an amount must not pass through binary floats.
        data: Any = json.loads(raw.decode("utf-8-sig"), parse_float=str, parse_int=_whole, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise UsageFault(f"{where}不是 UTF-8 编码，请另存为 UTF-8 后再用") from None
    except json.JSONDecodeError as error:
        raise UsageFault(f"{where}第 {error.lineno} 行第 {error.colno} 列不合 JSON 的写法") from None
    except RecursionError:
        raise UsageFault(f"{where}嵌套过深，读不出") from None
    if not isinstance(data, dict):
        raise UsageFault(f'{where}里应是一张表，如 {{"金额": "1200"}}')
    return data


def _whole(digits: str) -> int | str:
    """A whole number; one that is longer than any count or amount stays as it is written."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LONGEST_FILE + 1)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in pairs:
        if name in values:
            raise UsageFault(f"“{name}”一栏填了两次")
        values[name] = value
    return values

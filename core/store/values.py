"""What a document may hold, and its one canonical JSON text."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from core.errors import StoreFailed
from core.text import unstorable_character

INTEGER_LIMIT = 2**53
"""Integers must be smaller in size: beyond it a JSON number read elsewhere is no longer exact."""
REAL_LIMIT = 1e15
"""Floats must be smaller in size: beyond it other engines give them back as other numbers."""
DEPTH_LIMIT = 64
"""Lists and mappings may be nested so many deep, in every engine that reads them."""

_TEXT = frozenset({str})
_NESTED = frozenset({dict, list, tuple})
_PLAIN = _TEXT | _NESTED | {int, bool, type(None)}

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode


def encode(value: object) -> str:
    """The canonical JSON text of a value known to be storable: UTF-8 characters as they are, no spaces."""
    return _encode(value)


def decode(text: str) -> Any:
    """The value of a canonical JSON text. Raises StoreFailed where somebody has spoilt the text."""
    try:
        value, end = _decode(text)
    except ValueError:
        end = -1
    if end != len(text):
        said = "记录库中有一份记录已被损坏，读不出内容；请停止使用，运行 guizhang audit verify --documents 查明是哪一份"
        raise StoreFailed(f"{said}，再从备份恢复")
    return value


def encode_document(document: Mapping[str, object]) -> str:
    """The canonical JSON text of a document.

    Raises `ValueError` or `TypeError`, naming the field, for anything that could not be stored and read back
    unchanged everywhere, or that could act on a reader's terminal.
    """
    plain = dict(document)
    try:
        text = _encode(plain)
    except (TypeError, ValueError, RecursionError):
        _check(plain, "", 0)
        raise
    if not (_shows_as_written(text) and _plainly_sound(plain)):
        _check(plain, "", 0)
    return text


def check_text(text: str, place: str) -> None:
    """Raises `ValueError` when the text holds a character that may not be stored."""
    hidden = unstorable_character(text)
    if hidden is not None:
        raise ValueError(f"{place}含有不能保存的字符（{hidden}），请删去后重新填写")


def _shows_as_written(text: str) -> bool:
    """Whether every text in a JSON text is printable; where one is escaped, nothing is said."""
    return text.isprintable() and "\\" not in text


def _plainly_sound(document: dict[Any, Any]) -> bool:
    """Whether a quick look at the kinds of all values finds nothing to ask about; the rest is walked field by field."""
    level: list[Any] = [document]
    for _ in range(DEPTH_LIMIT):
        below: list[Any] = []
        for held in level:
            if type(held) is dict:
                if not _TEXT.issuperset(map(type, held)):
                    return False
                held = held.values()
            kinds = set(map(type, held))
            if kinds <= _TEXT:
                continue
            if not kinds <= _PLAIN:
                return False
            if int in kinds and not all(-INTEGER_LIMIT < item < INTEGER_LIMIT for item in held if type(item) is int):
                return False
            if kinds & _NESTED:
                below += [item for item in held if type(item) in _NESTED]
        if not below:
            return True
        level = below
    return False


def _check(value: object, place: str, depth: int) -> None:
    kind = type(value)
    if kind is str:
        text = str(value)
        if not text.isprintable():
            check_text(text, _named(place))
    elif value is None or kind is bool:
        return
    elif isinstance(value, Mapping):
        _check_mapping(value, place, depth)
    elif isinstance(value, list | tuple):
        _check_depth(place, depth)
        for number, item in enumerate(value, 1):
            _check(item, f"{place}第{number}项", depth + 1)
    elif isinstance(value, int):
        if abs(value) >= INTEGER_LIMIT:
            raise ValueError(f"{_named(place)}的整数 {value} 过大，请改用文字保存")
    elif isinstance(value, float):
        if not abs(value) < REAL_LIMIT:
            raise ValueError(f"{_named(place)}的数值 {value} 不是有限的数或者过大，请改用文字保存")
    elif isinstance(value, str):
        check_text(value, _named(place))
    else:
        _refuse_kind(value, place)


def _check_mapping(value: Mapping[Any, object], place: str, depth: int) -> None:
    _check_depth(place, depth)
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"{_named(place)}的项名 {key!r} 不是文字，请改用文字作项名")
        if not key.isprintable():
            check_text(key, f"{_named(place)}的项名")
        _check(item, f"{place}·{key}" if place else key, depth + 1)


def _check_depth(place: str, depth: int) -> None:
    if depth >= DEPTH_LIMIT:
        raise ValueError(f"{_named(place)}嵌套过深，最多 {DEPTH_LIMIT} 层，请拆开保存")


def _refuse_kind(value: object, place: str) -> NoReturn:
    raise TypeError(f"{_named(place)}的值属于不能保存的类型（{type(value).__name__}），请先转成文字或数字")


def _named(place: str) -> str:
    return f"“{place}”" if place else "记录"

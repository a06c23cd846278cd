"""The gate for text that people typed: what may be stored, and how wide it stands in a terminal."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

HIDDEN_MARK = "□"
"""Stands on the screen where a character that may not be written was taken out."""

_Kinds = tuple[tuple[int, int, str], ...]
_UNSAFE: _Kinds = (
    (0x0000, 0x0008, "控制字符"),
    (0x000B, 0x001F, "控制字符"),
    (0x007F, 0x009F, "控制字符"),
    (0x061C, 0x061C, "双向文字控制符"),
    (0x200B, 0x200D, "零宽字符"),
    (0x200E, 0x200F, "双向文字控制符"),
    (0x2028, 0x2029, "行段分隔符"),
    (0x202A, 0x202E, "双向文字控制符"),
    (0x2060, 0x2065, "零宽字符"),
    (0x2066, 0x2069, "双向文字控制符"),
    (0x206A, 0x206F, "零宽字符"),
    (0xD800, 0xDFFF, "残缺字符"),
    (0xFEFF, 0xFEFF, "零宽字符"),
    (0xFFF9, 0xFFFB, "零宽字符"),
    (0xFFFE, 0xFFFF, "残缺字符"),
)
"""What could drive a terminal, or cannot be kept."""
_ALIKE: _Kinds = (
    (0x00AD, 0x00AD, "软连字符"),
    (0x034F, 0x034F, "零宽字符"),
    (0x115F, 0x1160, "空白占位符"),
    (0x17B4, 0x17B5, "零宽字符"),
    (0x180B, 0x180F, "变体选择符"),
    (0x2800, 0x2800, "空白占位符"),
    (0x3164, 0x3164, "空白占位符"),
    (0xFDD0, 0xFDEF, "残缺字符"),
    (0xFE00, 0xFE0F, "变体选择符"),
    (0xFFA0, 0xFFA0, "空白占位符"),
    (0xFFF0, 0xFFF8, "零宽字符"),
    (0x1BCA0, 0x1BCA3, "零宽字符"),
    (0x1D173, 0x1D17A, "零宽字符"),
    (0xE0000, 0xE0FFF, "零宽字符"),
)
"""What is not seen, and makes two texts that look the same differ."""


def _any_of(kinds: _Kinds) -> re.Pattern[str]:
    return re.compile(
        "[" + "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last, _ in kinds) + "]"
    )


_UNSTORABLE, _HIDDEN = _any_of(_UNSAFE), _any_of(_UNSAFE + _ALIKE)
_LINE_BREAKS = str.maketrans("\n\t", "  ")
_CUT = ".."


def hidden_character(text: str) -> str | None:
    """Describes the first character that nobody may write, or None: ``双向文字控制符 U+202E``.

    Line feed and tab may be written; every other control, direction, zero-width or blank-looking character may not,
    because it could drive a reader's terminal or show one text and store another. Combining marks that letters are
    written with stay.
    """
    return _described(_HIDDEN.search(text))


def unstorable_character(text: str) -> str | None:
    """Describes the first character that the store does not keep, or None. What was written before more characters
    were refused is kept as it is.
    """
    return _described(_UNSTORABLE.search(text))


def _described(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    code = ord(found.group())
    kind = next(kind for first, last, kind in _UNSAFE + _ALIKE if first <= code <= last)
    return f"{kind} U+{code:04X}"


def clean(text: str) -> str:
    """The text for display, with `HIDDEN_MARK` in place of each character that may not be written."""
    return _HIDDEN.sub(HIDDEN_MARK, text)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like the word, for the "是不是…" of an error sentence; None when none is like it."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(candidates), n=1, cutoff=0.5)
    return close[0] if close else None


@lru_cache(maxsize=16384)
def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """Terminal cells the text takes on one line; ambiguous characters count one, combining ones none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


def fit(text: str, cells: int) -> str:
    """The text as one line of exactly that many cells: padded with spaces, or cut and ended by two full stops."""
    line = text.translate(_LINE_BREAKS)
    taken = width(line)
    if taken <= cells:
        return line + " " * (cells - taken)
    mark = _CUT[: max(cells, 0)]
    room = cells - len(mark)
    kept: list[str] = []
    for character in line:
        room -= _cells(character)
        if room < 0:
            room += _cells(character)
            break
        kept.append(character)
    return "".join(kept) + mark + " " * max(room, 0)

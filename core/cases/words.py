"""The 填写 cell of a case: `金额=1000；事由=购打印纸；票据=[发票号=123，金额=500]［…］`."""

import re
from collections.abc import Callable, Iterator, Mapping

Filled = str | tuple[Mapping[str, str], ...]
"""What one blank is filled with: text, or the rows of a blank that has rows."""

Plain = Callable[[str], str]
"""Puts the escaped marks of a part back."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PRIVATE = 0x10F000
_BRACKETS = {"[": "]", "［": "］"}
_OUTER = re.compile(r"[；;\n]")
# A comma between digits that a group of three follows belongs to an amount.
_INNER = re.compile(r"[；;，\n]|(?<!\d),|,(?!\d{3}(?!\d))")
_EQUALS = re.compile(r"[=＝]")


def read_filled(text: str) -> dict[str, Filled]:
    """The blanks a cell fills in, by their titles; ValueError says which part cannot be read.

    A backslash before a mark makes it part of the text.
    """
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return chr(_PRIVATE + len(kept) - 1)

    def plain(part: str) -> str:
        return "".join(kept[ord(each) - _PRIVATE] if _private(each, len(kept)) else each for each in part).strip()

    filled: dict[str, Filled] = {}
    for part in _split_outside(_ESCAPED.sub(keep, text)):
        name, value = _pair(part, plain)
        if name in filled:
            raise ValueError(f"“{name}”填写了两次")
        rows = _rows(value) if value[:1] in _BRACKETS else None
        if rows is None:
            filled[name] = plain(value)
            continue
        filled[name] = tuple(
            {key: plain(cell) for key, cell in (_pair(each, plain) for each in _INNER.split(row) if each.strip())}
            for row in rows
        )
    return filled


def _private(character: str, count: int) -> bool:
    return _PRIVATE <= ord(character) < _PRIVATE + count


def _pair(part: str, plain: Plain) -> tuple[str, str]:
    halves = _EQUALS.split(part, maxsplit=1)
    if len(halves) != 2 or not halves[0].strip():
        raise ValueError(f"填写中的“{plain(part)}”没有写成“栏目=内容”，几项之间用“；”隔开")
    return plain(halves[0]), halves[1].strip()


def _split_outside(text: str) -> Iterator[str]:
    """The parts between semicolons that stand outside of brackets."""
    start, closing = 0, ""
    for at, character in enumerate(text):
        if closing:
            closing = "" if character == closing else closing
        elif character in _BRACKETS:
            closing = _BRACKETS[character]
        elif _OUTER.match(character):
            if text[start:at].strip():
                yield text[start:at].strip()
            start = at + 1
    if closing:
        raise ValueError(f"填写中有一个“{_opening(closing)}”没有对应的“{closing}”")
    if text[start:].strip():
        yield text[start:].strip()


def _opening(closing: str) -> str:
    return next(opening for opening, other in _BRACKETS.items() if other == closing)


def _rows(value: str) -> list[str]:
    """The insides of brackets that stand one after the other."""
    rows = []
    while value:
        closing = _BRACKETS.get(value[0])
        if closing is None:
            raise ValueError(f"填写中“{value}”应写在方括号里，每行一对方括号")
        inside, _, value = value[1:].partition(closing)
        rows.append(inside)
        value = value.lstrip("，、,； ")
    return rows

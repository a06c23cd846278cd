"""Reading how a regulation's clauses are cited, and giving every clause its words."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from core.rulebook.faults import meant
from core.rulebook.model import Clause
from core.rulebook.numbering import ARTICLES, Numbering, place_of, placeholders, shape
from core.rulebook.tables import Table
from core.rulebook.values import plain_text

_LATIN = re.compile("[A-Za-z]")
_CHINESE = re.compile("[一-鿿]")


def named(
    head: Table, clauses: Sequence[Clause], tables: Sequence[Table], kept: Sequence[str] | None = None
) -> tuple[Clause, ...]:
    """The clauses with what they are called, each read from the table of its place.

    A fault at the clause where nothing says what it is called, or where another place is called the same; in texts kept
    from earlier days the clause's own title of then, or its number, is what it is called.
    """
    places = [place_of(clause.no) for clause in clauses]
    numbering = _numbering(head, places)
    called: dict[str, str] = {}
    found = []
    for number, (clause, place, table) in enumerate(zip(clauses, places, tables, strict=True)):
        words = numbering.words(clause.no)
        if kept is not None:
            words = words or kept[number] or place
        elif place and not words:
            table.fault("no", f"没有写明怎样称呼条款“{place}”，{_how(place)}")
        elif words and called.setdefault(words, place) != place:
            told = f"条款“{called[words]}”和“{place}”都称“{words}”，分不清"
            table.fault("no", f"{told}，请在 [regulation] 的“names”另写名称")
        found.append(replace(clause, name=words))
    return tuple(found)


def _how(place: str) -> str:
    name = f'names = {{ "{place}" = "流程图" }}'
    if "1" not in shape(place):
        return f"请在 [regulation] 写它的中文名，例如 {name}"
    sample = f'numbering = {{ "{shape(place)}" = "第一条第一款" }}'
    return f"请在 [regulation] 写这样的编号怎样引用，例如 {sample}；没有编号的写名称，例如 {name}"


def _numbering(head: Table, places: Sequence[str]) -> Numbering:
    samples, names = head.table("numbering"), head.table("names")
    return Numbering(
        {**ARTICLES, **(_words(samples, _sample) if samples else {})},
        _words(names, partial(_name, list(dict.fromkeys(places)))) if names else {},
    )


def _words(table: Table, checked: Callable[[str, Any], str]) -> dict[str, str]:
    found = {key: table.read(key, partial(checked, key), "") for key in table.values}
    return {key: words for key, words in found.items() if words}


def _sample(key: str, raw: Any) -> str:
    if key != shape(place_of(key)) or "1" not in key:
        raise ValueError('不是编号的写法：数字一律写 1，不带拆分用的字母，例如 "1(1)"')
    words, numbers = _in_chinese(raw, "第一条（一）"), key.count("1")
    if (given := placeholders(words)) != numbers:
        raise ValueError(f"有 {numbers} 个数字，“{words}”里有 {given} 个，请照文件的写法用“一”“1”“①”逐个写出")
    return words


def _name(places: Sequence[str], place: str, raw: Any) -> str:
    if place not in places:
        raise ValueError(f"不是本制度的条款号，{meant(place, places)}")
    return _in_chinese(raw, "流程图")


def _in_chinese(raw: Any, example: str) -> str:
    words = plain_text(raw)
    if _LATIN.search(words) or not _CHINESE.search(words):
        raise ValueError(f"要写中文，例如“{example}”，不能是“{words}”")
    return words

"""What is wrong with a configuration file: where, and a sentence that says what to write instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import tomli

from core.rulebook.positions import Place, line_index
from core.text import nearest

_SHOWN = 12
"""How many valid names a sentence lists where none is like the given one."""

_SYNTAX = {
    "Unterminated string": "字符串没有结束，缺少引号",
    "Illegal character": "字符串缺少后面的引号，或含有不能出现的字符",
    "Unclosed array": "方括号“[”没有对应的“]”，或两项之间缺少逗号",
    "Unclosed inline table": "花括号“{”没有对应的“}”，或两项之间缺少逗号",
    "Expected '=' after a key": "名称后面缺少等号“=”",
    "Expected newline or end": "一项写完后应换行",
    "Expected ']": "小标题的方括号没有写完",
    "Invalid initial character": "名称写法不对，名称只用字母、数字和连字符，含其他字符时加引号",
    "Invalid statement": "这一行既不是小标题，也不是“名称 = 值”",
    "Invalid value": "等号后面的值写法不对，文字要加引号",
    "Invalid date": "日期写法不对，应写成 2026-03-02",
    "Cannot overwrite a value": "同一个名称写了两次",
    "Duplicate inline table key": "同一个名称写了两次",
    "Cannot declare": "同一个小标题写了两次",
    "Unescaped": "字符串里的反斜杠“\\”要写成“\\\\”",
}
_FULL_WIDTH = dict(zip("“”＝［］｛｝，＂＃．", '""=[]{},"#.', strict=True))


@dataclass(frozen=True, slots=True, order=True)
class RulebookFault:
    """One fault: the file, the line (0 where the whole file is meant), and a sentence."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.path} 第 {self.line} 行" if self.line else self.path
        return f"{where}：{self.message}"


@dataclass
class Sheet:
    """One file being read: its text, and the faults found in it so far."""

    path: str
    text: str
    faults: list[RulebookFault] = field(default_factory=list)

    @cached_property
    def _lines(self) -> dict[Place, int]:
        return line_index(self.text)

    def line(self, place: Place) -> int:
        """The line on which a place stands, or the closest thing around it that has one."""
        if not self.text:
            return 0
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 0)

    def fault(self, place: Place, message: str) -> None:
        self.faults.append(RulebookFault(self.path, self.line(place), message))

    def parse(self) -> dict[str, Any] | None:
        """The file's tables; None, with the fault noted, where it is not TOML."""
        try:
            return tomli.loads(self.text)
        except tomli.TOMLDecodeError as error:
            self.faults.append(RulebookFault(self.path, error.lineno, _syntax(error)))
        except RecursionError:
            self.faults.append(RulebookFault(self.path, 0, "括号套得太深，读不出"))
        return None


def unknown(what: str, word: str, candidates: Iterable[str], titles: dict[str, str] | None = None) -> str:
    """`没有“X”这个职务，是否指“Y”？`, or the valid names where none is like it; `titles` maps titles to names."""
    names = list(candidates)
    if titles and word in titles:
        return f"没有“{word}”这个{what}，应写“{titles[word]}”"
    return f"没有“{word}”这个{what}，{meant(word, names)}"


def meant(word: str, names: Sequence[str]) -> str:
    """The second half of such a sentence."""
    close = nearest(word, names)
    if close:
        return f"是否指“{close}”？"
    if not names:
        return "这里一个也没有"
    return f"可用：{'、'.join(names[:_SHOWN])}{'等' if len(names) > _SHOWN else ''}"


def slip(word: str, names: Iterable[str]) -> str | None:
    """The name that differs from the word by a letter or two; None where none does."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(names), n=1, cutoff=0.85)
    return close[0] if close else None


def _syntax(error: tomli.TOMLDecodeError) -> str:
    row = error.doc.splitlines()[error.lineno - 1 : error.lineno]
    before = row[0][: error.colno] if row else ""
    wide = next((character for character in reversed(before) if character in _FULL_WIDTH), "")
    said = next((words for start, words in _SYNTAX.items() if error.msg.startswith(start)), "写法不符合格式要求")
    hint = f"；这里用了全角的“{wide}”，请改为半角的 {_FULL_WIDTH[wide]}" if wide and '"' not in before else ""
    return f"第 {error.colno} 列：{said}{hint}"

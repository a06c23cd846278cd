"""Where things stand in a TOML text: the line of every table, key and array element."""

import json
import re
from bisect import bisect_right
from typing import Final

Place = tuple[str | int, ...]
"""The way to a value: `("clause", 3, "rule", 0, "use")`; clauses, rules and array elements count from 0."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE: Final = re.compile(r"[ \t]*")
_KEY: Final = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_STRING: Final = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})|\'\'\'[\s\S]*?\'\'\'(?:\'{0,2})|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
)
_BARE: Final = re.compile(r"[^,\]}\n#]*")


def line_index(text: str) -> dict[Place, int]:
    """The line (from 1) of every place in a text that is valid TOML; what it cannot follow it leaves out."""
    scanner = _Scanner(text)
    scanner.run()
    return scanner.lines


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Place, int] = {(): 1}
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._counts: dict[Place, int] = {}

    def run(self) -> None:
        table: Place = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            before = self.at
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
            if self.at == before:
                return

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found.group()

    def _note(self, place: Place, at: int) -> None:
        self.lines.setdefault(place, bisect_right(self._ends, at - 1) + 1)

    def _names(self) -> list[str]:
        names = []
        while True:
            self._skip(_SPACE)
            names.append(_plain(self._skip(_KEY)))
            self._skip(_SPACE)
            if self.text[self.at : self.at + 1] != ".":
                return names
            self.at += 1

    def _header(self) -> Place:
        start = self.at
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        names = self._names()
        self.at += 2 if many else 1
        place: Place = ()
        for name in names[:-1]:
            place = (*place, name)
            if place in self._counts:
                place = (*place, self._counts[place])
        place = (*place, names[-1])
        self._note(place, start)
        if many:
            self._counts[place] = self._counts.get(place, -1) + 1
            place = (*place, self._counts[place])
            self._note(place, start)
        return place

    def _pair(self, table: Place) -> None:
        start = self.at
        place = table
        for name in self._names():
            place = (*place, name)
            self._note(place, start)
        if self.text[self.at : self.at + 1] == "=":
            self.at += 1
            self._skip(_SPACE)
            self._value(place)

    def _value(self, place: Place) -> None:
        match self.text[self.at : self.at + 1]:
            case "[":
                self._elements(place, "]")
            case "{":
                self._elements(place, "}")
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_BARE)

    def _elements(self, place: Place, end: str) -> None:
        self.at += 1
        number = 0
        while True:
            self._skip(_BLANK)
            if self.at >= len(self.text) or self.text[self.at] == end:
                self.at += 1
                return
            before = self.at
            if end == "]":
                self._note((*place, number), self.at)
                self._value((*place, number))
            else:
                self._pair(place)
            number += 1
            self._skip(_BLANK)
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
            if self.at == before:
                self.at = len(self.text)
                return


def _plain(key: str) -> str:
    if key.startswith('"'):
        try:
            return str(json.loads(key))
        except ValueError:
            return key[1:-1]
    return key[1:-1] if key.startswith("'") else key

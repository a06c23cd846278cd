"""The one gate between words from people or records and the terminal."""

from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size
from textual.content import Content

from core.text import clean

CUT_MARK = ".."
"""Ends a text too long for its place. ASCII, because an ellipsis is two cells wide on many Chinese terminals."""

_NEVER_FIRST = frozenset("，。、；：？！）〕】》〉」』”’％,.;:?!)]}%")
_NEVER_LAST = frozenset("（〔【《〈「『“‘([{")


def shown(text: object) -> str:
    """The text as a terminal may have it: line ends of one kind, a tab is a space, every unsafe character a box."""
    words = str(text)
    if words.isprintable():
        return words
    return clean(words.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ")


def line(text: object) -> str:
    """The text as one line: like `shown`, with line feeds turned into spaces."""
    return shown(text).replace("\n", " ")


def plain(text: object) -> Content:
    """Unstyled content holding the text literally; brackets in it are brackets."""
    return Content(shown(text))


def cells(text: str) -> int:
    """The width of a cleaned text in terminal cells."""
    return cell_len(text)


def cut(text: object, room: int) -> str:
    """The text as one line in at most ``room`` cells, its end marked when something was left out."""
    words = line(text)
    if cell_len(words) <= room:
        return words
    mark = CUT_MARK[: max(0, room)]
    return _head(words, room - len(mark)) + mark


def fit(text: object, room: int, *, right: bool = False) -> str:
    """The text as one line in exactly ``room`` cells, cut or padded; ``right`` puts the padding before it."""
    return _fit(line(text), room, right)


@lru_cache(maxsize=4096)
def _fit(words: str, room: int, right: bool) -> str:
    words = cut(words, room)
    padding = " " * (room - cell_len(words))
    return padding + words if right else words + padding


def _head(words: str, room: int) -> str:
    """As many leading characters as fill at most ``room`` cells."""
    used = 0
    for index, character in enumerate(words):
        used += get_character_cell_size(character)
        if used > room:
            return words[:index]
    return words


def wrap(text: object, room: int) -> list[str]:
    """The text in lines of at most ``room`` cells; no line starts with closing or ends with opening punctuation."""
    room = max(2, room)
    return [piece for paragraph in shown(text).split("\n") for piece in _wrapped(paragraph, room)]


def _wrapped(paragraph: str, room: int) -> list[str]:
    lines: list[str] = []
    rest = paragraph
    while cell_len(rest) > room:
        end = _break(rest, len(_head(rest, room)))
        lines.append(rest[:end].rstrip(" "))
        rest = rest[end:].lstrip(" ")
    lines.append(rest)
    return lines


def _break(words: str, end: int) -> int:
    """Where to end a line that can hold ``end`` characters, stepping back over forbidden punctuation and words."""
    end = max(1, end)
    for place in range(end, max(1, end - 12), -1):
        before, after = words[place - 1], words[place]
        inside_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if after not in _NEVER_FIRST and before not in _NEVER_LAST and not inside_word:
            return place
    return end

"""How clauses are cited: from the ids of a rulebook to the words an office names the places of its document by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_SPLIT = re.compile(r"\([a-z]+\)$")
_NUMBER = re.compile(r"[1-9]\d*")
_PLACEHOLDER = re.compile("[一1①]")
_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

ARTICLES: Mapping[str, str] = {"1": "第一条", "1(1)": "第一条（一）", "1(1)(1)": "第一条（一）1"}
"""How a document of articles is cited; what a regulation declares comes before it."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How one document numbers its places.

    `samples` cites the first place of every shape of number (`1(1)`: `第一条（一）`); 一, 1 and ① in it stand for the
    numbers of the id, written in that way. `names` are the places that bear no number, or share one.
    """

    samples: Mapping[str, str] = field(default_factory=lambda: dict(ARTICLES))
    names: Mapping[str, str] = field(default_factory=dict)

    def words(self, no: str) -> str:
        """What a clause is called: `第六条（一）` for `6(1)(b)`. Empty where neither a sample nor a name says."""
        place = place_of(no)
        if place in self.names:
            return self.names[place]
        numbers = iter(_NUMBER.findall(place))
        sample = self.samples.get(shape(place), "")
        return _PLACEHOLDER.sub(lambda found: _written(int(next(numbers)), found.group()), sample)


def place_of(no: str) -> str:
    """The place of the document that a clause is part of: its id without the letter that splits it."""
    return _SPLIT.sub("", no)


def shape(place: str) -> str:
    """A place with every number as 1: `5(1)(10)` is numbered like `1(1)(1)`."""
    return _NUMBER.sub("1", place)


def placeholders(sample: str) -> int:
    """How many numbers a sample has room for."""
    return len(_PLACEHOLDER.findall(sample))


def ordinal(number: int) -> str:
    """A number below a thousand as headings count: 十, 二十三, 一百零五; a larger one in digits."""
    if number > 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def _written(number: int, like: str) -> str:
    if like == "①" and number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    return ordinal(number) if like == "一" else str(number)

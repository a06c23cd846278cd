"""One TOML table being read: typed values out, a fault for everything that is not as it should be."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from core.people import Span
from core.rulebook.faults import Sheet, meant
from core.rulebook.positions import Place
from core.rulebook.values import plain_date, plain_flag, plain_number, plain_text

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Table:
    """Reading a key marks it as known; `close` reports every key that nobody asked for."""

    def __init__(self, sheet: Sheet, place: Place, values: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.place = place
        self.values = values
        self._known: dict[str, None] = {}

    def has(self, key: str) -> bool:
        self._known.setdefault(key)
        return key in self.values

    def fault(self, key: str, message: str) -> None:
        """Note a fault at a key of this table, or at the table itself where the key is empty."""
        self.sheet.fault((*self.place, key) if key else self.place, message)

    def read(self, key: str, reader: Callable[[Any], T], default: T) -> T:
        """The value as `reader` understands it; its ValueError becomes a fault and the default stands in."""
        if not self.has(key):
            return default
        try:
            return reader(self.values[key])
        except ValueError as error:
            self.fault(key, f"“{key}”{error}")
            return default

    def needed(self, key: str, what: str) -> bool:
        """Whether a key is there and not empty; a fault where it is not."""
        if self.has(key) and self.values[key] not in ("", [], {}):
            return True
        self.fault("", f"{what}缺少“{key}”")
        return False

    def text(self, key: str, default: str = "") -> str:
        return self.read(key, plain_text, default)

    def flag(self, key: str, default: bool = False) -> bool:
        return self.read(key, plain_flag, default)

    def number(self, key: str, default: int = 0, least: int = 0) -> int:
        return self.read(key, lambda raw: plain_number(raw, least), default)

    def day(self, key: str, default: date) -> date:
        return self.read(key, plain_date, default)

    def span(self) -> Span:
        """`since` and `until`, both days included."""
        span = Span(self.day("since", date.min), self.day("until", date.max))
        if span.until < span.since:
            self.fault("until", f"截止日 {span.until} 早于起始日 {span.since}")
        return span

    def texts(self, key: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        if not self.has(key):
            return ()
        raw = self.values[key]
        found = []
        for number, each in enumerate(raw if isinstance(raw, list) else [raw]):
            try:
                found.append(plain_text(each))
            except ValueError as error:
                self.sheet.fault((*self.place, key, number), f"“{key}”{error}")
        return tuple(found)

    def choice(self, key: str, choices: type[E], default: E) -> E:
        """A member of an enumeration, by its value."""
        word = self.text(key, default.value)
        names = [each.value for each in choices]
        if word in names:
            return choices(word)
        self.fault(key, f"“{key}”不能填“{word}”，{meant(word, names)}")
        return default

    def table(self, key: str) -> "Table | None":
        """A table inside this one."""
        if not self.has(key):
            return None
        raw = self.values[key]
        if isinstance(raw, dict):
            return Table(self.sheet, (*self.place, key), raw)
        self.fault(key, f"“{key}”应写成花括号里的若干项，例如 {key} = {{ … }}")
        return None

    def tables(self, key: str) -> "list[Table]":
        """The tables of a list: `[[key]]`, or tables in square brackets."""
        if not self.has(key):
            return []
        raw = self.values[key]
        if not isinstance(raw, list):
            self.fault(key, f"“{key}”应写成方括号里的若干项")
            return []
        found = []
        for number, each in enumerate(raw):
            place = (*self.place, key, number)
            if isinstance(each, dict):
                found.append(Table(self.sheet, place, each))
            else:
                self.sheet.fault(place, f"“{key}”的第 {number + 1} 项应写在花括号里")
        return found

    def close(self, what: str, also: Sequence[str] = ()) -> None:
        """Report the keys that do not belong here."""
        names = [*self._known, *also]
        for key in self.values:
            if key not in names:
                self.fault(key, f"{what}没有“{key}”这一项，{meant(key, names)}")

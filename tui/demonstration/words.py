"""The words of a form, filled in for the day it is filed on."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from core.matter import Matter
from core.money import format_money
from core.office import Office
from core.records import Duty
from tui.demonstration.plan import Typed

Row = Mapping[str, str]


class Words:
    """Knows what `{today}`, `{month}`, `{later}` (three weeks on), `{serial}` and the named numbers are."""

    def __init__(self, office: Office, chance: Random) -> None:
        self._office, self._chance = office, chance
        self._named: dict[str, str] = {}
        self._serial = 0

    def name(self, name: str, number: str) -> None:
        """Let `{name}` be the number of a matter from now on."""
        self._named[name] = number

    def number(self, name: str) -> str:
        """The number that goes by a name; empty where none does."""
        return self._named.get(name, "")

    def filled(
        self,
        typed: Typed,
        first: Matter | None = None,
        duty: Duty | None = None,
        prepared: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The form with its words filled in: the `{number}` and, by their keys, the blanks of the matter it or its duty
        follows from; of a duty its `{period}`, `{unit}` and `{owner}`. A table in the place of rows goes into every row
        prepared.
        """
        self._serial += 1
        day = self._office.desk.day
        words = {
            "today": day.isoformat(),
            "month": f"{day:%Y-%m}",
            "later": (day + timedelta(weeks=3)).isoformat(),
            "serial": f"{self._serial:05d}",
            **self._named,
        }
        if duty is not None:
            words |= {"period": duty.period, "unit": duty.unit, "owner": next(iter(duty.owners), "")}
            first = self._office.desk.matter(duty.matter)
        if first is not None:
            words |= {key: _text(value) for key, value in first.values.items()}
            words["number"] = first.number
        return {key: self._value(value, words, (prepared or {}).get(key, ())) for key, value in typed.items()}

    def _value(self, value: Any, words: Mapping[str, str], prepared: Sequence[Row]) -> Any:
        match value:
            case str():
                return value.format_map(words)
            case dict():
                return [{**row, **_row(value, words)} for row in prepared]
            case list():
                return [row for each in value for row in self._rows(each, words)]
            case _:
                return value

    def _rows(self, row: Row, words: Mapping[str, str]) -> list[dict[str, str]]:
        """One row; with `each`, one for everyone selected who is not away, as `{person}` at some `{minute}`."""
        if "each" not in row:
            return [_row(row, words)]
        desk = self._office.desk
        there = (each for each in desk.selected(row["each"]) if not desk.organisation.absence(each, desk.day))
        told = {key: text for key, text in row.items() if key != "each"}
        return [_row(told, {**words, "person": one, "minute": f"{self._chance.randint(5, 28):02d}"}) for one in there]


def _row(row: Row, words: Mapping[str, str]) -> dict[str, str]:
    return {key: text.format_map(words) for key, text in row.items()}


def _text(value: Any) -> str:
    return format_money(value) if isinstance(value, Decimal) else str(value)

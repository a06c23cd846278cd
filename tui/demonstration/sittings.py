"""The meetings of a season: announced some days before, held item by item, as the plan's script says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from core.matter import State
from core.office import Office
from tui.demonstration.plan import Script, Sitting, Typed

File = Callable[[str, str, Mapping[str, Any]], str]
"""Files a matter of a kind as a person; its number, empty where it was refused."""


class Sittings:
    """Calls a body together when matters wait for it, and lets its members report, speak and vote."""

    def __init__(self, office: Office, sitting: Sitting, until: date, file: File, hurry: Callable[[str], None]) -> None:
        self._office, self._sitting, self._file, self._hurry = office, sitting, file, hurry
        self._until = until
        self._notice = ""
        self._held_on, self._next = until, date.min
        self._items: list[str] = []
        self._heard: set[str] = set()
        self._serial = 0

    def pass_day(self, day: date) -> None:
        """What the body does on a day: on one weekday it is called together, on another it sits."""
        if day.weekday() == self._sitting.announced_on and not self._notice:
            self._announce(day)
        elif day == self._held_on and self._notice and not self._is_left:
            self._sit(day)

    @property
    def _is_left(self) -> bool:
        """Whether the meeting that is announced is the one left to be held."""
        return self._sitting.ready and self._held_on == self._until

    def _announce(self, day: date) -> None:
        last = self._sitting.ready and day + timedelta(days=7) > self._until
        held_on = self._until if last else day + timedelta(days=(self._sitting.held_on - day.weekday()) % 7)
        waiting, rested = self._waiting(), last or held_on >= self._next
        if not waiting or not rested or not self._office.calendar.is_workday(held_on):
            return
        self._items = waiting[: self._sitting.most]
        self._heard.update(self._items)
        self._serial += 1
        notice = self._sitting.notice
        words = self._words(held_on)
        number = self._file(notice.kind, self._person(notice.by), self._expanded(notice.values, words))
        self._notice, self._held_on = number, held_on
        self._next = held_on + timedelta(weeks=self._sitting.weeks)
        if number:
            self._hurry(number)

    def _waiting(self) -> list[str]:
        """What the body can take up: matters that wait for it, and topics admitted for it that no meeting had."""
        desk, body = self._office.desk, self._sitting.body
        waiting = [matter.number for matter in desk.awaiting(body)]
        if self._sitting.topics:
            admitted = desk.matters(self._sitting.topics, state=State.SETTLED, body=body)
            waiting += [each.number for each in reversed(admitted) if each.number not in self._heard]
        return waiting

    def _sit(self, day: date) -> None:
        announced = self._office.desk.matter(self._notice)
        if announced is not None and announced.state is State.SETTLED:
            for by_item, acts in groupby(self._sitting.acts, lambda act: "item" in act.each):
                script = list(acts)
                for words in self._turns(["item"] if by_item else [], self._words(day)):
                    self._play(script, words)
        self._notice = ""

    def _play(self, script: Sequence[Script], words: Mapping[str, str]) -> None:
        """One item from its report to its conclusion, or what is done once for the whole meeting."""
        for act in script:
            for turn in self._turns([each for each in act.each if each != "item"], words):
                self._file(act.kind, self._person(act.by), self._expanded(act.values, turn))

    def _turns(self, each: Sequence[str], words: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        """Once for every combination of what the act is done for: items, and members from the last rank up."""
        if not each:
            yield words
            return
        first, *rest = each
        for place, one in enumerate(self._items if first == "item" else self._members(), 1):
            yield from self._turns(rest, {**words, first: one, f"{first}_place": str(place)})

    def _members(self) -> list[str]:
        desk = self._office.desk
        body = desk.agency.bodies[self._sitting.body]
        posts = desk.organisation.posts
        found = dict.fromkeys(person for selector in body.members for person in desk.selected(selector))
        ranked = sorted(found, key=lambda person: posts[desk.organisation.tenures_of(person, desk.day)[0].post].rank)
        return ranked[::-1]

    def _person(self, selector: str) -> str:
        return self._office.desk.selected(selector)[0]

    def _words(self, day: date) -> dict[str, str]:
        chair = self._members()[-1]
        later = (day + timedelta(days=20)).isoformat()
        return {
            "day": day.isoformat(),
            "serial": str(self._serial),
            "notice": self._notice,
            "chair": chair,
            "later": later,
        }

    def _expanded(self, typed: Typed, words: Mapping[str, str]) -> dict[str, Any]:
        """The values with their words filled in; a table with `each` becomes a row for every item or member."""
        found: dict[str, Any] = {}
        for name, value in typed.items():
            if isinstance(value, Mapping):
                row = {key: text for key, text in value.items() if key != "each"}
                turns = self._turns([value["each"]], words)
                found[name] = [{key: text.format_map(turn) for key, text in row.items()} for turn in turns]
            else:
                found[name] = value.format_map(words)
        return found

"""The controls of a form: one for each kind of blank, all telling what stands in them as typed."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from core.days.terms import period_written, read_period, ways
from core.directory import OfficeDirectory
from core.fields import Field, Kind
from tui.session import Session
from tui.text import cells, line
from tui.widgets.bars import Bar, Piece
from tui.widgets.choice import Choice, Option
from tui.widgets.picker import Candidate, Picker
from tui.widgets.text_area import LongText
from tui.widgets.text_input import TextInput
from tui.wording import reference_text

_HINTS = {
    Kind.MONEY: "元，如 1200 或 1,200.00",
    Kind.DATE: "如 2026-03-02 或 3-2，按 T 填今天",
    Kind.NUMBER: "写数字",
    Kind.PERSON: "姓名或拼音首字母，回车选择",
    Kind.MATTER: "编号或事由，回车选择",
}

_BY_DAY = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")


class TextBlank(TextInput):
    """One line of text, a sum, a day or a number."""

    def __init__(self, blank: Field, raw: Any = "") -> None:
        super().__init__(str(raw or ""), _HINTS.get(blank.kind, ""))

    @property
    def raw(self) -> Any:
        return self.value


class DateBlank(TextBlank):
    """A day: T writes today's; month and day alone are of this year."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t,T", "today", show=False, priority=True)]

    def __init__(self, blank: Field, today: date, raw: Any = "") -> None:
        super().__init__(blank, raw)
        self._today = today

    @property
    def raw(self) -> Any:
        parts = _BY_DAY.fullmatch(self.value.strip())
        return f"{self._today.year}-{int(parts[1]):02}-{int(parts[2]):02}" if parts else self.value

    def action_today(self) -> None:
        self.value = self._today.isoformat()
        self.cursor_position = len(self.value)

    def on_blur(self) -> None:
        self.value = self.raw


class PeriodBlank(TextBlank):
    """A stretch of time, begun with as people read it."""

    def __init__(self, blank: Field, today: date, raw: Any = "") -> None:
        super().__init__(blank, period_written(str(raw or "")))
        self.placeholder = f"如{ways(blank.lengths)}"
        self._lengths, self._today = blank.lengths, today

    @property
    def raw(self) -> Any:
        with suppress(ValueError):
            return read_period(self.value, self._lengths, self._today)
        return self.value

    def on_blur(self) -> None:
        self.value = period_written(self.raw)


class LongBlank(LongText):
    """Several lines."""

    DEFAULT_CSS = "LongBlank, LongBlank:focus { height: 5; }"

    def __init__(self, raw: Any = "") -> None:
        super().__init__(str(raw or ""))

    @property
    def raw(self) -> Any:
        return self.text


class ChoiceBlank(Bar, can_focus=True):
    """One of several words: the arrows or digits choose, Delete takes the choice back.

    Of a list too long for the line, Enter opens it as long as nothing is chosen; Space opens it again.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("space", "change", show=False),
        Binding("delete,backspace", "clear", show=False),
        Binding("enter", "open", show=False),
    ]

    class Changed(Message):
        """Another word was chosen."""

    def __init__(self, title: str, choices: Sequence[str], raw: Any = "") -> None:
        super().__init__()
        self._title, self._choices = title, tuple(choices)
        self._raw = str(raw or "")

    @property
    def raw(self) -> Any:
        return self._raw

    def _choose(self, word: str) -> None:
        self._raw = word
        self.refresh()
        self.post_message(self.Changed())

    def pieces(self, width: int) -> list[Piece]:
        """All words with the chosen one in brackets; where they do not fit, the chosen one alone."""
        base = Style(reverse=True) if self.has_focus else Style()
        if self._all_fit(width):
            return [
                Piece(f"[{line(word)}] ", base + Style(bold=True), word)
                if word == self._raw
                else Piece(f" {line(word)}  ", base if not self._raw else Style(), word)
                for word in self._choices
            ]
        key = "空格重选" if self._raw else "回车选择"
        return [Piece(f"[{line(self._raw) or '未选'}]", base, ""), Piece(f" 共 {len(self._choices)} 项，{key}")]

    def _all_fit(self, width: int) -> bool:
        return sum(cells(line(word)) + 3 for word in self._choices) <= width

    def action_step(self, places: int) -> None:
        if not self._choices:
            return
        at = self._choices.index(self._raw) + places if self._raw in self._choices else min(places, 0)
        self._choose(self._choices[at % len(self._choices)])

    def action_clear(self) -> None:
        self._choose("")

    def action_change(self) -> None:
        if self._all_fit(self.size.width):
            self.action_step(1)
        else:
            self._list()

    def action_open(self) -> None:
        if self._raw or self._all_fit(self.size.width):
            self.screen.focus_next()
        else:
            self._list()

    def _list(self) -> None:
        options = [Option(word, word) for word in self._choices]
        self.app.push_screen(Choice(self._title, options), self._taken)

    def _taken(self, word: str | None) -> None:
        if word:
            self._choose(word)
            self.screen.focus_next()

    def on_key(self, event: events.Key) -> None:
        place = int(event.key) - 1 if event.key.isdecimal() else -1
        if 0 <= place < len(self._choices):
            event.stop()
            self._choose(self._choices[place])

    def on_click(self, event: events.Click) -> None:
        if word := self.key_at(event.x):
            self._choose(word)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()


class ReferBlank(TextInput):
    """Somebody or something named: what is typed is searched for on Enter; what was picked reads with its post."""

    def __init__(self, blank: Field, session: Session, raw: Any = "") -> None:
        self._blank, self._session = blank, session
        self._key = str(raw or "")
        super().__init__(self._told(self._key), _HINTS.get(blank.kind, "回车选择"))

    def _told(self, key: str) -> str:
        return line(reference_text(self._session.desk, self._blank.kind, key)) if key else ""

    @property
    def raw(self) -> Any:
        return self._key if self._key and self.value == self._told(self._key) else self.value.strip()

    def on_input_submitted(self, event: TextInput.Submitted) -> None:
        if self._key and self.value == self._told(self._key):
            return
        event.stop()
        typed = self.value.strip()
        found = self._search()(typed, 2) if typed else ()
        meant = [each for each in found if each.title == typed]
        if len(meant) == 1:
            self._picked(meant[0])
            return
        if typed and not found and self._blank.kind is Kind.TEXT:
            self.screen.focus_next()
            return
        self.app.push_screen(Picker(self._blank.title, self._search(), typed=typed, **self._titles()), self._picked)

    def _picked(self, candidate: Candidate | None) -> None:
        if candidate is not None:
            self._key = candidate.key
            self.value = self._told(candidate.key)
            self.screen.focus_next()

    def _titles(self) -> dict[str, str]:
        match self._blank.kind:
            case Kind.PERSON:
                return {}
            case Kind.MATTER:
                return {"title": "编号", "note": "事项", "placeholder": "输入编号或事由"}
            case Kind.TEXT:
                return {"title": self._blank.title, "note": "台账上最近一行"}
            case _:
                return {"title": "名称", "note": ""}

    def _search(self) -> Callable[[str, int], Sequence[Candidate]]:
        from tui.screens.search import find_listed, find_matters, find_people, find_titled

        session, agency = self._session, self._session.office.agency
        match self._blank.kind:
            case Kind.PERSON:
                return lambda query, limit: find_people(session, query, limit)
            case Kind.MATTER:
                return lambda query, limit: find_matters(session, query, limit, self._blank.matter)
            case Kind.TEXT:
                return lambda query, limit: find_listed(session, self._blank.ledger, query, limit)
            case Kind.UNIT:
                titles = {key: unit.title for key, unit in agency.units.items()}
            case Kind.POST:
                titles = {key: post.title for key, post in agency.posts.items()}
            case Kind.BODY:
                titles = {key: body.title for key, body in agency.bodies.items()}
            case _:
                titles = dict(agency.functions)
        return lambda query, limit: find_titled(titles, query, limit)


Control = TextBlank | LongBlank | ChoiceBlank | ReferBlank


def control_for(session: Session, blank: Field, raw: Any) -> Control:
    """The control that a blank of one value is filled in with."""
    match blank.kind:
        case Kind.LONG:
            return LongBlank(raw)
        case Kind.FLAG:
            return ChoiceBlank(blank.title, ("是", "否"), raw)
        case Kind.CHOICE:
            choices = blank.choices or OfficeDirectory(session.desk).choices(blank.setting)
            return ChoiceBlank(blank.title, choices, raw)
        case Kind.PERSON | Kind.UNIT | Kind.POST | Kind.BODY | Kind.FUNCTION | Kind.MATTER:
            return ReferBlank(blank, session, raw)
        case Kind.TEXT if blank.ledger:
            return ReferBlank(blank, session, raw)
        case Kind.DATE:
            return DateBlank(blank, session.day, raw)
        case Kind.PERIOD:
            return PeriodBlank(blank, session.day, raw)
        case _:
            return TextBlank(blank, raw)

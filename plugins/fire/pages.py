"""The screens of fire safety: rounds answered line by line on the spot."""

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget

from core.acts import Act, Verb
from core.hookspec import hookimpl
from plugins.fire import figures
from plugins.fire.matters.rounds import ROUNDS
from tui.drafts import Draft, Task, new_draft
from tui.page import Page
from tui.screens.acting import act_and_tell
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.ask import LineDialog
from tui.widgets.columns import Column
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.record_list import RecordList
from tui.widgets.rows import FixedSource, Record

_YES, _NO, _NOT_YET = "是", "否", ""
_SAID = {_YES: "正常", _NO: "有问题", _NOT_YET: "未看"}
_COLUMNS = (
    Column("情况", 6, importance=9),
    Column("部位", 16, importance=8),
    Column("内容", 16, grows=True, importance=9),
    Column("问题和处理", 16, importance=4),
)


class RoundWalk(Vertical):
    """A round as one walks it: one key for what is sound, one and a few words for what is not; kept as a draft."""

    DEFAULT_CSS = "RoundWalk { height: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,1", "sound", show=False),
        Binding("n,2", "faulty", show=False),
        Binding("f5", "hand_in", show=False),
    ]

    def __init__(self, session: Session, kind: str) -> None:
        super().__init__()
        self._session, self._errand = session, Task(Verb.SUBMIT, kind=kind)
        self._day = session.day.isoformat()
        begun = session.drafts.of(self._errand)
        self._draft = begun if begun and begun.values.get("on") == self._day else new_draft(self._errand, ROUNDS[kind])
        said = {(row.get("place"), row.get("point")): dict(row) for row in self._draft.values.get("lines", ())}
        points = figures.points(session.desk, ROUNDS[kind], session.day)
        self._lines: list[dict[str, Any]] = [
            said.get((place, point), {"place": place, "point": point}) for place, point in points
        ]

    def _head(self) -> Iterator[Paragraph]:
        desk, kind = self._session.desk, ROUNDS[self._errand.kind]
        yield Paragraph(f"{self._day}　按 1 或 Y：正常；按 2 或 N：有问题，写一句；全部看过按 F5 提交。")
        arranged = figures.arrangement(desk, kind, self._session.day)
        people = [str(row["person"]) for row in arranged.rows("people")] if arranged else []
        if people and self._session.person not in people:
            named = "、".join(desk.organisation.name(each) for each in people)
            yield Paragraph(f"您不在{kind}人员之列，不能提交；由{named}办理。", strong=True)

    def compose(self) -> ComposeResult:
        yield Prose(list(self._head()))
        empty = f"还没有可以查看的内容。先办理“防火巡查检查安排”，确定{ROUNDS[self._errand.kind]}的部位和内容。"
        yield RecordList(_COLUMNS, self._source(), empty=empty)

    def on_mount(self) -> None:
        self._list.focus()
        self._to_next(0)

    @property
    def _list(self) -> RecordList:
        return self.query_one(RecordList)

    def _source(self) -> FixedSource:
        return FixedSource(
            Record(
                str(place),
                (_SAID[row.get("sound", _NOT_YET)], row["place"], row["point"], row.get("note", "")),
            )
            for place, row in enumerate(self._lines)
        )

    def _to_next(self, start: int) -> None:
        """To the next line not looked at, past the end from the top again."""
        order = [*range(start, len(self._lines)), *range(start)]
        self._list.cursor = next((place for place in order if not self._lines[place].get("sound")), start - 1)

    def _answer(self, place: int, sound: str, note: str = "") -> None:
        line = {"place": self._lines[place]["place"], "point": self._lines[place]["point"], "sound": sound}
        self._lines[place] = {**line, **({"note": note} if note else {})}
        self._list.show(self._source(), keep_place=True)
        self._to_next(place + 1)
        self._keep()

    def _keep(self) -> None:
        answered = [row for row in self._lines if row.get("sound")]
        values = {"on": self._day, "lines": answered}
        self._draft = Draft(self._draft.key, self._errand, self._draft.heading, values)
        try:
            self._session.drafts.save(self._draft, self._session.desk.now)
        except OSError:
            self.app.notify("草稿没有存成，请尽快提交。", severity="warning")

    def action_sound(self) -> None:
        if self._lines:
            self._answer(self._list.cursor, _YES)

    def action_faulty(self) -> None:
        if not self._lines:
            return
        place = self._list.cursor
        row = self._lines[place]
        question = f"{row['place']}·{row['point']}：是什么问题，当场怎样处理"

        def noted(note: str | None) -> None:
            if note:
                self._answer(place, _NO, note)

        self.app.push_screen(LineDialog("有问题", question, row.get("note", "")), noted)

    def action_hand_in(self) -> None:
        self.screen.run_worker(self._hand_in(), group="hand-in", exclusive=True)

    async def _hand_in(self) -> None:
        frame = self.screen
        if not isinstance(frame, Frame):
            return
        if left := sum(not row.get("sound") for row in self._lines):
            await frame.tell("还不能提交", f"还有 {left} 项没有看，看过一项按 1 或 2。")
            return
        values = {"on": self._day, "lines": self._lines}
        act = Act(Verb.SUBMIT, self._session.person, self._errand.kind, values=values, token=self._draft.key)
        if await act_and_tell(frame, self._errand, act) is not None:
            self._session.drafts.discard(self._draft.key)
            await frame.give_back()


def _round(session: Session, kind: str) -> Widget:
    return RoundWalk(session, kind)


@hookimpl
def guizhang_pages() -> Iterator[Page]:
    """A page for each kind of round."""
    for key, kind in ROUNDS.items():
        yield Page(key, f"现场{kind}", partial(_round, kind=key), "到现场逐项按键，看完提交")

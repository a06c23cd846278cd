"""Asking for an opinion whose words survive a lost line."""

from dataclasses import replace
from typing import ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.timer import Timer

from tui.drafts import Draft, Task, new_draft
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.opinion_dialog import OpinionDialog
from tui.widgets.text_area import LongText

SAVE_AFTER = 1.0
"""Seconds after the first unsaved key until what was typed is on the disk."""


class DraftedOpinion(OpinionDialog):
    """Keeps what is typed as a draft; what is left with Esc is offered again the next time."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "phrases", show=False)]

    def __init__(self, session: Session, draft: Draft, question: str, *, required: bool) -> None:
        super().__init__(draft.heading, f"{question}\n（按 F3 选常用意见）", required=required, initial=draft.opinion)
        self._session, self._draft = session, draft
        self._waiting: Timer | None = None

    def on_text_area_changed(self) -> None:
        if self._waiting is None:
            self._waiting = self.set_timer(SAVE_AFTER, self.save)

    def action_phrases(self) -> None:
        """Take a stock phrase into the text."""
        from tui.screens.phrases import phrase_choice

        def taken(phrase: str | None) -> None:
            if phrase:
                self.query_one(LongText).insert(phrase)

        self.app.push_screen(phrase_choice(self._session, "常用意见"), taken)

    def save(self) -> None:
        """Write down what stands in the field now, if it is not written yet."""
        if self._waiting is None:
            return
        self._waiting.stop()
        self._waiting = None
        draft = replace(self._draft, opinion=self.query_one(LongText).text)
        try:
            self._session.drafts.save(draft, self._session.desk.now)
        except OSError:
            self.app.notify("草稿没有存成，请尽快提交。", severity="warning")

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Leave, with everything written down before the answer is acted on."""
        self.save()
        return super().dismiss(result)


async def ask_opinion(frame: Frame, task: Task, heading: str, question: str, *, required: bool = True) -> str | None:
    """What the person writes; None when he went back. The draft stays until `forget_opinion`."""
    drafts = frame.session.drafts
    draft = drafts.of(task) or new_draft(task, heading)
    return await frame.app.push_screen_wait(DraftedOpinion(frame.session, draft, question, required=required))


def forget_opinion(session: Session, task: Task) -> None:
    """The opinion has been handed in."""
    for draft in session.drafts.all():
        if draft.task == task:
            session.drafts.discard(draft.key)

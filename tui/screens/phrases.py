"""A person's stock phrases: taken into an opinion, added, taken off the list."""

from core.acts import Act, Verb
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.ask import LineDialog
from tui.widgets.choice import Choice, Option

_NEW = "+"


def phrase_choice(session: Session, heading: str, *extra: Option) -> Choice:
    """The phrases to choose one from; the first nine by a digit."""
    return Choice(heading, [*(Option(text, text) for text in session.desk.phrases(session.person)), *extra])


async def keep_phrases(frame: Frame) -> None:
    """Add a phrase or take one off the list."""
    session = frame.session
    option = Option(_NEW, "添加一条", "最多一百字")
    chosen = await frame.app.push_screen_wait(phrase_choice(session, "常用意见：选一条可以删去", option))
    if chosen is None:
        return
    if chosen == _NEW:
        words = await frame.app.push_screen_wait(LineDialog("添加常用意见", "写下常用的一句意见："))
        act = Act(Verb.PHRASE, session.person, opinion=words or "")
        if not words:
            return
    else:
        from tui.widgets.dialogs import ConfirmDialog

        if not await frame.app.push_screen_wait(ConfirmDialog("删去这条常用意见吗", chosen, agree="删去")):
            return
        act = Act(Verb.PHRASE, session.person, target=chosen)
    from tui.drafts import Task
    from tui.screens.acting import act_and_tell

    await act_and_tell(frame, Task(Verb.PHRASE), act)

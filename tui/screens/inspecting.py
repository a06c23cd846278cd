"""The list that an inspection team asks for, from the screen: for one regulation or all, over the days one names."""

from tui.commandline.exits import UsageFault
from tui.screens.frame import Frame
from tui.widgets.ask import LineDialog


async def save_inspection_list(frame: Frame, regulation: str = "") -> None:
    """Ask for which days, and save the list; what cannot be read as two days is told and asked again."""
    from tui.commandline.dates import day_of
    from tui.commandline.inspection import listed
    from tui.screens.saving import save_document

    session = frame.session
    known = session.office.rulebook.regulations
    title = known[regulation].title if regulation in known else "全部制度"
    asked = f"{session.day.replace(month=1, day=1)} 至 {session.day}"
    while True:
        question = f"{title}，哪一段时间的凭据："
        said = await frame.app.push_screen_wait(LineDialog("检查清单", question, asked))
        if said is None:
            return
        asked = said
        since, _, until = said.partition("至")
        try:
            first, last = day_of(since.strip()), day_of(until.strip() or since.strip())
            assert first is not None and last is not None
            content = listed(session.desk, first, last, regulation)
        except UsageFault as fault:
            await frame.tell("这样写不清楚", f"{fault}\n写作：2026-01-01 至 2026-06-30")
            continue
        await save_document(frame, f"检查清单-{title}", ".xlsx", content, f"{first} 至 {last} 的凭据。")
        return

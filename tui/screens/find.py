"""Finding: matters, people, clauses; commands by name; the person to act as in a demonstration."""

from tui.screens.frame import Frame
from tui.screens.search import find_clauses, find_matters, find_people, fits
from tui.widgets.picker import Candidate, Picker

_MATTER, _PERSON, _CLAUSE = "matter:", "person:", "clause:"


async def find(frame: Frame) -> None:
    """Look for anything and open it."""
    session = frame.session

    def search(query: str, limit: int) -> list[Candidate]:
        people = find_people(session, query, 8) if query else []
        clauses = list(find_clauses(session, query, 20))
        found = [Candidate(_MATTER + each.key, each.title, each.note) for each in find_matters(session, query, 20)]
        found += [Candidate(_PERSON + each.key, each.title, each.note) for each in people]
        found += [Candidate(_CLAUSE + each.key, each.title, each.note) for each in clauses]
        return found[:limit]

    picker = Picker(
        "查找", search, title="编号、姓名、条款", note="内容", placeholder="输入编号、事由、姓名、拼音首字母或条文"
    )
    picked = await frame.app.push_screen_wait(picker)
    if picked is None:
        return
    kind, _, key = picked.key.partition(":")
    match kind:
        case "matter":
            from tui.screens.matter import MatterScreen

            frame.show(MatterScreen(session, key))
        case "clause":
            from tui.screens.clause import ClauseScreen

            frame.show(ClauseScreen(session, key))
        case _:
            from tui.screens.person import PersonScreen

            frame.show(PersonScreen(session, key))


async def choose_command(frame: Frame) -> str | None:
    """The key of the command the person picks, of those this screen answers."""
    answered = {command.key: command for command in frame.commands}

    def search(query: str, limit: int) -> list[Candidate]:
        ranked = [(max(fits(query, each.title), fits(query, each.help)), each) for each in answered.values()]
        ranked = sorted((pair for pair in ranked if pair[0]), key=lambda pair: -pair[0])
        return [
            Candidate(each.key, f"{each.title}（{each.label}）" if each.label else each.title, each.help)
            for _, each in ranked[:limit]
        ]

    picker = Picker("命令", search, title="命令", note="说明", placeholder="输入名称或拼音首字母")
    picked = await frame.app.push_screen_wait(picker)
    return picked.key if picked else None


async def choose_person(frame: Frame, heading: str) -> str | None:
    """The key of the person picked."""
    session = frame.session
    picked = await frame.app.push_screen_wait(Picker(heading, lambda query, limit: find_people(session, query, limit)))
    return picked.key if picked else None

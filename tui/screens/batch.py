"""Signing several matters at once: each is judged by itself, and each answer is told."""

from core.acts import Act, Verb
from core.finding import remarks
from core.verdict import Result, receipt_line
from tui.screens.frame import Frame
from tui.widgets.dialogs import FindingNote, FindingsDialog
from tui.widgets.record_list import RecordList
from tui.wording import remark_lines


async def approve_all(frame: Frame, rows: RecordList) -> None:
    """Approve the marked matters with one opinion; what must be read singly is left, with the reason."""
    from tui.drafts import Task
    from tui.screens.opinion import ask_opinion, forget_opinion

    session, numbers = frame.session, rows.marked
    task = Task(Verb.APPROVE)
    question = f"对选中的 {len(numbers)} 件签署同意，意见（可以不写）："
    words = await ask_opinion(frame, task, "成批同意", question, required=False)
    if words is None:
        return
    acts = []
    for number in numbers:
        matter = session.desk.matter(number)
        version = matter.version if matter else 0
        acts.append(Act(Verb.APPROVE, session.person, matter=number, opinion=words, version=version))
    results = session.office.perform_all(acts)
    forget_opinion(session, task)
    rows.clear_marks()
    frame.look_again()
    done = sum(result.done for result in results)
    notes = [_note(number, result) for number, result in zip(numbers, results, strict=True)]
    heading = f"已同意 {done} 件" + (f"，{len(results) - done} 件没有办" if done < len(results) else "")
    await frame.app.push_screen_wait(FindingsDialog(heading, notes, leave="知道了"))


def _note(number: str, result: Result) -> FindingNote:
    if result.receipt is not None:
        return FindingNote("已同意", number, (receipt_line(result.receipt),))
    found = remarks(result.verdict.findings)
    return FindingNote("没有办", number, tuple(line for each in found for line in (each.facts, *remark_lines(each))))

"""Doing an act from a screen: warnings ask for a reason, refusals are told whole, success shows its proof."""

from dataclasses import replace

from core.acts import Act, Verb
from core.chains.planning import plan
from core.finding import Level
from core.records import Duty, Entry, Notice, Resolution
from core.verdict import Progress, Result, Verdict, receipt_line
from tui.drafts import Task
from tui.screens.findings import tell_refused
from tui.screens.frame import Frame
from tui.session import Session
from tui.wording import findings_text


async def act_and_tell(frame: Frame, task: Task, act: Act) -> Result | None:
    """Do the act and tell what came of it; the result when it was done, else None."""
    from tui.screens.opinion import forget_opinion

    session = frame.session
    result = session.perform(act)
    if result is not None and not result.done and not result.verdict.refused and result.verdict.needs_reason:
        reason = await ask_reason(frame, result.verdict)
        if reason is None:
            return None
        result = session.perform(replace(act, reason=reason))
    if not await frame.told(result):
        if result is not None:
            await tell_refused(frame, result.verdict.findings)
        return None
    forget_opinion(session, task)
    assert result is not None
    await frame.tell(done_heading(act.verb), success_text(session, result))
    frame.look_again()
    return result


async def ask_reason(frame: Frame, verdict: Verdict) -> str | None:
    """The reason for going on in the face of warnings; None when the person would rather not."""
    from tui.widgets.opinion_dialog import OpinionDialog

    told = findings_text(*(finding for finding in verdict.findings if finding.level is Level.WARN))
    return await frame.app.push_screen_wait(
        OpinionDialog("有提醒，继续办理须说明理由", f"{told}\n\n写明仍要办理的理由，理由与事项一并留痕：")
    )


def done_heading(verb: Verb) -> str:
    """That an act is done."""
    told = {Verb.REJECT: "不同意，已记录", Verb.PHRASE: "常用意见已更新"}
    return told.get(verb, f"已{verb.title}")


def _booked(session: Session, entry: Entry) -> str:
    """In which book an act was entered, and under what number where the book gives one."""
    ledger = session.office.host.ledgers.get(entry.ledger)
    if ledger is None:
        return f"已记入{entry.ledger}"
    told = [f"：{each.title} {entry.values[each.key]}" for each in ledger.columns if each.key == ledger.told]
    return f"已记入{ledger.title}{''.join(told)}"


def success_text(session: Session, result: Result) -> str:
    """What an act came to: the matter's number and where it goes next, what follows, the proof in the journal."""
    lines = []
    matter = result.matter
    if matter is not None:
        lines.append(f"{matter.number}　{matter.state.title}")
        now = next((each for each in plan(session.desk, matter) if each.progress is Progress.NOW), None)
        if now is not None:
            due = f"，{now.due} 前办结" if now.due else ""
            lines.append(f"下一环节：{now.step.title}（{'、'.join(now.names) or now.missing}{due}）")
    for effect in result.follows:
        match effect:
            case Duty():
                lines.append(f"随之产生例行事项：{effect.title}，{effect.due} 前办结")
            case Entry():
                lines.append(_booked(session, effect))
            case Notice():
                lines.append(f"公示：{effect.title}，{effect.since} 至 {effect.until}")
            case Resolution():
                lines.append(f"已登记决议：{effect.number}")
    if result.receipt is not None:
        lines.append(receipt_line(result.receipt))
    return "\n".join(lines)

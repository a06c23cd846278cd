"""What is owed: by me, by everybody, and what has been done."""

from typing import ClassVar

from core.records import Duty
from tui.drafts import Task, new_draft
from tui.screens.frame import Frame
from tui.screens.tab import TabBody
from tui.session import Session
from tui.widgets.choice import Choice, Option
from tui.widgets.columns import Column
from tui.widgets.dialogs import MessageDialog
from tui.widgets.rows import FixedSource, Record, Source
from tui.wording import duty_text

_MINE, _ALL, _DONE = "mine", "all", "done"


class DutiesTab(TabBody):
    """Duties, soonest first; at most five hundred are listed."""

    COLUMNS = (
        Column("情况", 11, importance=9),
        Column("期限", 10, importance=9),
        Column("例行事项", 30, grows=True, importance=9),
        Column("由谁办", 10, importance=5),
        Column("依据", 16, importance=3),
    )
    EMPTY = "没有到期或将到期的例行事项。按 F 可看全部人员的，或已经办结的。"
    COMMANDS: ClassVar[frozenset[str]] = frozenset({"discharge"})
    LIMIT = 500

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown = _MINE

    def source(self) -> Source:
        desk = self.session.desk
        match self._shown:
            case "mine":
                found = desk.duties(self.session.person)
            case "all":
                found = desk.duties()
            case _:
                found = desk.duties_done()
        return FixedSource(self._record(duty) for duty in found[: self.LIMIT])

    def _record(self, duty: Duty) -> Record:
        session = self.session
        owners = "、".join(session.organisation.name(owner) for owner in duty.owners)
        rulebook = session.office.rulebook
        label = rulebook.cite(duty.clause).narrow if rulebook.find(duty.clause) else ""
        cells = (duty_text(duty, session.day), duty.due.isoformat(), duty.title, owners or "（暂缺）", label)
        return Record(duty.key, cells)

    async def filter(self, frame: Frame) -> None:
        options = (
            Option(_MINE, "我的", "由我办理、还没有办结的"),
            Option(_ALL, "全部", "所有人员还没有办结的"),
            Option(_DONE, "已办结", "最近办结的"),
        )
        chosen = await frame.app.push_screen_wait(Choice("看哪些例行事项", options))
        if chosen:
            self._shown = chosen
            self.rows.show(self.source())

    async def open(self, frame: Frame, record: Record) -> None:
        duty = self.session.desk.duty(record.key)
        if duty is None:
            await frame.tell("例行事项", "这件例行事项已经不在了。")
            return
        await frame.app.push_screen_wait(MessageDialog(duty.title, duty_paragraphs(self.session, duty)))


def duty_paragraphs(session: Session, duty: Duty) -> str:
    """Everything about a duty: how it stands, who owes it, how the day was computed, the clause, what discharges it."""
    rulebook, organisation, day = session.office.rulebook, session.organisation, session.day
    owners = "、".join(organisation.described(owner, day) for owner in duty.owners) or "目前没有人担任这一职务"
    lines = [f"情况：{duty_text(duty, day)}", f"由谁负责：{owners}", f"期限：{duty.due}　{duty.derivation}"]
    if rulebook.find(duty.clause):
        lines.append(f"依据：{rulebook.cite(duty.clause).quoted}")
    kind = session.office.host.matter_types.get(duty.evidence)
    if duty.done:
        lines.append(f"办结：{duty.done}　{duty.note}")
    elif kind:
        lines.append(f"怎样办结：{_filing(session, duty, kind.title)}")
    else:
        lines.append("怎样办结：按 D 写明何时、怎样办的、结果存放在哪里。")
    if duty.matter:
        lines.append(f"由来：{duty.matter}")
    return "\n".join(lines)


def _filing(session: Session, duty: Duty, title: str) -> str:
    """What does away with a duty, and who files it where that is somebody else, said to the person who asks."""
    if session.desk.acted_on(duty) is not None:
        return f"按 D 打开 {duty.matter} 办理，办到下一环节即自动办结。"
    filers = session.desk.filers(duty)
    if filers and session.person not in filers:
        named = "、".join(session.described(each) for each in filers)
        return f"请找{named}，由其填写《{title}》，提交后自动办结。"
    return f"按 D 填写《{title}》，提交后自动办结。"


async def discharge(frame: Frame, key: str) -> None:
    """Discharge a duty: by its own form where one is demanded, else by a few words."""
    from core.acts import Act, Verb
    from tui.screens.opinion import ask_opinion

    session = frame.session
    duty = session.desk.duty(key)
    if duty is None:
        return
    if (acted_on := session.desk.acted_on(duty)) is not None:
        from tui.screens.matters_tabs import open_matter

        open_matter(frame, acted_on.number)
        return
    filers = session.desk.filers(duty)
    if filers and session.person not in filers:
        kind = session.desk.matter_type(duty.evidence)
        await frame.tell(duty.title, _filing(session, duty, kind.title if kind else duty.evidence))
        return
    page = next((each for each in session.pages if each.key == duty.evidence), None)
    if page is not None and duty.due >= session.day:
        from tui.screens.page import PageScreen

        frame.show(PageScreen(session, page))
        return
    if duty.evidence:
        from tui.screens.form import FormScreen

        task = Task(Verb.SUBMIT, kind=duty.evidence, duty=duty.key)
        frame.show(FormScreen(session, session.drafts.of(task) or new_draft(task)))
        return
    task = Task(Verb.DISCHARGE, target=key)
    words = await ask_opinion(frame, task, f"办结：{duty.title}", "写明何时、怎样办的、结果存放在哪里。")
    if words is not None:
        from tui.screens.acting import act_and_tell

        await act_and_tell(frame, task, Act(Verb.DISCHARGE, session.person, target=key, opinion=words))

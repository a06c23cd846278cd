"""A form on the screen: blanks from the declaration, the coming course beside it, every finding at its blank."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer
from textual.widget import Widget

from core.access.session_rules import SIGNING
from core.acts import Verb
from core.errors import StoreError
from core.finding import Finding, Level
from core.verdict import Result, Verdict
from tui.commands.command import Command, Scope
from tui.commands.registry import by_key
from tui.drafts import Draft
from tui.screens.blank_row import BlankRow, title_width
from tui.screens.course import course_paragraphs
from tui.screens.form_plan import FormPlan, act_of, plan_form
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.bars import KeyHint
from tui.widgets.prose import Paragraph, Prose

SAVE_AFTER = 1.0
"""Seconds after the first unsaved key until what was typed is on the disk."""

_JUDGE_AFTER = 0.4
"""Seconds without a key until the form is judged anew."""

_WIDE = 100
"""Columns from which the course stands beside the blanks."""


class FormScreen(Frame):
    """Fills in a draft and hands it in."""

    SCOPES = (Scope.FORM,)
    AUTO_FOCUS: ClassVar[str | None] = ".control"
    DEFAULT_CSS = """
    FormScreen #blanks { width: 1fr; height: 1fr; padding: 0 1; scrollbar-size: 0 0; }
    FormScreen #area { height: 1fr; }
    FormScreen #course { display: none; height: 1fr; padding: 0 1; border-left: ascii ansi_default; width: 42; }
    FormScreen.-course #course { display: block; }
    FormScreen.-narrow #area { layout: vertical; }
    FormScreen.-narrow #course { width: 1fr; height: 45%; border-left: none; border-top: ascii ansi_default; }
    FormScreen #note { height: 2; padding: 0 1; text-style: bold; }
    FormScreen #heading { padding: 0 1; }
    """

    def __init__(self, session: Session, draft: Draft) -> None:
        super().__init__(session)
        found = plan_form(session, draft.task)
        self._gone = found is None
        self._plan = found or FormPlan("要填写的事项已经不在了", ())
        self._draft = replace(draft, heading=draft.heading or self._plan.heading)
        self._begun = {**self._plan.initial, **draft.values}
        self._verdict: Verdict | None = None
        self._saving: Timer | None = None
        self._judging: Timer | None = None
        self._toggled = False

    def body(self) -> Iterable[Widget]:
        plan, values = self._plan, self._begun
        help_text = f"　{plan.help}" if plan.help else ""
        yield Prose([Paragraph(f"{plan.heading}　带 * 的必须填写{help_text}", strong=True)], id="heading")
        width = title_width(plan.blanks)
        with Horizontal(id="area"):
            with VerticalScroll(id="blanks", can_focus=False):
                for blank in plan.blanks:
                    yield BlankRow(self.session, blank, values.get(blank.key, ""), width)
            yield Prose(focusable=True, id="course")
        yield Prose(id="note")

    def hints(self) -> Iterable[KeyHint]:
        return (hint for hint in super().hints() if self._plan.planned or hint.key != by_key("course").binding)

    def on_mount(self) -> None:
        self.call_after_refresh(self._judge)

    def on_resize(self, event: events.Resize) -> None:
        wide = event.size.width >= _WIDE
        self.set_class(not wide, "-narrow")
        self.set_class(self._plan.planned and (wide != self._toggled), "-course")

    @property
    def _rows(self) -> list[BlankRow]:
        return list(self.query(BlankRow))

    def current_draft(self) -> Draft:
        """The draft with what stands in the blanks now."""
        typed = {row.blank.key: row.raw for row in self._rows}
        initial = self._plan.initial
        changed = {key: raw for key, raw in typed.items() if raw or initial.get(key)}
        return replace(self._draft, values=changed)

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed: no draft of it was kept, nothing differs from what the form started with."""
        begun = {key: raw for key, raw in self._begun.items() if raw}
        return not self._draft.saved and {key: raw for key, raw in self.current_draft().values.items() if raw} == begun

    def _edited(self) -> None:
        if self._saving is None:
            self._saving = self.set_timer(SAVE_AFTER, self.save)
        if self._judging is not None:
            self._judging.stop()
        self._judging = self.set_timer(_JUDGE_AFTER, self._judge)

    def on_input_changed(self) -> None:
        self._edited()

    def on_text_area_changed(self) -> None:
        self._edited()

    def on_choice_blank_changed(self) -> None:
        self._edited()

    def on_rows_blank_changed(self) -> None:
        self._edited()

    def on_input_submitted(self) -> None:
        self.focus_next()

    def on_key(self, event: events.Key) -> None:
        """Up and down lead from blank to blank where the blank itself has no use for them."""
        uses = ("RowsBlank", "LongBlank", "Prose")
        if event.key in ("up", "down") and type(self.focused).__name__ not in uses:
            event.stop()
            self.focus_previous() if event.key == "up" else self.focus_next()

    def on_descendant_focus(self) -> None:
        self._note()

    def save(self) -> None:
        """Write the draft down, if something was typed since it was written last."""
        if self._saving is None or not self.is_mounted:
            return
        self._saving.stop()
        self._saving = None
        try:
            if not self.untouched:
                self.session.drafts.save(self.current_draft(), self.session.desk.now)
        except OSError:
            self.app.notify("草稿没有存成，请尽快提交。", severity="warning")

    def _judge(self) -> None:
        """Look at the form as it stands: the coming course, and what cannot be read."""
        if self._gone or not self.is_mounted:
            return
        draft = self.current_draft()
        try:
            self._verdict = self.session.office.preview(act_of(self.session, self._plan, draft))
        except StoreError as error:
            self.query_one("#note", Prose).show([Paragraph(str(error))])
            return
        for row in self._rows:
            row.fault = self._fault(row.blank.key, bool(row.raw))
            if not row.raw:
                row.demand(row.blank.required or bool(self._refusal(row.blank.key)))
        empty = "" if self._verdict.course else self._without_course()
        if self._plan.planned:
            heading = Paragraph("提交后的去向", strong=True)
            self.query_one("#course", Prose).show(
                [heading, *course_paragraphs(self.session, self._verdict.course, empty)]
            )
        self._note()

    def _without_course(self) -> str:
        """Why no course is shown: a register has none; any other shows it once what decides it is filled in."""
        kind = self.session.desk.matter_type(self.current_draft().task.kind)
        if kind is not None and kind.register:
            return "这类事项登记即办结，没有审批环节。"
        return "填写必填各栏后，这里显示由谁办理、依据哪一条。"

    def _fault(self, key: str, filled: bool) -> str:
        """What is said of a blank; of an empty one nothing before the form is handed in."""
        return self._refusal(key) if filled else ""

    def _refusal(self, key: str) -> str:
        """Why the form is refused because of a blank as it stands; empty where it is not."""
        found = (each for each in self._verdict.findings if each.at.split(".")[0] == key) if self._verdict else ()
        return next((each.facts for each in found if each.level is Level.REFUSE), "")

    def _note(self) -> None:
        row = next((row for row in self._rows if row.control.has_focus), None)
        if row is not None:
            text = row.fault or row.blank.help
            self.query_one("#note", Prose).show([Paragraph(text)])

    async def give_preview(self) -> None:
        self._judge()
        findings = self._verdict.findings if self._verdict else ()
        if findings:
            await self._show_findings("预检：提交前要处理的", findings)
            return
        await self.tell("预检", "目前没有不合规定的地方，可以按 F5 提交。")

    def signs(self, command: Command) -> bool:
        return command.key == "submit" and self._draft.task.verb in SIGNING

    async def give_course(self) -> None:
        self._toggled = not self._toggled
        self.toggle_class("-course")

    async def give_discard(self) -> None:
        from tui.widgets.dialogs import ConfirmDialog

        sure = await self.app.push_screen_wait(
            ConfirmDialog("放弃填写", "已经填写的内容将被删除，不能恢复。", agree="删除", refuse="继续填写")
        )
        if sure:
            self._forget()
            self.dismiss(None)

    def _forget(self) -> None:
        """The draft is handed in or thrown away."""
        if self._saving is not None:
            self._saving.stop()
            self._saving = None
        self.session.drafts.discard(self._draft.key)

    async def give_back(self) -> None:
        self.save()
        if not self.untouched and not self._gone:
            way = "在工作台按 N" if self._draft.task.verb is Verb.SUBMIT else "再办这件事时"
            self.app.notify(f"没有提交，已存为草稿；{way}，可以接着填写。")
        self.dismiss(None)

    async def give_submit(self) -> None:
        if self._gone:
            return
        draft = self.current_draft()
        result = self.session.perform(act_of(self.session, self._plan, draft))
        if result is not None and not result.done and not result.verdict.refused and result.verdict.needs_reason:
            from tui.screens.acting import ask_reason

            reason = await ask_reason(self, result.verdict)
            if reason is None:
                return
            result = self.session.perform(act_of(self.session, self._plan, draft, reason))
        await self._answered(result)

    async def _answered(self, result: Result | None) -> None:
        if not await self.told(result):
            if result is not None:
                await self._show_findings("没有提交，请改正以下各处", result.verdict.findings)
            return
        from tui.screens.acting import done_heading, success_text

        assert result is not None
        self._forget()
        await self.tell(done_heading(self._draft.task.verb), success_text(self.session, result))
        self.dismiss(None)

    async def _show_findings(self, heading: str, findings: tuple[Finding, ...]) -> None:
        from tui.screens.findings import FindingsBox

        for row in self._rows:
            found = (each for each in findings if each.at.split(".")[0] == row.blank.key)
            row.fault = next((each.facts for each in found), "")
        chosen = await self.app.push_screen_wait(FindingsBox(heading, findings, self._plan.blanks))
        for row in (row for row in self._rows if row.blank.key == chosen):
            row.control.focus()
            self.call_after_refresh(row.control.scroll_visible)
        self._note()

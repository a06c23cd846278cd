"""A matter's page: what it says, the course it took and takes, and the acts on it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.acts import TO_APPLICANT, Verb
from core.chains.steps import StepKind
from core.finding import Finding, remarks
from tui.commands.command import Command, Scope
from tui.commands.registry import by_key
from tui.drafts import Task
from tui.screens.matter_text import matter_paragraphs
from tui.screens.passing import PassingScreen
from tui.widgets.bars import KeyHint
from tui.widgets.choice import Choice, Option
from tui.widgets.prose import Paragraph
from tui.wording import remark_lines

_FORWARD = {
    StepKind.SIGN: "approve", StepKind.PERFORM: "perform", StepKind.FILE: "file", StepKind.RESOLUTION: "resolve",
}  # fmt: skip
"""The command that carries each kind of step forward; the others of these have no place at the foot then."""

_LEAST = 10
"""Importance at the foot of what is shown only where there is room."""


class MatterScreen(PassingScreen):
    """One matter; it stays open after an act, showing what came of it."""

    SCOPES = (Scope.MATTER,)

    def paragraphs(self) -> list[Paragraph]:
        matter = self.matter
        if matter is None:
            return list(self._kept_back())
        return list(matter_paragraphs(self.session, matter))

    def _kept_back(self) -> Iterator[Paragraph]:
        """Why there is nothing to be read here: by which clause, and who may let one read."""
        kept_back = self.session.desk.kept_back(self.number)
        if not kept_back:
            yield Paragraph(f"没有编号为“{self.number}”的事项。")
        for remark in remarks(kept_back):
            yield Paragraph(remark.facts, strong=True)
            yield from (Paragraph(line, 2) for line in remark_lines(remark))

    def target(self, command: Command) -> str:
        return self.number

    def why_not(self, command: Command) -> Finding | str | None:
        matter = self.matter
        if matter is not None and self.session.desk.matter_type(matter.kind) is None and command.scope is Scope.MATTER:
            return "这类事项的业务模块没有启用，只能查阅，不能办理。"
        return super().why_not(command)

    def hints(self) -> Iterable[KeyHint]:
        matter = self.matter
        forward = _FORWARD.get(matter.step.kind, "approve") if matter and matter.step else "approve"
        hidden = {by_key(key).binding for key in _FORWARD.values() if key != forward}
        for hint in super().hints():
            if hint.key in hidden:
                continue
            if hint.key in (by_key("print").binding, by_key("attachments").binding):
                # They can always be given; they must not take the place of an act that cannot.
                yield replace(hint, importance=_LEAST)
                continue
            # What is to be carried out is called by its own name: 付款, 用印.
            step = matter.step if matter and forward == "perform" and hint.key == by_key("perform").binding else None
            yield replace(hint, title=step.title) if step else hint

    async def give_approve(self) -> None:
        await self._carry(Verb.APPROVE)

    async def give_perform(self) -> None:
        await self._carry(Verb.PERFORM)

    async def give_file(self) -> None:
        await self._carry(Verb.FILE)

    async def give_resolve(self) -> None:
        await self._carry(Verb.RESOLVE)

    async def _carry(self, verb: Verb) -> None:
        """Carry the step forward: by its own form where it has one, else by an opinion."""
        from tui.screens.form_plan import step_blanks

        matter = self.matter
        if matter is None or matter.step is None:
            return
        task = Task(verb, matter=self.number)
        if step_blanks(self.session, matter, verb):
            self.fill_in(task)
            return
        question = (
            f"“{matter.step.title}”的意见：" if matter.step.opinion else f"“{matter.step.title}”的意见（可以不写）："
        )
        await self.with_opinion(task, f"{verb.title}　{self.number}", question, required=matter.step.opinion)

    async def give_reject(self) -> None:
        question = "写明不同意的理由。事项到此为止，不能再办："
        await self.with_opinion(Task(Verb.REJECT, matter=self.number), f"不同意　{self.number}", question)

    async def give_return(self) -> None:
        matter = self.matter
        if matter is None:
            return
        options = [Option(str(TO_APPLICANT), "申请人", self.session.described(matter.applicant))]
        for index in range(matter.at - 1, -1, -1):
            if signed := matter.signed(index):
                names = "、".join(self.session.organisation.name(mark.by) for mark in signed)
                options.append(Option(str(index), matter.steps[index].title, names))
        to = str(TO_APPLICANT)
        if len(options) > 1:
            chosen = await self.app.push_screen_wait(Choice("退回到哪里", options))
            if chosen is None:
                return
            to = chosen
        place = next(option.title for option in options if option.key == to)
        task = Task(Verb.RETURN, matter=self.number, to=int(to))
        await self.with_opinion(task, f"退回{place}　{self.number}", "写明缺什么、怎样补正：")

    async def give_resubmit(self) -> None:
        self.fill_in(Task(Verb.RESUBMIT, matter=self.number))

    async def give_withdraw(self) -> None:
        question = "撤回后事项不再办理。可以写明原因，也可以不写："
        task = Task(Verb.WITHDRAW, matter=self.number)
        await self.with_opinion(task, f"撤回　{self.number}", question, required=False)

    async def give_comment(self) -> None:
        task = Task(Verb.COMMENT, matter=self.number)
        await self.with_opinion(task, f"留言　{self.number}", "留言与事项一并留痕，看得到事项的人都能看到：")

    async def give_why(self) -> None:
        from tui.screens.why import WhyScreen

        if self.matter is not None:
            self.show(WhyScreen(self.session, self.number))

    async def give_attachments(self) -> None:
        from tui.screens.attachments import AttachmentsScreen

        if self.matter is not None:
            self.show(AttachmentsScreen(self.session, self.number))

    async def give_print(self) -> None:
        from tui.papers.printing import printed
        from tui.screens.saving import save_document

        matter = self.matter
        if matter is not None:
            found = printed(self.session.desk, matter)
            await save_document(self, self.number, ".docx", found.content, found.told)

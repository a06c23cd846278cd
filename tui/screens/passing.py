"""Acts on a matter that bring others in, hurry it on, or go another way than its course."""

from core.acts import POSITION_TITLES, Act, Position, Verb
from core.chains.additions import has_signed
from core.finding import Level
from core.matter import Matter
from tui.drafts import Task, new_draft
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.widgets.choice import Choice, Option
from tui.widgets.picker import Candidate, Picker
from tui.wording import findings_text

_NOTES = {
    Position.BEFORE: "他先签，再回到我这里",
    Position.BESIDE: "两人各签，不分先后",
    Position.AFTER: "我签完后由他签",
}


class PassingScreen(ReadingScreen):
    """A screen on one matter with the acts that name other persons."""

    def __init__(self, session: Session, number: str) -> None:
        self.number = number
        super().__init__(session)

    @property
    def matter(self) -> Matter | None:
        """The matter as it is recorded now."""
        return self.session.desk.matter(self.number)

    async def with_opinion(
        self,
        task: Task,
        heading: str,
        question: str,
        *,
        required: bool = True,
        persons: tuple[str, ...] = (),
        position: Position = Position.BEFORE,
    ) -> None:
        """Ask for words and do the act with them."""
        from tui.screens.acting import act_and_tell
        from tui.screens.opinion import ask_opinion

        matter = self.matter
        version = matter.version if matter else 0
        words = await ask_opinion(self, task, heading, question, required=required)
        if words is None:
            return
        act = Act(
            task.verb,
            self.session.person,
            matter=self.number,
            opinion=words,
            to=task.to,
            persons=persons,
            position=position,
            version=version,
        )
        await act_and_tell(self, task, act)

    def fill_in(self, task: Task) -> None:
        """Open the form of the task, with what was typed before."""
        from tui.screens.form import FormScreen

        drafts = self.session.drafts
        self.show(FormScreen(self.session, drafts.of(task) or new_draft(task)))

    async def _with_person(self, verb: Verb, heading: str, question: str, *, required: bool) -> None:
        from tui.screens.find import choose_person

        person = await choose_person(self, heading)
        if person is not None:
            told = f"{heading}：{self.session.described(person)}"
            task = Task(verb, matter=self.number)
            await self.with_opinion(task, told, question, required=required, persons=(person,))

    async def give_transfer(self) -> None:
        await self._with_person(Verb.TRANSFER, "转给谁办", "转办的缘由（可以不写）：", required=False)

    async def give_consult(self) -> None:
        await self._with_person(Verb.CONSULT, "请谁提出意见", "要他看什么（可以不写）：", required=False)

    async def give_copy(self) -> None:
        await self._with_person(Verb.COPY, "抄送给谁", "附言（可以不写）：", required=False)

    async def give_add_signer(self) -> None:
        options = [Option(each.value, POSITION_TITLES[each], _NOTES[each]) for each in Position]
        chosen = await self.app.push_screen_wait(Choice("怎样加签", options))
        if chosen is None:
            return
        from tui.screens.find import choose_person

        person = await choose_person(self, "加谁签字")
        if person is not None:
            heading = f"{POSITION_TITLES[Position(chosen)]}：{self.session.described(person)}"
            task = Task(Verb.ADD_SIGNER, matter=self.number)
            question = "写明为什么还要由他签字："
            await self.with_opinion(task, heading, question, persons=(person,), position=Position(chosen))

    async def give_remove_signer(self) -> None:
        matter, described = self.matter, self.session.described
        waiting = [each for each in matter.added if not has_signed(matter, each)] if matter else []
        people = {each.person: Candidate(each.person, described(each.person), each.title) for each in waiting}
        picked = await self.app.push_screen_wait(
            Picker(
                "减去谁的签字", lambda typed, limit: [each for each in people.values() if typed in each.title][:limit]
            )
        )
        if picked is not None:
            task = Task(Verb.REMOVE_SIGNER, matter=self.number)
            question = "减签的缘由（可以不写）："
            await self.with_opinion(task, f"减签：{picked.title}", question, required=False, persons=(picked.key,))

    async def give_answer(self) -> None:
        task = Task(Verb.ANSWER, matter=self.number)
        await self.with_opinion(task, f"答复　{self.number}", "写明您的意见，供办理人决定时参考：")

    async def give_take_back(self) -> None:
        task = Task(Verb.TAKE_BACK, matter=self.number)
        question = "收回后由您重新办理。缘由（可以不写）："
        await self.with_opinion(task, f"收回　{self.number}", question, required=False)

    async def give_urge(self) -> None:
        task = Task(Verb.URGE, matter=self.number)
        await self.with_opinion(task, f"催办　{self.number}", "要说的话（可以不写）：", required=False)

    async def give_move(self) -> None:
        act = Act(Verb.MOVE, self.session.person, matter=self.number, opinion="（待填写）")
        verdict = self.session.office.preview(act)
        told = [findings_text(each) if each.level is not Level.NOTE else each.facts for each in verdict.findings]
        ahead = [f"{each.step.title}（{each.progress.title}）：{'、'.join(each.names)}" for each in verdict.course]
        question = "\n".join((*told, "换用后的流程：", *ahead, "", "写明为什么换用："))
        task = Task(Verb.MOVE, matter=self.number)
        await self.with_opinion(task, f"换用现行制度　{self.number}", question)

    async def give_override(self) -> None:
        task = Task(Verb.OVERRIDE, matter=self.number)
        question = "特批与一般签字区别显示，始终留痕。写明缘由："
        await self.with_opinion(task, f"特批　{self.number}", question)

    async def give_urgent(self) -> None:
        from tui.screens.form_plan import step_blanks

        matter = self.matter
        task = Task(Verb.URGENT, matter=self.number)
        if matter is not None and step_blanks(self.session, matter, Verb.URGENT):
            self.fill_in(task)
        else:
            question = "先行办理后须限期补齐手续。写明紧急的缘由："
            await self.with_opinion(task, f"先行办理　{self.number}", question)

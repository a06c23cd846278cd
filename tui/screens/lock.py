"""Proving who sits here: at the start, after idle minutes, and before signing."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from core.access.factor import change_pin, is_set, new_secret, set_pin, set_totp, shown_secret
from core.access.session_rules import Factor
from core.errors import FactorRefused, SessionEnded, StoreError
from tui.session import Session
from tui.widgets.dialog import Dialog
from tui.widgets.prose import Paragraph, Prose
from tui.widgets.text_input import TextInput

_LONGEST = 16


class ProofForm(Vertical):
    """A question and a hidden field: the answer to the factor that is set, or the setting of one, step by step."""

    DEFAULT_CSS = "ProofForm { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "change", show=False)]

    class Passed(Message):
        """It is proved who sits here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._factor = session.office.agency.session.factor or Factor.PIN
        self._fresh = not is_set(session.office.store, session.person)
        self._changing, self._old, self._first = False, "", ""
        self._secret = new_secret() if self._fresh and self._factor is Factor.TOTP else b""

    def compose(self) -> ComposeResult:
        yield Prose(self._question(), id="question")
        yield TextInput(password=self._factor is Factor.PIN, max_length=_LONGEST)
        yield Prose("", id="told")

    def _question(self) -> list[Paragraph]:
        if self._secret:
            return [
                Paragraph("第一次登录，请在手机的验证器里添加一个账号，把下面的密钥输入进去："),
                Paragraph(shown_secret(self._secret), 2, strong=True),
                Paragraph("按时间、六位、三十秒。然后输入手机上显示的验证码："),
            ]
        if self._fresh:
            again = "再输入一次：" if self._first else "第一次登录，请设置一个六到十二位数字的口令，不要告诉别人："
            return [Paragraph(again)]
        if self._changing and not self._old:
            return [Paragraph("更换口令。请先输入现在的口令（F2 不换了）：")]
        if self._changing:
            return [
                Paragraph("再输入一次新的口令：" if self._first else "请输入新的口令，六到十二位数字，不要告诉别人：")
            ]
        asked = "请输入口令（F2 更换口令）：" if self._factor is Factor.PIN else "请输入手机上显示的验证码："
        return [Paragraph(asked)]

    def on_input_submitted(self) -> None:
        field = self.query_one(TextInput)
        answer, field.value = field.value, ""
        try:
            if self._changing:
                if not self._change(answer):
                    return
            elif self._fresh and not self._set(answer):
                return
            else:
                self._session.office.prove(self._session.person, answer)
        except (FactorRefused, StoreError) as refusal:
            self._old = self._first = ""
            self.query_one("#question", Prose).show(self._question())
            self.query_one("#told", Prose).show(str(refusal))
            return
        except SessionEnded as error:
            self.app.end(str(error))  # type: ignore[attr-defined]
            return
        self.post_message(self.Passed())

    def action_change(self) -> None:
        """Go over to exchanging the PIN, or back."""
        if self._factor is Factor.PIN and not self._fresh:
            self._changing, self._old, self._first = not self._changing, "", ""
            self._ask()

    def _ask(self) -> None:
        self.query_one("#question", Prose).show(self._question())
        self.query_one("#told", Prose).show("")

    def _change(self, answer: str) -> bool:
        """Whether the PIN is exchanged with this answer: the old one, then the new one twice."""
        if not self._old or not self._first:
            self._old, self._first = self._old or answer, answer if self._old else ""
            self._ask()
            return False
        if answer != self._first:
            raise FactorRefused("两次输入的不一样，没有更换，请从头再来")
        change_pin(self._session.office, self._session.person, self._old, answer)
        self.app.notify("口令已更换。")
        return True

    def _set(self, answer: str) -> bool:
        """Whether the factor is set with this answer; a PIN is typed twice."""
        office, person = self._session.office, self._session.person
        if self._secret:
            set_totp(office, person, self._secret, answer)
            return True
        if not self._first:
            self._first = answer
            self._ask()
            return False
        if answer != self._first:
            raise FactorRefused("两次输入的不一样，请重新设置")
        set_pin(office, person, answer)
        return True


class LockScreen(Screen[None]):
    """Nothing of the office is seen until the question is answered."""

    LOCKS: ClassVar[bool] = True
    AUTO_FOCUS: ClassVar[str | None] = "TextInput"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "leave", show=False)]
    DEFAULT_CSS = "LockScreen { align: center middle; } LockScreen > #lock { width: 64; height: auto; }"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        with Vertical(id="lock"):
            head = f"{self._session.office.agency.title}　{self._session.described()}"
            yield Prose([Paragraph(head, strong=True)])
            yield ProofForm(self._session)
            yield Prose("没有提交的内容已存为草稿。回车确定，Ctrl+Q 退出。")

    def on_proof_form_passed(self) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.app.exit()


class ProofDialog(Dialog[bool]):
    """The same question before signing; Esc leaves without."""

    AUTO_FOCUS: ClassVar[str | None] = "TextInput"

    def __init__(self, session: Session) -> None:
        super().__init__("签字之前请再验证一次", False)
        self._session = session

    def body(self) -> Iterable[Widget]:
        """The question and the way out."""
        yield ProofForm(self._session)
        yield Prose("回车确定，Esc 返回。")

    def on_proof_form_passed(self) -> None:
        self.dismiss(True)

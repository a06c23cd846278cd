"""What can be done here and by which key, written from the registry of commands."""

from collections.abc import Iterator

from tui.commands.command import Command, Scope
from tui.commands.registry import of_scope
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.text import cells
from tui.widgets.prose import Paragraph


class HelpScreen(ReadingScreen):
    """The commands of the screen below first, then all others by place."""

    def __init__(self, session: Session, commands: tuple[Command, ...]) -> None:
        self._commands = commands
        super().__init__(session)

    def paragraphs(self) -> list[Paragraph]:
        return list(self._text())

    def _text(self) -> Iterator[Paragraph]:
        yield Paragraph("这里能做的", strong=True)
        yield from map(_line, self._commands)
        yield Paragraph("")
        yield Paragraph("列表：上下键移动，翻页键翻页，回车打开。表单：回车或下键到下一栏，上键到上一栏。", 2)
        yield Paragraph("加括号的命令现在不能办，按下去会说明原因和依据的条款。", 2)
        here = {command.key for command in self._commands}
        for scope in Scope:
            others = [command for command in of_scope(scope) if command.key not in here]
            if scope.on_screen and others:
                yield Paragraph("")
                yield Paragraph(f"在{scope.title}画面", strong=True)
                yield from map(_line, others)


def _line(command: Command) -> Paragraph:
    label = command.label or "命令表"
    return Paragraph(f"{label}{' ' * max(1, 8 - cells(label))}{command.title}：{command.help}", 2)

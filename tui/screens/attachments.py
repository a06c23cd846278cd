"""The files of a matter: what is attached, how to fetch it, and how to attach more from one's own machine."""

from collections.abc import Iterator
from itertools import count

from core.acts import Act, Verb
from core.attachments.attachment import Attachment, size_text
from core.finding import Level, remarks
from core.matter import Matter
from tui.own_machine import command, named
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.widgets.prose import Paragraph
from tui.wording import moment, remark_lines

_WHERE = "在自己的电脑上，先进到文件所在的目录，再运行（Windows 用“命令提示符”，不用 PowerShell）："


class AttachmentsScreen(ReadingScreen):
    """Name, length, digest and origin of each file, with the very commands that give and take them."""

    def __init__(self, session: Session, number: str) -> None:
        self._number = number
        super().__init__(session)

    def paragraphs(self) -> list[Paragraph]:
        matter = self.session.desk.matter(self._number)
        return list(self._told(matter)) if matter else [Paragraph(f"没有编号为“{self._number}”的事项。")]

    def _told(self, matter: Matter) -> Iterator[Paragraph]:
        held = len(matter.attachments)
        yield Paragraph(f"附件　{self._number}　{f'{held} 件' if held else '一件也没有'}", strong=True)
        for attachment in matter.attachments:
            yield Paragraph("")
            yield from self._file(attachment)
        yield Paragraph("")
        yield Paragraph("添加", strong=True)
        yield from self._adding(matter)

    def _file(self, attachment: Attachment) -> Iterator[Paragraph]:
        by, algorithm = self.session.organisation.name(attachment.by), self.session.office.store.storage.algorithm
        yield Paragraph(f"{attachment.name}　{size_text(attachment.size)}　{by} {moment(attachment.at)}")
        yield Paragraph(f"摘要（{algorithm.upper()}）：{attachment.digest}", 4)
        yield Paragraph(f"取出：{self._command('fetch', attachment.name)} > {named(attachment.name)}", 4)

    def _adding(self, matter: Matter) -> Iterator[Paragraph]:
        """How to attach one more, or why this person cannot now."""
        limits, taken = self.session.office.agency.attachments, {each.name for each in matter.attachments}
        name = next(each for at in count(1) if (each := f"材料{at}.{limits.kinds[0]}") not in taken)
        act = Act(Verb.ATTACH, self.session.person, matter=self._number, target=name)
        findings = self.session.office.preview(act).findings
        for remark in (refused := [each for each in remarks(findings) if each.level is Level.REFUSE and not each.at]):
            yield Paragraph(f"现在不能添加：{remark.facts}", 2)
            yield from (Paragraph(line, 4) for line in remark_lines(remark))
        if not refused:
            yield Paragraph(_WHERE, 2)
            yield Paragraph(f"{self._command('attach', name)} < {name}", 4, strong=True)
            yield Paragraph(f"小于号前面的“{name}”是附件的名称，后面的是文件。添加后不更换、不删除。", 2)
            yield Paragraph(
                f"可以添加 {'、'.join(limits.kinds)}；一件不超过 {size_text(limits.largest)}，最多 {limits.most} 件。",
                2,
            )

    def _command(self, verb: str, name: str) -> str:
        return command(self.session.office, self.session.person, verb, self._number, name)

"""Why a matter stands where it does, on a page of its own."""

from core.reasons import reasons
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.widgets.prose import Paragraph


class WhyScreen(ReadingScreen):
    """Who may act now and who may not, what comes next, why this chain, why these steps."""

    def __init__(self, session: Session, number: str) -> None:
        self._number = number
        super().__init__(session)

    def paragraphs(self) -> list[Paragraph]:
        desk = self.session.desk
        matter = desk.matter(self._number)
        if matter is None or desk.matter_type(matter.kind) is None:
            return [Paragraph(f"“{self._number}”只能查阅，说不出依据。")]
        head = Paragraph(f"依据　{self._number}", strong=True)
        return [head, *(Paragraph(each.text, each.indent, each.strong) for each in reasons(desk, matter))]

"""The frame around a family's own screen; when the family fails, only this frame shows it."""

from collections.abc import Iterable

from textual.widget import Widget

from core.host import reason_of
from tui.page import Page, fault_text
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.prose import Paragraph, Prose


class PageScreen(Frame):
    """A page between our two bars."""

    def __init__(self, session: Session, page: Page) -> None:
        self._page = page
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        yield Prose([Paragraph(self._page.title, strong=True)])
        try:
            yield self._page.build(self.session)
        except Exception as error:
            yield fault_text(reason_of(error))

    async def reload_page(self) -> None:
        """Build the page anew."""
        await self.recompose()
        self.refresh_keys()
        self.show_head()

    def reload(self) -> None:
        self.run_worker(self.reload_page(), exclusive=True)

"""The frame around a family's own screen; when the family fails, at drawing or in any event, only this frame tells."""

from collections.abc import Iterable
from dataclasses import replace

from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

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

    def in_its_place(self, error: Exception) -> Screen[None]:
        """A page of this title that tells what failed."""
        reason = reason_of(error.error if isinstance(error, WorkerFailed) else error)
        return PageScreen(self.session, replace(self._page, build=lambda session: fault_text(reason)))

    async def reload_page(self) -> None:
        """Build the page anew."""
        await self.recompose()
        self.refresh_keys()
        self.show_head()

    def reload(self) -> None:
        self.run_worker(self.reload_page(), exclusive=True)

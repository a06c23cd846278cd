"""The frame around a family's own screen; when the family fails, at drawing or in any event, only this frame tells."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, runtime_checkable

from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from core.host import reason_of
from tui.page import Page, fault_text
from tui.screens.frame import Frame
from tui.session import Session
from tui.widgets.choice import Choice, Option
from tui.widgets.prose import Paragraph, Prose


@runtime_checkable
class Anew(Protocol):
    """A page that can show the records as they are now without being built anew."""

    def read_anew(self) -> bool:
        """Whether it could; where not, it is built anew."""
        ...


class PageScreen(Frame):
    """A page between our two bars."""

    DEFAULT_CSS = """
    PageScreen > #page { height: 1fr; }
    PageScreen > #page > * { max-height: 100%; }
    """

    def __init__(self, session: Session, page: Page) -> None:
        self._page = page
        self._body: Widget | None = None
        super().__init__(session)

    def body(self) -> Iterable[Widget]:
        yield Prose([Paragraph(self._page.title, strong=True)])
        with Container(id="page"):
            try:
                self._body = self._page.build(self.session)
                yield self._body
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
        if not (isinstance(self._body, Anew) and self._body.read_anew()):
            self.run_worker(self.reload_page(), exclusive=True)


async def choose_page(frame: Frame) -> None:
    """Open one of the families' screens."""
    pages = {page.key: page for page in frame.session.pages}
    if not pages:
        await frame.tell("画面", "启用的业务没有自带的画面。")
        return
    options = [Option(page.key, page.title, page.help) for page in pages.values()]
    chosen = await frame.app.push_screen_wait(Choice("打开哪个画面", options))
    if chosen is not None:
        frame.show(PageScreen(frame.session, pages[chosen]))

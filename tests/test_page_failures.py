"""A family's page that fails, at drawing or in its own events: named in its frame, and the rest works."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any, ClassVar

import pytest
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from core.acts import Verb
from core.hookspec import hookimpl
from tui.app import OfficeApp
from tui.page import Page
from tui.screens.page import PageScreen
from tui.session import Session


class Sound(Widget, can_focus=True):
    """Does nothing, well."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "fail", show=False)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def on_mount(self) -> None:
        self.focus()

    def render_line(self, y: int) -> Strip:
        return Strip([Segment("好的画面")])


class AtBuilding(Sound):
    def __init__(self, session: Session) -> None:
        raise RuntimeError("建坏了")


class AtComposing(Sound):
    def compose(self) -> ComposeResult:
        yield Sound(self.session)
        raise RuntimeError("组坏了")


class AtMounting(Sound):
    def on_mount(self) -> None:
        raise RuntimeError("装坏了")


class AtDrawing(Sound):
    def render_line(self, y: int) -> Strip:
        raise RuntimeError("画坏了")


class AtMeasuring(Sound):
    DEFAULT_CSS = "AtMeasuring { height: auto; width: auto; }"

    def get_content_height(self, *_: Any) -> int:
        raise RuntimeError("量坏了")


class AtKey(Sound):
    def on_key(self) -> None:
        raise RuntimeError("键坏了")


class AtAction(Sound):
    def action_fail(self) -> None:
        raise RuntimeError("动坏了")


class AtTimer(Sound):
    def on_mount(self) -> None:
        super().on_mount()
        self.set_timer(0.01, self.late)

    def late(self) -> None:
        raise RuntimeError("时坏了")


class AtWork(Sound):
    def action_fail(self) -> None:
        self.screen.run_worker(self.work())

    async def work(self) -> None:
        raise RuntimeError("工坏了")


class AtRefreshing(Sound):
    def action_fail(self) -> None:
        self.call_after_refresh(self.late)

    def late(self) -> None:
        raise RuntimeError("后坏了")


FAILING: tuple[type[Sound], ...] = (
    AtBuilding, AtComposing, AtMounting, AtDrawing, AtMeasuring, AtKey, AtAction, AtTimer, AtWork, AtRefreshing,
)  # fmt: skip

AT_A_KEY = (AtKey, AtAction, AtWork, AtRefreshing)


@pytest.mark.parametrize("kind", FAILING)
async def test_a_page_that_fails_is_named_and_the_session_goes_on(
    sample: Any, screens: Any, kind: Callable[[Session], Widget]
) -> None:
    number = sample.filed()
    session = Session(sample.office, "P5")
    app = OfficeApp(session)

    def named() -> bool:
        with suppress(RuntimeError, AssertionError):  # Until it has given way, no picture of it can be had.
            return "RuntimeError" in screens.text(app)
        return False

    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        app.push_screen(PageScreen(session, Page("p", "某画面", kind)))
        if kind in AT_A_KEY:
            assert await screens.shows(pilot, "好的画面")
            app.simulate_key("x")
        assert await screens.until(named)
        words = await screens.press(pilot)
        assert "别处不受影响" in words
        words = await screens.press(pilot, "escape")
        assert number in words
        await screens.press(pilot, "enter", "f5", "f2")
        app.push_screen(PageScreen(session, Page("q", "另一画面", Sound)))
        assert "好的画面" in await screens.press(pilot)
    assert app.return_code in (0, None)
    assert sample.office.desk.matter(number).course[-1].verb is Verb.APPROVE


async def test_a_page_that_fails_a_second_time_is_named_again(sample: Any, screens: Any) -> None:
    session = Session(sample.office, "P5")
    app = OfficeApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            app.push_screen(PageScreen(session, Page("p", "某画面", AtAction)))
            await screens.settle(pilot)
            assert "RuntimeError" in await screens.press(pilot, "x")
            assert "待办" in await screens.press(pilot, "escape")


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Gives the sample family a `pages.py` with this hook."""

    def give(sample: Any, hook: Callable[[], Iterator[Page]] | None) -> None:
        package = sys.modules["plugins.sample"]
        monkeypatch.setattr(package, "__path__", [], raising=False)
        module = ModuleType("plugins.sample.pages")
        module.__spec__ = type(sys.__spec__)("plugins.sample.pages", None)
        if hook is not None:
            hook.__name__ = "guizhang_pages"
            module.guizhang_pages = hookimpl(hook)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "plugins.sample.pages", module)

    return give  # type: ignore[return-value]


async def test_pages_that_cannot_be_listed_are_one_faulty_page(sample: Any, screens: Any, pages: Any) -> None:
    def broken() -> Iterator[Page]:
        yield Page("sample.good", "好画面", Sound)
        raise RuntimeError("列坏了")

    pages(sample, broken)
    session = Session(sample.office, "P5")
    assert [page.title for page in session.pages] == ["好画面", "示例（故障）"]
    app = OfficeApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "5")
        assert "好画面" in words
        assert "示例（故障）" in words


def test_a_family_whose_pages_are_missing_their_hook_is_one_faulty_page(sample: Any, pages: Any) -> None:
    pages(sample, None)
    assert [page.title for page in Session(sample.office, "P5").pages] == ["示例（故障）"]

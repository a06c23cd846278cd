"""A screen that a family brings along, shown inside a frame that survives its failure."""

import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from textual.widget import Widget

from core.family import Overview
from core.host import Host, PluginState, reason_of

if TYPE_CHECKING:
    from tui.session import Session

Build = Callable[["Session"], Widget]


@dataclass(frozen=True, slots=True)
class Page:
    """A family's own screen: its name, its title, and what builds its body for a session.

    One named like a kind of matter is where such a matter is filed on the spot: what is owed today opens it.
    """

    key: str
    title: str
    build: Build
    help: str = ""


def pages_of(host: Host) -> Iterator[Page]:
    """The pages of every family in use, then the overviews of all; a family whose `pages.py` fails yields one page that
    tells so.
    """
    in_use = [each for each in host.loaded if each.state is PluginState.ON]
    for loaded in in_use:
        package = host.package(loaded.name)
        try:
            if _has_pages(package):
                module = importlib.import_module(f"{package}.pages")
                yield from module.guizhang_pages()
        except Exception as error:
            yield Page(f"{loaded.name}.fault", f"{loaded.title}（故障）", _telling(reason_of(error)))
    for loaded in in_use:
        for overview in loaded.family.overviews if loaded.family else ():
            yield Page(overview.key, overview.title, _tabled(overview), overview.help)


def _tabled(overview: Overview) -> Build:
    def build(session: "Session") -> Widget:
        from tui.screens.overview import OverviewTable

        return OverviewTable(session, overview)

    return build


def _has_pages(package: str) -> bool:
    module = sys.modules[package]
    return hasattr(module, "__path__") and find_spec(f"{package}.pages") is not None


def _telling(reason: str) -> Build:
    def build(session: "Session") -> Widget:
        return fault_text(reason)

    return build


def fault_text(reason: str) -> Widget:
    """What stands in the place of a page that failed."""
    from tui.widgets.prose import Paragraph, Prose

    return Prose(
        [
            Paragraph("这个画面出了错，别处不受影响。", strong=True),
            Paragraph("请把下面一行告诉系统管理员："),
            Paragraph(reason, indent=2),
        ]
    )

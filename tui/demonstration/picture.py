"""The workbench as a picture, drawn from the demonstration itself."""

import asyncio
import re

from core.office import Office
from tui.app import OfficeApp
from tui.session import Session

_SIZE = (96, 26)
"""Columns and rows of the pictured terminal."""
_FONTS = "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"


def draw(office: Office, person: str) -> str:
    """The first screen of a person's workbench, as SVG that needs no font from elsewhere."""
    drawn = asyncio.run(_drawn(OfficeApp(Session(office, person, demo=True))))
    own = re.sub(r"@font-face\s*\{.*?\}", "", drawn, flags=re.DOTALL)
    return re.sub(r'"?Fira Code"?(, monospace)?', _FONTS, own)


async def _drawn(app: OfficeApp) -> str:
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause()
        return app.export_screenshot(title=" ")

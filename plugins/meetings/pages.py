"""The page of meetings: who keeps the record gets the console, everybody else the room; what waits where none sits."""

from collections.abc import Iterator
from functools import partial

from core.hookspec import hookimpl
from plugins.meetings.screens.today import Today
from tui.page import Page


@hookimpl
def guizhang_pages() -> Iterator[Page]:
    """The meeting of today, for those who sit in it and for all to see."""
    told = "签到、汇报、发言、表决、结论，逐步记录；成员在这里投票；没有会议时列出待上会的议题"
    yield Page("meetings.console", "开会", Today, told)
    yield Page(
        "meetings.room",
        "会场大屏",
        partial(Today, large=True),
        "投在会场的屏幕上看：议到哪一项、谁发过言、下一位是谁、表决结果",
    )

"""The screen of the leave family: one's own leave."""

from collections.abc import Iterator

from textual.widget import Widget

from core.hookspec import hookimpl
from plugins.leave import summary
from tui.page import Page
from tui.session import Session
from tui.widgets.prose import Paragraph, Prose

_PARTS = (
    ("余额", summary.balances),
    ("未结束的请假和公出", summary.ahead),
    ("本月考勤", summary.this_month),
)


def own_leave(session: Session) -> Widget:
    """The person's balances, what lies ahead, and this month's attendance."""
    paragraphs = []
    for title, lines in _PARTS:
        told = list(lines(session.desk, session.person)) or ["无"]
        paragraphs += [Paragraph(title, strong=True), *(Paragraph(line, 2) for line in told)]
    return Prose(paragraphs, focusable=True)


@hookimpl
def guizhang_pages() -> Iterator[Page]:
    """One's own leave."""
    yield Page("leave.own", "我的假期", own_leave, "年休假、补休假的余额，办理中的请假，本月考勤")

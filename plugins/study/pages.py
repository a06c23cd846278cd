"""The screen of the study family: what one has done this year, and what is still missing by when."""

from collections.abc import Iterator

from textual.widget import Widget

from core.hookspec import hookimpl
from plugins.study import figures
from tui.page import Page
from tui.session import Session
from tui.widgets.prose import Paragraph, Prose


def own_study(session: Session) -> Widget:
    """The person's standing of this year, a line for each thing asked of him."""
    year = str(session.day.year)
    paragraphs = [Paragraph(f"{year} 年", strong=True)]
    for row in figures.owed(session.desk, session.person, year):
        left = f"还差 {row['missing']}，不迟于 {row['by']}" if row["missing"] else "已完成"
        told = f"{row['item']}：应完成 {row['required']} {row['unit']}，已完成 {row['done']}；{left}"
        paragraphs.append(Paragraph(told, 2, strong=bool(row["missing"])))
    if len(paragraphs) == 1:
        paragraphs.append(Paragraph("制度对您今年的学习没有数量要求。", 2))
    return Prose(paragraphs, focusable=True)


@hookimpl
def guizhang_pages() -> Iterator[Page]:
    """One's own study."""
    yield Page("study.own", "我的学习", own_study, "今年做了多少，还差多少")

"""A Word document being written: A4 pages, ruled tables, a foot with page numbers. Every text in it stays text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, Twips

from core.text import clean

_SHORT_EDGE, _LONG_EDGE, _MARGIN = 11906, 16838, 1304
"""A4 and its margins, in twentieths of a point."""

_FONT = "宋体"
_LINE, _PADDING = 440, 40
"""The least height of a ruled line, and the room above and below its words."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a table; line feeds in its text begin new lines. `foot` stands below it, to the right."""

    text: str
    span: int = 1
    bold: bool = False
    align: str = "left"
    foot: str = ""


class Page:
    """The document; its methods write from the top downwards."""

    def __init__(self, title: str, author: str, at: datetime, *, wide: bool = False, size: float = 10.5) -> None:
        self.document = Document()
        section = self.document.sections[0]
        across, down = (_LONG_EDGE, _SHORT_EDGE) if wide else (_SHORT_EDGE, _LONG_EDGE)
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Twips(across), Twips(down)
        section.left_margin = section.right_margin = Twips(_MARGIN)
        section.top_margin = section.bottom_margin = Twips(_MARGIN)
        self.width = across - 2 * _MARGIN
        normal: Any = self.document.styles["Normal"]
        normal.font.name, normal.font.size = _FONT, Pt(size)
        foot: Any = self.document.styles["Footer"]
        foot.font.size = Pt(9)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
        normal.paragraph_format.space_after = Pt(0)
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = clean(title)[:255], clean(author)[:255], ""
        properties.created = properties.modified = at.replace(tzinfo=None)

    def heading(self, text: str, size: float = 18) -> None:
        """A line in the middle, in large bold type, on one page with what follows."""
        self._line(text, size, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER).paragraph_format.keep_with_next = True

    def line(
        self,
        text: str,
        *,
        bold: bool = False,
        right: bool = False,
        size: float = 10.5,
        before: float = 6,
        keep: bool = False,
    ) -> None:
        """A paragraph; `before` is the room above and below it, in points. With `keep` it stands on one page with
        what follows.
        """
        align = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        self._line(text, size, bold=bold, align=align, before=before).paragraph_format.keep_with_next = keep

    def prose(self, text: str) -> None:
        """Running text: every line of it a paragraph that begins two characters in."""
        for each in text.split("\n"):
            paragraph = self._line(each, 12, bold=False, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
            paragraph.paragraph_format.first_line_indent = Pt(24)
            paragraph.paragraph_format.line_spacing = 1.5

    def _line(self, text: str, size: float, *, bold: bool, align: Any, before: float = 0) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(before)
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = bold, Pt(size)
        return paragraph

    def table(
        self, widths: Sequence[int], rows: Iterable[Sequence[Box]], *, headed: bool = False, together: bool = False
    ) -> None:
        """A ruled table whose columns share the width of the page in these proportions.

        Where it is `headed`, the first row is repeated on every page; where it stands `together`, no page ends in it.
        """
        whole = sum(widths)
        columns = [self.width * each // whole for each in widths]
        table = self.document.add_table(rows=0, cols=len(columns))
        table.style = "Table Grid"
        table.autofit = False
        _room_in_cells(table._tbl.tblPr)
        for grid, width in zip(table._tbl.tblGrid.gridCol_lst, columns, strict=True):
            grid.w = Twips(width)
        for place, boxes in enumerate(rows):
            table._tbl.append(_row(boxes, columns, heads=headed and place == 0, together=together))

    def new_page(self) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def foot(self, text: str) -> None:
        """What stands at the foot of every page, beside the number of the page."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for words, field in ((f"{clean(text)}　第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
            paragraph.add_run(words)
            if field:
                _field(paragraph.add_run(), field)

    def saved(self) -> bytes:
        """The document as the bytes of a .docx file."""
        held = BytesIO()
        self.document.save(held)
        return held.getvalue()


def _field(run: Any, name: str) -> None:
    for kind in ("begin", "", "end"):
        if kind:
            element = OxmlElement("w:fldChar", {qn("w:fldCharType"): kind})
        else:
            element = OxmlElement("w:instrText")
            element.text = name
        run._r.append(element)


def _row(boxes: Sequence[Box], columns: Sequence[int], *, heads: bool, together: bool) -> Any:
    """A row, built directly: the library looks through the whole table for each cell it adds."""
    row = OxmlElement("w:tr")
    properties = _under(row, "w:trPr")
    _under(properties, "w:cantSplit")
    _under(properties, "w:trHeight", val=str(_LINE), hRule="atLeast")
    if heads:
        _under(properties, "w:tblHeader")
    place = 0
    for box in boxes:
        row.append(_cell(box, sum(columns[place : place + box.span]), together=together))
        place += box.span
    return row


def _room_in_cells(properties: Any) -> None:
    """Keep the words off the rules above and below them."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        _under(margins, f"w:{side}", w=str(_PADDING), type="dxa")
    # The schema wants the margins before the look of the table, which the library puts last.
    properties.insert(len(properties) - 1, margins)


def _cell(box: Box, width: int, *, together: bool) -> Any:
    cell = OxmlElement("w:tc")
    properties = _under(cell, "w:tcPr")
    _under(properties, "w:tcW", w=str(width), type="dxa")
    if box.span > 1:
        _under(properties, "w:gridSpan", val=str(box.span))
    _under(properties, "w:vAlign", val="center")
    lines = clean(box.text).replace("\r", "\n").split("\n")
    for text in lines:
        cell.append(_paragraph(text, box.align, bold=box.bold, together=together))
    if box.foot:
        cell.append(_paragraph(clean(box.foot), "right", bold=False, together=together))
    return cell


def _paragraph(text: str, align: str, *, bold: bool, together: bool) -> Any:
    paragraph = OxmlElement("w:p")
    properties = _under(paragraph, "w:pPr")
    if together:
        _under(properties, "w:keepNext")
    if align != "left":
        _under(properties, "w:jc", val=align)
    run = _under(paragraph, "w:r")
    if bold:
        _under(_under(run, "w:rPr"), "w:b")
    words = _under(run, "w:t")
    words.text = text.replace("\t", " ")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return paragraph


def _under(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})
    parent.append(element)
    return element

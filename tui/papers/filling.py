"""A matter put on its printed form: the family's own where it declares one, else the common layout."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from core.days.wording import day_written
from core.desk import Desk
from core.family import MatterType
from core.fields import Field, Kind, Value
from core.journal import Journal
from core.matter import Matter
from core.papers import Composed, Paper, Passage, called, referred
from core.text import clean
from tui.papers.opinions import opinions
from tui.papers.sheet import Cell, Part, Receipt, Sheet
from tui.papers.values import proof, table, written
from tui.wording import reference_text

_WIDE = 16
"""Characters beyond which a blank takes a line of its own in the common layout."""


class Form:
    """One matter being put on paper."""

    def __init__(self, desk: Desk, matter: Matter) -> None:
        self.desk, self.matter = desk, matter
        self.day = matter.submitted.date()
        self.kind: MatterType | None = desk.host.matter_types.get(matter.kind)
        self.paper: Paper | None = desk.host.papers.get(matter.kind)
        becomes = self.paper.becomes if self.paper else None
        self.composed = becomes(desk, matter) if becomes else None

    def sheet(self) -> Sheet:
        """Everything that is printed."""
        paper, matter = self.paper, self.matter
        if self.composed:
            return self._composed(self.composed)
        title = paper.title if paper else self.kind.title if self.kind else matter.kind
        return Sheet(
            agency=self.desk.agency.title,
            title=title,
            number=matter.number,
            state=matter.state.title,
            parts=tuple(self._parts()),
            passages=_told(paper.passages(self.desk, matter) if paper and paper.passages else ()),
            opinions_title=paper.opinions if paper else "审批意见",
            opinions=tuple(opinions(self.desk, matter)),
            signatures=paper.signatures if paper else (),
            note=paper.note if paper else "",
            receipts=tuple(self._receipts()),
            proof=self._proof(),
        )

    def _composed(self, composed: Composed) -> Sheet:
        return Sheet(
            agency=self.desk.agency.title,
            title=composed.title,
            number=self.matter.number,
            state="",
            parts=(),
            passages=_told(composed.passages),
            opinions_title="",
            opinions=(),
            signatures=composed.signatures,
            note="",
            receipts=(),
            # It is drawn from the records of many matters, so the whole journal up to now stands behind it.
            proof=proof(Journal(self.desk.store).head(), self.desk.day),
        )

    def _proof(self) -> str:
        entries = Journal(self.desk.store).for_matter(self.matter.number)
        return proof(entries[-1] if entries else None, self.desk.day)

    def of_the_matter(self, key: str) -> str:
        """What every matter has: `core.papers.OF_THE_MATTER`."""
        matter = self.matter
        return {
            "number": matter.number,
            "applicant": self.desk.organisation.described(matter.applicant, self.day),
            "unit": reference_text(self.desk, Kind.UNIT, matter.unit),
            "submitted": day_written(self.day),
            "state": matter.state.title,
        }[key]

    def found(self, reference: str) -> tuple[Field, Value | None] | None:
        """The blank that a reference of the form's lines leads to, with what it holds; None where it leads nowhere."""
        blank = referred(self.kind, reference) if self.kind else None
        if blank is None or self.kind is None:
            return None
        head, _, rest = reference.partition(".")
        if blank.key == reference and rest:
            return blank, self.of_the_matter(rest)
        if head in self.kind.step_forms:
            return blank, self.matter.extra.get(head, {}).get(rest)
        return self._elsewhere(self.matter.text(head), rest) if rest else (blank, self.matter.values.get(head))

    def _elsewhere(self, number: str, key: str) -> tuple[Field, Value | None] | None:
        """A blank of the matter that this one refers to."""
        other = self.desk.matter(number) if number else None
        kind = self.desk.matter_type(other.kind) if other else None
        blank = kind.blank(key) if kind else None
        return (blank, other.values.get(key)) if other and blank else None

    def cell(self, written: str) -> Cell | None:
        """What a reference of the form's lines leads to, as it is printed."""
        reference, label = called(written)
        found = self.found(reference)
        cell = self._written(*found) if found else None
        return replace(cell, label=label) if cell and label else cell

    def _written(self, blank: Field, value: Value | None) -> Cell:
        text = written(self.desk, blank, value, self.day)
        return Cell(blank.title, text, blank.kind in (Kind.LONG, Kind.MONEY) or len(text) > _WIDE)

    def _parts(self) -> Iterator[Part]:
        if self.kind is None:
            held = self.matter.values.items()
            yield Part("", tuple((Cell(clean(key), clean(str(value)), True),) for key, value in held))
            return
        grids = tuple(
            table(self.desk, blank, rows, self.day)
            for blank in self.kind.facts
            if blank.kind is Kind.ROWS and (rows := self.matter.rows(blank.key))
        )
        if self.paper is not None and self.paper.lines:
            yield Part("", tuple(self._declared(self.paper)), grids)
            return
        filed = Cell("申请人", self.of_the_matter("applicant")), Cell("提交日期", day_written(self.day))
        yield Part("", (filed, *self._common(self.kind.facts, self.matter.values)), grids)
        for form, values in self.matter.extra.items():
            if told := self._common(self.kind.step_forms.get(form, ()), values):
                yield Part(self._step_of(form), told)

    def _declared(self, paper: Paper) -> Iterator[tuple[Cell, ...]]:
        """The lines of the family's own form, but for those on which nothing is filled in."""
        for line in paper.lines:
            cells = tuple(cell for cell in map(self.cell, line) if cell)
            if any(cell.text for cell in cells):
                yield cells

    def _step_of(self, form: str) -> str:
        return next((step.title for step in self.matter.steps if step.form == form), "办理情况")

    def _common(self, blanks: tuple[Field, ...], values: Mapping[str, Any]) -> tuple[tuple[Cell, ...], ...]:
        """The blanks that hold something, two side by side where both are short."""
        lines: list[tuple[Cell, ...]] = []
        for blank in blanks:
            cell = self._written(blank, values.get(blank.key))
            if not cell.text:
                continue
            if lines and len(lines[-1]) == 1 and not lines[-1][0].wide and not cell.wide:
                lines[-1] = (lines[-1][0], cell)
            else:
                lines.append((cell,))
        return tuple(lines)

    def _receipts(self) -> Iterator[Receipt]:
        declared = self.paper.receipts if self.paper else None
        blank = self.kind.blank(declared.rows) if self.kind and declared else None
        if declared is None or blank is None:
            return
        columns = {column.key: column for column in blank.columns}
        for place, row in enumerate(self.matter.rows(declared.rows), 1):
            cells = tuple(self._written(columns[key], row.get(key)) for key in declared.columns)
            kept = tuple(cell for cell in cells if cell.text)
            yield Receipt(declared.title, f"{self.matter.number} 第 {place} 张", kept)


def _told(passages: Iterable[Passage]) -> tuple[Cell, ...]:
    """Running text with its headings."""
    return tuple(Cell(clean(each.heading), clean(each.text)) for each in passages)

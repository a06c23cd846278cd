"""Printed forms: how a matter or a year of a ledger is laid out on paper, as data."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.fields import Field, Kind

if TYPE_CHECKING:
    from core.consulted import Consulted
    from core.family import Family, MatterType
    from core.matter import Matter

OF_THE_MATTER = {
    "number": "编号",
    "applicant": "申请人",
    "unit": "科室",
    "submitted": "提交日期",
    "state": "办理状态",
}
"""What every matter has beside its blanks, referred to as `matter.number`…: key and title."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text of a printed form, under a heading where it has one."""

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document of running text, such as minutes."""

    title: str
    passages: tuple[Passage, ...]
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipts:
    """A receipt for each row of a blank that holds rows, printed after the form to be cut off."""

    title: str
    rows: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The printed form of a kind of matter, or of a year of a ledger.

    A line names what stands side by side on it: `seal` a blank, `sealing.count` a blank of a step's own form,
    `use.seal` a blank of the matter that the blank `use` refers to, `matter.applicant` what every matter has; after a
    `=` stands what it is called on paper, where that is not its title. Rows (`Kind.ROWS`) are printed as a table after
    the lines. Of a ledger, the lines name the columns in their order.
    """

    of: str
    """Key of the matter type or the ledger."""
    title: str
    lines: tuple[tuple[str, ...], ...] = ()
    opinions: str = "审批意见"
    signatures: tuple[str, ...] = ()
    """Who signs by hand at the foot."""
    note: str = ""
    """What is printed below the form for whoever fills in or signs it."""
    receipts: Receipts | None = None
    passages: "Callable[[Consulted, Matter], Iterable[Passage]] | None" = None
    """Running text worked out from the records, printed after the lines."""
    becomes: "Callable[[Consulted, Matter], Composed | None] | None" = None
    """What it prints as instead, from the time there is such a document: a notice of a meeting, as its minutes."""

    @property
    def named(self) -> tuple[str, ...]:
        """Every reference of its lines, in order."""
        return tuple(called(written)[0] for line in self.lines for written in line)


def called(written: str) -> tuple[str, str]:
    """A reference as it is written in a line, and what it is called on paper; empty for its own title."""
    reference, _, label = written.partition("=")
    return reference, label


def referred(kind: "MatterType", reference: str) -> Field | None:
    """The blank that a line's reference stands for; for `use.seal` the blank that refers. None where there is none."""
    head, _, rest = reference.partition(".")
    if head == "matter" and rest in OF_THE_MATTER:
        return Field(reference, OF_THE_MATTER[rest])
    if head in kind.step_forms:
        return next((blank for blank in kind.step_forms[head] if blank.key == rest), None)
    blank = kind.blank(head)
    return blank if blank is not None and (not rest or blank.kind is Kind.MATTER) else None


def paper_faults(family: "Family") -> list[str]:
    """What the printed forms of a family refer to that is not there, in sentences."""
    kinds = {kind.key: kind for kind in family.matters}
    ledgers = {ledger.key: ledger for ledger in family.ledgers}
    found = []
    for paper in family.papers:
        if paper.of in kinds:
            missing = list(_missing(paper, kinds[paper.of]))
        elif paper.of in ledgers:
            known = {column.key for column in ledgers[paper.of].columns}
            missing = [each for each in paper.named if each not in known]
        else:
            found.append(f"表样“{paper.title}”所属的“{paper.of}”不是本模块的事项或台账")
            continue
        found += [f"表样“{paper.title}”写了没有的栏目“{each}”" for each in missing]
    return found


def _missing(paper: Paper, kind: "MatterType") -> Iterator[str]:
    yield from (each for each in paper.named if referred(kind, each) is None)
    if paper.receipts is not None:
        rows = kind.blank(paper.receipts.rows)
        known = {column.key for column in rows.columns} if rows is not None else set()
        yield from (each for each in paper.receipts.columns if each not in known)

"""Ledgers against the matters they are kept for: every line has its lawful matter, every matter done has its lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tinydb import where

from core.codec import entry_from_document
from core.desk import Desk, ledger_table
from core.family import Booked, LedgerType, MatterType
from core.matter import Matter, State
from core.records import Entry


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A line without an act that warrants it, or an act whose line is missing or says something else."""

    ledger: str
    matter: str
    """Empty for a line that names none."""
    line: int
    """0 where lines are missing or wrong together."""
    facts: str
    remedy: str


@dataclass(slots=True)
class _Lines:
    """What a ledger holds of one matter; what was corrected, and the corrections, left out."""

    first: int = 0
    plain: list[Entry] = field(default_factory=list)
    corrected: bool = False


def reconcile(desk: Desk, ledger: str = "") -> Iterator[Discrepancy]:
    """Every discrepancy of one ledger, or of all that any kind of matter is booked in. Reads them whole."""
    booked = _booked(desk)
    for key in [ledger] if ledger else booked:
        if key in booked:
            yield from _Reconciling(desk, desk.host.ledgers[key], booked[key]).run()


def kept_from(desk: Desk) -> list[str]:
    """The ledgers that cannot be reconciled for whoever asks at this desk, since he may not read the whole of them."""
    return [
        ledger
        for ledger, kinds in _booked(desk).items()
        if any(desk.readable(each) is not None for each in (ledger, *kinds))
    ]


def _booked(desk: Desk) -> dict[str, dict[str, tuple[MatterType, Booked]]]:
    """By ledger, the kinds of matter booked in it."""
    found: dict[str, dict[str, tuple[MatterType, Booked]]] = {}
    for kind in desk.host.matter_types.values():
        for each in kind.books:
            if each.ledger in desk.host.ledgers:
                found.setdefault(each.ledger, {})[kind.key] = (kind, each)
    return found


class _Reconciling:
    """One ledger being checked, both ways."""

    def __init__(self, desk: Desk, ledger: LedgerType, kinds: Mapping[str, tuple[MatterType, Booked]]) -> None:
        self._desk, self._ledger, self._kinds = desk, ledger, kinds

    def run(self) -> Iterator[Discrepancy]:
        held = self._held()
        for number, lines in held.items():
            yield from self._unwarranted(number, lines)
        for key, (kind, booked) in self._kinds.items():
            for matter in self._settled(key):
                yield from self._unbooked(kind, booked, matter, held.get(matter.number, _Lines()))

    def _held(self) -> dict[str, _Lines]:
        held: dict[str, _Lines] = {}
        corrected = set()
        for row in self._desk.store.table(ledger_table(self._ledger.key)).each():
            entry = entry_from_document(row, row.doc_id, self._ledger)
            lines = held.setdefault(entry.matter, _Lines(entry.number))
            if entry.corrects:
                corrected.add(entry.corrects)
                lines.corrected = True
            else:
                lines.plain.append(entry)
        for lines in held.values():
            if any(entry.number in corrected for entry in lines.plain):
                lines.corrected = True
        return held

    def _settled(self, kind: str) -> Iterator[Matter]:
        query = (where("kind") == kind) & (where("state") == State.SETTLED.value)
        return (self._desk.to_matter(row) for row in self._desk.store.table("matters").each(query))

    def _unwarranted(self, number: str, lines: _Lines) -> Iterator[Discrepancy]:
        """Lines whose matter is not there, is of another kind, or was never carried through."""
        matter = self._desk.matter(number) if number else None
        if matter is None:
            facts = f"第 {lines.first} 行" + (f"所凭的 {number} 不存在" if number else "没有写明凭哪一件事项")
            yield self._found(number, lines.first, facts, "查明由谁记入；不实的，以红字冲销")
            return
        declared = self._kinds.get(matter.kind)
        if declared is None:
            if lines.plain:
                facts = f"第 {lines.first} 行所凭的 {number} 不记这本台账"
                yield self._found(number, lines.first, facts, "查明由谁记入；不实的，以红字冲销")
            return
        if not declared[1].early and matter.state is not State.SETTLED and not matter.performed:
            facts = f"{number} 现为{matter.state.title}，第 {lines.first} 行却已经记账"
            yield self._found(number, lines.first, facts, "先办完审批；不该办的，以红字冲销")

    def _unbooked(self, kind: MatterType, booked: Booked, matter: Matter, lines: _Lines) -> Iterator[Discrepancy]:
        """A matter that was carried through, but is not booked as it says."""
        if not lines.plain:
            if booked.always and not lines.corrected:
                facts = f"{matter.number}《{kind.title}》已经办结，台账里没有记"
                yield self._found(matter.number, 0, facts, "查明漏记或被删的原因，补办登记")
            return
        if lines.corrected:
            return
        if booked.rows and len(lines.plain) != (wanted := len(matter.rows(booked.rows))):
            facts = f"{matter.number} 应记 {wanted} 行，台账里有 {len(lines.plain)} 行"
            yield self._found(matter.number, 0, facts, "核对各行；多记的冲销，漏记的补办")
        if booked.column:
            said, summed = _said(matter, booked.blank), _sum(lines.plain, booked.column)
            if summed != said:
                facts = f"{matter.number} 办理的是 {said}，台账里合计 {summed}"
                yield self._found(matter.number, 0, facts, "核对各行；多记的冲销，漏记的补办")

    def _found(self, matter: str, line: int, facts: str, remedy: str) -> Discrepancy:
        return Discrepancy(self._ledger.key, matter, line, f"{self._ledger.title}：{facts}", remedy)


def _said(matter: Matter, blank: str) -> Decimal:
    form, _, key = blank.rpartition(".")
    held = matter.extra.get(form, {}).get(key) if form else matter.values.get(key)
    return Decimal(str(held)) if held is not None else Decimal(0)


def _sum(lines: list[Entry], column: str) -> Decimal:
    return sum((Decimal(str(line.values.get(column, 0))) for line in lines), Decimal(0))

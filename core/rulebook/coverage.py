"""What becomes of every clause: its class, what carries it out, how often cases saw it pass and refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.rulebook.model import GENERAL, Clause, ClauseClass, Regulation, Rulebook


@dataclass(frozen=True, slots=True)
class Tally:
    """How often cases passed something by a clause, and how often it refused something or was found overdue."""

    passes: int = 0
    refuses: int = 0

    def plus(self, other: "Tally") -> "Tally":
        return Tally(self.passes + other.passes, self.refuses + other.refuses)


@dataclass(frozen=True, slots=True)
class Row:
    """One clause's line of the coverage table."""

    agency: str
    regulation: str
    no: str
    name: str
    """What the clause is called to people."""
    kind: str
    classed: ClauseClass
    rules: tuple[str, ...]
    """Ids of rule uses, chains and duties, and the names of recorded blanks, ledgers and settings."""
    passes: int = 0
    refuses: int = 0
    why: str = ""
    """Why people judge it, or how an opening in it is read."""

    def to_json(self) -> dict[str, Any]:
        return {
            "agency": self.agency,
            "regulation": self.regulation,
            "no": self.no,
            "name": self.name,
            "kind": self.kind,
            "class": self.classed.value,
            "rules": list(self.rules),
            "passes": self.passes,
            "refuses": self.refuses,
            "why": self.why,
        }


def coverage(rulebook: Rulebook, tallies: Mapping[str, Tally]) -> list[Row]:
    """A row for every clause of the agency's own regulations, in their order; tallies are by `regulation/no`."""
    return [
        _row(rulebook, regulation, clause, tallies.get(f"{regulation.id}/{clause.no}", Tally()))
        for regulation, clause in rulebook.clauses()
        if regulation.id != GENERAL
    ]


def _row(rulebook: Rulebook, regulation: Regulation, clause: Clause, tally: Tally) -> Row:
    key = f"{regulation.id}/{clause.no}"
    return Row(
        agency=rulebook.agency,
        regulation=regulation.id,
        no=clause.no,
        name=clause.name,
        kind=clause.kind,
        classed=clause.classed,
        rules=(
            *(use.id for use in clause.rules),
            *(f"{chain.matter}@{key}" for chain in clause.chains),
            *(duty.id for duty in clause.duties),
            *clause.records,
            *clause.settings,
            *(f"core.reading@{key}" for _ in clause.readings[:1]),
        ),
        passes=tally.passes,
        refuses=tally.refuses,
        why=clause.manual or clause.note,
    )

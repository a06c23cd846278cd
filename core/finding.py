"""Why an act is refused, warned of or noted: rule, clause, facts, remedy."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any


class Level(Enum):
    """How much a finding weighs: `REFUSE` stops the act, `WARN` asks for a reason, `NOTE` only informs."""

    REFUSE = "refuse"
    WARN = "warn"
    NOTE = "note"

    @property
    def title(self) -> str:
        return {"refuse": "拒绝", "warn": "提醒", "note": "说明"}[self.value]


@dataclass(frozen=True, slots=True)
class Citation:
    """One clause as it is quoted to people: agency, regulation, id, our own words for it, and what it is called."""

    agency: str
    regulation: str
    no: str
    title: str
    text: str
    name: str
    """The place of the document, as the office cites it: `第六条（一）`, `流程图`."""

    @property
    def quoted(self) -> str:
        """The clause by name and in our words."""
        return f"{self.label}“{self.text}”"

    @property
    def key(self) -> str:
        """`finance/6(1)(b)`: how cases and the command line name a clause."""
        return f"{self.regulation}/{self.no}"

    @property
    def label(self) -> str:
        """The clause as an office cites it: `《财务管理制度》第六条（一）`."""
        return f"《{self.title}》{self.name}"

    @property
    def narrow(self) -> str:
        """The same for a narrow column, where what tells clauses apart comes first: `第六条（一）《财务管理制度》`."""
        return f"{self.name}《{self.title}》"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule has to say, before the core stamps it with the rule's id and clause."""

    facts: str
    remedy: str
    at: str = ""
    level: Level = Level.REFUSE


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its address: which rule, which clause, which facts, what satisfies it, which blank."""

    rule: str
    clause: Citation
    facts: str
    remedy: str
    at: str = ""
    level: Level = Level.REFUSE

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "level": self.level.value, "clause": {**asdict(self.clause), "key": self.clause.key}}


@dataclass(frozen=True, slots=True)
class Remark:
    """What findings that say the same of the same blank come to: it is told once, under every clause it stands on."""

    level: Level
    facts: str
    remedy: str
    at: str
    clauses: tuple[Citation, ...]


def remarks(findings: Iterable[Finding]) -> tuple[Remark, ...]:
    """What the findings have to say, in the order in which each thing is first said."""
    said: dict[tuple[Level, str, str, str], dict[Citation, None]] = {}
    for each in findings:
        said.setdefault((each.level, each.facts, each.remedy, each.at), {})[each.clause] = None
    return tuple(Remark(*words, tuple(clauses)) for words, clauses in said.items())


def refuses(findings: tuple[Finding, ...]) -> bool:
    """True when any of the findings stops the act."""
    return any(finding.level is Level.REFUSE for finding in findings)

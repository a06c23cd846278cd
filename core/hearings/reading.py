"""Reading: who may look at a matter or a ledger, and that nobody acts on what he may not read."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.access.reading import Readers
from core.acts import SYSTEM, Act, Verb
from core.desk import Desk
from core.fields import Field, Kind
from core.finding import Finding
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge
from core.hearings.persons import Persons

_LINES = 10_000
"""How many lines of a ledger are asked about when the whole of it is to be read."""


class Reading:
    """Hears the wish to read, and every other act on a matter in so far as it takes reading it."""

    def __init__(self, desk: Desk, judge: Judge) -> None:
        self._desk, self._judge = desk, judge
        self._readers, self._persons = Readers(desk), Persons(desk, judge)

    def hear(self, act: Act) -> Hearing:
        """Whether the actor may read a matter, or every line of a ledger."""
        hearing = Hearing(act, self._readers.shut_out(act.by))
        if hearing.findings:
            return hearing
        if act.target in self._desk.host.ledgers:
            for entry in self._desk.entries(act.target, limit=_LINES):
                found, judged = self._readers.against_entry(act.by, entry)
                hearing.judged += judged
                hearing.findings += found
                if found:
                    break
            return hearing
        matter = self._desk.matter(act.matter)
        if matter is None:
            hearing.findings.append(self._judge.unknown_matter(act.matter))
            return hearing
        hearing.findings, hearing.judged = self._readers.against_matter(act.by, matter)
        return hearing

    def bars(self, act: Act) -> Hearing | None:
        """The hearing that ends an act on a matter which the actor may not read; None where he may."""
        matter = self._desk.matter(act.matter) if self._asked(act) and act.matter else None
        if matter is None:
            return None
        hearing = Hearing(act)
        hearing.findings, hearing.judged = self._readers.against_matter(act.by, matter)
        if act.verb is Verb.COPY and not hearing.findings:
            persons = self._persons.named(Hearing(act), matter, "copy")
            hearing.findings = self._readers.against_copying(act.by, matter, persons)
        return hearing if hearing.findings else None

    def referring(self, act: Act) -> Iterator[Finding]:
        """A finding for each matter that a form refers to and the actor may not read."""
        kind = self._desk.host.matter_types.get(act.kind) if self._asked(act) else None
        for blank in kind.fields if kind else ():
            raw = act.values.get(blank.key, act.values.get(blank.title))
            for number in _numbers(blank, raw):
                matter = self._desk.matter(number)
                for finding in self._readers.against_matter(act.by, matter)[0] if matter else ():
                    yield replace(finding, at=blank.key)

    def _asked(self, act: Act) -> bool:
        return bool(self._readers.restricted) and act.by != SYSTEM and act.verb is not Verb.READ


def _numbers(blank: Field, raw: object) -> Iterator[str]:
    """The numbers of matters in a blank as typed, those in its rows included."""
    if blank.kind is Kind.MATTER and isinstance(raw, str):
        yield raw.strip()
    for row in raw if isinstance(raw, list | tuple) else ():
        for column in blank.columns if isinstance(row, Mapping) else ():
            yield from _numbers(column, row.get(column.key, row.get(column.title)))

"""Who may read what: the clauses that keep a matter or a ledger to some, and the agency's own word where none does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tinydb import where

from core.access.account import Role
from core.access.accounts import role_of
from core.chains.actors import scope_of
from core.chains.planning import present_actors
from core.chains.selectors import Scope, described, select
from core.chains.steps import StepKind
from core.desk import Desk
from core.family import blanks_of
from core.fields import Field, Kind, person_blanks
from core.finding import Citation, Finding
from core.matter import Matter
from core.records import Entry
from core.rule_kinds import matter_facts
from core.rulebook.model import GENERAL, Reading

_TOOK_PART = 200
"""How many matters are looked through for those who took part in the same thing."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What somebody wants to read: a matter, or a line of a ledger with the matter it comes from."""

    name: str
    """The matter type or the ledger."""
    what: str
    """How a refusal calls it; never what it says."""
    blanks: Mapping[str, Field]
    values: Mapping[str, Any]
    matter: Matter | None = None


class Readers:
    """Judges whether a person may read. An agency whose clauses and files say nothing keeps nothing from anybody."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.restricted = desk.rulebook.restricted | {
            name for name in (*desk.host.matter_types, *desk.host.ledgers) if desk.agency.readers(name)
        }
        """The kinds of matters and the ledgers that not everybody may read."""

    def shut_out(self, person: str) -> list[Finding]:
        """What keeps an administrator from all business, whatever it says; nothing for anybody else."""
        role = role_of(self._desk.store, person)
        if role is Role.STAFF:
            return []
        clause = self._desk.rulebook.cite(f"{GENERAL}/three-administrators")
        return [Finding("core.reading", clause, f"{role.title}看不到业务内容", "请由业务人员用自己的账号查阅")]

    def against_matter(self, person: str, matter: Matter) -> tuple[list[Finding], list[str]]:
        """What keeps a matter from a person, empty where he may read it, and the clauses that were judged."""
        if shut_out := self.shut_out(person):
            return shut_out, []
        return self._judged(person, self._matter(matter)) if matter.kind in self.restricted else ([], [])

    def at_hand(self, person: str) -> frozenset[str]:
        """The numbers of the matters that were copied to a person or stand in his inbox, for reading many at once."""
        mine = where("person") == person
        found = (self._desk.store.table(name).search(mine) for name in ("copies", "inbox"))
        return frozenset(str(row["matter"]) for rows in found for row in rows)

    def reads_matter(self, person: str, matter: Matter, at_hand: frozenset[str]) -> bool:
        """Whether a member of staff may read one of many matters, of which those `at_hand` may wait for him."""
        return matter.kind not in self.restricted or not self._keeping(person, self._matter(matter), at_hand)

    def reads_entry(self, person: str, entry: Entry, at_hand: frozenset[str]) -> bool:
        """Whether a member of staff may read one of many lines of a ledger."""
        return entry.ledger not in self.restricted or not self._keeping(person, self._entry(entry), at_hand)

    def against_entry(self, person: str, entry: Entry) -> tuple[list[Finding], list[str]]:
        """What keeps a line of a ledger from a person."""
        if shut_out := self.shut_out(person):
            return shut_out, []
        return self._judged(person, self._entry(entry)) if entry.ledger in self.restricted else ([], [])

    def against_copying(self, by: str, matter: Matter, persons: Iterable[str]) -> list[Finding]:
        """What keeps a person from sending a matter to others: only those whom the clause names may let others read."""
        strangers = [each for each in persons if self.against_matter(each, matter)[0]]
        if not strangers:
            return []
        read = self._matter(matter)
        names = "、".join(self._desk.organisation.described(each, self._desk.day) for each in strangers)
        return [
            Finding(
                "core.reading",
                self._cite(no),
                f"{names}不在可以查阅{read.what}的人员之列",
                self._remedy(use),
                "persons",
            )
            for use, no in self._uses(read)
            if by not in self._selected(use.by, read)
        ]

    def grants(self, person: str, matter: Matter) -> bool:
        """Whether every clause that keeps a matter to some names this person among them, so that he lets others in."""
        read = self._matter(matter)
        uses = [use for use, _ in self._uses(read)] if matter.kind in self.restricted else []
        return bool(uses) and all(person in self._selected(use.by, read) for use in uses)

    def reads_all(self, person: str, name: str) -> bool:
        """Whether a person may read every matter of a kind, or every line of a ledger, whatever it says."""
        if name not in self.restricted:
            return True
        desk = self._desk
        said = [use.by for use, _, clause in desk.rulebook.readings(name) if clause.in_force(desk.day)]
        own = desk.agency.readers(name)
        anything = _Read(name, "", {}, {})
        return all(person in self._selected(by, anything) for by in (*said, *([own] if own else [])))

    def _judged(self, person: str, read: _Read) -> tuple[list[Finding], list[str]]:
        found = []
        for use, no in self._keeping(person, read):
            who = self._desk.organisation.described(person, self._desk.day) if person else "没有写明是谁，"
            facts = f"{read.what}只由{self._described(use)}和经办过的人查阅，{who}不在其中"
            found.append(Finding("core.reading", self._cite(no), facts, self._remedy(use)))
        return found, [no for _, no in self._uses(read)]

    def _keeping(self, person: str, read: _Read, at_hand: frozenset[str] | None = None) -> list[tuple[Reading, str]]:
        """The clauses that keep it from a person; none where he may read it."""
        keeping = [
            (use, no)
            for use, no in self._uses(read)
            if person not in self._selected(use.by, read) and person not in self._named(use.persons, read)
        ]
        return [] if keeping and read.matter and self._has_part(person, read.matter, at_hand) else keeping

    def _cite(self, no: str) -> Citation:
        return self._desk.rulebook.cite(no)

    def _remedy(self, use: Reading) -> str:
        return use.remedy or f"确有需要的，说明缘由，请{self._described(use)}抄送"

    def _uses(self, read: _Read) -> Iterator[tuple[Reading, str]]:
        """The clauses on who may read it that hold today; the agency's own word where there is none."""
        desk, spoken = self._desk, False
        for use, regulation, clause in desk.rulebook.readings(read.name):
            if clause.in_force(desk.day) and (use.when is None or use.when.met(self._facts(read))):
                spoken = True
                yield use, f"{regulation.id}/{clause.no}"
        if not spoken and (by := desk.agency.readers(read.name)):
            yield Reading(by=by), f"{GENERAL}/reading"

    def _facts(self, read: _Read) -> Mapping[str, Any]:
        """What conditions compare: of a line its columns, of a matter also what is known of its applicant."""
        matter = read.matter
        if matter is None or matter.kind != read.name:
            return read.values
        return matter_facts(matter, self._desk.organisation, self._desk.day)

    def _matter(self, matter: Matter) -> _Read:
        kind = self._desk.host.matter_types.get(matter.kind)
        what = f"《{kind.title if kind else matter.kind}》{matter.number}"
        return _Read(matter.kind, what, blanks_of(kind) if kind else {}, matter.values, matter)

    def _entry(self, entry: Entry) -> _Read:
        ledger = self._desk.host.ledgers.get(entry.ledger)
        what = f"《{ledger.title if ledger else entry.ledger}》第 {entry.number} 行"
        matter = self._desk.matter(entry.matter) if entry.matter else None
        return _Read(entry.ledger, what, blanks_of(ledger) if ledger else {}, entry.values, matter)

    def _has_part(self, person: str, matter: Matter, at_hand: frozenset[str] | None) -> bool:
        """Whether a person filed it, signed, was sent a copy, or can act on it now: what is in one's hands is read."""
        desk = self._desk
        if person and (
            person == matter.applicant or any(person in (each.by, each.on_behalf) for each in matter.course)
        ):
            return True
        waits = matter.kind in desk.host.matter_types and matter.state.open
        near = at_hand is None or matter.number in at_hand
        if near and (person in desk.readers(matter.number) or (waits and person in present_actors(desk, matter))):
            return True
        return waits and person in self._out_of_turn(matter)

    def _out_of_turn(self, matter: Matter) -> Iterator[str]:
        """Whoever may decide in the signers' place, carry out before them, or sits in the body it waits for."""
        chain, step = self._desk.chain_of(matter), matter.step
        by: list[str] = []
        if step is not None and step.override is not None:
            by += step.override.by
        if step is not None and step.body:
            by += self._members(step.body)
        if chain is not None and chain.urgent is not None:
            performing = (each.by for each in matter.steps if each.kind is StepKind.PERFORM)
            by += chain.urgent.by or next(performing, ())
        if not by:
            return
        scope = scope_of(matter, self._desk.organisation, self._desk.day)
        for selector in by:
            yield from select(selector, scope)

    def _members(self, body: str) -> tuple[str, ...]:
        found = self._desk.agency.bodies.get(body)
        return (*found.members, *found.attendees, *found.secretary) if found else ()

    def _selected(self, by: Iterable[str], read: _Read) -> frozenset[str]:
        desk, matter = self._desk, read.matter
        scope = Scope(desk.organisation, desk.day, values=read.values)
        if matter is not None:
            scope = scope_of(matter, desk.organisation, desk.day)
        return frozenset(person for selector in by for person in self._admitted(selector, scope, read))

    def _admitted(self, selector: str, scope: Scope, read: _Read) -> Iterable[str]:
        head, _, tail = selector.partition(":")
        match head:
            case "everyone":
                return (each.key for each in scope.organisation.staff(scope.day))
            case "unit-of-matter":
                return self._staff(scope.unit) if scope.unit else ()
            case "staff-of":
                return self._staff(tail)
            case "members-of":
                return (person for each in self._members(tail) for person in select(each, scope))
            case "named":
                return self._named(person_blanks(read.blanks.values()), read)
            case _:
                return select(selector, scope)

    def _staff(self, unit: str) -> Iterator[str]:
        organisation, day = self._desk.organisation, self._desk.day
        return (each.person for each in organisation.tenures if each.unit == unit and each.span.holds(day))

    def _named(self, paths: Iterable[str], read: _Read) -> frozenset[str]:
        return frozenset(person for path in paths for person in self._along(path, read))

    def _along(self, path: str, read: _Read) -> Iterator[str]:
        """The persons a path leads to from what is read."""
        kind, linked, rest = path.partition(":")
        if linked:
            for other in self._linked(kind, read):
                yield from self._along(rest, self._matter(other))
            return
        key, _, tail = path.partition(".")
        value, blank = read.values.get(key), read.blanks.get(key)
        if blank is not None and blank.kind is Kind.MATTER and tail:
            meant = self._desk.matter(str(value)) if value else None
            if meant is not None:
                yield from self._along(tail, self._matter(meant))
        elif isinstance(value, tuple):
            yield from (str(row[tail]) for row in value if row.get(tail))
        elif value:
            yield str(value)

    def _linked(self, kind: str, read: _Read) -> Iterator[Matter]:
        """The matters of a kind that refer to what is read, or to the same matter that it refers to."""
        declared = self._desk.host.matter_types.get(kind)
        targets = {blank.matter: read.values.get(blank.key) for blank in read.blanks.values() if blank.matter}
        if read.matter is not None:
            targets[read.matter.kind] = read.matter.number
        for blank in declared.facts if declared else ():
            if blank.kind is Kind.MATTER and (number := targets.get(blank.matter)):
                yield from self._desk.matters(kind, limit=_TOOK_PART, **{blank.key: number})

    def _described(self, use: Reading) -> str:
        """Those a clause lets read, in words."""
        agency, words = self._desk.agency, []
        for selector in use.by:
            head, _, tail = selector.partition(":")
            match head:
                case "everyone":
                    words.append("全体人员")
                case "unit-of-matter":
                    words.append("申请科室的人员")
                case "staff-of":
                    words.append(f"{agency.units[tail].title}的人员")
                case "members-of":
                    words.append(f"{agency.bodies[tail].title}成员")
                case "named":
                    words.append("所涉及的人员")
                case _:
                    words.append(described(selector, self._desk.organisation))
        return "、".join(dict.fromkeys((*words, *(["参加人员"] if use.persons else []))))

"""Reading `[[clause.reading]]`: who may look at a kind of matter or at a ledger."""

from collections.abc import Sequence

from core.family import LedgerType, MatterType, blanks_of
from core.fields import Kind, person_blanks
from core.rulebook.conditions import Facts, facts_of, read_condition
from core.rulebook.faults import unknown
from core.rulebook.model import Reading
from core.rulebook.tables import Table
from core.rulebook.vocabulary import Vocabulary


def read_reading(table: Table, vocabulary: Vocabulary) -> Reading | None:
    """The reading a table states; None where it names nothing that could be read."""
    matters = _named(table, "matter", vocabulary)
    ledgers = _named(table, "ledger", vocabulary)
    if table.has("matter") == table.has("ledger"):
        table.fault("", "查阅范围要写“matter”或者“ledger”，两者选一")
    when = table.table("when")
    by = _selectors(table, vocabulary, matters)
    persons = _persons(table, [*matters, *ledgers], vocabulary)
    if not by and not persons and not table.sheet.faults:
        table.fault("", "查阅范围没有写由谁查阅，请写“by”（职务等）或“persons”（填写人员的栏目）")
    facts = _facts(matters, ledgers)
    condition = read_condition(when, facts, vocabulary.staffing) if when and facts else None
    reading = Reading(
        tuple(each.key for each in matters),
        tuple(each.key for each in ledgers),
        by,
        persons,
        condition,
        table.text("remedy"),
    )
    table.close("查阅范围")
    return reading if matters or ledgers else None


def _named(table: Table, key: str, vocabulary: Vocabulary) -> list[MatterType | LedgerType]:
    found: list[MatterType | LedgerType] = []
    for number, name in enumerate(table.texts(key)):
        try:
            found.append(vocabulary.matter(name) if key == "matter" else vocabulary.ledger(name))
        except ValueError as error:
            table.sheet.fault((*table.place, key, number), f"“{key}”{error}")
    return found


def _facts(matters: Sequence[MatterType | LedgerType], ledgers: Sequence[MatterType | LedgerType]) -> Facts:
    if matters:
        return facts_of([each for each in matters if isinstance(each, MatterType)])
    shared = [blanks_of(each) for each in ledgers]
    return {key: blank for key, blank in shared[0].items() if all(key in each for each in shared)} if shared else {}


def _selectors(table: Table, vocabulary: Vocabulary, matters: Sequence[MatterType | LedgerType]) -> tuple[str, ...]:
    found = []
    kinds = [each for each in matters if isinstance(each, MatterType)]
    for number, selector in enumerate(table.texts("by")):
        try:
            found.append(vocabulary.staffing.reader(selector, kinds))
        except ValueError as error:
            table.sheet.fault((*table.place, "by", number), f"“by”{error}")
    return tuple(found)


def _persons(table: Table, things: Sequence[MatterType | LedgerType], vocabulary: Vocabulary) -> tuple[str, ...]:
    found = []
    for number, path in enumerate(table.texts("persons")):
        try:
            for thing in things:
                _check(path, thing, vocabulary)
        except ValueError as error:
            table.sheet.fault((*table.place, "persons", number), f"“persons”中{error}")
        found.append(path)
    return tuple(found)


def _check(path: str, thing: MatterType | LedgerType, vocabulary: Vocabulary) -> None:
    """Whether a path leads to persons; ValueError says where it goes astray."""
    kind, linked, rest = path.partition(":")
    if linked:
        other = vocabulary.matter(kind)
        if not any(blank.kind is Kind.MATTER for blank in other.facts):
            raise ValueError(f"《{other.title}》不引用别的事项，不能由它查到人员")
        return _check(rest, other, vocabulary)
    key, _, tail = path.partition(".")
    blanks = blanks_of(thing)
    blank = blanks.get(key)
    if blank is not None and tail and blank.kind is Kind.MATTER and blank.matter:
        return _check(tail, vocabulary.matter(blank.matter), vocabulary)
    columns = {column.key: column for column in blank.columns} if blank else {}
    named = columns.get(tail) if tail else blank
    if named is None or named.kind is not Kind.PERSON:
        raise ValueError(f"“{thing.title}”" + unknown("填写人员的栏目", path, list(person_blanks(blanks.values()))))
    return None

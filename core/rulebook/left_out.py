"""Checking `[left_out]` of the agency's file: optional blanks that no clause of its own uses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, get_args

from core.chains.steps import Chain
from core.condition import Condition, Either, Every, Test, facts_named
from core.family import MatterType
from core.fields import Field
from core.rule_kinds import FieldKey
from core.rulebook.faults import Sheet, unknown
from core.rulebook.model import Clause, RecurringDuty, Regulation, RuleUse
from core.rulebook.rules import parameter_types
from core.rulebook.vocabulary import Vocabulary

_CHOSEN = "chosen:"

Used = Mapping[str, Mapping[str, str]]
"""The blanks that clauses use, by matter type and then by key, each with the clause that does."""


def check_left_out(vocabulary: Vocabulary, regulations: Iterable[Regulation], own: Sheet) -> None:
    """A fault for each form or blank that is not there, must be filled in, or is used by a clause."""
    agency = vocabulary.agency
    used = blanks_used(regulations, vocabulary.matters) if agency.left_out else {}
    for form, paths in agency.left_out.items():
        key, _, step = form.partition("/")
        family = key.partition(".")[0]
        if family in agency.families and family not in vocabulary.families:
            continue
        try:
            matter = vocabulary.matter(key)
            blanks = _blanks(matter, step) if "/" in form else matter.fields
        except ValueError as error:
            own.fault(("left_out", form), f"[left_out] {error}")
            continue
        for number, path in enumerate(paths):
            if said := _wrong(matter, blanks, path, used.get(key, {})):
                own.fault(("left_out", form, number), f"[left_out] 的“{form}”{said}")


def blanks_used(regulations: Iterable[Regulation], matters: Mapping[str, MatterType]) -> Used:
    """What the clauses name: parameters of rules, conditions, persons chosen in a form, days counted from, readers.

    What a rule kind reads of a form by itself is not among them.
    """
    found: dict[str, dict[str, str]] = {}
    for regulation in regulations:
        for clause in regulation.clauses:
            for matter, path in _of_clause(clause, matters):
                label = f"《{regulation.title}》{clause.name}"
                for key in dict.fromkeys((path.partition(".")[0], path)):
                    found.setdefault(matter, {}).setdefault(key, label)
    return found


def _blanks(matter: MatterType, step: str) -> tuple[Field, ...]:
    if step not in matter.step_forms:
        raise ValueError(f"中“{matter.title}”" + unknown("环节表", step, matter.step_forms))
    return matter.step_forms[step]


def _wrong(matter: MatterType, blanks: Sequence[Field], path: str, used: Mapping[str, str]) -> str:
    """What is wrong with leaving a blank out; empty where nothing is."""
    known = {blank.key: blank for blank in blanks}
    known |= {f"{blank.key}.{column.key}": column for blank in blanks for column in blank.columns}
    if path not in known:
        titles = {blank.title: key for key, blank in known.items()}
        return f"中“{matter.title}”" + unknown("栏目", path, known, titles)
    named = f"中“{matter.title}”的“{known[path].title}”（{path}）"
    if known[path].required:
        return f"{named}是必填的，不能省去，请删去这一项"
    if path in used:
        return f"{named}要用于{used[path]}，不能省去，请删去这一项"
    return ""


def _of_clause(clause: Clause, matters: Mapping[str, MatterType]) -> Iterator[tuple[str, str]]:
    """Matter type and blank of everything that a clause names."""
    for use in clause.rules:
        yield from ((matter, path) for matter in use.matters for path in _of_rule(use))
    for chain in clause.chains:
        yield from ((chain.matter, path) for path in _of_chain(chain))
    for duty in clause.duties:
        yield from _of_duty(duty)
    for reading in clause.readings:
        for matter in reading.matters:
            yield from ((matter, path) for path in (*_facts(reading.when), *_chosen(reading.by)))
            for path in reading.persons:
                yield from _along(path, matter, matters)


def _of_rule(use: RuleUse) -> Iterator[str]:
    yield from _facts(use.when)
    types = parameter_types(use.kind.parameters)
    for parameter in fields(use.kind.parameters):
        value = getattr(use.parameters, parameter.name, None)  # Faulty parameters are none at all.
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Test | Every | Either):
                yield from _facts(each)
            elif each and _names_blanks(types[parameter.name]):
                yield str(each)
            elif isinstance(each, str):
                yield from _chosen((each,))


def _names_blanks(hint: Any) -> bool:
    return hint is FieldKey or any(_names_blanks(each) for each in get_args(hint))


def _of_chain(chain: Chain) -> Iterator[str]:
    yield from _facts(chain.when)
    yield from _chosen(chain.urgent.by if chain.urgent else ())
    for step in chain.steps:
        yield from _facts(step.when)
        yield from _chosen((*step.by, *step.policy.instead, *(step.override.by if step.override else ())))


def _of_duty(duty: RecurringDuty) -> Iterator[tuple[str, str]]:
    if duty.after is not None:
        named = (*duty.after.counted_from, *_facts(duty.when), *_chosen((duty.by, *duty.to)))
        yield from ((duty.after.matter, path) for path in named)
    yield from ((duty.evidence, path) for path in _facts(duty.evidence_when))


def _along(path: str, matter: str, matters: Mapping[str, MatterType]) -> Iterator[tuple[str, str]]:
    """The blanks that a reading's path to persons leads through."""
    kind, linked, rest = path.partition(":")
    key, _, tail = (rest if linked else path).partition(".")
    at = kind if linked else matter
    blank = matters[at].blank(key)
    if blank is not None and tail and blank.matter:
        yield at, key
        yield from _along(tail, blank.matter, matters)
    else:
        yield at, f"{key}.{tail}" if tail else key


def _facts(condition: Condition | None) -> Iterable[str]:
    return facts_named(condition) if condition is not None else ()


def _chosen(selectors: Iterable[str]) -> Iterator[str]:
    return (each.removeprefix(_CHOSEN) for each in selectors if each.startswith(_CHOSEN))

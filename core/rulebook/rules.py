"""Reading `[[clause.rule]]`: a use of a rule kind, its parameters typed by the kind's frozen dataclass."""

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from core.acts import Verb
from core.condition import Condition
from core.family import MatterType
from core.finding import Level
from core.rule_kinds import BodyKey, FieldKey, FunctionKey, LedgerKey, MatterKey, PostKey, RuleKind, Selector, UnitKey
from core.rulebook.conditions import facts_of, read_condition
from core.rulebook.faults import meant, unknown
from core.rulebook.model import RuleUse
from core.rulebook.tables import Table
from core.rulebook.values import exact_decimal, exact_fraction, plain_date, plain_flag, plain_number, plain_text
from core.rulebook.vocabulary import Vocabulary

_CONDITION = frozenset(get_args(Condition))
_FORM_ONLY = frozenset({Verb.SUBMIT, Verb.RESUBMIT})
_PLAIN: dict[Any, Callable[[Any], Any]] = {
    str: plain_text,
    bool: plain_flag,
    int: plain_number,
    Decimal: exact_decimal,
    date: plain_date,
    Fraction: exact_fraction,
}


def read_rule(table: Table, vocabulary: Vocabulary, clause: str) -> RuleUse | None:
    """The use a table states, its id without the number of a second use; None where the kind is not known."""
    if not table.needed("use", "规则"):
        return None
    kind = table.read("use", lambda raw: vocabulary.kind(plain_text(raw)), None)
    if kind is None:
        return None
    matters = _matters(table, kind, vocabulary)
    condition = None
    if (when := table.table("when")) and matters:
        condition = read_condition(when, facts_of(matters), vocabulary.staffing)
    level = table.choice("level", Level, Level.REFUSE)
    remedy = table.text("remedy")
    parameters = _parameters(table, kind, matters, vocabulary)
    keys = tuple(matter.key for matter in matters)
    return RuleUse(f"{kind.key}@{clause}", kind, parameters, keys, condition, level, remedy)


def _matters(table: Table, kind: RuleKind, vocabulary: Vocabulary) -> list[MatterType]:
    """The matter types a use is judged for: its own `matter`, else the kind's."""
    named = table.texts("matter")
    if not named and not kind.matters:
        table.fault("", f"规则种类“{kind.key}”不限于某类事项，这里要写明 matter")
    found = []
    for key in named or kind.matters:
        try:
            matter = vocabulary.matter(key)
        except ValueError as error:
            table.fault("matter", f"“matter”{error}")
            continue
        if kind.matters and key not in kind.matters:
            table.fault("matter", f"规则种类“{kind.key}”不用于“{matter.title}”，{meant(key, kind.matters)}")
            continue
        found.append(matter)
    return found


@lru_cache(maxsize=1024)
def parameter_types(parameters: type) -> dict[str, Any]:
    """What each parameter of a rule kind holds."""
    return get_type_hints(parameters)


def _parameters(table: Table, kind: RuleKind, matters: Sequence[MatterType], vocabulary: Vocabulary) -> Any:
    """The parameters of a use; None where any of them is faulty."""
    reader = _Reader(vocabulary, matters, table, kind.verbs <= _FORM_ONLY)
    values: dict[str, Any] = {}
    sound = True
    declared = fields(kind.parameters)
    for parameter in declared:
        key = parameter.name
        if key in table.values:
            before = len(table.sheet.faults)
            values[key] = table.read(key, partial(reader.value, parameter_types(kind.parameters)[key], key), None)
            sound = sound and len(table.sheet.faults) == before
        elif parameter.default is MISSING and parameter.default_factory is MISSING:
            table.fault("", f"规则“{kind.title}”（{kind.key}）缺少参数“{key}”")
            sound = False
    table.close(f"规则“{kind.title}”", [parameter.name for parameter in declared])
    return kind.parameters(**values) if sound else None


class _Reader:
    """Raw parameter values by their type hints."""

    def __init__(self, vocabulary: Vocabulary, matters: Sequence[MatterType], table: Table, form_only: bool) -> None:
        self.vocabulary = vocabulary
        self.matters = matters
        self.table = table
        staffing = vocabulary.staffing
        self._names: dict[Any, Callable[[str], Any]] = {
            FieldKey: partial(self._blank, form_only),
            PostKey: staffing.post,
            BodyKey: staffing.body,
            UnitKey: staffing.unit,
            FunctionKey: staffing.function,
            LedgerKey: lambda key: vocabulary.ledger(key).key,
            MatterKey: lambda key: vocabulary.matter(key).key,
            Selector: partial(staffing.selector, matters=matters),
        }

    def value(self, hint: Any, key: str, raw: Any) -> Any:
        if hint in _PLAIN:
            return _PLAIN[hint](raw)
        if hint in self._names:
            return self._names[hint](plain_text(raw))
        if get_origin(hint) in (Union, UnionType):
            members = frozenset(get_args(hint)) - {NoneType}
            if members == _CONDITION:
                return self._condition(key)
            return self.value(next(iter(members)), key, raw)
        if get_origin(hint) is tuple:
            inner = get_args(hint)[0]
            return tuple(self.value(inner, key, each) for each in (raw if isinstance(raw, list) else [raw]))
        if isinstance(hint, type) and issubclass(hint, Enum):
            words = {str(each.value): each for each in hint}
            word = plain_text(raw)
            if word not in words:
                raise ValueError("中" + unknown("取值", word, words))
            return words[word]
        raise TypeError(f"a rule kind's parameter {key!r} cannot be given in a rulebook: {hint!r}")

    def _condition(self, key: str) -> Condition | None:
        within = self.table.table(key)
        return read_condition(within, facts_of(self.matters), self.vocabulary.staffing) if within else None

    def _blank(self, form_only: bool, key: str) -> str:
        for matter in self.matters:
            steps = () if form_only else (blank for form in matter.step_forms.values() for blank in form)
            blanks = {blank.key: blank.title for blank in (*matter.facts, *steps)}
            if key not in blanks:
                turned = {title: name for name, title in blanks.items()}
                raise ValueError(f"中“{matter.title}”" + unknown("栏目", key, blanks, turned))
        return key

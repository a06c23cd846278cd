"""Reading `when`: conditions typed by the blanks they compare."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.condition import Comparison, Condition, Either, Every, Test
from core.days.terms import read_period
from core.family import MatterType
from core.fields import Field, Kind
from core.rule_kinds import APPLICANT_FACTS
from core.rulebook.faults import unknown
from core.rulebook.tables import Table
from core.rulebook.values import exact_money, plain_date, plain_flag, plain_number, plain_text
from core.rulebook.vocabulary import Staffing, named

_JOINED: Mapping[str, type[Every] | type[Either]] = {"all": Every, "any": Either}
_ORDERED = (Comparison.AT_LEAST, Comparison.OVER, Comparison.AT_MOST, Comparison.UNDER)
_LISTED = (Comparison.IN, Comparison.NOT_IN)
_COMPARISONS = [each.value for each in Comparison]
_APPLICANT = "applicant"

Facts = Mapping[str, Field]


def facts_of(matters: Sequence[MatterType]) -> Facts:
    """What conditions on these matter types may name: the blanks they all have, and the applicant's facts."""
    shared = [{blank.key: blank for blank in matter.facts} for matter in matters]
    blanks = {key: blank for key, blank in shared[0].items() if all(key in each for each in shared)} if shared else {}
    return blanks | {key: Field(key, title, kind) for key, (title, kind) in APPLICANT_FACTS.items()}


def read_condition(table: Table, facts: Facts, staffing: Staffing) -> Condition | None:
    """The condition a table states; None where it states none or only faults."""
    return _joined(list(_parts(table, facts, staffing)), Every)


def _joined(parts: list[Condition], join: type[Every] | type[Either]) -> Condition | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else join(tuple(parts))


def _parts(table: Table, facts: Facts, staffing: Staffing, prefix: str = "") -> list[Condition]:
    parts: list[Condition] = []
    if not table.values:
        table.fault("", "条件是空的，请写出要比较的栏目，或删去 when")
    for key in table.values:
        if key in _JOINED and not prefix:
            inner = [read_condition(each, facts, staffing) for each in table.tables(key)]
            joined = _joined([each for each in inner if each is not None], _JOINED[key])
        elif key == _APPLICANT and not prefix:
            within = table.table(key)
            joined = _joined(_parts(within, facts, staffing, f"{_APPLICANT}."), Every) if within else None
        elif prefix + key in facts:
            joined = _tests(table, key, facts[prefix + key], staffing)
        else:
            titles = {blank.title: name for name, blank in facts.items()}
            table.fault(key, "条件中" + unknown("栏目", prefix + key, [*facts, *_JOINED], titles))
            continue
        if joined is not None:
            parts.append(joined)
    return parts


def _tests(table: Table, key: str, blank: Field, staffing: Staffing) -> Condition | None:
    if not isinstance(table.values[key], dict):
        table.fault(key, f"“{key}”要写明如何比较，例如 {key} = {{ is = … }}，可用：{'、'.join(_COMPARISONS)}")
        return None
    within = table.table(key)
    assert within is not None
    tests: list[Condition] = []
    if not within.values:
        within.fault("", f"“{key}”没有写明如何比较，可用：{'、'.join(_COMPARISONS)}")
    for word, raw in within.values.items():
        if word not in _COMPARISONS:
            within.fault(word, unknown("比较方式", word, _COMPARISONS))
            continue
        comparison = Comparison(word)
        try:
            tests.append(Test(blank.key, blank.title, comparison, _figure(comparison, blank, raw, staffing)))
        except ValueError as error:
            within.fault(word, f"“{blank.title}”的比较值{error}")
    return _joined(tests, Every)


def _figure(comparison: Comparison, blank: Field, raw: Any, staffing: Staffing) -> Any:
    if blank.kind is Kind.ROWS:
        raise ValueError("不能写，逐行填写的栏目不能作条件")
    if comparison in _ORDERED and blank.kind not in (Kind.MONEY, Kind.NUMBER, Kind.DATE):
        raise ValueError(f"不能用 {comparison.value}，这一栏不是金额、数量或日期，请用 is、is_not、in、not_in")
    if blank.kind is Kind.FLAG and comparison in _LISTED:
        raise ValueError("只能用 is 或 is_not，这一栏只有是和否")
    if comparison not in _LISTED:
        return typed(blank, raw, staffing)
    if not isinstance(raw, list) or not raw:
        raise ValueError(f'应写成方括号里的若干项，例如 {comparison.value} = ["…", "…"]')
    return tuple(typed(blank, each, staffing) for each in raw)


def typed(blank: Field, raw: Any, staffing: Staffing) -> str | bool | int | date | Any:
    """A raw TOML value as a value of the blank's kind; ValueError says what is wrong with it."""
    match blank.kind:
        case Kind.MONEY:
            return exact_money(raw)
        case Kind.NUMBER:
            return plain_number(raw)
        case Kind.DATE:
            return plain_date(raw)
        case Kind.PERIOD:
            return read_period(plain_text(raw), blank.lengths)
        case Kind.FLAG:
            return plain_flag(raw)
        case Kind.UNIT:
            return staffing.unit(plain_text(raw))
        case Kind.POST:
            return staffing.post(plain_text(raw))
        case Kind.BODY:
            return staffing.body(plain_text(raw))
        case Kind.FUNCTION:
            return staffing.function(plain_text(raw))
        case Kind.CHOICE if blank.choices:
            return named("选项", plain_text(raw), {choice: choice for choice in blank.choices})
        case _:
            return plain_text(raw)

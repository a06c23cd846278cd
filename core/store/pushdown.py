"""TinyDB conditions as SQL: SQL narrows, Python decides.

A condition that SQL cannot express in full is pushed down as a weaker one; the TinyDB condition is then applied to
every row that comes back. What is not understood costs speed, never correctness.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from tinydb.queries import QueryLike
from tinydb.utils import FrozenDict

from core.store.paths import Path, addressable, kind, literal, value
from core.text import hidden_character

_COMPARABLE = 2**53
_LONGEST_LIST = 500


class Narrowed(NamedTuple):
    """A WHERE clause for a superset of the wanted documents; `exact` when it is the very set.

    `fixed` are the expressions that have one value in all these documents.
    """

    sql: str
    parameters: list[Any]
    exact: bool
    fixed: frozenset[str] = frozenset()


EVERYTHING = Narrowed("1=1", [], True)
"""All documents, and rightly so."""
UNKNOWN = Narrowed("1=1", [], False)
"""All documents are candidates."""
NOTHING = Narrowed("1=0", [], True)
"""No document."""


def narrow(condition: QueryLike | None) -> Narrowed:
    """The SQL for a condition, read from the description that TinyDB keeps of it as its hash; None is no condition."""
    if condition is None:
        return EVERYTHING
    return _narrow(getattr(condition, "_hash", None))


def _narrow(description: object) -> Narrowed:
    match description:
        case ():
            return EVERYTHING
        case ("and", frozenset() as parts):
            return _all_of([_narrow(part) for part in parts])
        case ("or", frozenset() as parts):
            return _any_of([_narrow(part) for part in parts])
        case ("not", part):
            inner = _narrow(part)
            return Narrowed(f"({inner.sql}) IS NOT TRUE", inner.parameters, True) if inner.exact else UNKNOWN
        case (str() as operation, tuple() as path, *operands) if operation in _LEAVES and addressable(path):
            return _LEAVES[operation](path, *operands[:1])
    return UNKNOWN


def _all_of(parts: list[Narrowed]) -> Narrowed:
    telling = sorted((part for part in parts if part.sql != "1=1"), key=lambda part: part.sql)
    exact = all(part.exact for part in parts)
    if not telling:
        return Narrowed("1=1", [], exact)
    fixed = frozenset().union(*(part.fixed for part in telling))
    return _joined(" AND ", telling, exact)._replace(fixed=fixed)


def _any_of(parts: list[Narrowed]) -> Narrowed:
    exact = all(part.exact for part in parts)
    if any(part.sql == "1=1" for part in parts):
        return Narrowed("1=1", [], exact)
    return _joined(" OR ", sorted(parts, key=lambda part: part.sql), exact)


def _joined(word: str, parts: list[Narrowed], exact: bool) -> Narrowed:
    return Narrowed(
        word.join(f"({part.sql})" for part in parts),
        [parameter for part in parts for parameter in part.parameters],
        exact,
    )


def _scalar(operand: object) -> bool:
    if operand is None or isinstance(operand, bool):
        return True
    if isinstance(operand, int | float):
        return abs(operand) <= _COMPARABLE
    return isinstance(operand, str) and (operand.isprintable() or hidden_character(operand) is None)


def _number(operand: Any) -> Any:
    return int(operand) if isinstance(operand, bool) else operand


def _equals(path: Path, operand: Any) -> Narrowed:
    if operand is None:
        return Narrowed(f"{kind(path)}='null'", [], True)
    sql = f"{value(path)}=?"
    if isinstance(operand, str) and operand[:1] in ("[", "{"):
        sql += f" AND {kind(path)}='text'"  # a list whose JSON text reads the same is no match
    return Narrowed(sql, [_number(operand)], True, frozenset({value(path)}))


def _exists(path: Path, _: object = None) -> Narrowed:
    return Narrowed(f"{kind(path)} IS NOT NULL", [], True)


def _exists_at_least(path: Path, _: object = None) -> Narrowed:
    return _exists(path)._replace(exact=False)


def _equal(path: Path, operand: object) -> Narrowed:
    if _scalar(operand):
        return _equals(path, operand)
    if isinstance(operand, tuple | FrozenDict | frozenset):
        return Narrowed(f"{kind(path)} IN ('array','object')", [], False)
    return UNKNOWN


def _unequal(path: Path, operand: object) -> Narrowed:
    if not _scalar(operand):
        return _exists_at_least(path)
    equal = _equals(path, operand)
    return Narrowed(f"{kind(path)} IS NOT NULL AND ({equal.sql}) IS NOT TRUE", equal.parameters, True)


def _ordered(sign: str) -> Callable[[Path, object], Narrowed]:
    """Comparisons skip values of another kind, where TinyDB raises `TypeError`."""

    def compare(path: Path, operand: object) -> Narrowed:
        if operand is None or not _scalar(operand):
            return UNKNOWN
        field = value(path)
        if isinstance(operand, str):
            text = f"{kind(path)}='text'"
            return Narrowed(f"{field}{sign}? AND {field}>='' AND {text}", [operand], True)
        # SQLite sorts every number before every text, so the empty text closes the range of numbers.
        closing = f" AND {field}<''" if sign.startswith(">") else ""
        return Narrowed(f"{field}{sign}?{closing}", [_number(operand)], True)

    return compare


def _one_of(path: Path, operand: object) -> Narrowed:
    if not isinstance(operand, tuple | frozenset) or len(operand) > _LONGEST_LIST:
        return UNKNOWN
    if not all(_scalar(item) for item in operand):
        return UNKNOWN
    if not operand:
        return NOTHING
    equals = [_equals(path, item) for item in operand]
    plain = f"{value(path)}=?"
    if all(equal.sql == plain for equal in equals):
        marks = ",".join("?" * len(equals))
        return Narrowed(f"{value(path)} IN ({marks})", [equal.parameters[0] for equal in equals], True)
    return _any_of(equals)


def _any(path: Path, operand: object) -> Narrowed:
    if not isinstance(operand, tuple | frozenset) or not operand or len(operand) > _LONGEST_LIST:
        return _exists_at_least(path)
    if not all(item is not None and _scalar(item) for item in operand):
        return _exists_at_least(path)
    marks = ",".join("?" * len(operand))
    sql = (
        f"{kind(path)} IN ('text','object') OR EXISTS(SELECT 1 FROM json_each(doc,{literal(path)}) "
        f"WHERE value IN ({marks}) OR type IN ('array','object'))"
    )
    return Narrowed(sql, [_number(item) for item in operand], False)


_LEAVES: dict[str, Callable[..., Narrowed]] = {
    "==": _equal,
    "!=": _unequal,
    "<": _ordered("<"),
    "<=": _ordered("<="),
    ">": _ordered(">"),
    ">=": _ordered(">="),
    "exists": _exists,
    "one_of": _one_of,
    "any": _any,
    "all": _exists_at_least,
    "matches": _exists_at_least,
    "search": _exists_at_least,
    "test": _exists_at_least,
}

"""TinyDB conditions as SQL: SQL narrows, Python decides.

A condition that SQL cannot express in full is pushed down as a weaker one; the TinyDB condition is then applied to
every row that comes back. What is not understood costs speed, never correctness.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from tinydb.queries import QueryLike
from tinydb.utils import FrozenDict

from core.store.columns import Columns
from core.store.paths import Path, addressable, kind, literal
from core.text import unstorable_character

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


def narrow(condition: QueryLike | None, columns: Columns) -> Narrowed:
    """The SQL for a condition on a table with these columns; None is no condition.

    It is read from the description that TinyDB keeps of the condition as its hash.
    """
    if condition is None:
        return EVERYTHING
    return _narrow(getattr(condition, "_hash", None), columns)


def _narrow(description: object, columns: Columns) -> Narrowed:
    match description:
        case (str() as operation, tuple() as path, *operands) if operation in _LEAVES and addressable(path):
            return _LEAVES[operation](columns, path, *operands[:1])
        case ():
            return EVERYTHING
        case ("and", frozenset() as parts):
            return _all_of([_narrow(part, columns) for part in parts])
        case ("or", frozenset() as parts):
            return _any_of([_narrow(part, columns) for part in parts])
        case ("not", ("exists", tuple() as path)) if addressable(path):
            # A column is empty for null too, so the document has the last word; the column finds the few candidates.
            return Narrowed(f"{columns.value(path)} IS NULL AND {kind(path)} IS NULL", [], True)
        case ("not", part):
            inner = _narrow(part, columns)
            return Narrowed(f"({inner.sql}) IS NOT TRUE", inner.parameters, True) if inner.exact else UNKNOWN
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
    return isinstance(operand, str) and (operand.isprintable() or unstorable_character(operand) is None)


def _number(operand: Any) -> Any:
    return int(operand) if isinstance(operand, bool) else operand


def _equals(columns: Columns, path: Path, operand: Any) -> Narrowed:
    if operand is None:
        return Narrowed(f"{kind(path)}='null'", [], True)
    sql = f"{columns.value(path)}=?"
    if _like_a_list(operand):
        sql += f" AND {kind(path)}='text'"  # a list whose JSON text reads the same is no match
    return Narrowed(sql, [_number(operand)], True, frozenset({columns.value(path)}))


def _exists(columns: Columns, path: Path, _: object = None) -> Narrowed:
    return Narrowed(f"{kind(path)} IS NOT NULL", [], True)


def _exists_at_least(columns: Columns, path: Path, _: object = None) -> Narrowed:
    return _exists(columns, path)._replace(exact=False)


def _equal(columns: Columns, path: Path, operand: object) -> Narrowed:
    if _scalar(operand):
        return _equals(columns, path, operand)
    if isinstance(operand, tuple | FrozenDict | frozenset):
        return Narrowed(f"{kind(path)} IN ('array','object')", [], False)
    return UNKNOWN


def _unequal(columns: Columns, path: Path, operand: object) -> Narrowed:
    if not _scalar(operand):
        return _exists_at_least(columns, path)
    equal = _equals(columns, path, operand)
    return Narrowed(f"{kind(path)} IS NOT NULL AND ({equal.sql}) IS NOT TRUE", equal.parameters, True)


def _ordered(sign: str) -> Callable[[Columns, Path, object], Narrowed]:
    """Comparisons skip values of another kind, where TinyDB raises `TypeError`."""

    def compare(columns: Columns, path: Path, operand: object) -> Narrowed:
        if operand is None or not _scalar(operand):
            return UNKNOWN
        field = columns.value(path)
        if isinstance(operand, str):
            # A list or mapping is kept as its JSON text; only what begins like one has to be looked at in the document.
            text = f"(substr({field},1,1) NOT IN ('[','{{') OR {kind(path)}='text')"
            return Narrowed(f"{field}{sign}? AND {field}>='' AND {text}", [operand], True)
        # SQLite sorts every number before every text, so the empty text closes the range of numbers.
        closing = f" AND {field}<''" if sign.startswith(">") else ""
        return Narrowed(f"{field}{sign}?{closing}", [_number(operand)], True)

    return compare


def _one_of(columns: Columns, path: Path, operand: object) -> Narrowed:
    if not isinstance(operand, tuple | frozenset) or len(operand) > _LONGEST_LIST:
        return UNKNOWN
    if not all(_scalar(item) for item in operand):
        return UNKNOWN
    if not operand:
        return NOTHING
    if any(item is None or _like_a_list(item) for item in operand):
        return _any_of([_equals(columns, path, item) for item in operand])
    marks = ",".join("?" * len(operand))
    return Narrowed(f"{columns.value(path)} IN ({marks})", [_number(item) for item in operand], True)


def _like_a_list(operand: object) -> bool:
    """Whether a text reads as the JSON text of a list or mapping may."""
    return isinstance(operand, str) and operand[:1] in ("[", "{")


def _any(columns: Columns, path: Path, operand: object) -> Narrowed:
    if not isinstance(operand, tuple | frozenset) or not operand or len(operand) > _LONGEST_LIST:
        return _exists_at_least(columns, path)
    if not all(item is not None and _scalar(item) for item in operand):
        return _exists_at_least(columns, path)
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

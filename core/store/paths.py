"""Field paths as SQL: one spelling of each expression."""

from functools import lru_cache

Path = tuple[str, ...]

_UNADDRESSABLE = frozenset("\"'\\")


def split(dotted: str) -> Path:
    """The path of a dotted name such as ``values.amount``; raises `ValueError` for one SQL cannot address."""
    path = tuple(dotted.split("."))
    if not addressable(path):
        raise ValueError(f"字段名“{dotted}”不能用于索引或排序，请改名")
    return path


@lru_cache(maxsize=1024)
def addressable(path: tuple[object, ...]) -> bool:
    """Whether SQL can name the path literally; JSON escapes nothing in such a name."""
    return bool(path) and all(
        isinstance(part, str) and part != "" and part.isprintable() and _UNADDRESSABLE.isdisjoint(part) for part in path
    )


@lru_cache(maxsize=1024)
def value(path: Path) -> str:
    """The field's value: number or text, 1 and 0 for booleans, NULL for null and absent, JSON text for the rest."""
    return f"json_extract(doc,{literal(path)})"


@lru_cache(maxsize=1024)
def kind(path: Path) -> str:
    """The field's JSON type, NULL when absent."""
    return f"json_type(doc,{literal(path)})"


def literal(path: Path) -> str:
    """The path in SQLite's notation, as a literal."""
    return "'$" + "".join(f'."{part}"' for part in path) + "'"

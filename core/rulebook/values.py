"""Plain TOML values read strictly: no floats, amounts as text; each ValueError ends a sentence about its key."""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.days.calendar import LONGEST
from core.money import FEN
from core.text import hidden_character

_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,8})?")
_FRACTION = re.compile(r"(\d{1,6})/([1-9]\d{0,5})")


def plain_text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"应是加引号的文字，不能是{described(raw)}")
    if hidden := hidden_character(raw):
        raise ValueError(f"含有不可见的{hidden}，请删除")
    return raw.strip()


def plain_flag(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    raise ValueError(f"应填 true（是）或 false（否），不能是{described(raw)}")


def plain_number(raw: Any, least: int | None = None) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError(f"应是不加引号的整数，不能是{described(raw)}")
    if least is not None and raw < least:
        raise ValueError(f"应不小于 {least}，这里是 {raw}")
    if raw > LONGEST:
        raise ValueError(f"应不大于 {LONGEST}，这里是 {raw}")
    return raw


def plain_date(raw: Any) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise ValueError(f"应是不加引号的日期，例如 2026-03-02，不能是{described(raw)}")


def exact_decimal(raw: Any) -> Decimal:
    """An amount or rate, given as text because a TOML float is not exact."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raise ValueError(f'是小数或金额，要加引号写成文字，例如 "{raw:.2f}"，以免出现误差')
    if not isinstance(raw, str) or not _DECIMAL.fullmatch(raw):
        raise ValueError(f'应写成 "1000.00" 的样子，不能是{described(raw)}')
    return Decimal(raw)


def exact_money(raw: Any) -> Decimal:
    """An amount of yuan, to the fen."""
    amount = exact_decimal(raw)
    if amount != (cents := amount.quantize(FEN)):
        raise ValueError(f"最多精确到分，这里是 {raw}")
    return cents


def exact_fraction(raw: Any) -> Fraction:
    """A share such as `"2/3"`."""
    found = _FRACTION.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise ValueError(f'应写成 "2/3" 的样子，不能是{described(raw)}')
    return Fraction(int(found[1]), int(found[2]))


def described(raw: Any) -> str:
    """A raw value as a sentence names it."""
    match raw:
        case bool():
            return f" {str(raw).lower()}"
        case str():
            return f"“{raw}”"
        case int() | float():
            return f"数字 {raw}"
        case date():
            return f"日期 {raw}"
        case list():
            return "方括号里的若干项"
        case dict():
            return "花括号里的若干项"
        case _:
            return "这样的值"

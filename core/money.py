"""Money: `Decimal` in yuan, exact to the fen; how offices write it and how it is read."""

import re
from decimal import Decimal

from core.text import clean

FEN = Decimal("0.01")
LARGEST = Decimal(10) ** 13

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTION = 10_000
_HUNDRED_MILLION = 100_000_000

_PLAIN = str.maketrans("０１２３４５６７８９，．－﹣−＋￥　（）", "0123456789,.---+¥ ()")
_FINANCIAL = str.maketrans(
    "零一二三四五六七八九十百千两圆圓块正〇萬億貳陸", "零壹贰叁肆伍陆柒捌玖拾佰仟贰元元元整零万亿贰陆"
)
_SCALES = {None: 0, "万": 4, "亿": 8}
_NUMBER = re.compile(r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)?(?:\.(?P<part>\d*))?\s*(?P<scale>[万亿])?")
_NONZERO = tuple(_DIGITS[1:])
_LONGEST_WORDS = 60
_WORDS = re.compile(
    r"(?:(?P<yuan>[^元角分整]+)元?)??(?:零?(?P<jiao>[壹贰叁肆伍陆柒捌玖])角)?(?:零?(?P<fen>[壹贰叁肆伍陆柒捌玖])分)?整?"
)
_SECTION_WORDS = re.compile(
    r"零?(?:([壹贰叁肆伍陆柒捌玖])仟)?(?:零?([壹贰叁肆伍陆柒捌玖])佰)?(?:零?([壹贰叁肆伍陆柒捌玖]?)拾)?(零?)([壹贰叁肆伍陆柒捌玖])?"
)


def parse_money(text: str, *, allow_negative: bool = False) -> Decimal:
    """Reads an amount as people write it: ``1,200.00``, ``１２００．５``, ``¥1200``, ``1.2万元``, ``一千二百元``.

    Returns yuan with two decimals. Raises ValueError, in a Chinese sentence, for anything that is not one exact
    amount of at most ten million million yuan, and for an amount below zero unless that is allowed.
    """
    shown = _shown(text)
    bare = text.translate(_PLAIN).strip()
    if not bare:
        raise ValueError("金额没有填写，请填写数字，例如 1200 或 1,200.00")
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1].strip()
    bare = bare.removeprefix("人民币").lstrip()
    if bare[:1] in {"-", "负", "負"}:
        negative, bare = True, bare[1:].lstrip()
    bare = bare.removeprefix("+").removeprefix("¥").lstrip()
    if bare[:1] == "-":
        negative, bare = True, bare[1:].lstrip()
    amount = _read_digits(bare, shown) if re.match(r"[\d.,]", bare) else _read_words(bare, shown)
    if amount > LARGEST:
        raise ValueError(f"金额“{shown}”超过上限十万亿元，请核对")
    if negative and amount and not allow_negative:
        raise ValueError(f"金额“{shown}”是负数，这里只能填写零或正数")
    return -amount if negative and amount else amount


def format_money(amount: Decimal) -> str:
    """The amount in digits with thousands marks and two decimals, ``1,200.00``; without a currency sign."""
    fen = to_fen(amount)
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def in_words(amount: Decimal) -> str:
    """The amount in the capital numerals of bills and vouchers, ``壹仟贰佰元整``.

    Follows the first printed form of each example in 《支付结算办法》附件一: one 零 for any run of zeros, 零 after 元
    where the yuan digit or the jiao is nought and fen or jiao follow, 整 only where nothing follows 元.
    """
    fen = to_fen(amount)
    yuan, rest = divmod(abs(fen), 100)
    jiao, last = divmod(rest, 10)
    words = "负" if fen < 0 else ""
    if yuan or not rest:
        words += (_whole(yuan) or "零") + "元"
    if not rest:
        return words + "整"
    if yuan and (not jiao or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += _DIGITS[jiao] + "角"
    return words + (_DIGITS[last] + "分" if last else "")


def to_fen(amount: Decimal) -> int:
    """The amount as a whole number of fen. Raises ValueError where it has a part smaller than one fen."""
    if not amount.is_finite():
        raise ValueError("金额不是一个数")
    numerator, denominator = amount.as_integer_ratio()
    fen, remainder = divmod(numerator * 100, denominator)
    if remainder:
        raise ValueError(f"金额 {amount} 不是整分，金额最多精确到分")
    return fen


def from_fen(fen: int) -> Decimal:
    """The amount in yuan, with two decimals, of a whole number of fen."""
    return Decimal(fen).scaleb(-2)


def _shown(text: str) -> str:
    one_line = clean(text).strip().replace("\n", " ")
    return one_line if len(one_line) <= 30 else one_line[:30] + "……"


def _read_digits(bare: str, shown: str) -> Decimal:
    if re.fullmatch(r"[\d.,]+\s*[eE][-+]?\d+.*", bare):
        raise ValueError(f"金额“{shown}”用了科学计数法，请写成普通数字，例如 1200.00")
    number = re.sub(r"\s*(?:元整?|圆整?|块)$", "", bare)
    found = _NUMBER.fullmatch(number)
    if found is None or not (found["whole"] or found["part"]):
        if re.fullmatch(r"[\d,]+(?:\.\d*)?", number):
            raise ValueError(f"金额“{shown}”里逗号的位置不对，逗号应每三位一个，例如 1,200.00")
        raise _no_amount(shown)
    part = found["part"] or ""
    scale = _SCALES[found["scale"]]
    if len(part) > 2 + scale:
        raise ValueError(f"金额“{shown}”的小数有 {len(part)} 位，比分还小；金额最多精确到分，请改写")
    whole = (found["whole"] or "0").replace(",", "").lstrip("0")
    if len(whole) > len(str(LARGEST)):
        raise ValueError(f"金额“{shown}”超过上限十万亿元，请核对")
    return from_fen(int(whole + part.ljust(2 + scale, "0")))


def _read_words(bare: str, shown: str) -> Decimal:
    words = bare.replace(" ", "").translate(_FINANCIAL)
    found = _WORDS.fullmatch(words) if len(words) <= _LONGEST_WORDS else None
    if found is None or not any(found.groups()):
        raise _no_amount(shown)
    yuan = _read_whole(found["yuan"], shown) if found["yuan"] else 0
    return from_fen(yuan * 100 + _digit(found["jiao"]) * 10 + _digit(found["fen"]))


def _read_whole(words: str, shown: str) -> int:
    """Reads a whole number in capital numerals; a last digit without its place, as in 一千二, is refused."""
    for mark, scale in (("亿", _HUNDRED_MILLION), ("万", _SECTION)):
        high, marked, low = words.rpartition(mark)
        if not marked:
            continue
        above, below = _read_whole(high, shown), _read_whole(low, shown) if low else 0
        if low in _NONZERO or not above or below >= scale:
            raise _unclear(shown)
        return above * scale + below
    if words == "零":
        return 0
    found = _SECTION_WORDS.fullmatch(words)
    if found is None or not words:
        raise _unclear(shown) if words and set(words) <= set(_DIGITS + "".join(_PLACES)) else _no_amount(shown)
    thousands, hundreds, tens, gap, ones = found.groups()
    if (gap and not ones) or (ones and not gap and not tens and (thousands or hundreds)):
        raise _unclear(shown)
    ten = 0 if tens is None else _digit(tens) or 1
    return _digit(thousands) * 1000 + _digit(hundreds) * 100 + ten * 10 + _digit(ones)


def _digit(numeral: str | None) -> int:
    return _DIGITS.index(numeral) if numeral else 0


def _no_amount(shown: str) -> ValueError:
    return ValueError(f"“{shown}”不是金额，请填写数字，例如 1200 或 1,200.00")


def _unclear(shown: str) -> ValueError:
    return ValueError(f"金额“{shown}”的大写写法不完整，可能有两种读法，请改用数字填写，例如 1200")


def _whole(yuan: int) -> str:
    if yuan >= _HUNDRED_MILLION:
        high, low = divmod(yuan, _HUNDRED_MILLION)
        return _join(_whole(high) + "亿", _whole(low), low < _HUNDRED_MILLION // 10)
    if yuan >= _SECTION:
        high, low = divmod(yuan, _SECTION)
        return _join(_whole(high) + "万", _whole(low), low < _SECTION // 10)
    words = ""
    for place in (3, 2, 1, 0):
        digit = yuan // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and not words.endswith("零"):
            words += "零"
    return words.removesuffix("零")


def _join(high: str, low: str, gap: bool) -> str:
    return high + ("零" if low and gap else "") + low

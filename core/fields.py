"""Blanks of a form: what may be written in them, and how text becomes a value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.days.terms import read_period
from core.money import parse_money
from core.text import hidden_character, nearest

LONGEST_TEXT = 4000
"""Characters a long blank takes; a short one takes a tenth."""

LARGEST_NUMBER = 2_000_000
"""What a count stays below; as many days still end in a year of four digits."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Between these lies every day that is written in a form: further off, it is a slip of the hand."""


class Kind(StrEnum):
    """What a blank holds."""

    TEXT = "text"
    LONG = "long"
    MONEY = "money"
    DATE = "date"
    PERIOD = "period"
    """A year, half a year, a quarter, a month: kept as 2026Q1, read and written as 2026年第一季度."""
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    PERSON = "person"
    UNIT = "unit"
    POST = "post"
    BODY = "body"
    FUNCTION = "function"
    LEDGER = "ledger"
    MATTER = "matter"
    ROWS = "rows"


Value = str | Decimal | date | int | bool | tuple[Mapping[str, Any], ...]
Sought = Value | tuple[str, ...]
"""What a column is looked up by: its value, or several texts any of which will do."""


@dataclass(frozen=True, slots=True)
class Field:
    """One blank. `columns` are the blanks of a row (`ROWS`); `setting` names the setting that lists the choices."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()
    setting: str = ""
    matter: str = ""
    """For `MATTER`: the matter type the referred matter must be of."""
    ledger: str = ""
    """For `TEXT`: `ledger.column`, whose words are offered to choose from; another word can still be typed."""
    columns: tuple["Field", ...] = ()
    help: str = ""
    unit: str = ""
    """For `NUMBER`: what is counted (人, 天)."""
    lengths: tuple[int, ...] = ()
    """For `PERIOD`: the months it may have (`core.days.terms`); where none is named, any time a duty is owed for."""
    urgent: bool = False
    """Whether a step's form asks for it only where the step is performed before it is signed for (先办后补)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A blank that cannot be read: where, what is wrong, what to write instead."""

    at: str
    facts: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Form:
    """What was read of a form: the values, and every fault at once."""

    values: Mapping[str, Value]
    faults: tuple[Fault, ...] = field(default=())


class Directory:
    """What a form may refer to, by key or by title: people, units, posts, bodies, matters, lists of choices."""

    def choices(self, setting: str) -> tuple[str, ...]:
        """The entries of a list that the agency keeps as a setting."""
        return ()

    def today(self) -> date | None:
        """The day that a period written without a year is near; None where no office is asked."""
        return None

    def refer(self, kind: Kind, text: str, matter: str = "") -> str:
        """The key of the person, unit, post, body or matter meant by `text`; ValueError says why there is none."""
        return text


def person_blanks(blanks: Iterable[Field]) -> Iterator[str]:
    """The blanks that name a person, and those of rows as `rows.person`."""
    for blank in blanks:
        if blank.kind is Kind.PERSON:
            yield blank.key
        yield from (f"{blank.key}.{column.key}" for column in blank.columns if column.kind is Kind.PERSON)


_YES, _NO = {"是", "有", "true", "1", "y", "yes"}, {"否", "无", "false", "0", "n", "no", ""}


def _date(text: str) -> date:
    digits = (
        text.strip().translate(str.maketrans("０１２３４５６７８９－．／年月", "0123456789---" + "--")).rstrip("日")
    )
    parts = digits.replace(".", "-").replace("/", "-").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise ValueError(f"“{text}”不是日期，请按 2026-03-02 的样子填写") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise ValueError(f"“{text}”不在 {FIRST_DAY.year} 年到 {LAST_DAY.year} 年之间，请核对年份")
    return found


def _period(text: str, lengths: Sequence[int], today: date | None) -> str:
    kept = read_period(text, lengths, today)
    if not FIRST_DAY.year <= int(kept[:4]) <= LAST_DAY.year:
        raise ValueError(f"“{text}”不在 {FIRST_DAY.year} 年到 {LAST_DAY.year} 年之间，请核对年份")
    return kept


def _number(text: str) -> int:
    try:
        number = int(text.strip())
    except ValueError:
        raise ValueError(f"“{text}”不是整数，请填写阿拉伯数字") from None
    if not 0 <= number < LARGEST_NUMBER:
        raise ValueError(f"“{text}”超出范围，请填写零或小于 {LARGEST_NUMBER} 的正整数")
    return number


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(f"“{text}”应填“是”或“否”")


def _choice(text: str, choices: Sequence[str]) -> str:
    word = text.strip()
    if word in choices:
        return word
    hint = nearest(word, choices)
    meant = f"是否指“{hint}”？" if hint else ""
    raise ValueError(f"“{word}”不在可选项内，{meant}可选：{'、'.join(choices)}")


def read(blank: Field, raw: object, directory: Directory) -> Value:
    """The value that `raw` (typed text, or a value from JSON) stands for; ValueError is the sentence to show."""
    if blank.kind is Kind.ROWS:
        raise ValueError("应逐行填写")
    text = str(raw) if not isinstance(raw, bool) else ("是" if raw else "否")
    if bad := hidden_character(text):
        raise ValueError(f"含有不可见的{bad}，请删除后重新输入")
    match blank.kind:
        case Kind.MONEY:
            return parse_money(text)
        case Kind.DATE:
            return _date(text)
        case Kind.PERIOD:
            return _period(text, blank.lengths, directory.today())
        case Kind.NUMBER:
            return _number(text)
        case Kind.FLAG:
            return _flag(text)
        case Kind.CHOICE:
            return _choice(text, blank.choices or directory.choices(blank.setting))
        case Kind.PERSON | Kind.UNIT | Kind.POST | Kind.BODY | Kind.FUNCTION | Kind.LEDGER | Kind.MATTER:
            return directory.refer(blank.kind, text.strip(), blank.matter)
        case _:
            limit = LONGEST_TEXT if blank.kind is Kind.LONG else LONGEST_TEXT // 10
            if len(text) > limit:
                raise ValueError(f"共 {len(text)} 个字，最多 {limit} 个字")
            # A short blank stands on one line, or part of it would pass for a line of the program's own.
            return text.strip() if blank.kind is Kind.LONG else text.replace("\n", " ").strip()


def _read_rows(blank: Field, raw: object, directory: Directory, faults: list[Fault]) -> Value:
    rows = []
    if not isinstance(raw, list | tuple):
        faults.append(Fault(blank.key, f"{blank.title}应逐行填写", "每行填写一条"))
        return ()
    for number, line in enumerate(raw, 1):
        if not isinstance(line, Mapping):
            faults.append(Fault(f"{blank.key}.{number}", f"{blank.title}第 {number} 行无法识别", "按各栏填写"))
            continue
        form = read_form(
            blank.columns, line, directory, prefix=f"{blank.key}.{number}.", where=f"{blank.title}第 {number} 行的"
        )
        faults.extend(form.faults)
        rows.append(dict(form.values))
    return tuple(rows)


def read_form(
    fields: Sequence[Field], raw: Mapping[str, object], directory: Directory, prefix: str = "", where: str = ""
) -> Form:
    """Read a whole form; unknown names, missing blanks and unreadable values are all reported together."""
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    names = {blank.key: blank for blank in fields} | {blank.title: blank for blank in fields}
    given: dict[str, object] = {}
    for name, value in raw.items():
        if name in names and names[name].key in given:
            faults.append(Fault(prefix + names[name].key, f"{where}“{names[name].title}”填了两次", "只留一次"))
        elif name in names:
            given[names[name].key] = value
        else:
            hint = nearest(name, [blank.title for blank in fields])
            remedy = f"是否指“{hint}”？" if hint else f"可填：{'、'.join(blank.title for blank in fields)}"
            faults.append(Fault(prefix + name, f"{where}表中没有“{name}”一栏", remedy))
    for blank in fields:
        value = given.get(blank.key)
        if value is None or value == [] or value == () or (isinstance(value, str) and not value.strip()):
            if blank.required:
                faults.append(Fault(prefix + blank.key, f"{where}“{blank.title}”未填写", f"填写{blank.title}"))
            continue
        if blank.kind is Kind.ROWS:
            values[blank.key] = _read_rows(blank, value, directory, faults)
            continue
        try:
            values[blank.key] = read(blank, value, directory)
        except ValueError as error:
            faults.append(Fault(prefix + blank.key, f"{where}{blank.title}：{error}", f"改正{blank.title}"))
    return Form(values, tuple(faults))


def to_json(value: Value) -> Any:
    """A value as the store keeps it: money and dates as text."""
    match value:
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
        case tuple():
            return [{key: to_json(cell) for key, cell in row.items()} for row in value]
        case _:
            return value


def from_json(blank: Field, raw: Any) -> Value:
    """A stored value as its type again; one that is not of its type stays as it is, so that it can still be read."""
    try:
        match blank.kind:
            case Kind.MONEY:
                return Decimal(raw)
            case Kind.DATE:
                return date.fromisoformat(raw)
            case Kind.ROWS:
                columns = {column.key: column for column in blank.columns}
                return tuple({key: from_json(columns[key], cell) for key, cell in row.items()} for row in raw)
            case _:
                return raw  # type: ignore[no-any-return]
    except (ArithmeticError, ValueError, TypeError, KeyError, AttributeError):
        return str(raw)

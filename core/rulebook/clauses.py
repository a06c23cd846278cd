"""Reading `[[clause]]`: its text, and everything that enforces, tracks or records it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from core.family import MatterType, Setting
from core.fields import Field, Kind
from core.rulebook.allowances import Cited
from core.rulebook.chains import read_chain
from core.rulebook.conditions import typed
from core.rulebook.duties import Awaited, read_duty
from core.rulebook.faults import meant, unknown
from core.rulebook.model import Clause, RecurringDuty, RuleUse
from core.rulebook.positions import Place
from core.rulebook.readings import read_reading
from core.rulebook.rules import read_rule
from core.rulebook.tables import Table
from core.rulebook.values import plain_text
from core.rulebook.vocabulary import Vocabulary

KINDS = (
    "approval",
    "confidentiality",
    "deadline",
    "decision",
    "eligibility",
    "exhortation",
    "immutability",
    "limit",
    "obligation",
    "prohibition",
    "publicity",
    "register",
    "separation",
)
"""What sort of demand a clause makes."""

NOT_ENABLED = "本单位未启用该类管理"
_ENFORCING = {
    "rule": "规则",
    "chain": "审批链",
    "duty": "例行事项",
    "record": "记录项",
    "setting": "设置",
    "reading": "查阅范围",
}
"""What may stand under a clause, with its name in sentences."""

Numbered = TypeVar("Numbered", RuleUse, RecurringDuty)


@dataclass
class Pending:
    """What can be checked only when all clauses are read, each with its place in the file."""

    cited: list[Cited] = field(default_factory=list)
    awaited: list[Awaited] = field(default_factory=list)
    settings: list[tuple[str, Place]] = field(default_factory=list)
    bare: list[tuple[str, Place]] = field(default_factory=list)
    """Clauses that nothing enforces so far and that do not say why people judge them."""


def read_clause(table: Table, vocabulary: Vocabulary, regulation: str, line: int, pending: Pending) -> Clause:
    """One clause with all that stands under it."""
    plain = _plain(table, line)
    key = f"{regulation}/{plain.no}"
    rules = [each for each in (read_rule(one, vocabulary, key) for one in table.tables("rule")) if each]
    chains = []
    for one in table.tables("chain"):
        chain, cited = read_chain(one, vocabulary, plain.no)
        pending.cited += cited
        chains += [chain] if chain else []
    duties = []
    for one in table.tables("duty"):
        duty, awaited = read_duty(one, vocabulary, key)
        pending.awaited += awaited
        duties += [duty] if duty else []
    records = [name for one in table.tables("record") for name in _records(one, vocabulary)]
    readings = [each for each in (read_reading(one, vocabulary) for one in table.tables("reading")) if each]
    settings: dict[str, Any] = {}
    for one in table.tables("setting"):
        _setting(one, vocabulary, settings, pending)
    enforcing = [each for each in _ENFORCING if table.values.get(each)]
    manual = table.values.get("manual")
    if manual and enforcing:
        table.fault("manual", f"条款 {plain.no} 已由{_shown(enforcing)}落实，不能再写“manual”，请删去一处")
    elif not manual and not enforcing:
        pending.bare.append((plain.no, table.place))
    table.close(f"条款 {plain.no} ")
    return replace(
        plain,
        rules=_numbered(rules),
        chains=tuple(chains),
        duties=_numbered(duties),
        records=tuple(records),
        settings=settings,
        readings=tuple(readings),
    )


def read_text_only(table: Table, line: int, manual: str = "") -> Clause:
    """A clause as it is read, without what enforces it: of a family that is not enabled, or of the core itself."""
    plain = _plain(table, line)
    table.close(f"条款 {plain.no} ", list(_ENFORCING))
    return replace(plain, manual=plain.manual or manual)


def _plain(table: Table, line: int) -> Clause:
    table.needed("no", "条款")
    table.needed("text", "条款")
    no = table.text("no")
    if "/" in no or " " in no:
        table.fault("no", f"条款号“{no}”不能含有“/”或空格")
    kind = table.text("kind") if table.needed("kind", f"条款 {no} ") else KINDS[0]
    if kind not in KINDS:
        table.fault("kind", unknown("条款类别", kind, KINDS))
    span = table.span()
    return Clause(
        no,
        kind,
        table.text("text"),
        note=table.text("note"),
        manual=table.text("manual"),
        since=span.since,
        until=span.until,
        line=line,
    )


def _shown(enforcing: Sequence[str]) -> str:
    return "、".join(_ENFORCING[each] for each in enforcing)


def _numbered(found: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """Ids made distinct: `#2` for the second of one id."""
    seen: dict[str, int] = {}
    numbered = []
    for each in found:
        seen[each.id] = seen.get(each.id, 0) + 1
        count = seen[each.id]
        numbered.append(each if count == 1 else replace(each, id=f"{each.id}#{count}"))
    return tuple(numbered)


def _records(table: Table, vocabulary: Vocabulary) -> list[str]:
    names = []
    ledger = table.read("ledger", lambda raw: vocabulary.ledger(plain_text(raw)).key, "")
    matter = table.read("matter", lambda raw: vocabulary.matter(plain_text(raw)), None)
    keys = table.texts("fields")
    if table.has("ledger") == table.has("matter"):
        table.fault("", "记录项要写“matter”加“fields”，或者写“ledger”，两者选一")
    elif table.has("matter") and not keys:
        table.fault("", "记录项缺少“fields”，请写明哪些栏目不能留空")
    for number, key in enumerate(keys if matter else ()):
        assert matter is not None
        try:
            names.append(f"{matter.key}.{_required(matter, key)}")
        except ValueError as error:
            table.sheet.fault((*table.place, "fields", number), str(error))
    table.close("记录项")
    return [*names, *([ledger] if ledger else [])]


def _required(matter: MatterType, key: str) -> str:
    blanks: dict[str, Field] = {blank.key: blank for form in matter.step_forms.values() for blank in form}
    blanks |= {blank.key: blank for blank in matter.fields}
    if key not in blanks:
        titles = {blank.title: name for name, blank in blanks.items()}
        raise ValueError(f"“{matter.title}”" + unknown("栏目", key, blanks, titles))
    if not blanks[key].required:
        needed = [name for name, blank in blanks.items() if blank.required]
        raise ValueError(
            f"“{matter.title}”的“{blanks[key].title}”（{key}）可以留空，不能作为记录项，{meant(key, needed)}"
        )
    return key


def _setting(table: Table, vocabulary: Vocabulary, settings: dict[str, Any], pending: Pending) -> None:
    declared = None
    if table.needed("key", "设置"):
        declared = table.read("key", lambda raw: vocabulary.setting(plain_text(raw)), None)
    key = table.text("key")
    if not table.has("value"):
        table.fault("", "设置缺少“value”")
    elif declared:
        settings[key] = table.read("value", lambda raw: _valued(declared, raw, vocabulary), declared.default)
        pending.settings.append((key, table.place))
    table.close("设置")


def _valued(setting: Setting, raw: Any, vocabulary: Vocabulary) -> Any:
    blank = Field(setting.key, setting.title, setting.kind)
    if setting.kind is Kind.ROWS:
        raise ValueError("不能写，这一项不能由条款设定")
    if not setting.many:
        return typed(blank, raw, vocabulary.staffing)
    if not isinstance(raw, list) or not raw:
        raise ValueError('应写成方括号里的若干项，例如 value = ["…", "…"]')
    return tuple(typed(blank, each, vocabulary.staffing) for each in raw)

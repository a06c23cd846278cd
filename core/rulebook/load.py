"""Reading a whole rulebook: texts in, rulebook out, every fault of every file at once."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from core.agency import MOVING, Agency
from core.errors import RulebookInvalid
from core.family import Family
from core.national_tables import NationalTables
from core.rulebook.citing import named
from core.rulebook.clauses import NOT_ENABLED, Pending, read_clause, read_text_only
from core.rulebook.faults import RulebookFault, Sheet, slip, unknown
from core.rulebook.left_out import check_left_out
from core.rulebook.model import GENERAL, Clause, Regulation, Rulebook
from core.rulebook.national import parted, read_national
from core.rulebook.tables import Table
from core.rulebook.texts import read_texts
from core.rulebook.vocabulary import Vocabulary

CORE = "core"
_CLAUSE = re.compile(r"^[ \t]*\[\[[ \t]*clause[ \t]*\]\]", re.MULTILINE)


@dataclass
class _Read:
    """One regulation just read, with what is still to be checked against the others."""

    regulation: Regulation
    sheet: Sheet
    pending: Pending


def read_rulebook_folder(folder: Path) -> dict[str, str]:
    """The texts of all regulations in a folder, by their path inside it. Raises RulebookInvalid."""
    texts = read_texts(folder, "*.toml")
    if not texts:
        said = "这里一项制度也没有，请放入制度文件（.toml），或核对目录；没有制度就什么也不受约束"
        raise RulebookInvalid([RulebookFault(folder.name, 0, said)])
    return texts


def load_rulebook(
    files: Mapping[str, str], agency: Agency, families: Sequence[Family], title: str = "", *, kept: bool = False
) -> Rulebook:
    """The rulebook that these texts, by path, make for an agency with these families enabled.

    Pure, so that texts kept from earlier days load again: in `kept` ones it is no fault that a clause says as it then
    did, or not at all, what it is called. Raises RulebookInvalid with every fault of every file.
    """
    vocabulary = Vocabulary(agency, {family.key: family for family in families})
    regulating, shared = parted(files)
    sheets = [Sheet(path, text) for path, text in sorted(regulating.items())]
    national = [Sheet(path, text) for path, text in sorted(shared.items())]
    tables = NationalTables.of(table for sheet in national for table in read_national(sheet))
    found = [each for each in (_regulation(sheet, vocabulary, kept) for sheet in sheets) if each]
    regulations = _distinct(found)
    own = Sheet("agency.toml", agency.text)
    cited = _check_cited(found, regulations, agency, own)
    _check_awaited(found)
    _check_bare(found, cited)
    _check_chains(found)
    _check_permissions(vocabulary, own)
    _check_reading(vocabulary, own)
    if not kept:
        check_left_out(vocabulary, regulations.values(), own)
    settings = _settings(found)
    if faults := sorted(fault for sheet in (*sheets, *national, own) for fault in sheet.faults):
        raise RulebookInvalid(faults)
    marked = {
        key: replace(
            each,
            clauses=tuple(
                replace(clause, cited_by_steps=True) if f"{key}/{clause.no}" in cited else clause
                for clause in each.clauses
            ),
        )
        for key, each in regulations.items()
    }
    return Rulebook(agency.key, title or agency.title, marked, settings, digest(files), dict(files), tables)


def digest(files: Mapping[str, str]) -> str:
    """SHA-256 over the paths and texts; line ends and a byte order mark make no difference."""
    total = hashlib.sha256()
    for path, text in sorted(files.items()):
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        for part in (path, plain):
            raw = part.encode()
            total.update(len(raw).to_bytes(8, "big") + raw)
    return total.hexdigest()


def _regulation(sheet: Sheet, vocabulary: Vocabulary, kept: bool) -> _Read | None:
    values = sheet.parse()
    if values is None:
        return None
    whole = Table(sheet, (), values)
    head = whole.table("regulation")
    if head is None:
        if "regulation" not in values:
            whole.fault("", "缺少 [regulation] 一节，请写明 id、title、family")
        return None
    for key in ("id", "title", "family"):
        head.needed(key, "[regulation] ")
    key, family, span = head.text("id"), head.text("family"), head.span()
    enabled = _enabled(head, family, vocabulary)
    lines = _clause_lines(sheet, whole)
    pending = Pending()
    clauses: list[Clause] = []
    tables = whole.tables("clause")
    titles = [table.text("title") if kept else "" for table in tables]
    for table, line in zip(tables, lines, strict=False):
        if key == GENERAL:
            clause = replace(read_text_only(table, line), cited_by_steps=True)
        elif not enabled:
            clause = read_text_only(table, line, manual=NOT_ENABLED)
        else:
            clause = read_clause(table, vocabulary, key, line, pending)
        inherited = {name: getattr(span, name) for name in ("since", "until") if name in head.values}
        if own := {name: day for name, day in inherited.items() if name not in table.values}:
            clause = replace(clause, **own)
        if any(other.no == clause.no for other in clauses):
            table.fault("no", f"条款号“{clause.no}”在本制度中写了两次")
        clauses.append(clause)
    called = named(head, clauses, tables, titles if kept else None)
    regulation = Regulation(key, head.text("title"), family, called, sheet.path)
    head.close("[regulation] ")
    whole.close("制度文件")
    return _Read(regulation, sheet, pending)


def _enabled(head: Table, family: str, vocabulary: Vocabulary) -> bool:
    """Whether the family's declarations are at hand; a name all but equal to an enabled one is a slip."""
    if family in vocabulary.families:
        return True
    named = slip(family, vocabulary.families) if family not in vocabulary.agency.families else None
    if named:
        head.fault("family", f"没有启用“{family}”这类管理，是否指“{named}”？")
    return False


def _clause_lines(sheet: Sheet, whole: Table) -> list[int]:
    """The line of each clause; the plain search serves unless a text imitates a heading."""
    count = len(whole.values["clause"]) if isinstance(whole.values.get("clause"), list) else 0
    starts = [found.start() for found in _CLAUSE.finditer(sheet.text)]
    if len(starts) != count:
        return [sheet.line(("clause", number)) for number in range(count)]
    lines, line, before = [], 1, 0
    for start in starts:
        line += sheet.text.count("\n", before, start)
        before = start
        lines.append(line)
    return lines


def _distinct(found: Iterable[_Read]) -> dict[str, Regulation]:
    regulations: dict[str, Regulation] = {}
    for each in found:
        regulation = each.regulation
        if regulation.id in regulations:
            other = regulations[regulation.id].path
            each.sheet.fault(("regulation", "id"), f"制度编号“{regulation.id}”在 {other} 中已经用过")
        regulations.setdefault(regulation.id, regulation)
    return regulations


def _check_cited(
    found: Iterable[_Read], regulations: Mapping[str, Regulation], agency: Agency, own: Sheet
) -> frozenset[str]:
    """The clauses that chain steps and bodies' quorums carry out, as `regulation/no`; a fault for each absent one."""
    known = {f"{key}/{clause.no}" for key, each in regulations.items() for clause in each.clauses}
    cited = set()
    for each in found:
        for one in each.pending.cited:
            own_id = each.regulation.id
            key = one.key if "/" in one.key else f"{own_id}/{one.key}"
            if key in known:
                cited.add(key)
                continue
            numbers = [clause.no for clause in each.regulation.clauses]
            each.sheet.fault(one.place, unknown("条款", one.key, sorted(known) if "/" in one.key else numbers))
    for number, body in enumerate(agency.bodies.values()):
        if body.clause in known:
            cited.add(body.clause)
        elif body.clause:
            own.fault(
                ("body", number, "clause"),
                f"会议机构“{body.title}”的“clause”中" + unknown("条款", body.clause, sorted(known)),
            )
    return frozenset(cited)


def _check_awaited(found: Sequence[_Read]) -> None:
    steps: dict[str, list[str]] = {}
    for each in found:
        for clause in each.regulation.clauses:
            for chain in clause.chains:
                steps.setdefault(chain.matter, []).extend(step.title for step in chain.steps)
    for each in found:
        for one in each.pending.awaited:
            titles = list(dict.fromkeys(steps.get(one.matter, ())))
            if one.step not in titles:
                each.sheet.fault(one.place, f"“{one.matter}”的审批链中" + unknown("环节", one.step, titles))


def _check_bare(found: Iterable[_Read], cited: frozenset[str]) -> None:
    for each in found:
        for no, place in each.pending.bare:
            if f"{each.regulation.id}/{no}" not in cited:
                each.sheet.fault(
                    place,
                    f"条款 {no} 没有任何落实办法，请写规则、审批链、例行事项或记录项，或用“manual”说明为何由人判断",
                )


def _check_chains(found: Iterable[_Read]) -> None:
    """The first chain whose condition is met is followed, so that after one without a condition no other has a turn."""
    chains: dict[str, list[tuple[_Read, int, Clause, bool]]] = {}
    for each in found:
        for index, clause in enumerate(each.regulation.clauses):
            for chain in clause.chains:
                chains.setdefault(chain.matter, []).append((each, index, clause, chain.when is None))
    for matter, declared in chains.items():
        for (first, _, one, always), (second, index, other, _) in combinations(declared, 2):
            if always and one.since <= other.until and other.since <= one.until:
                key = f"{first.regulation.id}/{one.no}"
                second.sheet.fault(
                    ("clause", index, "chain"),
                    f"“{matter}”在前面的 {key} 已有一条不带条件的审批链，这一条轮不到，请给前一条加“when”，或调换先后",
                )


def _settings(found: Iterable[_Read]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    first: dict[str, str] = {}
    for each in found:
        for clause in each.regulation.clauses:
            settings |= clause.settings
        for key, place in each.pending.settings:
            if key in first:
                each.sheet.fault(place, f"设置“{key}”在 {first[key]} 中已经设定过")
            first.setdefault(key, each.sheet.path)
    return settings


def _check_permissions(vocabulary: Vocabulary, own: Sheet) -> None:
    core = vocabulary.families.get(CORE)
    names = {matter.key: matter.title for matter in core.matters} if core else {}
    names[MOVING] = "换用现行制度"
    for key in vocabulary.agency.permissions:
        if key not in names:
            own.fault(("permissions", key), f"[permissions] 中{unknown('事项类型', key, names)}")


def _check_reading(vocabulary: Vocabulary, own: Sheet) -> None:
    families = vocabulary.agency.families
    for key in vocabulary.agency.reading:
        names = (*families, *vocabulary.matters, *vocabulary.ledgers)
        loaded = key.partition(".")[0] in vocabulary.families
        if key not in names and (loaded or key.partition(".")[0] not in families):
            own.fault(("reading", key), f"[reading] 中{unknown('业务、事项类型或台账', key, names)}")

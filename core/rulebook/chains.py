"""Reading `[[clause.chain]]`: the steps of a kind of matter."""

from fractions import Fraction

from core.chains.selectors import described
from core.chains.steps import Chain, Due, Mode, Otherwise, Policy, Repeat, Step, StepKind
from core.condition import Condition
from core.family import MatterType
from core.people import Organisation
from core.rulebook.allowances import Cited, Selectors, cited_clause, read_override, read_urgent
from core.rulebook.conditions import facts_of, read_condition
from core.rulebook.faults import meant, unknown
from core.rulebook.tables import Table
from core.rulebook.values import exact_fraction, plain_number, plain_text
from core.rulebook.vocabulary import Vocabulary

_WHEN_VACANT = (Otherwise.REFUSE, Otherwise.SUPERIOR, Otherwise.PRINCIPAL, Otherwise.INSTEAD)
_WHEN_ABSENT = (Otherwise.WAIT, Otherwise.SUPERIOR, Otherwise.PRINCIPAL, Otherwise.INSTEAD)
_WHEN_APPLICANT = (Otherwise.SUPERIOR, Otherwise.PRINCIPAL, Otherwise.INSTEAD, Otherwise.REFUSE)
_POLICIES = ("if_vacant", "if_absent", "if_applicant")


def read_chain(table: Table, vocabulary: Vocabulary, no: str) -> tuple[Chain | None, list[Cited]]:
    """The chain a table states, and the clauses its steps cite."""
    if not table.needed("matter", "审批链"):
        return None, []
    matter = table.read("matter", lambda raw: vocabulary.matter(plain_text(raw)), None)
    when = table.table("when")
    steps = table.tables("steps")
    if not steps:
        table.fault("", "审批链没有任何环节，请在 steps 中逐个写出")
    table.has("urgent")
    table.close("审批链")
    if matter is None:
        return None, []
    cited: list[Cited] = []
    read = tuple(_step(each, matter, vocabulary, cited) for each in steps)
    performs = any(step.kind is StepKind.PERFORM for step in read)
    urgent = read_urgent(table, performs, _reader(matter, vocabulary), cited)
    return Chain(matter.key, no, read, _when(when, matter, vocabulary), urgent), cited


def _reader(matter: MatterType, vocabulary: Vocabulary) -> Selectors:
    return lambda table, key: _selectors(table, key, matter, vocabulary)


def _when(table: Table | None, matter: MatterType, vocabulary: Vocabulary) -> Condition | None:
    return read_condition(table, facts_of([matter]), vocabulary.staffing) if table else None


def _step(table: Table, matter: MatterType, vocabulary: Vocabulary, cited: list[Cited]) -> Step:
    kind, body = _kind(table, vocabulary)
    by = _selectors(table, "by", matter, vocabulary)
    if not by and kind is not StepKind.RESOLUTION:
        table.fault("", "环节缺少“by”，请写明由谁办理")
    if not by and kind is StepKind.RESOLUTION and body:
        by = vocabulary.agency.bodies[body].secretary
    if table.flag("again") and kind is not StepKind.PERFORM:
        table.fault("again", "“again”（可以返工）只用于付诸办理的环节，请一并写 perform = true")
    mode, count, ratio = _mode(table)
    clause = cited_clause(table, cited)
    step = Step(
        kind=kind,
        title=table.text("title") or _title(kind, by, body, vocabulary),
        by=by,
        mode=mode,
        count=count,
        when=_when(table.table("when"), matter, vocabulary),
        body=body,
        due=_due(table, kind),
        policy=_policy(table, matter, vocabulary),
        form=_form(table, matter),
        clause=clause,
        opinion=table.flag("opinion"),
        ratio=ratio,
        override=read_override(table, kind, _reader(matter, vocabulary), cited),
        singly=table.flag("singly"),
        again=table.flag("again"),
    )
    table.close("环节")
    return step


def _kind(table: Table, vocabulary: Vocabulary) -> tuple[StepKind, str]:
    body = table.read("resolution", lambda raw: vocabulary.staffing.body(plain_text(raw)), "")
    found = [StepKind.RESOLUTION] if table.has("resolution") else []
    found += [StepKind.NOTICE] if table.has("notice") else []
    found += [StepKind.PERFORM] if table.flag("perform") else []
    found += [StepKind.FILE] if table.flag("file") else []
    if len(found) > 1:
        table.fault("", "一个环节只能是 resolution、notice、perform、file 中的一种，请分成几个环节")
    return (found[0] if found else StepKind.SIGN), body


def _selectors(table: Table, key: str, matter: MatterType, vocabulary: Vocabulary) -> tuple[str, ...]:
    found = []
    for number, selector in enumerate(table.texts(key)):
        try:
            found.append(vocabulary.staffing.selector(selector, [matter]))
        except ValueError as error:
            table.sheet.fault((*table.place, key, number), f"“{key}”{error}")
            found.append(selector)
    return tuple(found)


def _mode(table: Table) -> tuple[Mode, int, Fraction]:
    mode = table.choice("mode", Mode, Mode.ONE)
    count = table.number("count", 0, least=1)
    if mode is Mode.COUNT and not count:
        table.fault("", "“mode”为 count 时，要用“count”写明需要几人签字")
    elif count and mode is not Mode.COUNT:
        table.fault("count", '写了“count”，还要写 mode = "count"')
    ratio = table.read("ratio", exact_fraction, Fraction(0))
    if mode is Mode.RATIO and not ratio:
        table.fault("", '“mode”为 ratio 时，要用“ratio”写明签字人数的比例，例如 ratio = "2/3"')
    elif ratio > 1:
        table.fault("ratio", f"“ratio”不能大于全数，这里是 {ratio}")
    elif ratio and mode is not Mode.RATIO:
        table.fault("ratio", '写了“ratio”，还要写 mode = "ratio"')
    return mode, count, ratio


def _due(table: Table, kind: StepKind) -> Due | None:
    """The step's deadline; a notice's length in working days is its deadline."""
    within = table.table("due")
    if kind is StepKind.NOTICE:
        if within is not None:
            table.fault("due", "公示环节的天数写在“notice”中，不能再写“due”")
        days = table.read("notice", lambda raw: plain_number(raw, 1), 1)
        return Due(days, workdays=True)
    if within is None:
        return None
    if not within.needed("days", "办理时限"):
        return None
    due = Due(within.number("days", 1), within.flag("workdays", True))
    within.close("办理时限")
    return due


def _policy(table: Table, matter: MatterType, vocabulary: Vocabulary) -> Policy:
    policy = Policy(
        vacant=_otherwise(table, "if_vacant", _WHEN_VACANT),
        absent=_otherwise(table, "if_absent", _WHEN_ABSENT),
        applicant=_otherwise(table, "if_applicant", _WHEN_APPLICANT),
        repeat=table.choice("if_repeated", Repeat, Repeat.AGAIN),
        instead=_selectors(table, "instead", matter, vocabulary),
    )
    named = [key for key in _POLICIES if table.values.get(key) == Otherwise.INSTEAD.value]
    if named and not policy.instead:
        table.fault(named[0], f"“{named[0]}”为 instead 时，要用“instead”写明由谁代办")
    elif policy.instead and not named:
        table.fault("instead", "写了“instead”，但 if_vacant、if_absent、if_applicant 都没有填 instead，不起作用")
    return policy


def _otherwise(table: Table, key: str, choices: tuple[Otherwise, ...]) -> Otherwise:
    word = table.text(key, choices[0].value)
    found = next((each for each in choices if each.value == word), None)
    if found is None:
        table.fault(key, f"“{key}”不能填“{word}”，{meant(word, [each.value for each in choices])}")
    return found or choices[0]


def _form(table: Table, matter: MatterType) -> str:
    key = table.text("form")
    if key and key not in matter.step_forms:
        table.fault("form", f"“form”中“{matter.title}”" + unknown("环节表", key, matter.step_forms))
    return key


def _title(kind: StepKind, by: tuple[str, ...], body: str, vocabulary: Vocabulary) -> str:
    agency = vocabulary.agency
    match kind:
        case StepKind.RESOLUTION:
            return f"{agency.bodies[body].title if body else ''}研究"
        case StepKind.NOTICE:
            return "公示"
        case StepKind.PERFORM:
            return "办理"
        case StepKind.FILE:
            return "归档"
        case _:
            shape = Organisation(agency.units, agency.posts, agency.functions)
            return "、".join(described(each, shape) for each in by) + "审批"

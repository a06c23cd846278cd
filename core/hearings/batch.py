"""What stands against doing an act in a batch rather than by itself."""

from collections.abc import Iterator

from core.acts import Verb
from core.finding import Finding, Level
from core.hearings.hearing import Hearing
from core.hearings.judge import Judge
from core.matter import Matter

OPINIONS = frozenset({Verb.APPROVE, Verb.REJECT, Verb.RETURN})
"""Acts that may be done in a batch."""


def against_batch(judge: Judge, hearing: Hearing) -> Iterator[Finding]:
    """The findings for which an act of a batch is left to be done by itself."""
    act, matter = hearing.act, hearing.before
    if act.verb not in OPINIONS:
        yield judge.general("singly", f"“{act.verb.title}”不能成批办理", "请打开事项单独办理")
    if matter is None:
        return
    for facts in _reasons(matter, hearing):
        yield judge.general("singly", f"{matter.number}{facts}", "请打开事项，看过后单独办理")


def _reasons(matter: Matter, hearing: Hearing) -> Iterator[str]:
    if matter.step is not None and matter.step.singly:
        yield f"“{matter.step.title}”环节按制度须单独阅办"
    if any(finding.level is Level.WARN for finding in hearing.findings):
        yield "有提醒"
    elif any(mark.reason and not mark.void for mark in matter.course):
        yield "在提醒之后说明理由办理过"
    for verb, facts in ((Verb.OVERRIDE, "经过特批"), (Verb.URGENT, "先办后补")):
        if any(mark.verb is verb and not mark.void for mark in matter.course):
            yield facts

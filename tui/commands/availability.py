"""Why a command cannot be given now: the same judgement that would refuse it."""

from core.acts import ADMINISTERING, Act, Verb
from core.finding import Finding, Level
from core.office import Office
from tui.commands.command import Command

_OPINION = "（待填写）"
"""Stands in for what will be written when the act is done, so that its absence is not the answer."""

_ON_TARGETS = ADMINISTERING | {Verb.DISCHARGE, Verb.OBJECT, Verb.SETTLE_OBJECTION, Verb.ACKNOWLEDGE}


def availability(command: Command, office: Office, person: str, target: str = "") -> Finding | None:
    """Why the person cannot give the command on a matter (its number), duty, notice or regulation; None when he can.

    Judged by `Office.preview`. What is still to be filled in on a form stands in the way of nothing here, so only
    refusals that concern no blank are an answer.
    """
    verb = command.act
    if verb is None or verb is Verb.PHRASE or (verb is Verb.SUBMIT and not target):
        return None
    if verb is Verb.SUBMIT:
        act = Act(verb, person, kind=target)
    elif verb in _ON_TARGETS:
        act = Act(verb, person, target=target, opinion=_OPINION)
    else:
        act = Act(verb, person, matter=target, opinion=_OPINION)
    if not target:
        citation = office.rulebook.cite("general/unknown")
        return Finding("core.unknown", citation, "还没有选中要办的事", "请先选中一行，或打开一件事项")
    findings = [each for each in office.preview(act).findings if each.level is Level.REFUSE and not each.at]
    if verb is Verb.SUBMIT:
        # The families' rules judge what is written on the form, and nothing is written yet.
        findings = [each for each in findings if each.rule.startswith("core.")]
    return findings[0] if findings else None

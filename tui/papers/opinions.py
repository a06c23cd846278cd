"""The opinions of a printed form: who decided what at each step, in the order of signing."""

from collections.abc import Iterator

from core.acts import SYSTEM, Verb
from core.days.wording import day_written
from core.desk import Desk
from core.matter import ONWARD, Mark, Matter
from core.people import Organisation
from core.records import Resolution
from core.text import clean
from tui.papers.sheet import Opinion
from tui.wording import stands_in

_PRINTED = ONWARD | {Verb.REJECT, Verb.ANSWER, Verb.EXPIRE}
_TOLD = {Verb.OVERRIDE, Verb.URGENT, Verb.REJECT, Verb.ANSWER}
"""Acts whose name stands before the opinion, since the step's title does not tell them."""


def opinions(desk: Desk, matter: Matter) -> Iterator[Opinion]:
    """Every signature that counts, and the decisions of bodies in their place."""
    decided = desk.resolutions(matter.number)
    for mark in matter.course:
        if mark.verb not in _PRINTED or mark.void:
            continue
        if mark.verb is Verb.RESOLVE and decided:
            yield _decision(desk, matter, mark, decided.pop(0))
        else:
            yield _opinion(desk, matter, mark)
    for resolution in decided:
        yield _decision(desk, matter, None, resolution)


def _step(matter: Matter, mark: Mark) -> str:
    return matter.steps[mark.step].title if 0 <= mark.step < len(matter.steps) else mark.verb.title


def _opinion(desk: Desk, matter: Matter, mark: Mark) -> Opinion:
    organisation = desk.organisation
    words = [f"【{mark.verb.title}】" if mark.verb in _TOLD else "", mark.opinion or _plain(mark)]
    if mark.reason:
        words.append(f"（仍予办理的理由：{mark.reason}）")
    who = "" if mark.by == SYSTEM else stands_in(organisation, mark.by, mark.on_behalf)
    post = _post(organisation, mark)
    return Opinion(_step(matter, mark), clean("".join(words)), who, post, day_written(mark.at.date()))


def _plain(mark: Mark) -> str:
    """What an act without words says."""
    if mark.verb is Verb.EXPIRE:
        return "公示期满，没有异议"
    return {Verb.PERFORM: "已办理", Verb.FILE: "已归档", Verb.APPROVE: "同意"}.get(mark.verb, "")


def _post(organisation: Organisation, mark: Mark) -> str:
    """The post he signed in: of whom he stood in for, where he did."""
    held = organisation.tenures_of(mark.on_behalf or mark.by, mark.at.date())
    return organisation.posted(held[0]) if held else ""


def _decision(desk: Desk, matter: Matter, mark: Mark | None, resolution: Resolution) -> Opinion:
    body = desk.agency.bodies.get(resolution.body)
    title = body.title if body else resolution.body
    attended = f"应到 {resolution.members_due} 人，实到 {resolution.members_present} 人"
    told = f"经{title}{resolution.number}研究，{attended}，{'通过' if resolution.adopted else '未通过'}。"
    words = dict.fromkeys((resolution.note, mark.opinion if mark else ""))
    said = "".join(f"{each.rstrip('。')}。" for each in words if each)
    registered = desk.organisation.name(resolution.registered_by)
    step = _step(matter, mark) if mark else title
    return Opinion(step, clean(told + said), f"{registered}（登记）", "", day_written(resolution.held_on))

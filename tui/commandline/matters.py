"""One matter: what it says, what has been done about it, what lies ahead, and why."""

import argparse
from typing import TYPE_CHECKING, Any

from tui.commandline.exits import Exit
from tui.commandline.output import say, say_json
from tui.commandline.parser import Parser
from tui.commandline.place import matter_read, opened, person_named

if TYPE_CHECKING:
    from core.matter import Mark, Matter
    from core.office import Office
    from core.verdict import Planned


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("number", metavar="编号", help="事项的编号，如 费支-2026-0001")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        matter = matter_read(office, arguments)
        if arguments.verb == "show":
            _show(office, matter, arguments.json)
        else:
            person = person_named(office, arguments.person) if arguments.person is not None else ""
            _why(office, matter, person, arguments.json)
    return Exit.DONE


def _show(office: "Office", matter: "Matter", json: bool) -> None:
    from core.attachments.attachment import attachment_text
    from core.chains.planning import plan
    from core.verdict import Progress, matter_to_json

    ahead = [each for each in plan(office.desk, matter) if each.progress is not Progress.DONE and matter.state.open]
    if json:
        say_json({**matter_to_json(matter), "ahead": [each.to_json() for each in ahead]})
        return
    _say_form(office, matter)
    for each in matter.attachments:
        say(f"附件：{attachment_text(each)}")
    say("经过：")
    for mark in matter.course:
        _say_mark(office, matter, mark)
    if ahead:
        say("去向：")
    for planned in ahead:
        say(f"  {_planned_line(planned)}")


def _say_form(office: "Office", matter: "Matter") -> None:
    from tui.wording import value_text

    desk, kind = office.desk, office.host.matter_types.get(matter.kind)
    say(f"{matter.number} {kind.title if kind else matter.kind}（{matter.state.title}，第 {matter.version} 版）")
    say(f"申请人：{desk.organisation.described(matter.applicant, matter.submitted.date())}")
    forms: list[tuple[Any, Any]] = [(kind.facts, matter.values)] if kind else []
    forms += [(kind.step_forms.get(form, ()), values) for form, values in matter.extra.items()] if kind else []
    for blanks, values in forms:
        for blank in blanks:
            if blank.key in values:
                say(_below(blank.title, value_text(desk, blank, values[blank.key]), 0))
    if kind is None:
        for key, value in matter.values.items():
            say(f"{key}：{value}")


def _say_mark(office: "Office", matter: "Matter", mark: "Mark") -> None:
    from tui.wording import moment, stands_in

    step = f"“{matter.steps[mark.step].title}”" if 0 <= mark.step < len(matter.steps) else ""
    void = "（已失效）" if mark.void else ""
    who = stands_in(office.desk.organisation, mark.by, mark.on_behalf)
    say(f"  {moment(mark.at)} {who} {step}{mark.verb.title}{void}")
    for heading, text in (("意见", mark.opinion), ("理由", mark.reason), ("依据", mark.basis)):
        if text:
            say(_below(heading, text, 6))


def _below(heading: str, text: str, indent: int) -> str:
    """What somebody wrote, under its heading: no line of it begins where the program's own lines do."""
    further = "\n" + " " * (indent + 4)
    return f"{' ' * indent}{heading}：{text.replace(chr(10), further)}"


def _planned_line(planned: "Planned") -> str:
    who = "、".join(planned.names) or planned.missing
    due = f"，{planned.due} 前{'（节假日安排尚未公布，为暂定）' if planned.provisional else ''}" if planned.due else ""
    step = f"{planned.index + 1}. {planned.step.title}（{planned.progress.title}）"
    return f"{step}：{who}{due}，{planned.clause.label}"


def _why(office: "Office", matter: "Matter", person: str, json: bool) -> None:
    """Why it goes as it goes and who may act; for one person, what he may do and what stands in the way."""
    from core.chains.planning import plan
    from core.reasons import reasons
    from core.verdict import Progress
    from tui.commands.availability import availability
    from tui.commands.command import Scope
    from tui.commands.registry import of_scope

    present = [each for each in plan(office.desk, matter) if each.progress is Progress.NOW]
    acts = [each for each in of_scope(Scope.MATTER) if each.act is not None] if person else []
    stands = [(each, availability(each, office, person, matter.number)) for each in acts]
    if json:
        now = [
            {
                **each.to_json(),
                "text": each.clause.text,
                "actors": [
                    {"person": one.person, "on_behalf": one.on_behalf, "basis": one.basis} for one in each.actors
                ],
            }
            for each in present
        ]
        may = {each.verb: why.to_json() if why else None for each, why in stands}
        told = [each.text for each in reasons(office.desk, matter)] if office.desk.matter_type(matter.kind) else []
        state = matter.state.value
        say_json({"number": matter.number, "state": state, "now": now, "why": told, "acts": may if person else None})
        return
    if office.desk.matter_type(matter.kind) is None:
        say(f"{matter.number}所属的业务模块没有启用，只能查阅")
    else:
        for each in reasons(office.desk, matter):
            say(" " * each.indent + each.text)
    for command, why in stands:
        say(f"{command.title}（{command.verb}）：{'可以' if why is None else '不可以'}")
        if why is not None:
            say(f"    {why.clause.label}：{why.facts}；{why.remedy}")

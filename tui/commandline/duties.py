"""What is owed by a day, what is published for a period, and what happens by itself when the day comes."""

import argparse
from typing import TYPE_CHECKING, Any

from tui.commandline.exits import Exit
from tui.commandline.output import say, say_json, say_table, tell
from tui.commandline.parser import Parser
from tui.commandline.place import opened, person_named, readers_desk

if TYPE_CHECKING:
    from core.office import Office
    from core.records import Duty, Notice


def arguments(parser: Parser, verb: str) -> None:
    if verb == "duties":
        parser.add_argument("--done", action="store_true", help="列出已经办结的")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        {"duties": _duties, "notices": _notices, "tick": _tick}[arguments.verb](office, arguments)
    return Exit.DONE


def _duties(office: "Office", arguments: argparse.Namespace) -> None:
    from tui.wording import duty_text

    desk = readers_desk(office, arguments)
    person = person_named(office, arguments.person) if arguments.person is not None else ""
    owed = desk.duties_done() if arguments.done else desk.duties(person)
    if arguments.json:
        say_json([_duty_json(office, duty) for duty in owed])
        return
    organisation = desk.organisation
    rows = [
        (
            duty.due,
            duty_text(duty, desk.day),
            duty.title,
            "、".join(organisation.name(owner) for owner in duty.owners) or "无人负责",
            office.rulebook.called(duty.clause),
            duty.key,
        )
        for duty in owed
    ]
    say_table(("期限", "情况", "例行事项", "负责人", "依据", "编号"), rows, "没有要办的例行事项")


def _duty_json(office: "Office", duty: "Duty") -> dict[str, Any]:
    return {
        "key": duty.key,
        "title": duty.title,
        "clause": duty.clause,
        "owners": list(duty.owners),
        "opens": duty.opens.isoformat(),
        "due": duty.due.isoformat(),
        "derivation": duty.derivation,
        "state": duty.state(office.desk.day).value,
        "evidence": duty.evidence,
        "matter": duty.matter,
        "done": duty.done.isoformat() if duty.done else None,
        "note": duty.note,
    }


def _notices(office: "Office", arguments: argparse.Namespace) -> None:
    notices = readers_desk(office, arguments).notices()
    if arguments.json:
        say_json([_notice_json(notice) for notice in notices])
        return
    rows = [
        (notice.since, notice.until, notice.state.title, notice.title, len(notice.objections), notice.key)
        for notice in notices
    ]
    say_table(("起", "止", "情况", "公示内容", "异议", "编号"), rows, "没有公示")


def _notice_json(notice: "Notice") -> dict[str, Any]:
    return {
        "key": notice.key,
        "title": notice.title,
        "text": notice.text,
        "clause": notice.clause,
        "since": notice.since.isoformat(),
        "until": notice.until.isoformat(),
        "matter": notice.matter,
        "audience": notice.audience,
        "state": notice.state.value,
        "objections": [
            {
                "by": each.by,
                "on": each.on.isoformat(),
                "text": each.text,
                "upheld": each.upheld,
                "outcome": each.outcome,
            }
            for each in notice.objections
        ],
    }


def _tick(office: "Office", arguments: argparse.Namespace) -> None:
    results = office.tick()
    if arguments.json:
        say_json([result.to_json() for result in results])
        return
    if not results:
        tell("没有到期的公示")
    for result in results:
        if result.matter is not None:
            say(f"{result.matter.number} 公示期满，{result.matter.state.title}")
        for finding in () if result.done else result.verdict.findings:
            tell(f"{finding.clause.label}：{finding.facts}；{finding.remedy}")

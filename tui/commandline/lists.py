"""Lists of matters and people: what waits for somebody, what he filed, whom and what the agency has."""

import argparse
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say_json, say_table
from tui.commandline.parser import Parser
from tui.commandline.place import actor, opened, person_named, readers_desk

if TYPE_CHECKING:
    from core.fields import Field
    from core.office import Office
    from core.people import Person

_LIMIT = 200

_MATTER_COLUMNS = ("编号", "事项", "事由", "申请人", "环节", "期限")


def arguments(parser: Parser, verb: str) -> None:
    if verb == "find":
        parser.add_argument("text", metavar="文字", help="编号、事由、姓名或条文里的字")
    if verb in ("inbox", "mine", "find"):
        parser.add_argument(
            "--limit", type=int, metavar="行数", default=_LIMIT, help=f"最多列出多少行，不写为 {_LIMIT}"
        )


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        {"inbox": _inbox, "mine": _mine, "offers": _offers, "people": _people, "find": _find}[arguments.verb](
            office, arguments
        )
    return Exit.DONE


def _inbox(office: "Office", arguments: argparse.Namespace) -> None:
    from tinydb import where

    from tui.wording import NO_DUE

    person = actor(office, arguments)
    desk = office.desk_of(person)
    page = office.store.table("inbox").page(where("person") == person, order=("due",), limit=max(1, arguments.limit))
    rows = [
        {
            "matter": row["matter"],
            "kind": row["kind"],
            "subject": row["subject"] if desk.matter_document(row["matter"]) else "",
            "applicant": row["applicant"],
            "on_behalf": row["on_behalf"],
            "step": row["step"],
            "due": row["due"] if row["due"] != NO_DUE else None,
        }
        for row in page.rows
    ]
    _say_matters(office, rows, arguments, "没有等您办理的事项")


def _mine(office: "Office", arguments: argparse.Namespace) -> None:
    from tinydb import where

    person = actor(office, arguments)
    page = office.store.table("matters").page(
        where("applicant") == person, descending=True, limit=max(1, arguments.limit)
    )
    _say_matters(office, [_row(office, row) for row in page.rows], arguments, "您没有提交过事项")


def _row(office: "Office", document: Any) -> dict[str, Any]:
    matter = office.desk.to_matter(document)
    return {
        "matter": matter.number,
        "kind": matter.kind,
        "subject": document["subject"],
        "applicant": matter.applicant,
        "state": matter.state.value,
        "step": matter.step.title if matter.step else matter.state.title,
        "due": matter.due.isoformat() if matter.due else None,
    }


def _say_matters(office: "Office", rows: list[dict[str, Any]], arguments: argparse.Namespace, empty: str) -> None:
    if arguments.json:
        say_json(rows)
        return
    kinds, organisation = office.host.matter_types, office.desk.organisation
    say_table(
        _MATTER_COLUMNS,
        [
            (
                row["matter"],
                kinds[row["kind"]].title if row["kind"] in kinds else row["kind"],
                row["subject"],
                organisation.name(row["applicant"]),
                row["step"] + (f"（代{organisation.name(row['on_behalf'])}）" if row.get("on_behalf") else ""),
                row["due"] or "",
            )
            for row in rows
        ],
        empty,
    )


def _offers(office: "Office", arguments: argparse.Namespace) -> None:
    from tui.commands.offering import offers

    offered = list(offers(office, person_named(office, arguments.person) if arguments.person is not None else ""))
    if arguments.json:
        say_json(
            [
                {
                    "key": each.kind.key,
                    "title": each.kind.title,
                    "enabled": each.why is None,
                    "why": each.why.to_json() if each.why else None,
                    "fields": [_blank(office, blank) for blank in office.agency.asked(each.kind.key, each.kind.fields)],
                }
                for each in offered
            ]
        )
        return
    rows = [
        (
            each.kind.title,
            "可以" if each.why is None else f"不可以：{each.why.facts}",
            "、".join(blank.title for blank in each.kind.fields if blank.required),
        )
        for each in offered
    ]
    say_table(("事项", "能否申请", "必填栏目"), rows, "本单位还没有可以申请的事项")


def _blank(office: "Office", blank: "Field") -> dict[str, Any]:
    choices = blank.choices or (office.desk.setting(blank.setting) if blank.setting else ())
    return {
        "key": blank.key,
        "title": blank.title,
        "kind": blank.kind.value,
        "required": blank.required,
        "choices": [str(each) for each in choices],
        "columns": [_blank(office, column) for column in blank.columns],
    }


def _people(office: "Office", arguments: argparse.Namespace) -> None:
    people = [_person(office, person) for person in sorted(office.desk.organisation.staff(office.desk.day), key=_KEY)]
    if arguments.json:
        say_json(people)
        return
    rows = [(each["key"], each["name"], "、".join(each["posts"]), each["staff"], each["away"]) for each in people]
    say_table(("编号", "姓名", "科室职务", "身份", "外出"), rows, "还没有登记人员")


_KEY = attrgetter("key")


def _person(office: "Office", person: "Person") -> dict[str, Any]:
    organisation, day = office.desk.organisation, office.desk.day
    held = organisation.tenures_of(person.key, day)
    absence = organisation.absence(person.key, day)
    return {
        "key": person.key,
        "name": person.name,
        "posts": [organisation.posted(each) for each in held],
        "staff": person.staff.value,
        "away": absence.reason if absence else "",
    }


def _find(office: "Office", arguments: argparse.Namespace) -> None:
    from core.indexes import SEARCHED
    from core.names import matches

    text, organisation, limit = arguments.text.strip(), office.desk.organisation, max(1, arguments.limit)
    if not text:
        raise UsageFault("请写明要找的文字")
    desk = readers_desk(office, arguments)
    exact, table = desk.matter_document(text), office.store.table("matters")
    matters = [exact] if exact else table.find(text, *SEARCHED["matters"], cond=desk.readable(), limit=limit)
    people = [person for person in organisation.people.values() if matches(text, person.name, person.search)]
    clauses = [office.rulebook.cite(f"{regulation.id}/{clause.no}") for regulation, clause in office.rulebook.clauses()]
    found = [
        *({"what": "事项", "key": row["number"], "text": row["subject"]} for row in matters),
        *(
            {"what": "人员", "key": each.key, "text": organisation.described(each.key, office.desk.day)}
            for each in people
        ),
        *(
            {"what": "条款", "key": each.key, "text": each.quoted}
            for each in clauses
            if text in each.quoted or text == each.key
        ),
    ][:limit]
    if arguments.json:
        say_json(found)
        return
    say_table(("类别", "编号", "内容"), [tuple(each.values()) for each in found], f"没有找到“{text}”")

"""A person's calendar, and the organisation on any date."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from tui.commandline.dates import day_of
from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say_json, say_table
from tui.commandline.parser import Parser
from tui.commandline.place import actor, opened

if TYPE_CHECKING:
    from core.office import Office

_LONGEST = 366


def arguments(parser: Parser, verb: str) -> None:
    if verb == "calendar":
        parser.add_argument("--since", metavar="日期", help="从哪天起，如 2026-03-02；不写为今天")
        parser.add_argument("--days", type=int, metavar="天数", default=7, help="看多少天，不写为 7 天")
    else:
        parser.add_argument("--on", metavar="日期", help="看哪一天的，如 2026-03-02；不写为今天")


def run(arguments: argparse.Namespace) -> int:
    with opened(arguments) as office:
        (_calendar if arguments.verb == "calendar" else _organisation)(office, arguments)
    return Exit.DONE


def _calendar(office: "Office", arguments: argparse.Namespace) -> None:
    from core.days.diary import diary

    since = day_of(arguments.since) or office.desk.day
    if not 1 <= arguments.days <= _LONGEST:
        raise UsageFault(f"天数要在 1 到 {_LONGEST} 之间")
    person = actor(office, arguments)
    days = diary(office.desk_of(person), person, since, since + timedelta(days=arguments.days - 1))
    if arguments.json:
        say_json(
            [
                {
                    "day": day.day.isoformat(),
                    "workday": day.workday,
                    "nature": day.nature,
                    "provisional": day.provisional,
                    "items": [
                        {"occasion": item.occasion.value, "text": item.text, "key": item.key} for item in day.items
                    ],
                }
                for day in days
            ]
        )
        return
    rows = []
    for day in days:
        weekday = "一二三四五六日"[day.day.weekday()]
        head = (f"{day.day} 周{weekday}", day.nature)
        rows += [(*(head if place == 0 else ("", "")), item.occasion.title, item.text, item.key)
                 for place, item in enumerate(day.items)] or [(*head, "", "", "")]  # fmt: skip
    say_table(("日期", "日子", "类别", "内容", "编号"), rows, "没有日程")


def _organisation(office: "Office", arguments: argparse.Namespace) -> None:
    from core.chart import chart

    organisation, day = office.desk.organisation, day_of(arguments.on) or office.desk.day
    seats = chart(organisation, day)
    if arguments.json:
        say_json(
            [
                {"unit": seat.unit, "post": seat.post, "person": seat.person or None, "remark": seat.remark}
                for seat in seats
            ]
        )
        return
    rows = [
        (
            organisation.units[seat.unit].title if seat.unit else "（全单位）",
            seat.post,
            organisation.name(seat.person) if seat.person else "（空缺）",
            seat.remark,
        )
        for seat in seats
    ]
    say_table(("科室", "职务", "姓名", "分管、外出和代理"), rows, "还没有登记人员")

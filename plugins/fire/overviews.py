"""Fire safety at a glance: who answers at each level, unit and room, and when each facility falls due."""

from collections.abc import Iterator, Mapping
from datetime import date

from core.consulted import Consulted
from core.days.terms import Term
from core.family import Overview
from core.fields import Field, Kind, Value
from plugins.fire import figures

_KEY_PLACE = "重点部位"


def answering(office: Consulted, term: Term) -> Iterator[Mapping[str, Value]]:
    """The tree of those who answer today: levels, units, and under each unit its posts, rooms and key places."""
    levels = list(figures.responsibilities(office))
    entries = figures.standing(office, "fire.responsibilities", level=figures.OF_POST)
    known = {line["place"] for line in levels if line["level"] == figures.OF_POST}
    units = {str(entry.values["place"]): str(entry.values.get("unit", "")) for entry in reversed(entries)}
    posts: list[dict[str, str]] = [
        {**line, "unit": units.get(line["place"], "")} for line in levels if line["level"] == figures.OF_POST
    ]
    for place in (each for each in units if each not in known):
        person = figures.named(office, figures.OF_POST, place=place)
        posts.append({"level": figures.OF_POST, "unit": units[place], "place": place, "person": person})
    keys: dict[str, dict[str, str]] = {}
    for entry in figures.standing(office, "fire.key-places"):
        told = {key: str(entry.values.get(key, "")) for key in ("place", "unit", "person")}
        keys.setdefault(told["place"], {"level": _KEY_PLACE, **told})
    below = [*posts, *keys.values()]
    for line in levels:
        if line["level"] != figures.OF_POST:
            yield _told(line)
            if line["level"] == figures.OF_UNIT:
                yield from (_told(each, "　") for each in below if each["unit"] == line["unit"])
    led = {line["unit"] for line in levels if line["level"] == figures.OF_UNIT}
    yield from (_told(each) for each in below if each["unit"] not in led)


def _told(line: Mapping[str, Value], indent: str = "") -> dict[str, Value]:
    told = {key: value for key, value in line.items() if value}
    return {**told, "level": f"{indent}{line['level']}", "state": "有人负责" if line.get("person") else "还没有人负责"}


def facilities(office: Consulted, term: Term) -> Iterator[Mapping[str, Value]]:
    """Every facility in service where it stands today; what falls due by the end of the term stands first."""
    lines: list[tuple[date, dict[str, Value]]] = []
    for entry in figures.in_service(office):
        told: dict[str, Value] = {key: entry.values[key] for key in ("number", "kind", "place", "unit", "person")}
        told |= {key: entry.values[key] for key in ("service_by", "scrap_by") if key in entry.values}
        days = [day for key in ("service_by", "scrap_by") if isinstance(day := entry.values.get(key), date)]
        due = min(days, default=date.max)
        lent = "借用中" if entry.values["event"] == figures.LENT else "在用"
        told["state"] = "逾期" if due < office.day else "这一段到期" if due <= term.last else lent
        lines.append((due, told))
    lines.sort(key=lambda each: each[0])
    return (told for _, told in lines)


_PLACE, _UNIT, _PERSON = (
    Field("place", "部位"),
    Field("unit", "科室", Kind.UNIT),
    Field("person", "责任人", Kind.PERSON),
)
OVERVIEWS = (
    Overview(
        "fire.answering",
        "消防责任一览",
        (Field("level", "层级"), _UNIT, _PLACE, _PERSON, Field("state", "情况")),
        answering,
        "今天各级、各科室、各岗位和重点部位由谁负责，缺人的一看便知",
    ),
    Overview(
        "fire.facilities",
        "消防器材一览",
        (
            Field("number", "编号"),
            Field("kind", "种类"),
            _PLACE,
            Field("state", "情况"),
            Field("service_by", "维修不迟于", Kind.DATE),
            Field("scrap_by", "报废不迟于", Kind.DATE),
            _PERSON,
            _UNIT,
        ),
        facilities,
        "每件器材现在放在哪里、由谁负责；到这一段时间为止该维修、报废的在前",
    ),
)

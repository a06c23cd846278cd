"""Reading `agency.toml`: the agency's name, units, posts, functions, bodies, permissions, own days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.agency import Agency, Base, Body
from core.days.calendar import OwnDay
from core.errors import RulebookInvalid
from core.people import Post, Unit
from core.rulebook.faults import Sheet
from core.rulebook.services import read_attachments, read_mailing, read_second_place, read_session
from core.rulebook.tables import Table
from core.rulebook.texts import read_text
from core.rulebook.values import exact_fraction, plain_date, plain_text
from core.rulebook.vocabulary import Staffing

_OF_A_MATTER = ("applicant", "unit-head", "supervising-leader")
_ZONE = "Asia/Shanghai"


def load_agency(path: Path) -> Agency:
    """The agency that a file describes. Raises RulebookInvalid with every fault in it."""
    return replace(read_agency(read_text(path), path.name), folder=path.parent)


def read_agency(text: str, path: str = "agency.toml") -> Agency:
    """The agency that a text describes; `path` is how faults name it. Raises RulebookInvalid."""
    sheet = Sheet(path, text)
    values = sheet.parse()
    agency = _agency(Table(sheet, (), values)) if values is not None else None
    if agency is None or sheet.faults:
        raise RulebookInvalid(sorted(sheet.faults))
    return agency


def _agency(whole: Table) -> Agency | None:
    head = whole.table("agency")
    if head is None:
        whole.fault("", "缺少 [agency] 一节，请写明 key、title、families")
        return None
    head.needed("key", "[agency] ")
    head.needed("title", "[agency] ")
    units = {key: _unit(key, each) for key, each in _keyed(whole, "unit", "科室").items()}
    posts = {key: _post(key, each) for key, each in _keyed(whole, "post", "职务").items()}
    functions = {key: each.text("title") for key, each in _keyed(whole, "function", "分管职能").items()}
    tables = _keyed(whole, "body", "会议机构")
    staffing = Staffing(
        {post.key: post.title for post in posts.values()},
        {unit.key: unit.title for unit in units.values()},
        functions,
        {key: each.text("title") for key, each in tables.items()},
    )
    bodies = {key: _body(key, each, staffing) for key, each in tables.items()}
    if not units or not posts:
        whole.fault("", "至少要写一个 [[unit]]（科室）和一个 [[post]]（职务）")
    agency = Agency(
        key=head.text("key"),
        title=head.text("title"),
        zone=head.read("zone", _zone, _ZONE),
        units=units,
        posts=posts,
        functions=functions,
        bodies=bodies,
        families=head.texts("families"),
        permissions=_permissions(whole, staffing),
        own_days=_own_days(whole),
        attachments=read_attachments(whole),
        mailing=read_mailing(whole),
        second_place=read_second_place(whole),
        reading=_reading(whole, staffing),
        session=read_session(whole),
        left_out=_left_out(whole),
        text=whole.sheet.text,
    )
    for number, family in enumerate(agency.families):
        if family in agency.families[:number]:
            head.fault("families", f"“families”中“{family}”写了两次")
    head.close("[agency] ")
    whole.close("单位文件")
    return agency


def _keyed(whole: Table, name: str, what: str) -> Mapping[str, Table]:
    """The tables of a list by their `key`, each with a `title` no other has; keys and titles are closed by the caller's
    reading except where there is nothing more to read.
    """
    found: dict[str, Table] = {}
    titles: dict[str, str] = {}
    for table in whole.tables(name):
        keyed, titled = table.needed("key", what), table.needed("title", what)
        key, title = table.text("key"), table.text("title")
        if keyed and key in found:
            table.fault("key", f"{what}“{key}”写了两次")
        if titled and title in titles:
            table.fault("title", f"{what}“{title}”和“{titles[title]}”重名")
        if ":" in key or "@" in key or "/" in key:
            table.fault("key", f"“{key}”中不能有“:”“@”“/”")
        if name == "function":
            table.close(what)
        titles.setdefault(title, key)
        found.setdefault(key, table)
    return found


def _unit(key: str, table: Table) -> Unit:
    unit = Unit(key, table.text("title"), table.flag("leaders"))
    table.close("科室")
    return unit


def _post(key: str, table: Table) -> Post:
    table.needed("rank", f"职务“{table.text('title')}”")
    post = Post(key, table.text("title"), table.number("rank", 1, least=1), table.flag("head"))
    table.close("职务")
    return post


def _body(key: str, table: Table, staffing: Staffing) -> Body:
    what = f"会议机构“{table.text('title')}”"
    for needed in ("members", "chair", "secretary"):
        table.needed(needed, what)
    body = Body(
        key=key,
        title=table.text("title"),
        members=_selectors(table, "members", staffing),
        chair=_selectors(table, "chair", staffing),
        secretary=_selectors(table, "secretary", staffing),
        quorum=table.read("quorum", _quorum, Fraction(1, 2)),
        quorum_over=table.flag("quorum_over", True),
        clause=table.text("clause"),
        attendees=_selectors(table, "attendees", staffing),
        convener=_selectors(table, "convener", staffing) or _selectors(table, "chair", staffing),
        never_chair=_selectors(table, "never_chair", staffing),
        majority=table.read("majority", _quorum, Fraction(1, 2)),
        majority_over=table.flag("majority_over", True),
        majority_base=table.choice("majority_base", Base, Base.DUE),
    )
    table.close("会议机构")
    return body


def _quorum(raw: Any) -> Fraction:
    share = exact_fraction(raw)
    if not 0 < share <= 1:
        raise ValueError(f"应大于零、不大于一，这里是 {raw}")
    return share


def _selectors(table: Table, key: str, staffing: Staffing) -> tuple[str, ...]:
    return tuple(each for number, each in enumerate(table.texts(key)) if _sound(table, (key, number), each, staffing))


def _sound(table: Table, place: tuple[str | int, ...], selector: str, staffing: Staffing) -> bool:
    try:
        if selector in _OF_A_MATTER:
            raise ValueError(f"不能用“{selector}”，这里没有申请人")
        staffing.selector(selector)
    except ValueError as error:
        table.sheet.fault((*table.place, *place), f"“{place[0]}”{error}")
        return False
    return True


def _zone(raw: Any) -> str:
    name = plain_text(raw)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"中没有“{name}”这个时区，例如 Asia/Shanghai") from None
    return name


def _permissions(whole: Table, staffing: Staffing) -> dict[str, tuple[str, ...]]:
    table = whole.table("permissions")
    if table is None:
        return {}
    return {key: _selectors(table, key, staffing) for key in table.values}


def _reading(whole: Table, staffing: Staffing) -> dict[str, tuple[str, ...]]:
    """`[reading]`: who may read a family, a matter type or a ledger."""
    table = whole.table("reading")
    found: dict[str, tuple[str, ...]] = {}
    for key in table.values if table else ():
        assert table is not None
        found[key] = table.texts(key)
        if not found[key]:
            table.fault(key, f"“{key}”没有写由谁查阅；人人可看的，写 everyone 或者删去这一行")
        for number, selector in enumerate(found[key]):
            try:
                staffing.reader(selector)
            except ValueError as error:
                table.sheet.fault((*table.place, key, number), f"“{key}”{error}")
    return found


def _left_out(whole: Table) -> dict[str, tuple[str, ...]]:
    """`[left_out]`: the blanks of each form that are not asked for; what they are is known once the rulebook is."""
    table = whole.table("left_out")
    return {key: table.texts(key) for key in table.values} if table else {}


def _own_days(whole: Table) -> tuple[OwnDay, ...]:
    days: dict[date, OwnDay] = {}
    for table in whole.tables("own_day"):
        complete = [table.needed(key, "单位日历") for key in ("day", "workday", "reason")]
        day = table.read("day", plain_date, date.min)
        if day in days:
            table.fault("day", f"单位日历中 {day} 写了两次")
        own = OwnDay(day, table.flag("workday"), table.text("reason"))
        table.close("单位日历")
        if all(complete):
            days.setdefault(day, own)
    return tuple(days.values())

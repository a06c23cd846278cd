"""How study stands by the books: who is in the centre group, what each has done and still owes in a year."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.consulted import Consulted
from core.matter import State
from core.people import Organisation

CENTRE = "中心组"


def members(office: Consulted) -> list[str]:
    """The members of the centre group today, highest post first."""
    posts = office.setting("study.centre-posts")
    return list(dict.fromkeys(person for post in posts for person in office.selected(post)))


def staff(organisation: Organisation, day: date) -> list[str]:
    """Everyone who holds a post, in the order of the people's register."""
    return [person.key for person in organisation.staff(day)]


def half_days(office: Consulted, year: str) -> int:
    """The half-days on which the centre group studied together in a year."""
    return int(office.total("study.sessions", "half_days", year=year, group=CENTRE))


def uncovered(office: Consulted, year: str) -> list[str]:
    """The kinds of content that no session of a year, of whichever group, has covered."""
    return [
        content
        for content in office.setting("study.contents")
        if not office.total("study.sessions", "half_days", year=year, content=content)
    ]


def percent(office: Consulted, person: str, year: str) -> int | None:
    """The share of the centre group's sessions of a year a member was present at; None before the first."""
    due = office.total("study.attendance", "due", year=year, group=CENTRE, person=person)
    present = office.total("study.attendance", "present", year=year, group=CENTRE, person=person)
    return int(present * 100 / due) if due else None


def planned(office: Consulted, person: str, year: str) -> bool:
    """Whether a person has filed his own plan for a year."""
    found = office.matters("study.personal-plan", state=State.SETTLED, period=year)
    return any(each.applicant == person for each in found)


def _row(item: str, unit: str, required: int, done: int, year: str) -> dict[str, Any]:
    missing = max(0, required - done)
    by = date(int(year), 12, 31)
    return {"item": item, "unit": unit, "required": required, "done": done, "missing": missing, "by": by}


def owed(office: Consulted, person: str, year: str) -> Iterator[dict[str, Any]]:
    """What a person is to do in a year, what he has done, what is missing and by when."""
    if person in members(office):
        if required := int(office.setting("study.centre-half-days")):
            done = office.total("study.attendance", "half_days", year=year, group=CENTRE, person=person)
            yield _row("中心组集中学习", "个半天", required, int(done), year)
        share = percent(office, person, year)
        if (required := int(office.setting("study.attendance-percent"))) and share is not None:
            yield _row("中心组出席率", "%", required, share, year)
    if office.setting("study.personal-plans"):
        yield _row("自学计划", "份", 1, int(planned(office, person, year)), year)
    for each in office.setting("study.yearly-writings"):
        kind, _, number = str(each).partition("=")
        done = office.total("study.writings", "count", year=year, person=person, kind=kind)
        yield _row(kind, "篇", int(number), int(done), year)
    if required := int(office.setting("study.online-hours")):
        yield _row(
            "网络学时", "学时", required, int(office.total("study.hours", "hours", year=year, person=person)), year
        )


def missing(office: Consulted, person: str, year: str) -> str:
    """`业务论文 1 篇、调研文章 2 篇`: what a person still owes in a year, in one line."""
    rows = [row for row in owed(office, person, year) if row["missing"]]
    return "、".join(f"{row['item']} {row['missing']} {row['unit']}" for row in rows)


def reviewed(office: Consulted, year: str) -> tuple[dict[str, Any], ...]:
    """A line for everyone on the staff: his attendance and what he owes; what is not so is left out."""
    lines = []
    for person in staff(office.organisation, office.day):
        share, short = percent(office, person, year), missing(office, person, year)
        line: dict[str, Any] = {"person": person}
        if share is not None:
            line["percent"] = share
        if short:
            line["missing"] = short
        lines.append(line)
    return tuple(lines)

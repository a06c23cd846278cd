"""One line of a page about a meeting, and how people and matters are named in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.consulted import Consulted
from core.matter import Matter
from plugins.meetings.agenda import Meeting


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page: a person or an item, and how he or it stands."""

    key: str
    what: str
    state: str
    note: str = ""


def named(office: Consulted, person: str) -> str:
    """A person with unit and post."""
    return office.organisation.described(person, office.day)


def subject(office: Consulted, matter: Matter) -> str:
    """What a matter is called in lists."""
    kind = office.matter_type(matter.kind)
    return (kind.about(matter.values) if kind else "") or matter.number


def item_rows(office: Consulted, meeting: Meeting) -> Iterator[Row]:
    """The items of a meeting with what each has come to."""
    for each in meeting.items:
        what = f"第 {each.number} 项　{subject(office, each.matter)}"
        yield Row(str(each.number), what, meeting.item(each.number).result or "未议")

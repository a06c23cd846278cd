"""Everybody's study at a glance: done, missing, by when."""

from collections.abc import Iterator, Mapping

from core.consulted import Consulted
from core.days.terms import Term
from core.family import Overview
from core.fields import Field, Kind, Value
from plugins.study import figures


def standings(office: Consulted, term: Term) -> Iterator[Mapping[str, Value]]:
    """A line for each thing asked of each person in the year of the term; who has most to do stands first."""
    year = str(term.first.year)
    people = [
        (person, list(figures.owed(office, person, year))) for person in figures.staff(office.organisation, office.day)
    ]
    people.sort(key=lambda each: -sum(bool(row["missing"]) for row in each[1]))
    for person, rows in people:
        for row in rows:
            unit = office.organisation.unit_of(person, office.day)
            yield {"person": person, "section": unit, **row, "state": "还差" if row["missing"] else "已完成"}


OVERVIEWS = (
    Overview(
        "study.standings",
        "学习情况一览",
        (
            Field("person", "人员", Kind.PERSON),
            Field("item", "项目"),
            Field("state", "情况"),
            Field("required", "应完成", Kind.NUMBER),
            Field("done", "已完成", Kind.NUMBER),
            Field("missing", "还差", Kind.NUMBER),
            Field("unit", "单位"),
            Field("by", "不迟于", Kind.DATE),
            Field("section", "科室", Kind.UNIT),
        ),
        standings,
        "每人全年该学的做了多少、还差多少、不迟于哪天；差得多的在前",
    ),
)

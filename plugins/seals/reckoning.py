"""The book of impressions set against the approvals, both ways."""

from collections.abc import Iterator
from typing import Any

from core.consulted import Consulted
from plugins.seals import standing

UNAPPROVED, UNUSED = "有印无批", "有批无印"


def discrepancies(office: Consulted, year: str) -> tuple[dict[str, Any], ...]:
    """Impressions of a year that no approval covers, and approvals of the year that have impressions left over.

    Each says which way it differs, the application (the line of the book where there is none), the seal and how many.
    """
    return (*_unapproved(office, year), *_unused(office, year))


def _row(way: str, reference: str, seal: str, count: int) -> dict[str, Any]:
    return {"way": way, "reference": reference, "seal": seal, "count": count}


def _unapproved(office: Consulted, year: str) -> Iterator[dict[str, Any]]:
    made: dict[tuple[str, str], int] = {}
    for line in standing.live(office, standing.IMPRESSIONS, year=year):
        number, seal, count = str(line.values.get("application", "")), str(line.values["seal"]), standing.count(line)
        if number:
            made[number, seal] = made.get((number, seal), 0) + count
        else:
            yield _row(UNAPPROVED, f"登记簿第 {line.number} 行", seal, count)
    for (number, seal), count in made.items():
        found = office.matter(number)
        covered = 0
        if found is not None and found.kind == standing.USE and found.text("seal") == seal and standing.approved(found):
            earlier = standing.printed(office, number, seal, before=year)
            covered = max(0, found.count("copies") - earlier)
        if count > covered:
            yield _row(UNAPPROVED, number, seal, count - covered)


def _unused(office: Consulted, year: str) -> Iterator[dict[str, Any]]:
    for application in reversed(office.matters(standing.USE, limit=100_000, year=year)):
        if standing.approved(application):
            seal, copies = application.text("seal"), application.count("copies")
            left = copies - standing.printed(office, application.number, seal)
            if left > 0:
                yield _row(UNUSED, application.number, seal, left)


def totals(office: Consulted, year: str) -> dict[str, int]:
    """How many impressions and lines the book of a year holds."""
    lines = standing.live(office, standing.IMPRESSIONS, year=year)
    return {"impressions": sum(standing.count(each) for each in lines), "lines": len(lines)}

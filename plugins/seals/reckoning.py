"""The book of impressions set against the approvals, both ways."""

from typing import Any

from core.family import Consulted
from plugins.seals import standing

UNAPPROVED, UNUSED = "有印无批", "有批无印"


def discrepancies(office: Consulted, year: str) -> tuple[dict[str, Any], ...]:
    """Impressions of a year that no approval covers, and approvals of the year that have impressions left over.

    Each says which way it differs, the application (the line of the book where there is none), the seal and how many.
    """
    rows: list[dict[str, Any]] = []
    booked: dict[str, int] = {}
    for line in standing.live(office, standing.IMPRESSIONS, year=year):
        number, count = str(line.values.get("application", "")), int(str(line.values["count"]))
        seen = booked.get(number, 0)
        booked[number] = seen + count
        found = office.matter(number) if number else None
        fits = found is not None and found.kind == standing.USE and found.text("seal") == line.values["seal"]
        covered = found.count("copies") if fits and found is not None and standing.approved(found) else 0
        over = min(count, max(0, seen + count - covered))
        if over:
            seal = str(line.values["seal"])
            rows.append(
                {"way": UNAPPROVED, "reference": number or f"登记簿第 {line.number} 行", "seal": seal, "count": over}
            )
    for application in reversed(office.matters(standing.USE, limit=100_000, year=year)):
        left = application.count("copies") - standing.printed(office, application.number)
        if standing.approved(application) and left > 0:
            seal = application.text("seal")
            rows.append({"way": UNUSED, "reference": application.number, "seal": seal, "count": left})
    return tuple(_summed(rows))


def _summed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row for each application, seal and way."""
    summed: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row["way"], row["reference"], row["seal"])
        summed[key] = summed.get(key, 0) + row["count"]
    return [
        {"way": way, "reference": reference, "seal": seal, "count": count}
        for (way, reference, seal), count in summed.items()
    ]


def totals(office: Consulted, year: str) -> dict[str, int]:
    """How many impressions and lines the book of a year holds."""
    lines = standing.live(office, standing.IMPRESSIONS, year=year)
    return {"impressions": sum(int(str(each.values["count"])) for each in lines), "lines": len(lines)}

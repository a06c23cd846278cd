"""A year of duties in words: what each row is called, and one character for how a month stands."""

from collections import Counter
from collections.abc import Iterator

from core.days.compliance import ComplianceYear, Grouping, Months, Standing, Tally
from core.office import Office

LEGEND = "完 全部按期　迟 有逾期办结　办 有应办　逾 有逾期未办　待 未到期"
_MARKS = (
    (Standing.OVERDUE, "逾"),
    (Standing.DUE, "办"),
    (Standing.LATE, "迟"),
    (Standing.DONE, "完"),
    (Standing.COMING, "待"),
)


def mark(tally: Tally) -> str:
    """The gravest standing of a month in one character; empty where nothing is due."""
    return next((sign for standing, sign in _MARKS if tally[standing]), "")


def summed(months: Months) -> Tally:
    """A row's whole year."""
    return sum(months, Tally())


def row_title(office: Office, grouping: Grouping, key: str) -> str:
    """What a row is called."""
    rulebook, organisation = office.rulebook, office.desk.organisation
    match grouping:
        case Grouping.REGULATION:
            found = rulebook.regulations.get(key)
            return found.title if found else key
        case Grouping.CLAUSE:
            return rulebook.cite(key).narrow if rulebook.find(key) else key
        case Grouping.UNIT:
            unit = organisation.units.get(key)
            return unit.title if unit else key or "（不在任）"
        case Grouping.PERSON:
            return organisation.name(key)


def titled_rows(office: Office, year: ComplianceYear, grouping: Grouping) -> Iterator[tuple[str, str, Months]]:
    """Key, title and months of every row: those with most left undone first.

    Where one place of a document makes several clauses, each of their rows goes on with its words.
    """

    def gravity(row: tuple[str, str, Months]) -> tuple[int, int, str]:
        total = summed(row[2])
        return -total[Standing.OVERDUE], -total[Standing.DUE], row[1]

    rows = [(key, row_title(office, grouping, key), months) for key, months in year.rows(grouping).items()]
    shared = Counter(title for _, title, _ in rows) if grouping is Grouping.CLAUSE else Counter()
    told = {key: f"{title}：{office.rulebook.cite(key).text}" for key, title, _ in rows if shared[title] > 1}
    yield from sorted(((key, told.get(key, title), months) for key, title, months in rows), key=gravity)

"""Finding people, things with titles, and matters by characters or pinyin; the best come first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tinydb import where

from core.fields import Field
from core.indexes import SEARCHED
from core.names import matches
from core.people import Organisation
from core.records import Entry
from tui.session import Session
from tui.widgets.picker import Candidate
from tui.wording import value_text

_LINES_LOOKED_AT = 1000
_CELLS_TOLD = 3


def post_of(organisation: Organisation, person: str, session: Session) -> str:
    """Unit and post of a person, and whether he is away."""
    held = organisation.tenures_of(person, session.day)
    posts = "、".join(organisation.posted(each) for each in held)
    absence = organisation.absence(person, session.day)
    return f"{posts}（{absence.reason}，至 {absence.span.until}）" if absence else posts


def find_people(session: Session, query: str, limit: int) -> list[Candidate]:
    """Serving people whose name, pinyin or initials fit; those who hold no post are not offered."""
    organisation = session.organisation
    ranked = [
        (-score, person.key)
        for person in organisation.staff(session.day)
        if (score := matches(query, person.name, person.search))
    ]
    ranked.sort()
    return [Candidate(key, organisation.name(key), post_of(organisation, key, session)) for _, key in ranked[:limit]]


@lru_cache(maxsize=1024)
def _keys(title: str) -> tuple[str, ...]:
    from core.names import title_keys

    return title_keys(title)


def fits(query: str, title: str) -> int:
    """How well a query fits a title; pinyin is tried only when letters were typed."""
    return matches(query, title, _keys(title) if any(letter.isascii() and letter.isalpha() for letter in query) else ())


def find_titled(titles: Mapping[str, str], query: str, limit: int, note: str = "") -> list[Candidate]:
    """Those of a few things whose titles fit."""
    ranked = [(fits(query, title), key) for key, title in titles.items()]
    ranked = sorted((pair for pair in ranked if pair[0]), key=lambda pair: -pair[0])
    return [Candidate(key, titles[key], note) for _, key in ranked[:limit]]


def find_matters(session: Session, query: str, limit: int, kind: str = "") -> list[Candidate]:
    """Matters by words of their number or subject, newest first; of one kind where one is named."""
    table = session.office.store.table("matters")
    exact = session.office.desk.matter_document(query) if query else None
    if exact is not None:
        found = [] if kind and exact["kind"] != kind else [exact]
    else:
        readable, condition = session.desk.readable(kind), where("kind") == kind if kind else None
        if readable is not None:
            condition = readable if condition is None else condition & readable
        found = table.find(query, *SEARCHED["matters"], cond=condition, limit=limit)
    return [Candidate(row["number"], row["number"], _matter_note(session, row)) for row in found]


def find_listed(session: Session, listed: str, query: str, limit: int) -> list[Candidate]:
    """The words of a ledger's column that fit, each with what its latest line says beside it."""
    ledger, _, word = listed.rpartition(".")
    columns = [column for column in session.office.host.ledgers[ledger].columns if column.key != word]
    latest: dict[str, Entry] = {}
    for entry in session.desk.entries(ledger, limit=_LINES_LOOKED_AT):
        latest.setdefault(str(entry.values.get(word, "")), entry)
    titles = {each: each for each in sorted(latest) if each}
    found = find_titled(titles, query, limit)
    return [replace(each, note=_line_note(session, columns, latest[each.key])) for each in found]


def _line_note(session: Session, columns: Sequence[Field], entry: Entry) -> str:
    told = (value_text(session.desk, column, entry.values.get(column.key)) for column in columns)
    return "　".join([each for each in told if each][:_CELLS_TOLD])


def _matter_note(session: Session, row: Mapping[str, str]) -> str:
    kind = session.office.host.matter_types.get(row["kind"])
    if session.desk.kept_back(row["number"]):
        return f"{kind.title if kind else row['kind']}　不在您的查阅范围"
    return f"{kind.title if kind else row['kind']}　{row['subject']}　{session.organisation.name(row['applicant'])}"


def find_clauses(session: Session, query: str, limit: int) -> Iterable[Candidate]:
    """Clauses whose id, name or words hold the query."""
    if not query:
        return
    count = 0
    rulebook = session.office.rulebook
    for regulation, clause in rulebook.clauses():
        cited = rulebook.cite(f"{regulation.id}/{clause.no}")
        if query in cited.quoted or query == clause.no:
            yield Candidate(cited.key, cited.narrow, clause.text)
            count += 1
            if count >= limit:
                return

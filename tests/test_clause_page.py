"""What carries a clause out is told in the words of the forms and the agency, never by a key."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from tui.screens.clause import enforcement
from tui.session import Session

CONFIG = Path(__file__).parents[1] / "config"
AGENCIES = sorted(folder.name for folder in (CONFIG / "agencies").iterdir())


@pytest.fixture(params=AGENCIES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    office = office_factory(CONFIG, request.param)(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    office.store.storage.path = str(tmp_path / "office.store")
    yield Session(office, next(iter(office.desk.organisation.people)))
    office.close()


def test_no_clause_page_of_any_agency_shows_a_key(session: Session) -> None:
    for regulation, clause in session.office.rulebook.clauses():
        for line in enforcement(session, clause):
            assert not re.search("[A-Za-z]", line), (regulation.id, clause.no, line)

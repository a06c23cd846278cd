"""Coverage says of every clause what becomes of it."""

import json
from collections import Counter
from typing import Any

from core.rulebook.coverage import Row, Tally, coverage
from core.rulebook.load import load_rulebook
from core.rulebook.model import ClauseClass

MORE = """
[[clause]]
no = "8"
kind = "register"
text = "写明事由"
[[clause.record]]
matter = "sample.spending"
fields = ["purpose"]
[[clause.record]]
ledger = "sample.payments"

[[clause]]
no = "9"
kind = "exhortation"
text = "厉行节约"
manual = "品行要求，由人判断"
"""


def rows(sample: Any, sample_module: Any, tallies: dict[str, Tally]) -> dict[str, Row]:
    office = sample.office
    book = load_rulebook({"spending.toml": sample_module.RULEBOOK + MORE}, office.agency, office.host.families)
    return {row.no: row for row in coverage(book, tallies)}


def test_every_clause_has_one_row_in_the_order_of_the_document(sample: Any, sample_module: Any) -> None:
    found = rows(sample, sample_module, {})
    assert list(found) == [str(number) for number in range(1, 10)]
    assert Counter(row.classed for row in found.values()) == {
        ClauseClass.ENFORCED: 5,
        ClauseClass.TRACKED: 2,
        ClauseClass.RECORDED: 1,
        ClauseClass.MANUAL: 1,
    }


def test_a_row_names_all_that_carries_the_clause_out(sample: Any, sample_module: Any) -> None:
    found = rows(sample, sample_module, {})
    assert found["1"].rules == ("sample.spending@spending/1",)
    assert found["3"].rules == ("sample.cap@spending/3",)
    assert found["5"].rules == ("duty@spending/5",)
    assert found["8"].rules == ("sample.spending.purpose", "sample.payments")
    assert found["9"].rules == () and found["9"].why == "品行要求，由人判断"


def test_tallies_stand_with_their_clause(sample: Any, sample_module: Any) -> None:
    found = rows(sample, sample_module, {"spending/3": Tally(1, 2).plus(Tally(3, 0)), "other/1": Tally(9, 9)})
    assert (found["3"].passes, found["3"].refuses) == (4, 2)
    assert sum(row.passes for row in found.values()) == 4


def test_a_row_goes_out_as_json(sample: Any, sample_module: Any) -> None:
    row = json.loads(json.dumps(rows(sample, sample_module, {})["5"].to_json()))
    assert row["class"] == "tracked" and row["regulation"] == "spending" and row["rules"] == ["duty@spending/5"]
    assert set(row) == {"agency", "regulation", "no", "name", "kind", "class", "rules", "passes", "refuses", "why"}

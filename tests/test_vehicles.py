"""Official trips: registered before leaving, capped by destination, summed up and scaled to the pooled sum."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.acts import Act, Verb
from core.cases.play import office_factory
from core.days.clock import ZONE, FixedClock
from core.days.wording import quarter_of
from core.finding import Level
from core.office import Office
from core.records import Entry
from core.verdict import Result
from plugins.vehicles import SUMMARY
from plugins.vehicles.rules import shares

CONFIG = Path(__file__).parent.parent / "config"
DRIVER, OTHER, OFFICE_HEAD = "P015", "P027", "P006"


@pytest.fixture
def office() -> Iterator[Office]:
    found = office_factory(CONFIG, "lucheng")(FixedClock(datetime(2026, 3, 2, 9, tzinfo=ZONE)))
    yield found
    found.close()


def at(office: Office, moment: datetime) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.set(moment)


def trip(
    office: Office, place: str, subsidy: str, leaves: str = "2026-03-02 10:30", reason: str = "", by: str = DRIVER
) -> Result:
    day, clock = leaves.split()
    values = {
        "事由": "走访企业",
        "目的地": place,
        "具体地点": "园区",
        "出车日期": day,
        "出车时间": clock,
        "补贴": subsidy,
    }
    return office.perform(Act(Verb.SUBMIT, by, "vehicles.trip", values=values, reason=reason))


def summarise(office: Office, period: str = "2026Q1") -> Result:
    assert SUMMARY.prepare is not None
    values = {**SUMMARY.prepare(office.desk, OFFICE_HEAD, None), "period": period, "rows": shares(office.desk, period)}
    return office.perform(Act(Verb.SUBMIT, OFFICE_HEAD, "vehicles.summary", values=values))


def found(result: Result) -> dict[str, Level]:
    return {finding.clause.key: finding.level for finding in result.verdict.findings}


def test_a_trip_registered_before_leaving_is_booked_for_its_quarter(office: Office) -> None:
    assert trip(office, "丰门街道", "30").done
    (entry,) = office.desk.entries("vehicles.trips", quarter="2026Q1")
    assert (entry.values["person"], entry.values["subsidy"]) == (DRIVER, Decimal("30.00"))


def test_a_trip_that_has_begun_is_registered_only_with_a_reason(office: Office) -> None:
    refused = trip(office, "丰门街道", "30", "2026-03-02 08:59")
    assert not refused.done
    assert found(refused) == {"vehicles/1(a)": Level.WARN}
    assert trip(office, "丰门街道", "30", "2026-03-02 08:59", reason="紧急出车").done


def test_a_trip_to_an_exempt_place_is_declined_and_brings_no_subsidy(office: Office) -> None:
    assert found(trip(office, "五马街道", "10")) == {"vehicles/1(b)": Level.REFUSE}
    assert office.desk.total("vehicles.trips", "subsidy") == 0


@pytest.mark.parametrize(
    ("place", "cap"),
    [("丰门街道", 30), ("仰义街道", 40), ("藤桥镇", 50), ("山福镇", 50), ("龙湾区", 50), ("瓯海区", 50)],
)
def test_the_cap_itself_passes_and_a_fen_more_needs_a_reason(office: Office, place: str, cap: int) -> None:
    assert found(trip(office, place, f"{cap}.01")) == {"vehicles/2(a)": Level.WARN}
    assert found(trip(office, place, f"{cap}.00")) == {}


def test_every_objection_to_a_trip_is_told_at_once(office: Office) -> None:
    said = found(trip(office, "仰义街道", "41", "2026-03-01 08:00"))
    assert said == {"vehicles/1(a)": Level.WARN, "vehicles/2(a)": Level.WARN}


def test_a_place_on_neither_list_is_registered_without_a_cap(office: Office) -> None:
    assert trip(office, "其他地点", "500").done


def test_the_prepared_summary_is_true_scaled_and_published(office: Office) -> None:
    trip(office, "其他地点", "3000")
    trip(office, "其他地点", "1000.01", by=OTHER)
    at(office, datetime(2026, 4, 2, 9, tzinfo=ZONE))
    result = summarise(office)
    assert result.done
    assert result.matter is not None
    assert [row["scaled"] for row in result.matter.rows("rows")] == [Decimal("2249.99"), Decimal("750.00")]
    (notice,) = office.desk.notices()
    assert notice.matter == result.matter.number and notice.title == "公务出车季度汇总：2026年第一季度"
    assert result.matter.text("period") == "2026Q1"


def test_shares_are_booked_only_when_the_notice_has_run_out(office: Office) -> None:
    trip(office, "藤桥镇", "50")
    at(office, datetime(2026, 4, 2, 9, tzinfo=ZONE))
    summarise(office)
    assert office.desk.entries("vehicles.shares") == []
    at(office, datetime(2026, 4, 30, 9, tzinfo=ZONE))
    office.tick()
    assert office.desk.total("vehicles.shares", "scaled", period="2026Q1", person=DRIVER) == Decimal("50.00")


def test_a_quarter_under_way_is_not_summed_up(office: Office) -> None:
    trip(office, "藤桥镇", "50")
    assert found(summarise(office)) == {"vehicles/3(b)": Level.REFUSE}


def test_a_trip_registered_after_the_summary_counts_in_the_next(office: Office) -> None:
    trip(office, "藤桥镇", "50")
    at(office, datetime(2026, 4, 2, 9, tzinfo=ZONE))
    summarise(office)
    assert trip(office, "山福镇", "50", "2026-03-30 09:00", reason="补登").done
    assert found(summarise(office)) == {"vehicles/3(b)": Level.REFUSE}
    assert shares(office.desk, "2026Q2")[0]["trips"] == 1


def test_a_trip_taken_back_in_red_is_not_shared(office: Office) -> None:
    trip(office, "藤桥镇", "50")
    values = {"台账": "公务出车台账", "行号": "1", "更正原因": "没有出车"}
    assert office.perform(Act(Verb.SUBMIT, OFFICE_HEAD, "core.correction", values=values)).done
    assert shares(office.desk, "2026Q1") == ()


class Books:
    """As much of an office as shares are computed from."""

    def __init__(self, trips: list[tuple[str, Decimal]], pool: Decimal) -> None:
        self.trips, self.pool = trips, pool

    def setting(self, key: str) -> Decimal:
        return self.pool

    def entries(self, ledger: str, /, *, limit: int, quarter: str) -> list[Entry]:
        return [Entry(ledger, date(2026, 1, 5), {"person": person, "subsidy": sum_}) for person, sum_ in self.trips]

    def total(self, ledger: str, column: str, /, *, quarter: str, person: str = "") -> Decimal:
        mine = [sum_ for name, sum_ in self.trips if not person or name == person]
        return Decimal(len(mine)) if column == "trips" else sum(mine, Decimal(0))


MONEY = st.decimals(0, 5000, places=2, allow_nan=False)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), MONEY), max_size=12), MONEY)
def test_shares_never_exceed_the_pool_nor_what_was_registered(trips: list[tuple[str, Decimal]], pool: Decimal) -> None:
    rows = shares(Books(trips, pool), "2026Q1")  # type: ignore[arg-type]
    scaled = sum((row["scaled"] for row in rows), Decimal(0))
    registered = sum((row["subsidy"] for row in rows), Decimal(0))
    assert scaled <= pool
    assert all(row["scaled"] <= row["subsidy"] for row in rows)
    assert min(pool, registered) - scaled <= Decimal("0.01") * len(rows)


@given(st.dates())
def test_a_quarter_is_named_as_the_periods_of_duties_are(day: date) -> None:
    year, _, turn = quarter_of(day).partition("Q")
    assert int(year) == day.year
    assert int(turn) == (day.month - 1) // 3 + 1

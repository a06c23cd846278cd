"""Queries, pages and sums of the store, held against TinyDB's own in-memory table as the model."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tinydb import Query, TinyDB, where
from tinydb.storages import MemoryStorage

from core.journal import Journal
from core.store.database import Store
from core.store.pages import Key
from core.store.table import StoreTable
from core.text import hidden_character

KEYS = st.sampled_from(["a", "b", "金额", "x y", "q'", 'd"q', "a.b", "$", "\u3000"])
TEXT = st.one_of(
    st.sampled_from(["", "5", "a", "ab", "[1]", '{"a":1}', "批", "null", "true", "\U0001f600"]),
    st.text(max_size=4).filter(lambda text: hidden_character(text) is None),
)
NUMBERS = st.one_of(
    st.integers(-5, 5),
    st.integers(1 - 2**53, 2**53 - 1),
    st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXT)
OPERANDS = st.one_of(SCALARS, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=2))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=5,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=4)
PATHS = st.lists(KEYS, min_size=1, max_size=2)


def _query(path: list[str]) -> Query:
    query = Query()
    for part in path:
        query = query[part]
    return query


@st.composite
def _leaves(draw: st.DrawFn) -> Any:
    query = _query(draw(PATHS))
    makers: list[Callable[[], Any]] = [
        lambda: query == draw(VALUES),
        lambda: query == draw(OPERANDS),
        lambda: query != draw(VALUES),
        lambda: query.exists(),
        lambda: query.one_of(draw(st.lists(OPERANDS, max_size=3))),
        lambda: query.one_of(draw(st.lists(TEXT, min_size=1, max_size=3))),
        lambda: query.any(draw(st.lists(SCALARS, max_size=3))),
        lambda: query.any(_query(draw(PATHS)) == draw(SCALARS)),
        lambda: query.all(draw(st.lists(SCALARS, max_size=3))),
        lambda: query.search("a"),
        lambda: query.matches("A", flags=2),
        lambda: query.test(lambda held: isinstance(held, str)),
        lambda: Query().fragment(draw(DOCUMENTS)),
        lambda: query.map(lambda held: held) == draw(SCALARS),
        lambda: Query().noop(),
        lambda: query.test(_is_number) & (query < draw(NUMBERS)),
        lambda: query.test(_is_number) & (query >= draw(NUMBERS)),
        lambda: query.test(_is_text) & (query <= draw(TEXT)),
        lambda: query.test(_is_text) & (query > draw(TEXT)),
    ]
    return draw(st.sampled_from(makers))()


def _is_number(held: object) -> bool:
    return isinstance(held, int | float)


def _is_text(held: object) -> bool:
    return isinstance(held, str)


CONDITIONS = st.recursive(
    _leaves(),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
        inner.map(lambda each: ~each),
    ),
    max_leaves=4,
)


def _shown(documents: list[Any]) -> list[tuple[int, str]]:
    return [(each.doc_id, json.dumps(each, sort_keys=True)) for each in documents]


class _Differential(RuleBasedStateMachine):
    """The same acts on both tables leave the same documents and answer the same."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.model = TinyDB(storage=MemoryStorage).table("t", cache_size=0)
        self.store = Store(Path(self.folder.name, "store.db"), synchronous="OFF", recording="automatic")
        self.table = self.store.table("t")
        self.table.index("a")
        self.table.index("b", "金额")

    @rule(documents=st.lists(DOCUMENTS, max_size=4))
    def insert(self, documents: list[dict[str, Any]]) -> None:
        copies = json.loads(json.dumps(documents))
        assert self.table.insert_multiple(documents) == self.model.insert_multiple(copies)

    @rule(field=st.sampled_from(["金额", "x y", "$", "a.b", "b.金额"]))
    def index_what_is_there(self, field: str) -> None:
        self.table.index(field)

    def _evaluable(self, condition: Any) -> bool:
        """TinyDB raises on some mixtures, such as a number sought in a text; there is nothing to compare then."""
        try:
            self.model.search(condition)
        except TypeError:
            return False
        return True

    @rule(condition=CONDITIONS)
    def read(self, condition: Any) -> None:
        if not self._evaluable(condition):
            return
        expected = self.model.search(condition)
        assert _shown(self.table.search(condition)) == _shown(expected)
        assert self.table.count(condition) == len(expected)
        assert self.table.contains(condition) is bool(expected)
        first = self.table.get(condition)
        assert (first is None) == (not expected)
        assert first is None or first.doc_id == expected[0].doc_id

    @rule(condition=CONDITIONS, order=st.sampled_from([(), ("a",), ("b", "金额"), ("金额",)]), down=st.booleans())
    def turn_pages(self, condition: Any, order: tuple[str, ...], down: bool) -> None:
        if not self._evaluable(condition):
            return
        expected = [each.doc_id for each in self.model.search(condition)]
        whole = self.table.page(condition, order=order, descending=down, limit=1000)
        assert sorted(each.doc_id for each in whole.rows) == expected
        assert _shown(self.table.each(condition, order=order, descending=down)) == _shown(whole.rows)
        found, after = [], None
        for _ in range(len(expected) + 1):
            page = self.table.page(condition, order=order, descending=down, limit=2, after=after)
            found += page.rows
            after = page.next
            if after is None:
                break
        assert _shown(found) == _shown(whole.rows)

    @rule(condition=CONDITIONS, key=KEYS, value=SCALARS)
    def update(self, condition: Any, key: str, value: Any) -> None:
        if self._evaluable(condition):
            assert self.table.update({key: value}, condition) == self.model.update({key: value}, condition)

    @rule(condition=CONDITIONS)
    def remove(self, condition: Any) -> None:
        if self._evaluable(condition):
            assert self.table.remove(condition) == self.model.remove(condition)

    @rule(document=DOCUMENTS, condition=CONDITIONS)
    def upsert(self, document: dict[str, Any], condition: Any) -> None:
        if self._evaluable(condition):
            assert self.table.upsert(document, condition) == self.model.upsert(
                json.loads(json.dumps(document)), condition
            )

    @rule()
    def truncate(self) -> None:
        self.table.truncate()
        self.model.truncate()

    @invariant()
    def agree(self) -> None:
        if hasattr(self, "table"):
            assert _shown(self.table.all()) == _shown(self.model.all())
            assert len(self.table) == len(self.model)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            verdict = Journal(self.store).verify(documents=True)
            assert verdict.sound, verdict.sentence
            self.store.close()
            self.folder.cleanup()


class _LongDifferential(_Differential):
    """The same, for hours."""


TestDifferential = _Differential.TestCase
TestDifferential.settings = settings(max_examples=60, stateful_step_count=15)
TestLongDifferential = pytest.mark.soak(_LongDifferential.TestCase)
TestLongDifferential.settings = settings(max_examples=4000, stateful_step_count=15, derandomize=False)


@pytest.fixture
def table() -> StoreTable:
    return Store(":memory:", recording="automatic").table("t")


@given(
    rows=st.lists(
        st.tuples(st.sampled_from([None, 1, 2, 2.5, "甲", "乙"]), st.sampled_from([None, 1, "x"])), max_size=12
    ),
    down=st.booleans(),
    limit=st.integers(1, 5),
)
@settings(max_examples=60)
def test_pages_turned_forward_and_back_show_every_row_once_in_order(
    rows: list[tuple[object, object]], down: bool, limit: int
) -> None:
    table = Store(":memory:", recording="automatic").table("t")
    table.index("k", "v.w")
    table.insert_multiple({"k": first, "v": {"w": second}} for first, second in rows)

    def rank(value: object) -> tuple[int, Any]:
        return (0, 0) if value is None else (2, value) if isinstance(value, str) else (1, value)

    numbered = [(rank(first), rank(second), number) for number, (first, second) in enumerate(rows, 1)]
    expected = [number for _, _, number in sorted(numbered, reverse=down)]
    pages: list[list[int]] = []
    after: Key | None = None
    while True:
        page = table.page(order=("k", "v.w"), descending=down, limit=limit, after=after)
        pages.append([each.doc_id for each in page.rows])
        if page.next is None:
            break
        after = page.next
    assert [number for each in pages for number in each] == expected
    back: list[list[int]] = [pages[-1]]
    before = page.previous
    while before is not None:
        page = table.page(order=("k", "v.w"), descending=down, limit=limit, before=before)
        back.insert(0, [each.doc_id for each in page.rows])
        before = page.previous
    assert back == pages


def test_a_page_read_backwards_can_be_read_forward_again(table: StoreTable) -> None:
    table.insert_multiple({"n": number} for number in range(10))
    third = table.page(order=("n",), limit=3, after=(5, 6))
    back = table.page(order=("n",), limit=3, before=third.previous)
    assert [each["n"] for each in back.rows] == [3, 4, 5]
    assert table.page(order=("n",), limit=3, after=back.next).rows == third.rows


def test_rows_added_or_removed_between_pages_shift_nothing(table: StoreTable) -> None:
    table.insert_multiple({"n": number} for number in range(10))
    first = table.page(order=("n",), limit=4)
    table.remove(where("n") < 2)
    table.insert({"n": -1})
    assert [each["n"] for each in table.page(order=("n",), limit=4, after=first.next).rows] == [4, 5, 6, 7]


def test_a_key_of_another_order_is_refused(table: StoreTable) -> None:
    for arguments in ({"after": (1,)}, {"after": (1, "x")}, {"after": (1, 2), "before": (1, 2)}, {"limit": 0}):
        with pytest.raises(ValueError, match="页"):
            table.page(order=("n",), **arguments)  # type: ignore[arg-type]  # each a different mistake


def test_a_field_that_cannot_be_addressed_is_refused(table: StoreTable) -> None:
    for name in ("", "a..b", 'a"', "a'", "a\\b"):
        with pytest.raises(ValueError, match="字段名"):
            table.index(name)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> StoreTable:
    store = Store(tmp_path_factory.mktemp("register") / "store.db", synchronous="OFF", recording="automatic")
    table = store.table("register")
    for paths in (("state", "day"), ("values.amount",), ("state", "values.amount"), ("kind",), ("day",)):
        table.index(*paths)
    table.insert_multiple(
        {"state": f"s{number % 5}", "day": number % 90, "kind": number % 7, "values": {"amount": number * 3}}
        for number in range(3000)
    )
    return table


@pytest.mark.parametrize(
    ("condition", "order"),
    [
        (None, ()),
        (None, ("state", "day")),
        (None, ("values.amount",)),
        (where("state") == "s1", ("day",)),
        (where("state") == "s1", ("state", "day")),
        (where("day") == 5, ()),
        (where("kind") == 3, ()),
        ((where("state") == "s1") & (where("kind") > 2), ("values.amount",)),
        (where("values")["amount"] >= 8000, ("values.amount",)),
        ((where("state") == "s1") & where("day").test(lambda day: day > 3), ("day",)),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_a_page_by_an_index_never_reads_the_whole_table_and_never_sorts(
    register: StoreTable, condition: Any, order: tuple[str, ...], descending: bool
) -> None:
    first = register.page(condition, order=order, descending=descending, limit=20)
    for after in (None, first.next):
        plan = register.explain(condition, order=order, descending=descending, after=after)
        assert plan
        for line in plan:
            assert "TEMP B-TREE" not in line
            assert line.startswith("SEARCH") or "USING INDEX" in line or (order, condition) == ((), None)


def test_a_condition_without_an_index_shows_as_a_scan(register: StoreTable) -> None:
    assert any(line.startswith("SCAN") for line in register.explain(where("nothing") == 5))


def test_a_sum_is_exact_and_follows_its_condition(register: StoreTable) -> None:
    amounts = [(each["state"], each["day"], each["values"]["amount"]) for each in register]
    assert register.total("values.amount") == sum(amount for *_, amount in amounts)
    assert register.total("values.amount", where("state") == "s2") == sum(a for s, _, a in amounts if s == "s2")
    odd = where("day").test(lambda day: day % 2 == 1)
    assert register.total("values.amount", odd) == sum(a for _, d, a in amounts if d % 2 == 1)


def test_a_sum_beyond_what_one_document_may_hold_stays_exact(table: StoreTable) -> None:
    table.insert_multiple({"fen": 2**53 - 1} for _ in range(9))
    assert table.total("fen") == 9 * (2**53 - 1)


def test_a_sum_counts_the_absent_as_nothing_and_refuses_what_is_no_integer(table: StoreTable) -> None:
    table.insert_multiple([{"fen": 5}, {"fen": None}, {}, {"fen": -2}])
    every = where("fen").exists() | ~where("fen").exists()
    assert table.total("fen") == table.total("fen", every) == 3
    for stranger in (1.5, "5", True, [1]):
        table.insert({"fen": stranger, "bad": True})
        for condition in (None, where("bad").test(bool)):
            with pytest.raises(ValueError, match="不是整数"):
                table.total("fen", condition)
        table.remove(where("bad") == True)  # noqa: E712  a query, not a comparison
    assert table.total("nothing", where("fen") == 5) == 0
    assert Store(":memory:").table("empty").total("fen") == 0


def test_conditions_that_tinydb_keys_too_coarsely_are_told_apart(table: StoreTable) -> None:
    table.insert_multiple([{"a": "X", "b": {"c": 1}}, {"a": "x", "b": {"c": 2}}])
    assert len(table.search(where("a").matches("x"))) == 1
    assert len(table.search(where("a").matches("x", flags=2))) == 2
    assert table.search(where("b").fragment({"c": 1})) == [{"a": "X", "b": {"c": 1}}]
    assert table.search(Query().fragment({"c": 1})) == []


def test_a_comparison_across_kinds_finds_nothing(table: StoreTable) -> None:
    table.insert_multiple([{"n": "9"}, {"n": [9]}, {"n": None}, {"n": 9}, {"n": {"m": 9}}])
    assert [each.doc_id for each in table.search(where("n") > 1)] == [4]
    assert [each.doc_id for each in table.search(where("n") < 10)] == [4]
    assert [each.doc_id for each in table.search(where("n") >= "")] == [1]
    assert [each.doc_id for each in table.search(where("n") <= "z")] == [1]

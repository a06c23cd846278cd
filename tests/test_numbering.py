"""How clauses are cited: as the document counts, in Chinese, never by an id; and no two places alike."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.agency import Agency
from core.errors import RulebookInvalid
from core.host import Host
from core.office import rulebook_texts
from core.rulebook.agency_file import load_agency, read_agency
from core.rulebook.load import load_rulebook
from core.rulebook.model import Rulebook
from core.rulebook.numbering import Numbering, ordinal, place_of
from money_rulebook import AGENCY, HEAD, MONEY, clause, use

CONFIG = Path(__file__).parents[1] / "config"
AGENCIES = sorted(folder.name for folder in (CONFIG / "agencies").iterdir())
PLACES = st.lists(st.integers(1, 120), min_size=1, max_size=3).map(
    lambda numbers: f"{numbers[0]}" + "".join(f"({number})" for number in numbers[1:])
)


@pytest.fixture(scope="module")
def agency() -> Agency:
    return read_agency(AGENCY)


@cache
def rulebook_of(agency_key: str) -> Rulebook:
    office = load_agency(CONFIG / "agencies" / agency_key / "agency.toml")
    return load_rulebook(rulebook_texts(CONFIG, agency_key), office, Host(office.families).families)


@pytest.fixture(params=AGENCIES)
def book(request: pytest.FixtureRequest) -> Rulebook:
    return rulebook_of(request.param)


def test_every_clause_of_every_agency_is_cited_in_chinese(book: Rulebook) -> None:
    for regulation, each in book.clauses():
        assert re.search("[一-鿿]", each.name) and not re.search("[A-Za-z#]", each.name), (regulation.id, each.no)


def test_two_places_of_a_document_are_never_called_the_same(book: Rulebook) -> None:
    for regulation in book.regulations.values():
        called: dict[str, str] = {}
        for each in regulation.clauses:
            assert called.setdefault(each.name, place_of(each.no)) == place_of(each.no), (regulation.id, each.no)


@pytest.mark.parametrize(
    ("agency_key", "key", "label"),
    [
        ("baicheng", "finance/4(b)", "《财务管理制度》第四条"),
        ("baicheng", "finance/6(1)(b)", "《财务管理制度》第六条（一）"),
        ("baicheng", "directors-meeting/3(5)(c)", "《主任办公会议制度》第三部分（五）"),
        ("baicheng", "directors-meeting/flow.6", "《主任办公会议制度》流程图（整理议题）"),
        ("baicheng", "last-word/4(3)(a)", "《民主决策末位表态制度》第四条（末位定议）"),
        ("baicheng", "travel/3(3)(a)", "《差旅费管理制度》第三条第三款"),
        ("lucheng", "operations/20(1)(1)(a)", "《机关规范化运行工作制度》第二十条（一）1"),
        ("lucheng", "party-building/ch7.3(a)", "《机关党建工作管理制度》第七章第三条"),
        ("lucheng", "party-building/ch8.1(2)(4)", "《机关党建工作管理制度》第八章第一条（二）4"),
        ("lucheng", "party-building/ch5.2(3)", "《机关党建工作管理制度》第五章第二条第3项"),
        ("lucheng", "attendance/1.2(a)", "《考勤制度》第一部分第2项"),
        ("lucheng", "finance/4#2(f)", "《财务管理制度》第四条（办公用品）"),
        ("ecommerce", "three-major-one-large/1(3).5", "《“三重一大”民主决策制度》第一部分（三）5"),
        ("service-center", "directors-meeting/3(9)", "《主任办公会制度》第3条（9）"),
        ("yongding", "directors-meeting/5(4)(a)", "《编办主任办公会议制度》第5条④"),
        ("yongding", "finance/9", "《财务管理制度》第9条"),
        ("yongding", "major-decisions/4(a)", "《重大行政决策制度》第四条"),
        ("yongding", "general/turn", "《通则》按序办理"),
    ],
)
def test_a_clause_is_cited_as_its_document_counts(agency_key: str, key: str, label: str) -> None:
    cited = rulebook_of(agency_key).cite(key)
    assert (cited.label, cited.key) == (label, key)


def test_no_clause_speaks_of_another_by_its_id(book: Rulebook) -> None:
    for regulation, each in book.clauses():
        for words in (each.text, each.note, each.manual, *(rule.remedy for rule in each.rules)):
            assert not re.search(r"[a-z#]|\d\(|\d\.\d+\(", words), (regulation.id, each.no, words)


@given(PLACES, PLACES)
def test_different_places_of_articles_have_different_words(one: str, other: str) -> None:
    assert (Numbering().words(one) == Numbering().words(other)) == (one == other)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (35, "三十五"),
        (100, "一百"),
        (105, "一百零五"),
        (112, "一百一十二"),
    ],
)
def test_headings_are_counted_in_characters(number: int, told: str) -> None:
    assert ordinal(number) == told


WRONG = {
    "a shape nobody said": ("", "1.2", 7, ("“1.2”", '"1.1" = ')),
    "a part without a name": ("", "annex", 7, ("“annex”", "中文名", 'names = { "annex" = ')),
    "a sample with figures of its own": ('numbering = { "2(1)" = "第一条（一）" }\n', "1", 5, ("数字一律写 1",)),
    "a sample for our own letters": ('numbering = { "1(a)" = "第一条" }\n', "1", 5, ("不带拆分用的字母",)),
    "a sample with too few numbers": (
        'numbering = { "1.1" = "第一条" }\n',
        "1",
        5,
        ("有 2 个数字", "“第一条”里有 1 个"),
    ),
    "a sample that is not Chinese": ('numbering = { "1" = "Article 1" }\n', "1", 5, ("要写中文", "Article 1")),
    "a sample that is no text": ('numbering = { "1" = 1 }\n', "1", 5, ("应是加引号的文字",)),
    "samples that are no table": ('numbering = "articles"\n', "1", 5, ("花括号",)),
    "a name that is not Chinese": ('names = { flow = "Flow" }\n', "flow", 5, ("要写中文", "Flow")),
    "a name of no clause": ('names = { flwo = "流程图" }\n', "1", 5, ("“flwo”不是本制度的条款号", "可用：1")),
    "two places called the same": ('names = { "1" = "第二条" }\n', "2", 16, ("“1”和“2”都称“第二条”", "names")),
}


@pytest.mark.parametrize("case", WRONG, ids=list(WRONG))
def test_what_is_wrong_with_a_numbering_is_told_on_its_line(agency: Agency, case: str) -> None:
    head, no, line, words = WRONG[case]
    clauses = [clause(use()), clause(use(), no)] if "“1”和" in words[0] else [clause(use(), no)]
    with pytest.raises(RulebookInvalid) as caught:
        load_rulebook({"finance.toml": HEAD + head + "".join(clauses)}, agency, [MONEY])
    faults = [(fault.line, fault.message) for fault in caught.value.faults]
    assert any(on == line and all(word in said for word in words) for on, said in faults), faults


def test_a_regulation_says_how_it_is_cited_and_the_letters_that_split_its_places_are_dropped(agency: Agency) -> None:
    head = 'numbering = { "1" = "第一部分", "1.1" = "第一部分第1项" }\nnames = { flow = "流程图" }\n'
    numbers = ("1", "2.10(a)", "2.10(b)", "3(4)", "flow")
    text = HEAD + head + "".join(clause(use(), no) for no in numbers)
    book = load_rulebook({"finance.toml": text}, agency, [MONEY])
    names = [each.name for _, each in book.clauses()]
    assert names == ["第一部分", "第二部分第10项", "第二部分第10项", "第三条（四）", "流程图"]
    assert (
        book.called("finance/2.10(b)") == "《财务管理制度》第二部分第10项" and book.called("finance/9") == "finance/9"
    )

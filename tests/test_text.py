"""The text gate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from core.text import HIDDEN_MARK, clean, fit, hidden_character, nearest, unstorable_character, width


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\x00", "控制字符 U+0000"),
        ("\x1b", "控制字符 U+001B"),
        ("\r", "控制字符 U+000D"),
        ("\x7f", "控制字符 U+007F"),
        ("\x9b", "控制字符 U+009B"),
        ("\u202e", "双向文字控制符 U+202E"),
        ("\u2066", "双向文字控制符 U+2066"),
        ("\u200f", "双向文字控制符 U+200F"),
        ("\u200b", "零宽字符 U+200B"),
        ("\ufeff", "零宽字符 U+FEFF"),
        ("\u2028", "行段分隔符 U+2028"),
        ("\ud800", "残缺字符 U+D800"),
        ("\ufdd0", "残缺字符 U+FDD0"),
        ("\u00ad", "软连字符 U+00AD"),
        ("\u3164", "空白占位符 U+3164"),
        ("\u2800", "空白占位符 U+2800"),
        ("\ufe0f", "变体选择符 U+FE0F"),
        ("\U000e0041", "零宽字符 U+E0041"),
    ],
)
def test_a_character_that_may_not_be_stored_is_named_and_shown_as_a_mark(character: str, said: str) -> None:
    text = f"购打印纸{character}两箱\u202e"
    assert hidden_character(text) == said
    assert clean(text) == f"购打印纸{HIDDEN_MARK}两箱{HIDDEN_MARK}"


@given(st.text(st.characters(codec=None)))
def test_whatever_the_store_refuses_nobody_may_write(text: str) -> None:
    assert unstorable_character(text) is None or hidden_character(text) is not None


@pytest.mark.parametrize("text", ["☑\ufe0f已办", "支\u00ad出", "\u3164"])
def test_what_was_written_before_it_was_refused_is_still_kept(text: str) -> None:
    assert hidden_character(text) is not None and unstorable_character(text) is None


def test_ordinary_text_passes_untouched() -> None:
    text = "事由：“购打印纸”——两箱①\n\t𠮷 [@click=app.quit]x[/] é ㊣"
    assert hidden_character(text) is None
    assert clean(text) == text


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_never_holds_a_hidden_character(text: str) -> None:
    assert hidden_character(clean(text)) is None
    assert len(clean(text)) == len(text)
    assert (hidden_character(text) is None) == (clean(text) == text)


def test_a_misspelt_name_finds_the_nearest_valid_one() -> None:
    assert nearest("amuont", ["amount", "reason"]) == "amount"
    assert nearest("事尤", ["事由", "金额"]) == "事由"
    assert nearest("完全无关", ["amount", "reason"]) is None
    assert nearest("amount", []) is None


def test_width_counts_terminal_cells() -> None:
    assert width("abc") == 3
    assert width("规章（试行）") == 12
    assert width("“—…①─") == 5
    assert width("e\u0301") == 1
    assert width("𠮷") == 2


@given(st.text(st.characters(min_codepoint=0x3001, max_codepoint=0x9FA5, categories=["Lo", "Ps", "Pe", "Po"])))
def test_width_of_chinese_text_agrees_with_the_screen_library(text: str) -> None:
    assert width(text) == cell_len(text)


def test_fit_pads_and_cuts_without_halving_a_character() -> None:
    assert fit("规章", 6) == "规章  "
    assert fit("规章制度", 8) == "规章制度"
    assert fit("规章制度汇编", 8) == "规章制.."
    assert fit("规章制度汇编", 7) == "规章.. "
    assert fit("规章", 1) == "."
    assert fit("规章", 0) == ""
    assert fit("一行\n两行\t三", 20) == "一行 两行 三        "


@given(st.text(), st.integers(0, 40))
def test_fitted_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert width(fit(clean(text), cells)) == cells

"""Amounts of money, as people write them and as bills print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import LARGEST, format_money, from_fen, in_words, parse_money, to_fen

FEN = st.integers(0, to_fen(LARGEST))


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1200", "1200.00"),
        (" 1,200.00 ", "1200.00"),
        ("１２００．５", "1200.50"),
        ("１，２００", "1200.00"),
        ("¥1200", "1200.00"),
        ("￥ 1,200.00元", "1200.00"),
        ("人民币1200元整", "1200.00"),
        ("1.2万", "12000.00"),
        ("1.2 万元", "12000.00"),
        ("1.234567万元", "12345.67"),
        ("3亿", "300000000.00"),
        (".5", "0.50"),
        ("0012", "12.00"),
        ("10000000000000", "10000000000000.00"),
        ("壹万贰仟元整", "12000.00"),
        ("人民币壹万贰仟圆正", "12000.00"),
        ("一千二百元", "1200.00"),
        ("一千二百", "1200.00"),
        ("两千零五元", "2005.00"),
        ("十五元", "15.00"),
        ("一亿二千万", "120000000.00"),
        ("伍角", "0.50"),
        ("零元整", "0.00"),
        ("壹拾万零柒仟元伍角叁分", "107000.53"),
        ("壹仟陆佰捌拾元叁角贰分", "1680.32"),
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str, amount: str) -> None:
    assert str(parse_money(written)) == amount


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "没有填写"),
        (" 　", "没有填写"),
        ("1e400", "科学计数法"),
        ("1E5", "科学计数法"),
        ("NaN", "“NaN”不是金额"),
        ("inf", "“inf”不是金额"),
        ("-Infinity", "“-Infinity”不是金额"),
        ("12.345", "“12.345”的小数有 3 位"),
        ("1.2345678万", "“1.2345678万”的小数有 7 位"),
        ("-5", "负数"),
        ("负伍元", "负数"),
        ("（5）", "负数"),
        ("1,20", "逗号"),
        ("12,00,000", "逗号"),
        ("abc", "不是金额"),
        ("十几元", "不是金额"),
        ("元整", "不是金额"),
        ("0x10", "不是金额"),
        ("1.2.3", "不是金额"),
        ("一千二", "两种读法"),
        ("一万二元", "两种读法"),
        ("一二〇〇", "两种读法"),
        ("10000000000000.01", "超过上限"),
        ("9" * 5000, "超过上限"),
        ("玖拾万亿", "超过上限"),
        ("万" * 5000, "不是金额"),
    ],
)
def test_what_is_not_one_exact_amount_is_refused_in_a_sentence(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_money(written)


def test_a_refused_amount_is_quoted_without_its_control_characters() -> None:
    with pytest.raises(ValueError, match="12□") as refusal:
        parse_money("12\x1b]52;c;")
    assert "\x1b" not in str(refusal.value)


@pytest.mark.parametrize("written", ["-1,200.5", "－１２００．５", "(1200.5)", "¥-1200.50", "负壹仟贰佰元伍角"])
def test_a_negative_amount_is_read_where_it_is_allowed(written: str) -> None:
    assert parse_money(written, allow_negative=True) == Decimal("-1200.50")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1200", "壹仟贰佰元整"),
        ("10", "壹拾元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10005", "壹万零伍元整"),
        ("10000000", "壹仟万元整"),
        ("100001000", "壹亿零壹仟元整"),
        ("1000000000000", "壹万亿元整"),
        ("10000000000000", "壹拾万亿元整"),
        ("-1200", "负壹仟贰佰元整"),
    ],
)
def test_words_follow_the_printed_examples(amount: str, words: str) -> None:
    assert in_words(Decimal(amount)) == words


@given(FEN)
def test_words_read_back_as_the_same_amount(fen: int) -> None:
    amount = from_fen(fen)
    assert parse_money(in_words(amount)) == amount
    assert "零零" not in in_words(amount)


@given(FEN)
def test_small_numerals_read_back_as_the_same_amount(yuan_and_fen: int) -> None:
    small = in_words(from_fen(yuan_and_fen)).translate(
        str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
    )
    assert to_fen(parse_money(small)) == yuan_and_fen


@given(st.integers(-to_fen(LARGEST), to_fen(LARGEST)))
def test_digits_read_back_as_the_same_amount(fen: int) -> None:
    amount = from_fen(fen)
    assert to_fen(amount) == fen
    assert parse_money(format_money(amount), allow_negative=True) == amount
    assert parse_money(str(amount), allow_negative=True) == amount


@given(st.text(alphabet="0123456789.,万亿元角分整零一二三十百千壹贰拾佰仟¥-() eE", max_size=14))
def test_any_text_is_an_exact_amount_or_a_chinese_sentence(written: str) -> None:
    try:
        amount = parse_money(written, allow_negative=True)
    except ValueError as refusal:
        assert "金额" in str(refusal)
    else:
        assert from_fen(to_fen(amount)) == amount
        assert abs(amount) <= LARGEST


def test_format_shows_thousands_and_fen() -> None:
    assert format_money(Decimal("1200")) == "1,200.00"
    assert format_money(Decimal("-0.05")) == "-0.05"
    assert format_money(Decimal("-0")) == "0.00"


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity"])
def test_an_amount_finer_than_a_fen_or_no_number_is_never_rounded(amount: str) -> None:
    for use in (to_fen, format_money, in_words):
        with pytest.raises(ValueError, match="金额"):
            use(Decimal(amount))

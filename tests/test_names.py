"""Finding people by characters, pinyin and initials."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import matches, search_keys


@pytest.mark.parametrize(
    ("name", "surname", "also"),
    [
        ("单雄信", "shan", "dan"),
        ("解学士", "xie", "jie"),
        ("曾国藩", "zeng", "ceng"),
        ("仇英", "qiu", "chou"),
        ("查慎行", "zha", "cha"),
        ("区大相", "ou", "qu"),
        ("朴明", "piao", "pu"),
        ("翟让", "zhai", "di"),
        ("盖明", "ge", "gai"),
        ("召平", "shao", "zhao"),
        ("任明", "ren", "ren"),
        ("乐毅", "yue", "le"),
        ("尉迟恭", "yuchi", "weichi"),
        ("单于明", "chanyu", "danyu"),
        ("柏林", "bai", "bo"),
        ("万俟卨", "moqi", "wansi"),
        ("长孙无忌", "zhangsun", "zhangsun"),
    ],
)
def test_a_surname_is_read_as_a_surname_first_and_otherwise_too(name: str, surname: str, also: str) -> None:
    keys = search_keys(name)
    assert keys[0].startswith(surname)
    assert any(key.startswith(also) for key in keys)
    assert matches(surname, name, keys) and matches(also, name, keys)


@pytest.mark.parametrize(
    ("query", "rank"),
    [
        ("王晓明", 6),
        ("王晓", 5),
        ("wxm", 4),
        ("WXM", 4),
        ("ｗｘｍ", 4),
        ("wangxiaoming", 4),
        ("wang xiao ming", 4),
        ("晓明", 3),
        ("wx", 2),
        ("wangxiaom", 2),
        ("xm", 1),
        ("xiaoming", 1),
        ("m", 0),
        ("李", 0),
        ("wxh", 0),
        ("", 1),
        (" ", 1),
    ],
)
def test_a_better_fit_ranks_higher(query: str, rank: int) -> None:
    assert matches(query, "王晓明", search_keys("王晓明")) == rank


def test_readings_of_given_names_are_all_found() -> None:
    keys = search_keys("张重乐")
    assert {"zhangzhongle", "zhangchongle", "zhangzhongyue", "zzl", "zcl", "zzy"} <= set(keys)


def test_the_u_with_dots_is_found_as_it_is_typed() -> None:
    for query in ("lvbu", "lyubu", "lb"):
        assert matches(query, "吕布", search_keys("吕布")) == 4


def test_a_name_with_a_dot_is_found_without_it() -> None:
    name = "阿依古丽·买买提"
    keys = search_keys(name)
    for query in ("阿依古丽买买提", "ayglmmt", "ayigulimaimaiti"):
        assert matches(query, name, keys) == 4
    assert matches("买买提", name, keys) == 3


def test_letters_in_a_name_are_keys_themselves() -> None:
    assert matches("toml", "Tom李", search_keys("Tom李")) == 4
    assert matches("to", "Tom李", search_keys("Tom李")) == 2
    assert search_keys("·") == ()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12))
def test_every_name_is_found_by_each_of_its_keys_and_the_keys_stay_few(name: str) -> None:
    keys = search_keys(name)
    assert keys
    assert len(keys) <= 32
    assert all(matches(key, name, keys) >= 4 for key in keys)
    assert all(key == key.lower() and " " not in key for key in keys)


def test_matching_never_loads_the_pinyin_dictionary() -> None:
    script = (
        "import sys; from core.names import matches; matches('wxm', '王晓明', ('wxm',));"
        "print('pypinyin' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "False"

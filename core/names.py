"""Finding people by name, by pinyin and by pinyin initials."""

import unicodedata
from functools import lru_cache
from itertools import product

_SURNAMES = {
    "单于": ("chan", "yu"), "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"), "鲜于": ("xian", "yu"), "令狐": ("ling", "hu"), "皇甫": ("huang", "fu"),
    "柏": ("bai",), "盛": ("sheng",), "车": ("che",), "葛": ("ge",), "贾": ("jia",), "沈": ("shen",),
    "石": ("shi",), "任": ("ren",), "华": ("hua",), "宁": ("ning",), "燕": ("yan",), "纪": ("ji",),
    "单": ("shan",), "解": ("xie",), "曾": ("zeng",), "仇": ("qiu",), "查": ("zha",), "区": ("ou",),
    "朴": ("piao",), "翟": ("zhai",), "盖": ("ge",), "召": ("shao",), "乐": ("yue",), "覃": ("qin",),
    "缪": ("miao",), "洗": ("xian",), "种": ("chong",), "员": ("yun",), "贠": ("yun",), "折": ("she",),
    "黑": ("he",), "秘": ("bi",), "繁": ("po",), "卜": ("bu",), "能": ("nai",), "隗": ("wei",),
    "祭": ("zhai",), "薄": ("bo",), "句": ("gou",), "乜": ("nie",), "粘": ("nian",), "阚": ("kan",),
    "角": ("jue",), "还": ("huan",), "佴": ("nai",), "牟": ("mu",), "适": ("kuo",),
}  # fmt: skip
"""How a surname is read as a surname, where its characters have other readings."""

_READINGS = 4
_SPELLINGS = 16
_LONG_NAME = 6


def search_keys(name: str) -> tuple[str, ...]:
    """The pinyin keys a name is found by, in lower case: full spellings first, then initials.

    A surname's own reading comes first, its characters' other readings after it; a name with a dot or space in it
    is also found without them. Slow at first use, since it loads
    the pinyin dictionary: keys are made when a name is written down and stored with it.
    """
    characters = [character for character in unicodedata.normalize("NFKC", name) if character.isalnum()]
    readings = _readings("".join(characters))
    ranked = sorted(
        product(*(range(len(choices)) for choices in readings)),
        key=lambda picks: (sum(picks), [-pick for pick in picks]),
    )
    spellings = [tuple(readings[at][pick] for at, pick in enumerate(picks)) for picks in ranked[:_SPELLINGS]]
    full = ["".join(syllables) for syllables in spellings]
    initials = ["".join(syllable[0] for syllable in syllables) for syllables in spellings]
    bare = ["".join(characters)] if len(characters) < len(name) else []
    return tuple(key for key in dict.fromkeys(full + initials + bare) if key)


def title_keys(title: str) -> tuple[str, ...]:
    """The pinyin and the initials of a title, each word read as it is read there: what few things are found by.

    Unlike a person's name it has one reading only: rare ones would find what nobody meant.
    """
    from pypinyin import lazy_pinyin

    plain = "".join(unicodedata.normalize("NFKC", title).lower().split())
    syllables = lazy_pinyin(plain)
    return "".join(syllables), "".join(each[0] if each.isalpha() else each for each in syllables)


def matches(query: str, name: str, keys: tuple[str, ...]) -> int:
    """How well a query fits a person: 0 not at all, higher is better; an empty query fits everybody.

    In falling order: the whole name, its beginning, a whole key, a part of the name, the beginning of a key, a part
    of a key (from two letters on).
    """
    asked = _asked(query)
    if asked in name:
        if not asked:
            return 1
        return 6 if asked == name else 5 if name.startswith(asked) else 3
    best = 0
    for key in keys:
        if asked not in key:
            continue
        if asked == key:
            return 4
        if key.startswith(asked):
            best = 2
        elif not best and len(asked) > 1:
            best = 1
    return best


@lru_cache(maxsize=64)
def _asked(query: str) -> str:
    return "".join(unicodedata.normalize("NFKC", query).split()).replace("'", "").lower()


def _readings(name: str) -> list[list[str]]:
    """The readings of each character, the likeliest first; a letter or digit reads as itself."""
    from pypinyin import Style, lazy_pinyin, pinyin

    surname = _SURNAMES.get(name[:2]) or _SURNAMES.get(name[:1]) or ()
    likeliest: list[str] = []
    for reading in lazy_pinyin(name):
        unread = name.startswith(reading, len(likeliest))
        likeliest.extend(list(reading) if unread else [reading])
    choices: list[list[str]] = []
    for at, character in enumerate(name):
        first = [surname[at]] if at < len(surname) else []
        others = pinyin(character, style=Style.NORMAL, heteronym=True)[0] if len(name) <= _LONG_NAME else []
        spelled = [form for reading in [*first, likeliest[at], *others] for form in _forms(reading.lower())]
        choices.append(list(dict.fromkeys(spelled))[:_READINGS])
    return choices


def _forms(reading: str) -> tuple[str, ...]:
    """A reading as people type it: ü as v, and as passports and other keyboards have it."""
    if reading in ("lv", "nv"):
        return reading, f"{reading[0]}yu"
    return (reading, f"{reading[0]}ue") if reading in ("lve", "nve") else (reading,)

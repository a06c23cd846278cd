"""An agency's own files are checked as strictly as its rulebook."""

from fractions import Fraction
from pathlib import Path

import pytest

from core.agency import Agency
from core.errors import RulebookInvalid
from core.people import Staff
from core.rulebook.agency_file import load_agency, read_agency
from core.rulebook.people_file import PeopleFile, read_people

AGENCY = """[agency]
key = "office"
title = "示范单位"
families = ["finance"]
[[unit]]
key = "network"
title = "网络科"
[[post]]
key = "head"
title = "科长"
rank = 3
head = true
[[function]]
key = "finance"
title = "财务"
[[body]]
key = "council"
title = "办公会"
members = ["head"]
chair = ["head"]
secretary = ["head-of:network"]
quorum = "2/3"
quorum_over = false
[permissions]
"core.absence" = ["head", "leader-of-function:finance"]
[[own_day]]
day = 2026-08-01
workday = false
reason = "迁址"
"""
PEOPLE = """[[person]]
key = "P1"
name = "曾一"
staff = "编外"
[[tenure]]
person = "P1"
post = "head"
unit = "network"
since = 2026-01-01
until = 2026-06-30
[[oversight]]
person = "P1"
functions = ["finance"]
"""


def agency_faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(RulebookInvalid) as caught:
        read_agency(text)
    return [(fault.line, fault.message) for fault in caught.value.faults]


def people_faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(RulebookInvalid) as caught:
        read_people(text, read_agency(AGENCY))
    return [(fault.line, fault.message) for fault in caught.value.faults]


@pytest.fixture
def agency() -> Agency:
    return read_agency(AGENCY)


@pytest.fixture
def people(agency: Agency) -> PeopleFile:
    return read_people(PEOPLE, agency)


def test_an_agency_is_read_whole(agency: Agency) -> None:
    body = agency.bodies["council"]
    assert (body.quorum, body.quorum_over, body.secretary) == (Fraction(2, 3), False, ("head-of:network",))
    assert agency.posts["head"].head and agency.zone == "Asia/Shanghai" and agency.families == ("finance",)
    assert agency.permissions == {"core.absence": ("head", "leader-of-function:finance")}
    assert [own.reason for own in agency.own_days] == ["迁址"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('families = ["finance"]', 'familes = ["finance"]', 4, "是否指“families”？"),
        ('families = ["finance"]', 'families = ["finance", "finance"]', 4, "写了两次"),
        ('families = ["finance"]', 'zone = "Asia/Shanghi"', 4, "时区"),
        ('title = "网络科"', 'titel = "网络科"', 5, "缺少“title”"),
        ("rank = 3\n", "", 8, "缺少“rank”"),
        ("rank = 3", "rank = 0", 11, "不小于 1"),
        ('members = ["head"]', 'members = ["haed"]', 19, "是否指“head”？"),
        ('members = ["head"]', 'members = ["unit-head"]', 19, "没有申请人"),
        ('"head-of:network"', '"head-of:netwrk"', 21, "是否指“network”？"),
        ('"head-of:network"', '"chosen:person"', 21, "没有可供选人的表"),
        ('quorum = "2/3"', 'quorum = "4/3"', 22, "不大于一"),
        ('quorum = "2/3"', "quorum = 0.5", 22, '"2/3"'),
        ('["head", "leader-of-function:finance"]', '"leader-of-function:finanse"', 25, "是否指“finance”？"),
        ("workday = false", 'workday = "否"', 28, "false"),
        ('key = "network"', 'key = "net:work"', 6, "不能有"),
        ('[[function]]\nkey = "finance"', '[[unit]]\nkey = "network"', 14, "写了两次"),
    ],
)
def test_a_fault_of_an_agency_is_on_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in AGENCY
    found = agency_faults(AGENCY.replace(old, new))
    assert any(at == line and words in message for at, message in found), found


def test_all_faults_of_an_agency_come_at_once() -> None:
    text = (
        AGENCY.replace("rank = 3", "rank = 0")
        .replace('quorum = "2/3"', "quorum = 1")
        .replace("day = 2026", "dy = 2026")
    )
    assert [line for line, _ in agency_faults(text)] == [11, 22, 26, 27]


def test_a_file_that_is_missing_or_not_utf8_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RulebookInvalid, match="找不到"):
        load_agency(tmp_path / "agency.toml")
    (tmp_path / "agency.toml").write_bytes('[agency]\nkey = "a"\ntitle = "局"'.encode("gbk"))
    with pytest.raises(RulebookInvalid, match=r"第 3 行：.*UTF-8"):
        load_agency(tmp_path / "agency.toml")


def test_people_are_read_with_their_search_keys(people: PeopleFile) -> None:
    (person,) = people.people
    assert person.staff is Staff.CONTRACT and "zengyi" in person.search
    assert people.tenures[0].span.until.isoformat() == "2026-06-30"
    assert people.oversights[0].functions == ("finance",)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('staff = "编外"', 'staff = "编处"', 4, "是否指“编外”？"),
        ('staff = "编外"', 'age = "编外"', 4, "没有“age”"),
        ('person = "P1"\npost', 'person = "P2"\npost', 6, "是否指“P1”？"),
        ('post = "head"', 'post = "haed"', 7, "是否指“head”？"),
        ('post = "head"', 'post = "科长"', 7, "应写“head”"),
        ('unit = "network"', 'unit = "netwrk"', 8, "是否指“network”？"),
        ("until = 2026-06-30", "until = 2025-06-30", 10, "早于"),
        ('functions = ["finance"]', 'functions = ["finace"]', 13, "是否指“finance”？"),
        ('functions = ["finance"]\n', "", 11, "写明科室"),
        ("[[tenure]]", '[[person]]\nkey = "P1"\nname = "二"\n[[tenure]]', 6, "前面已经用过（曾一）"),
    ],
)
def test_a_fault_of_a_people_file_is_on_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in PEOPLE
    found = people_faults(PEOPLE.replace(old, new))
    assert any(at == line and words in message for at, message in found), found


def test_one_person_cannot_hold_one_post_twice_at_a_time(agency: Agency) -> None:
    again = '[[tenure]]\nperson = "P1"\npost = "head"\nunit = "network"\nsince = 2026-%s-01\n'
    assert "重叠" in people_faults(PEOPLE + again % "06")[0][1]
    assert len(read_people(PEOPLE + again % "07", agency).tenures) == 2

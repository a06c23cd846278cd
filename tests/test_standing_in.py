"""Stand-ins: suggested where somebody's absence stops matters, never in a circle, named by those entitled."""

from pathlib import Path
from typing import Any

import pytest

from core.acts import Verb
from core.finding import Level

ENTITLED = """
[[clause]]
no = "8"
kind = "approval"
text = "副局长的代理人由局长在副局长中指定，科长的代理人由分管领导指定"
[[clause.rule]]
use = "core.delegation-by"
posts = ["deputy"]
by = ["director"]
to = ["deputy"]
[[clause.rule]]
use = "core.delegation-by"
posts = ["head"]
by = ["supervising-leader", "head-of:office"]
"""


def delegate(sample: Any, person: str, stand_in: str, *days: str, by: str = "P3") -> Any:
    since, until = days or ("2026-03-02", "2026-03-06")
    form = {"person": person, "stand_in": stand_in, "since": since, "until": until, "basis": "出差"}
    return sample.submit(by, "core.delegation", **form)


def away(sample: Any, person: str) -> Any:
    return sample.submit("P3", "core.absence", person=person, since="2026-03-02", until="2026-03-04", reason="学习")


def notes(result: Any) -> list[str]:
    return [each.facts for each in result.verdict.findings if each.level is Level.NOTE]


def test_an_absence_names_the_matters_that_wait_for_nobody_else_and_asks_for_a_stand_in(sample: Any) -> None:
    number = sample.filed()
    result = away(sample, "P5")
    assert result.done
    note = next(each for each in result.verdict.findings if each.clause.key == "general/stand-in")
    assert number in note.facts and "周五" in note.facts and "指定代理" in note.remedy and note.level is Level.NOTE


def test_one_on_whom_nothing_waits_goes_away_without_a_word(sample: Any) -> None:
    sample.filed()
    assert not away(sample, "P2").verdict.findings


def test_where_others_can_act_or_a_stand_in_is_named_nothing_is_suggested(sample: Any) -> None:
    sample.filed()
    assert delegate(sample, "P5", "P7").done
    assert not notes(away(sample, "P5"))


def test_a_matter_that_a_stand_in_waits_for_is_not_his_alone(sample: Any) -> None:
    number = sample.filed()
    sample.act(Verb.APPROVE, "P5", number)
    assert sample.office.desk.waiting_on("P2") == [number]
    delegate(sample, "P2", "P7")
    assert sample.office.desk.waiting_on("P2") == [] and sample.office.desk.waiting_on("P7") == []


def test_two_do_not_stand_in_for_each_other_on_the_same_days(sample: Any) -> None:
    assert delegate(sample, "P2", "P7").done
    refused = delegate(sample, "P7", "P2", "2026-03-06", "2026-03-09")
    assert [each.clause.key for each in refused.verdict.findings] == ["general/stand-in"]
    assert "郑七→钱二→郑七" in refused.verdict.findings[0].facts
    assert delegate(sample, "P7", "P2", "2026-03-07", "2026-03-09").done


def test_a_circle_of_several_is_refused_only_where_all_its_days_meet(sample: Any) -> None:
    assert delegate(sample, "P2", "P7", "2026-03-02", "2026-03-04").done
    assert delegate(sample, "P7", "P5", "2026-03-04", "2026-03-08").done
    assert not delegate(sample, "P5", "P2", "2026-03-04", "2026-03-10").done
    assert delegate(sample, "P5", "P2", "2026-03-05", "2026-03-10").done


def test_nobody_stands_in_for_himself(sample: Any) -> None:
    assert not delegate(sample, "P2", "P2").done


@pytest.fixture
def entitled(tmp_path: Path, sample_module: Any) -> Any:
    """The sample agency with a clause on who names whose stand-in."""
    return sample_module.Sample(tmp_path, rulebook=sample_module.RULEBOOK + ENTITLED)


def test_a_stand_in_named_by_someone_not_entitled_is_refused_by_the_clause(entitled: Any) -> None:
    refused = delegate(entitled, "P2", "P7", by="P3")
    assert [each.clause.key for each in refused.verdict.findings] == ["spending/8"]
    assert "赵一" in refused.verdict.findings[0].remedy
    assert delegate(entitled, "P2", "P7", by="P1").done


def test_a_stand_in_comes_from_among_those_the_clause_names(entitled: Any) -> None:
    refused = delegate(entitled, "P2", "P5", by="P1")
    assert [(each.clause.key, each.at) for each in refused.verdict.findings] == [("spending/8", "stand_in")]
    assert "郑七" in refused.verdict.findings[0].remedy and "钱二" not in refused.verdict.findings[0].remedy


def test_each_post_has_its_own_clause_and_the_others_none(entitled: Any) -> None:
    assert delegate(entitled, "P5", "P7", by="P3").done
    assert delegate(entitled, "P4", "P6", by="P3").done


def test_a_stand_in_may_be_named_for_some_kinds_of_matter_by_their_names(sample: Any) -> None:
    form = {"person": "P5", "stand_in": "P2", "since": "2026-03-02", "until": "2026-03-06", "basis": "出差"}
    unknown = sample.submit("P3", "core.delegation", **form, scope="用车、吃饭")
    assert not unknown.done
    assert [(each.at, "用车" in each.facts) for each in unknown.verdict.findings] == [("scope", True), ("scope", False)]
    title = sample.office.desk.matter_type("core.absence").title
    assert sample.submit("P3", "core.delegation", **form, scope=f"{title}，core.recusal").done
    (delegation,) = sample.office.desk.organisation.delegations
    assert delegation.scope == ("core.absence", "core.recusal")
    assert not delegation.covers("core.departure", sample.office.desk.day)

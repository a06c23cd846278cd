"""Facts that a matter type works out from its form: kept with the matter, asked for by chains, typed by nobody."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from core.acts import Verb
from core.consulted import Consulted
from core.fields import Field, Kind, Value
from core.matter import Matter


def doubled(office: Consulted, matter: Matter) -> Mapping[str, Value]:
    return {"double": 2 * matter.count("people")}


@pytest.fixture
def made(sample_module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The sample agency, whose spending is seen by the cashier where twice its people are ten or more."""
    derived = (Field("double", "两倍人数", Kind.NUMBER),)
    monkeypatch.setattr(sample_module, "SPENDING", replace(sample_module.SPENDING, derived=derived, derive=doubled))
    step = (
        '{ by = "cashier", title = "复核", when = { double = { at_least = 10 } } },\n  { by = "cashier", title = "付款"'
    )
    rulebook = sample_module.RULEBOOK.replace('{ by = "cashier", title = "付款"', step)
    return sample_module.Sample(tmp_path, rulebook=rulebook)


def steps_ahead(made: Any, people: str) -> list[str]:
    result = made.submit(purpose="培训", amount="500", people=people)
    assert result.done, result.verdict.findings
    return [planned.step.title for planned in result.verdict.course]


def test_a_chain_asks_for_what_was_worked_out(made: Any) -> None:
    assert "复核" in steps_ahead(made, "5")
    assert "复核" not in steps_ahead(made, "4")


def test_what_was_worked_out_is_kept_with_the_matter(made: Any) -> None:
    number = made.filed(people="7")
    assert made.open().desk.matter(number).count("double") == 14


def test_nobody_types_what_is_worked_out(made: Any) -> None:
    result = made.submit(purpose="培训", amount="500", people="5", double="3")
    assert not result.done and {each.clause.no for each in result.verdict.findings} == {"form"}


def test_it_is_worked_out_anew_when_the_form_is_filed_again(made: Any) -> None:
    number = made.filed(people="4")
    made.act(Verb.RETURN, "P5", number, "人数不对")
    assert made.act(Verb.RESUBMIT, "P6", number, values={"people": "6"}).done
    assert made.office.desk.matter(number).count("double") == 12


def test_an_act_is_refused_where_it_cannot_be_worked_out(
    sample_module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(office: Consulted, matter: Matter) -> Mapping[str, Value]:
        raise ZeroDivisionError("没有分母")

    monkeypatch.setattr(sample_module, "SPENDING", replace(sample_module.SPENDING, derive=failing))
    result = sample_module.Sample(tmp_path).submit(purpose="培训", amount="500")
    assert not result.done and "broken-rule" in {each.clause.no for each in result.verdict.findings}

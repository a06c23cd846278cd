"""The four hooks, documented and contained: a plugin that fails is named, and the rest works."""

import inspect
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from core.acts import Act, Verb
from core.family import Family, MatterType
from core.fields import Field
from core.finding import Problem
from core.hookspec import Hooks, hookimpl
from core.host import Host, PluginState
from core.records import Entry

HOOKS = [name for name in dir(Hooks) if name.startswith("guizhang_")]
PAGE = (Path(__file__).parent.parent / "docs" / "plugins.md").read_text(encoding="utf-8")


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a module with the given hooks importable as a family."""

    def make(name: str, **hooks: Any) -> None:
        module = ModuleType(f"plugins.{name}")
        for hook, function in hooks.items():
            function.__name__ = hook
            setattr(module, hook, hookimpl(function))
        monkeypatch.setitem(sys.modules, f"plugins.{name}", module)

    return make


def joined(sample: Any, sample_module: Any, tmp_path: Path, name: str) -> Any:
    """The sample agency with one more family enabled."""
    folder = tmp_path / "joined"
    agency = sample_module.AGENCY.replace('families = ["sample"]', f'families = ["sample", "{name}"]')
    kept, sample_module.AGENCY = sample_module.AGENCY, agency
    try:
        return sample_module.Sample(folder)
    finally:
        sample_module.AGENCY = kept


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_described_in_the_page_for_plugin_authors(hook: str) -> None:
    parameters = [each for each in inspect.signature(getattr(Hooks, hook)).parameters if each != "self"]
    assert f"### `{hook}({', '.join(parameters)})`" in PAGE


def test_hook_guizhang_family_declares_a_family(plugin: Any) -> None:
    plugin("plain", guizhang_family=lambda: Family("plain", "示范"))
    loaded = Host(["plain"]).loaded[0]
    assert (loaded.title, loaded.state) == ("示范", PluginState.ON)


def test_hook_guizhang_check_judges_acts_of_every_family(
    plugin: Any, sample: Any, sample_module: Any, tmp_path: Path
) -> None:
    def check(proposal: Any) -> Iterator[tuple[str, Problem]]:
        if proposal.matter.text("purpose") == "购酒":
            yield "spending/3", Problem("事由是购酒", "改为公务用品", "purpose")

    plugin("strict", guizhang_family=lambda: Family("strict", "从严"), guizhang_check=check)
    office = joined(sample, sample_module, tmp_path, "strict")
    refused = office.submit(purpose="购酒", amount="10")
    assert [(finding.rule, finding.clause.key) for finding in refused.verdict.findings] == [
        ("strict.check", "spending/3")
    ]
    assert office.submit(purpose="购纸", amount="10").done


def test_hook_guizhang_settled_returns_what_the_core_writes(
    plugin: Any, sample: Any, sample_module: Any, tmp_path: Path
) -> None:
    def settled(outcome: Any) -> Iterator[Entry]:
        if outcome.settled and outcome.matter.kind == "sample.spending":
            yield Entry(
                "sample.payments", outcome.office.day, {"purpose": "手续费", "amount": outcome.matter.money("amount")}
            )

    plugin("fees", guizhang_family=lambda: Family("fees", "手续费"), guizhang_settled=settled)
    office = joined(sample, sample_module, tmp_path, "fees")
    number = office.filed("10")
    office.act(Verb.APPROVE, "P5", number)
    office.act(Verb.APPROVE, "P2", number)
    office.act(Verb.PERFORM, "P4", number, values={"支票号": "1"})
    assert len(office.office.desk.entries("sample.payments")) == 2


def test_hook_guizhang_pages_is_left_to_the_screen(plugin: Any) -> None:
    plugin("paged", guizhang_family=lambda: Family("paged", "有页"), guizhang_pages=lambda: 1 / 0)
    assert Host(["paged"]).loaded[0].state is PluginState.ON


def test_a_plugin_that_fails_to_load_is_a_line_and_the_rest_works(plugin: Any) -> None:
    plugin("good", guizhang_family=lambda: Family("good", "好的"))
    plugin("bad", guizhang_family=lambda: 1 / 0)
    plugin("misspelt", guizhang_family=lambda: Family("misspelt", "错字"), guizhang_chek=lambda proposal: ())
    states = {each.name: (each.state, each.reason) for each in Host(["bad", "good", "misspelt", "absent"]).loaded}
    assert states["good"][0] is PluginState.ON
    assert "ZeroDivisionError" in states["bad"][1]
    assert "guizhang_chek" in states["misspelt"][1]
    assert "absent" in states["absent"][1]


def test_two_families_of_one_name_are_told_apart_by_refusing_the_second(plugin: Any) -> None:
    kind = MatterType("same.kind", "同名", "同", (Field("a", "甲"),))
    plugin("first", guizhang_family=lambda: Family("first", "先", matters=(kind,)))
    plugin("second", guizhang_family=lambda: Family("second", "后", matters=(kind,)))
    first, second = Host(["first", "second"]).loaded
    assert first.state is PluginState.ON and "same.kind" in second.reason


def test_two_families_do_not_share_a_title_or_the_head_of_numbers(plugin: Any) -> None:
    def family(key: str, title: str, prefix: str) -> Family:
        return Family(key, key, matters=(MatterType(f"{key}.matter", title, prefix, (Field("what", "内容"),)),))

    plugin("first", guizhang_family=lambda: family("first", "公务登记", "公务"))
    plugin("titled", guizhang_family=lambda: family("titled", "公务登记", "登记"))
    plugin("numbered", guizhang_family=lambda: family("numbered", "公差登记", "公务"))
    host = Host(["first", "titled", "numbered"])
    assert [loaded.state for loaded in host.loaded] == [PluginState.ON, PluginState.FAULT, PluginState.FAULT]
    assert "《公务登记》" in host.loaded[1].reason and "公务-" in host.loaded[2].reason


def test_a_check_that_raises_refuses_and_names_itself(
    plugin: Any, sample: Any, sample_module: Any, tmp_path: Path
) -> None:
    plugin("broken", guizhang_family=lambda: Family("broken", "坏的"), guizhang_check=lambda proposal: 1 / 0)
    office = joined(sample, sample_module, tmp_path, "broken")
    refused = office.submit(purpose="购纸", amount="10")
    assert [finding.rule for finding in refused.verdict.findings] == ["core.broken-rule"]
    assert "broken" in refused.verdict.findings[0].facts


def test_what_follows_failing_leaves_nothing_half_done(
    plugin: Any, sample: Any, sample_module: Any, tmp_path: Path
) -> None:
    plugin("brittle", guizhang_family=lambda: Family("brittle", "脆的"), guizhang_settled=lambda outcome: 1 / 0)
    office = joined(sample, sample_module, tmp_path, "brittle")
    refused = office.office.perform(Act(Verb.SUBMIT, "P6", "sample.spending", values={"事由": "纸", "金额": "1"}))
    assert not refused.done and office.office.desk.matters("sample.spending") == []


def test_a_matter_of_a_family_that_is_switched_off_stays_readable(
    sample: Any, sample_module: Any, tmp_path: Path
) -> None:
    number = sample.filed()
    sample.office.close()
    agency = sample.config / "agencies" / "sample" / "agency.toml"
    agency.write_text(sample_module.AGENCY.replace('families = ["sample"]', "families = []"), encoding="utf-8")
    office = sample.open()
    assert office.desk.matter(number).values["purpose"] == "购打印纸"
    refused = office.perform(Act(Verb.APPROVE, "P5", matter=number))
    assert [finding.clause.key for finding in refused.verdict.findings] == ["general/closed"]


class Unspeakable(Exception):
    """An error whose own words cannot be had."""

    def __str__(self) -> str:
        raise ValueError("没有话说")


def unspeakable(*_: Any) -> Any:
    raise Unspeakable


def test_a_module_that_ends_itself_when_read_is_a_line_like_any_other(plugin: Any) -> None:
    def ends() -> Any:
        sys.exit(3)

    plugin("ends", guizhang_family=ends)
    plugin("mute", guizhang_family=lambda: unspeakable())
    assert [each.state for each in Host(["ends", "mute"]).loaded] == [PluginState.FAULT, PluginState.FAULT]


@pytest.mark.parametrize(
    "effects",
    [
        [object()],
        [None],
        [Entry("no.such", date(2026, 3, 2), {})],
        [Entry("sample.payments", date(2026, 3, 2), {"purpose": "甲\u202e", "amount": Decimal(1)})],
        [Entry("sample.payments", date(2026, 3, 2), {"purpose": object()})],  # type: ignore[dict-item]
        5,
    ],
    ids=["object", "none", "no ledger", "hidden mark", "no value", "number"],
)
def test_what_a_family_says_follows_is_written_whole_or_the_act_is_refused(
    plugin: Any, sample: Any, sample_module: Any, tmp_path: Path, effects: Any
) -> None:
    plugin("odd", guizhang_family=lambda: Family("odd", "怪的"), guizhang_settled=lambda outcome: effects)
    office = joined(sample, sample_module, tmp_path, "odd")
    head = office.office.journal.head()
    refused = office.submit(purpose="纸", amount="1")
    assert [finding.clause.key for finding in refused.verdict.findings] == ["general/broken-rule"]
    assert office.office.journal.head() == head


@pytest.mark.parametrize(
    "derive",
    [unspeakable, lambda desk, matter: 5, lambda desk, matter: {"x": object()}],
    ids=["raises", "odd", "unfit"],
)
def test_facts_that_cannot_be_worked_out_or_kept_refuse_the_act(
    plugin: Any, sample: Any, sample_module: Any, tmp_path: Path, derive: Any
) -> None:
    kind = MatterType("odd.kind", "怪事", "怪", (Field("a", "甲"),), subject="a", register=True, derive=derive)
    plugin("odd", guizhang_family=lambda: Family("odd", "怪的", matters=(kind,)))
    office = joined(sample, sample_module, tmp_path, "odd")
    refused = office.submit(kind="odd.kind", a="某事")
    assert [finding.clause.key for finding in refused.verdict.findings] == ["general/broken-rule"]
    assert office.office.desk.matters("odd.kind") == []

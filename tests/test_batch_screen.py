"""Many like matters decided on together: few keys, one opinion, an answer for each."""

import json
from typing import Any

import pytest

from core.acts import Verb
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.session import Session

KEYS = ("a", "b", "f2", "enter")
"""Mark all alike, sign them together, give the opinion, read what came of each."""


def opened(sample: Any, person: str) -> OfficeApp:
    return OfficeApp(Session(sample.office, person))


@pytest.fixture
def twenty(sample: Any) -> list[str]:
    return [sample.filed(str(100 + each)) for each in range(20)]


async def test_twenty_like_matters_are_approved_in_at_most_five_keys(
    sample: Any, screens: Any, twenty: list[str]
) -> None:
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        assert len(KEYS) <= 5
        words = await screens.press(pilot, *KEYS[:-1])
        assert "已同意 20 件" in words and twenty[0] in words
        assert "没有等您办理的事" in await screens.press(pilot, KEYS[-1])
    assert all(sample.office.desk.matter(number).step.title == "领导审批" for number in twenty)


async def test_one_opinion_stands_with_every_matter_and_each_has_its_own_proof(
    sample: Any, screens: Any, twenty: list[str]
) -> None:
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "a", "b")
        await screens.write(pilot, "同意")
        await screens.press(pilot, "f2")
    marks = [sample.office.desk.matter(number).course[-1] for number in twenty]
    assert {(mark.verb, mark.by, mark.opinion) for mark in marks} == {(Verb.APPROVE, "P5", "同意")}
    entries = [entry for number in twenty for entry in sample.office.journal.for_matter(number) if entry.actor == "P5"]
    assert len({entry.sequence for entry in entries}) == 20


async def test_what_must_be_read_singly_is_left_with_its_reason_and_the_rest_is_done(
    sample: Any, screens: Any, twenty: list[str]
) -> None:
    warned = sample.filed("21000", because="年底结算")
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 60)) as pilot:
        await screens.settle(pilot)
        words = await screens.press(pilot, *KEYS[:-1])
        assert "已同意 20 件，1 件没有办" in words
        await screens.press(pilot, "pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        assert "在提醒之后说明理由办理过" in screens.text(app) and "没有办" in screens.text(app)
    assert sample.office.desk.matter(warned).step.title == "科长审核"


async def test_only_matters_of_the_same_kind_at_the_same_step_are_alike(sample: Any, screens: Any) -> None:
    spendings = [sample.filed(), sample.filed()]
    for number in spendings:
        sample.act(Verb.APPROVE, "P5", number)
    project = sample.submit(kind="sample.project", name="修缮").matter.number
    app = opened(sample, "P2")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        assert "已选 2 条" in await screens.press(pilot, "a")
        await screens.press(pilot, "b", "f2")
    assert all(sample.office.desk.matter(number).step.title == "付款" for number in spendings)
    assert not sample.office.desk.matter(project).signed(0)


async def test_with_nothing_waiting_there_is_nothing_to_mark(sample: Any, screens: Any) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        assert "没有可以选的事项" in await screens.press(pilot, "a")


def test_the_command_line_answers_for_each_number_and_ends_by_whether_all_were_done(sample: Any, capsys: Any) -> None:
    first, second = sample.filed(), sample.filed()
    sample.office.close()
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path), "--as", "周五"]
    assert run(["batch", first, "开支-2026-0099", "--opinion", "同意", *place]) == 1
    said = capsys.readouterr().out
    assert f"{first} 已同意 留痕第" in said and "开支-2026-0099 没有办" in said
    assert run(["batch", second, "--json", *place]) == 0
    assert [each["done"] for each in json.loads(capsys.readouterr().out)] == [True]

"""Typing ahead: keys that arrive faster than the screens follow come to what they were meant for, in their order."""

import itertools
from typing import Any

import pytest
from textual import events

from core.acts import Verb
from tui.screens.workbench import WorkbenchScreen
from workbench_office import opened

_CHARACTERS = {"enter": "\r", "tab": "\t", "space": " ", "escape": "\x1b", "f2": None, "f5": None, "down": None}


def burst(app: Any, *keys: str) -> None:
    """All keys at once, as a slow line delivers them; a longer word is typed letter by letter."""
    for key in itertools.chain.from_iterable([each] if each in _CHARACTERS else each for each in keys):
        app.post_message(events.Key(key, _CHARACTERS.get(key, key)))


async def test_a_choice_and_the_line_after_it_are_answered_in_one_go(sample, screens) -> None:
    app = opened(sample, "P2")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        burst(app, "p", "enter", "同意，请抓紧办理", "enter")
        assert await screens.until(lambda: "常用意见已更新" in screens.text(app))
    assert sample.office.desk.phrases("P2")[-1] == "同意，请抓紧办理"


async def test_a_matter_is_opened_and_approved_by_keys_typed_ahead(sample, screens) -> None:
    number = sample.filed("500")
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        burst(app, "enter", "f5", "同意报销", "f2")
        assert await screens.until(lambda: "已同意" in screens.text(app))
    done = sample.office.desk.matter(number).course[-1]
    assert (done.verb, done.opinion) == (Verb.APPROVE, "同意报销")


async def test_a_whole_form_is_filled_in_by_keys_typed_ahead(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        burst(app, "n", "enter", "购打印纸", "enter", "120")
        assert await screens.until(lambda: "购打印纸" in screens.text(app) and "120" in screens.text(app))


async def test_what_is_typed_for_a_question_never_reaches_the_screen_below(sample, screens) -> None:
    sample.filed("500")
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        # Each of these letters and digits would do something on the workbench.
        burst(app, "p", "enter", "123456ny", "escape")
        await pilot.pause()
        await screens.taken(app)
        await screens.settle(pilot)
        assert isinstance(app.screen, WorkbenchScreen)
        assert "[1 待办" in screens.text(app)
    assert not sample.office.desk.phrases("P5")


@pytest.mark.parametrize("before", [(), ("p", "enter", "同意")], ids=["at-once", "behind-others"])
async def test_who_wants_to_leave_waits_for_nothing(sample, screens, before: tuple[str, ...]) -> None:
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        burst(app, *before)
        app.post_message(events.Key("ctrl+q", None))
        assert await screens.until(lambda: not app.is_running)


@pytest.mark.parametrize(
    ("person", "keys", "typed"),
    [("P5", ("enter", "f5", "同意报销"), "同意报销"), ("P6", ("n", "enter", "购打印纸"), "购打印纸")],
    ids=["an-opinion", "a-form"],
)
async def test_who_leaves_in_the_middle_of_a_word_finds_it_again(
    sample, screens, person: str, keys: tuple[str, ...], typed: str
) -> None:
    sample.filed("500")
    app = opened(sample, person)
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        burst(app, *keys)
        assert await screens.until(lambda: typed in screens.text(app))
        app.post_message(events.Key("ctrl+q", None))
        assert await screens.until(lambda: not app.is_running)
    draft = app.session.drafts.all()[-1]
    assert typed in (draft.opinion, *draft.values.values())

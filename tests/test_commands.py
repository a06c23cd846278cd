"""The registry of commands: complete, unambiguous, and true about what can be done now."""

import re
from collections import Counter
from typing import Any

import pytest

from core.acts import Act, Verb
from core.finding import Level
from tui.commandline.dispatch import VERBS, parser_of
from tui.commands.availability import availability
from tui.commands.command import Command, Scope
from tui.commands.offering import offers
from tui.commands.registry import COMMANDS, by_key, by_verb, of_scope

KEYS = re.compile(r"f[1-9]|f10|[a-z1-9]|enter|escape|ctrl\+[a-gklnopqrstuvwxyz]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.key)
def test_every_command_is_named_explained_and_within_reach(command: Command) -> None:
    assert CHINESE.search(command.title)
    assert not re.search(r"[A-Za-z]", command.title + command.help)
    assert len(command.help) > 5
    assert command.scope.on_screen or command.verb
    if command.binding:
        assert KEYS.fullmatch(command.binding), "the key does not reach the program on every terminal"
        assert command.scope.on_screen
        assert command.label


def test_names_and_verbs_are_used_once() -> None:
    for names in ([each.key for each in COMMANDS], [each.verb for each in COMMANDS if each.verb]):
        assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("scope", [each for each in Scope if each.on_screen])
def test_no_key_means_two_things_in_one_place(scope: Scope) -> None:
    here = [*of_scope(scope), *(of_scope(Scope.EVERYWHERE) if scope is not Scope.EVERYWHERE else ())]
    keys = Counter(each.binding for each in here if each.binding)
    assert [key for key, count in keys.items() if count > 1] == []


def test_whatever_is_recorded_can_be_done_without_a_screen() -> None:
    assert [each.key for each in COMMANDS if each.act and not each.verb] == []


def test_the_command_line_and_the_registry_know_the_same_verbs() -> None:
    verbs = {each.verb for each in COMMANDS}
    assert set(VERBS) <= verbs
    for command in COMMANDS:
        words = command.verb.split(" --")
        if command.verb and words[0] in VERBS:
            options = {name for action in parser_of(words[0])._actions for name in action.option_strings}
            assert {f"--{word}" for word in words[1:]} <= options
        elif command.verb:
            assert command.verb == "--as"


def test_every_act_of_a_person_has_a_command_named_like_it() -> None:
    acts = [each.act for each in COMMANDS if each.act]
    assert len(acts) == len(set(acts))
    assert set(acts) == set(Verb) - {Verb.EXPIRE, Verb.READ}
    for command in COMMANDS:
        assert command.act is None or command.verb == command.act.value


def test_commands_are_found_by_name_and_by_verb() -> None:
    assert by_key("approve") is by_verb("approve")
    with pytest.raises(KeyError):
        by_key("approve-all")


def test_a_disabled_command_says_what_enforcement_says(sample: Any) -> None:
    number = sample.filed("500")
    for command in of_scope(Scope.MATTER):
        if command.act is None:
            continue
        for person in ("P1", "P4", "P5", "P6"):
            why = availability(command, sample.office, person, number)
            act = Act(command.act, person, matter=number, opinion="说明")
            refusals = [each for each in sample.office.preview(act).findings if each.level is Level.REFUSE]
            assert why is None or why in refusals
            assert why is not None or all(each.at for each in refusals)


def test_the_one_whose_turn_it_is_may_approve_and_the_applicant_is_told_why_not(sample: Any) -> None:
    number = sample.filed("500")
    approve = by_key("approve")
    assert availability(approve, sample.office, "P5", number) is None
    why = availability(approve, sample.office, "P6", number)
    assert why is not None
    assert "申请人本人" in why.facts
    assert why.clause.key == "spending/1"


def test_blanks_still_to_be_filled_in_disable_nothing(sample: Any) -> None:
    number = sample.filed("500")
    sample.act(Verb.APPROVE, "P5", number)
    sample.act(Verb.APPROVE, "P2", number)
    assert availability(by_key("perform"), sample.office, "P4", number) is None
    assert availability(by_key("submit"), sample.office, "P6", "sample.spending") is None


def test_asking_changes_nothing(sample: Any) -> None:
    number = sample.filed("500")
    before = sample.office.journal.head()
    for command in COMMANDS:
        availability(command, sample.office, "P5", number)
    assert sample.office.journal.head() == before


def test_nothing_chosen_is_an_answer_too(sample: Any) -> None:
    why = availability(by_key("approve"), sample.office, "P5")
    assert why is not None
    assert "没有选中" in why.facts
    assert availability(by_key("help"), sample.office, "P5") is None


def test_registers_are_offered_to_everybody_with_the_reason_why_not(sample: Any) -> None:
    offered = {each.kind.key: each.why for each in offers(sample.office, "P6")}
    assert offered["sample.spending"] is None
    refusal = offered["core.delegation"]
    assert refusal is not None
    assert refusal.clause.key == "general/permission"
    assert {each.kind.key: each.why for each in offers(sample.office, "P1")}["core.delegation"] is None

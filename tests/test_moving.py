"""A rulebook amended while matters run: they keep their text, and only an act of its own moves them."""

import json
from typing import Any

import pytest

from core.acts import Act, Verb
from core.finding import Level
from core.matter import State
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.screens.matter import MatterScreen
from tui.session import Session


def amended(
    sample: Any, sample_module: Any, *changes: tuple[str, str], by: str = '"director", "head-of:office"'
) -> Any:
    """The same office opened again under other rules."""
    text = sample_module.RULEBOOK
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    agency = sample.config / "agencies" / "sample"
    (agency / "rulebook" / "spending.toml").write_text(text, encoding="utf-8")
    allowed = f'[permissions]\n"core.move" = [{by}]\n' if by else "[permissions]\n"
    (agency / "agency.toml").write_text(sample_module.AGENCY.replace("[permissions]\n", allowed), encoding="utf-8")
    sample.office.close()
    sample.office = sample.open()
    return sample


HEAD = '{ by = "unit-head", title = "科长审核" }'
LEADER = '{ by = "supervising-leader", title = "领导审批", due = { days = 3, workdays = true } }'
DIRECTOR = (LEADER, f'{LEADER},\n  {{ by = "principal", title = "局长审批" }}')
COUNTERSIGN = (HEAD, f'{HEAD},\n  {{ by = "head-of:office", title = "办公室会签" }}')
STRICTER = ('cap = "50000.00"', 'cap = "400.00"')


def moved(sample: Any, number: str, by: str = "P3", opinion: str = "制度修订", **rest: Any) -> Any:
    return sample.act(Verb.MOVE, by, number, opinion, **rest)


def facts(result: Any) -> list[str]:
    return [each.facts for each in result.verdict.findings if each.level is Level.REFUSE]


def test_a_matter_keeps_its_text_until_it_is_moved_and_then_follows_the_new_one(
    sample: Any, sample_module: Any
) -> None:
    number = sample.filed()
    assert sample.act(Verb.APPROVE, "P5", number).done
    amended(sample, sample_module, DIRECTOR)
    before = sample.office.desk.matter(number)
    assert [step.title for step in before.steps].count("局长审批") == 0
    result = moved(sample, number)
    assert result.done, facts(result)
    assert result.matter.step.title == "领导审批" and result.matter.due == before.due
    assert sample.act(Verb.APPROVE, "P2", number).matter.step.title == "局长审批"
    assert sample.act(Verb.APPROVE, "P1", number).matter.step.title == "付款"


def test_the_preview_tells_the_steps_gained_and_lost_and_writes_nothing(sample: Any, sample_module: Any) -> None:
    number = sample.filed()
    amended(sample, sample_module, DIRECTOR, (f"{HEAD},\n", ""))
    version = sample.office.desk.matter(number).version
    verdict = sample.office.preview(Act(Verb.MOVE, "P3", matter=number, opinion="制度修订"))
    (told,) = [each.facts for each in verdict.findings if each.level is Level.NOTE]
    assert "增加“局长审批”" in told and "取消“科长审核”" in told
    assert [each.step.title for each in verdict.course] == ["领导审批", "局长审批", "付款"]
    assert sample.office.desk.matter(number).version == version


def test_a_step_put_in_before_the_present_one_is_signed_first_and_what_was_signed_stands(
    sample: Any, sample_module: Any
) -> None:
    number = sample.filed()
    assert sample.act(Verb.APPROVE, "P5", number).done
    amended(sample, sample_module, COUNTERSIGN)
    result = moved(sample, number, by="P1")
    assert result.matter.step.title == "办公室会签"
    assert [mark.by for mark in result.matter.signed(0)] == ["P5"]
    assert sample.act(Verb.APPROVE, "P3", number).matter.step.title == "领导审批"


def test_a_signature_at_a_step_that_is_no_more_stays_in_the_course_in_words(sample: Any, sample_module: Any) -> None:
    number = sample.filed()
    assert sample.act(Verb.APPROVE, "P5", number, "同意").done
    amended(sample, sample_module, (f"{HEAD},\n", ""))
    matter = moved(sample, number).matter
    (mark,) = [each for each in matter.course if each.by == "P5"]
    assert mark.opinion == "同意" and "原“科长审核”环节" in mark.basis and not matter.signed(0)


def test_the_move_is_in_the_course_and_in_the_journal_with_its_reason(sample: Any, sample_module: Any) -> None:
    number = sample.filed()
    amended(sample, sample_module, DIRECTOR)
    mark = moved(sample, number, opinion="新办法三月一日起施行").matter.course[-1]
    assert (mark.verb, mark.by, mark.opinion) == (Verb.MOVE, "P3", "新办法三月一日起施行")
    assert "增加“局长审批”" in mark.basis and "《开支办法》" in mark.basis
    assert [entry.act for entry in sample.office.journal.for_matter(number)][-1] == "move"
    assert sample.office.desk.matter(number).rulebook == sample.office.rulebook.digest


@pytest.mark.parametrize(("by", "words"), [("P5", "无权换用制度"), ("P6", "申请人本人")])
def test_only_those_named_move_a_matter_and_never_its_applicant(
    sample: Any, sample_module: Any, by: str, words: str
) -> None:
    number = sample.filed()
    amended(sample, sample_module, DIRECTOR, by='"director", "clerk"')
    assert any(words in each for each in facts(moved(sample, number, by=by)))


def test_where_the_agency_names_nobody_nobody_moves_anything(sample: Any, sample_module: Any) -> None:
    number = sample.filed()
    amended(sample, sample_module, DIRECTOR, by="")
    assert any("无权换用制度" in each for each in facts(moved(sample, number, by="P1")))


def test_what_the_new_rules_would_refuse_stays_with_its_own_text(sample: Any, sample_module: Any) -> None:
    number = sample.filed()
    amended(sample, sample_module, STRICTER)
    assert any("400.00" in each for each in facts(moved(sample, number)))
    assert sample.act(Verb.APPROVE, "P5", number).matter.step.title == "领导审批"


def test_a_move_without_words_or_without_a_change_is_refused(sample: Any, sample_module: Any) -> None:
    number = sample.filed()
    assert any("已经按现行制度办理" in each for each in facts(moved(sample, number, by="P1")))
    amended(sample, sample_module, DIRECTOR)
    assert any("没有写明缘由" in each for each in facts(moved(sample, number, opinion="")))


def test_what_has_signers_added_a_notice_running_or_is_closed_is_not_moved(sample: Any, sample_module: Any) -> None:
    joined, running, gone = (
        sample.filed(),
        sample.submit(kind="sample.project", name="修缮").matter.number,
        sample.filed(),
    )
    sample.act(Verb.ADD_SIGNER, "P5", joined, "请财务看", persons=("P4",))
    for by in ("P2", "P7"):
        sample.act(Verb.APPROVE, by, running)
    sample.act(Verb.WITHDRAW, "P6", gone)
    amended(sample, sample_module, DIRECTOR)
    assert any("加签" in each for each in facts(moved(sample, joined)))
    assert any("正在公示" in each for each in facts(moved(sample, running)))
    assert any("撤回" in each for each in facts(moved(sample, gone)))


def test_a_returned_matter_that_is_moved_begins_on_the_new_course_where_it_was_returned(
    sample: Any, sample_module: Any
) -> None:
    number = sample.filed()
    sample.act(Verb.APPROVE, "P5", number)
    sample.act(Verb.RETURN, "P2", number, "写清用途")
    amended(sample, sample_module, COUNTERSIGN)
    assert moved(sample, number, by="P1").matter.state is State.RETURNED
    again = sample.act(Verb.RESUBMIT, "P6", number, values={"purpose": "购打印纸十箱"}).matter
    assert again.step.title == "办公室会签"
    assert sample.act(Verb.APPROVE, "P3", number).matter.step.title == "领导审批"


def test_a_publication_put_in_lets_nothing_that_was_signed_after_it_stand(sample: Any, sample_module: Any) -> None:
    number = sample.filed()
    sample.act(Verb.APPROVE, "P5", number)
    sample.act(Verb.APPROVE, "P2", number)
    amended(
        sample, sample_module, (f"{LEADER},", f'{{ notice = 3, by = "head-of:office", title = "公示" }},\n  {LEADER},')
    )
    matter = moved(sample, number).matter
    assert matter.step.title == "公示" and sample.office.desk.notices()[0].matter == number
    sample.on(2026, 3, 10)
    sample.office.tick()
    assert sample.office.desk.matter(number).step.title == "领导审批"
    assert sample.act(Verb.APPROVE, "P2", number).matter.step.title == "付款"


def test_the_command_line_previews_and_moves(sample: Any, sample_module: Any, capsys: Any) -> None:
    number = sample.filed()
    amended(sample, sample_module, DIRECTOR)
    sample.office.close()
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path), "--as", "孙三"]
    assert run(["move", number, "--opinion", "制度修订", "--preview", *place]) == 0
    assert "增加“局长审批”" in capsys.readouterr().out
    assert run(["move", number, "--opinion", "制度修订", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out)["matter"]["course"][-1]["verb"] == "move"
    assert run(["move", number, "--opinion", "再换一次", *place]) == 1


async def test_the_screen_shows_what_changes_before_it_asks_for_words(
    sample: Any, sample_module: Any, screens: Any
) -> None:
    number = sample.filed()
    amended(sample, sample_module, DIRECTOR)
    app = OfficeApp(Session(sample.office, "P3"))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(MatterScreen(app.session, number))
        await screens.press(pilot, "ctrl+p")
        await screens.write(pilot, "换用")
        words = await screens.press(pilot, "enter")
        assert "增加“局长审批”" in words and "换用后的流程" in words
        await screens.write(pilot, "新办法")
        assert "已换用现行制度" in await screens.press(pilot, "f2")
    assert sample.office.desk.matter(number).course[-1].opinion == "新办法"

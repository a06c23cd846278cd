"""Why a matter goes the way it goes: told with the facts, on the screen and on the command line."""

from typing import Any

from core.acts import Verb
from core.reasons import reasons
from tui.app import OfficeApp
from tui.commandline.dispatch import run
from tui.screens.matter import MatterScreen
from tui.session import Session

TWO = """
[regulation]
id = "spending"
title = "开支办法"
family = "sample"
[[clause]]
no = "1"
kind = "approval"
text = "贸易科的大额开支由局长批"
[[clause.chain]]
matter = "sample.spending"
when = { amount = { at_least = "1000.00" }, applicant.unit = { is = "trade" } }
steps = [{ by = "principal", title = "局长审批" }]
[[clause]]
no = "2"
kind = "approval"
text = "科员的开支由科长批"
[[clause.chain]]
matter = "sample.spending"
when = { applicant.post = { in = ["clerk", "cashier"] } }
steps = [{ by = "unit-head", title = "科长审批" }, { by = "cashier", title = "付款", perform = true }]
[[clause]]
no = "3"
kind = "approval"
text = "其他开支由分管领导批"
[[clause.chain]]
matter = "sample.spending"
steps = [{ by = ["deputy", "director"], mode = "all", title = "会签" }]
"""


def told(sample: Any, number: str) -> list[str]:
    return [each.text for each in reasons(sample.office.desk, sample.office.desk.matter(number))]


def line(sample: Any, number: str, *words: str) -> str:
    (found,) = [each for each in told(sample, number) if all(word in each for word in words)]
    return found


def test_the_chain_is_explained_by_its_facts_and_so_is_every_other(tmp_path: Any, sample_module: Any) -> None:
    sample = sample_module.Sample(tmp_path, rulebook=TWO)
    number = sample.filed("500")
    assert "500.00 元 ≥ 1,000.00 元" in line(sample, number, "[不用]", "《开支办法》第一条", "不成立")
    assert "科员 属于 科员、出纳" in line(sample, number, "[采用]", "《开支办法》第二条")
    assert "前面的一条已经适用" in line(sample, number, "[不用]", "《开支办法》第三条")
    large = sample.filed("1500")
    assert "贸易科 是 贸易科" in line(sample, large, "[采用]", "《开支办法》第一条")


def test_a_step_passed_by_says_which_condition_did_not_hold(sample: Any) -> None:
    small, large = sample.filed("500"), sample.filed("1500")
    assert "金额 500.00 元 ≥ 1,000.00 元，不成立" in line(sample, small, "[不经过]", "会议研究")
    assert "金额 1,500.00 元 ≥ 1,000.00 元" in line(sample, large, "[待到]", "会议研究")


def test_who_may_act_is_told_with_what_comes_next_and_why_the_applicant_may_not(sample: Any) -> None:
    number = sample.filed()
    assert line(sample, number, "可以办理", "周五（贸易科科长）")
    assert "不得审批自己的事项" in line(sample, number, "不能办理：吴六")
    assert line(sample, number, "其他人不能办理", "本科室负责人")
    assert "2026-03-05 前" in line(sample, number, "“领导审批”", "钱二")


def test_of_joint_signers_each_who_may_not_act_now_is_told_his_own_reason(tmp_path: Any, sample_module: Any) -> None:
    sample = sample_module.Sample(tmp_path, rulebook=TWO)
    number = sample.submit("P5", purpose="订报", amount="80").matter.number
    sample.act(Verb.APPROVE, "P1", number)
    sample.submit("P3", "core.absence", person="P7", reason="出差", since="2026-03-01", until="2026-03-06")
    assert "已经签过字" in line(sample, number, "不能办理：赵一")
    assert "出差，至 2026-03-06" in line(sample, number, "不能办理：郑七")
    assert line(sample, number, "可以办理：钱二") and line(sample, number, "暂缺")


def test_a_closed_a_returned_and_a_published_matter_say_what_they_wait_for(sample: Any) -> None:
    gone, back = sample.filed(), sample.filed()
    sample.act(Verb.WITHDRAW, "P6", gone)
    sample.act(Verb.RETURN, "P5", back, "补票据")
    project = sample.submit(kind="sample.project", name="修缮").matter.number
    for by in ("P2", "P7"):
        sample.act(Verb.APPROVE, by, project)
    assert line(sample, gone, "已撤回，不再需要谁办理")
    assert line(sample, back, "等申请人吴六")
    assert line(sample, project, "公示期满")


async def test_the_page_is_one_key_from_the_matter(sample: Any, screens: Any) -> None:
    number = sample.filed("1500")
    app = OfficeApp(Session(sample.office, "P6"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(MatterScreen(app.session, number))
        words = await screens.press(pilot, "w")
        for heading in ("现在由谁办", "接下来", "为什么走这条流程", "各环节"):
            assert heading in words
        assert not screens.english(words)


def test_the_command_line_gives_the_same_reasons(sample: Any, capsys: Any) -> None:
    number = sample.filed("1500")
    expected = told(sample, number)
    sample.office.close()
    place = ["--config", str(sample.config), "--agency", "sample", "--store", str(sample.store_path)]
    assert run(["why", number, *place]) == 0
    said = capsys.readouterr().out
    assert all(each in said for each in expected)

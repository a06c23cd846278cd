"""The workbench: six areas, what waits in each, what a key does and why it does not."""

import asyncio
import subprocess
import sys

from core.acts import Act, Verb
from core.matter import State
from tui.session import Session
from tui.sources import TableSource
from tui.widgets.rows import Record
from workbench_office import opened, paid, published

AREAS = {"1": "待办", "2": "我的", "3": "例行", "4": "公示", "5": "台账", "6": "制度"}


async def test_the_inbox_tells_number_subject_sum_applicant_step_and_deadline(sample, screens) -> None:
    number = sample.filed("500")
    assert sample.act(Verb.APPROVE, "P5", number).done
    sample.on(2026, 3, 12)
    app = opened(sample, "P2")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        row = screens.picture(app)[3]
        for word in (number, "购打印纸", "500.00", "吴六", "领导审批", "逾期 7 天"):
            assert word in row
        assert "待办 1" in screens.picture(app)[1]
        assert "钱二（副局长）" in screens.picture(app)[0]


async def test_each_digit_opens_its_area_and_builds_it_once(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        assert len(app.screen._bodies) == 1
        for key, title in AREAS.items():
            await screens.press(pilot, key)
            assert f"[{key} {title}" in screens.picture(app)[1]
        await screens.press(pilot, "1", "3")
        assert len(app.screen._bodies) == 6


async def test_what_was_filed_shows_its_state_and_who_has_it(sample, screens) -> None:
    sample.filed()
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "2")
        assert "办理中" in words
        assert "周五" in words


async def test_a_duty_tells_how_its_day_was_reckoned_and_is_discharged_in_words(sample, screens) -> None:
    sample.on(2026, 4, 2)
    app = opened(sample, "P3")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "3")
        assert "应办" in words
        assert "报送收支表" in words
        words = await screens.press(pilot, "enter")
        assert "工作日" in words
        assert "《开支办法》第五条" in words
        await screens.press(pilot, "enter", "d")
        await screens.write(pilot, "四月二日报送局长")
        words = await screens.press(pilot, "f2")
        assert "留痕第" in words
        words = await screens.press(pilot, "enter")
        assert "2026年3月" not in words
    assert [duty.note for duty in sample.office.desk.duties_done()] == ["四月二日报送局长"]


async def test_somebody_elses_duty_says_who_owes_it_by_its_clause(sample, screens) -> None:
    sample.on(2026, 4, 2)
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "3", "f", "2")
        assert await screens.shows(pilot, "(D 办结)")
        words = await screens.press(pilot, "d")
        assert "现在不能办结" in words
        assert "孙三（办公室科长）" in words
        assert "《通则》" in words


async def test_a_key_that_needs_a_row_says_so_where_there_is_none(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "d")
        assert "还没有选中要办的事" in words


async def test_a_notice_takes_an_objection(sample, screens) -> None:
    published(sample)
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "评优公示" in await screens.press(pilot, "4")
        assert "拟评定名单" in await screens.press(pilot, "enter")
        await screens.press(pilot, "o")
        await screens.write(pilot, "名单漏了一人")
        await screens.press(pilot, "f2", "enter")
        assert "名单漏了一人" in screens.text(app)
    assert sample.office.desk.notices()[0].objections[0].by == "P6"


async def test_a_regulation_shows_its_clauses_and_what_carries_each_out(sample, screens) -> None:
    sample.filed()
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "6")
        while app.screen.open_body.current != "spending":
            await screens.press(pilot, "down")
        words = await screens.press(pilot, "enter")
        assert "单笔开支不超过五万元" in words
        words = await screens.press(pilot, "down", "down", "enter")
        assert "50,000.00 元" in words
        assert "《开支申请》1 件" in words
        await screens.press(pilot, "escape", "home", "enter")
        assert "局长办公会" in screens.text(app)


async def test_a_read_regulation_is_signed_for(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "6", "enter", "k")
        assert "已阅知签收" in words
    assert len(sample.office.store.table("acknowledgements")) == 1


async def test_a_ledger_is_narrowed_sorted_summed_and_exported(sample, screens, tmp_path) -> None:
    paid(sample, 30)
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "5", "end", "enter")
        assert "金额合计 435.00" in screens.text(app)
        await screens.press(pilot, "f", "3")
        await screens.write(pilot, "用途2")
        words = await screens.press(pilot, "enter")
        assert "共 11 条" in words
        assert "金额合计 247.00" in words
        words = await screens.press(pilot, "s", "2")
        assert screens.picture(app)[3].split()[1] == "3"
        words = await screens.press(pilot, "e")
        assert "共 11 行" in words
    files = list(tmp_path.glob("*.exports/*/*.xlsx"))
    assert len(files) == 1
    from openpyxl import load_workbook

    rows = list(load_workbook(files[0]).active.values)
    assert len(rows) == 12
    assert "用途2" in rows[1]


async def test_the_screen_follows_what_others_do_and_rests_while_nothing_happens(sample, screens) -> None:
    app = opened(sample, "P5")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        drawn = []
        app.screen.reload = lambda original=app.screen.reload: (drawn.append(1), original())  # type: ignore[method-assign]
        app.look_again()
        assert drawn == []
        number = sample.filed()
        app.look_again()
        await screens.settle(pilot)
        assert drawn == [1]
        assert number in screens.text(app)


async def test_in_a_demonstration_one_acts_as_another(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P6", demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "ctrl+o")
        await screens.write(pilot, "zw")
        await screens.press(pilot, "enter")
        assert "周五（贸易科科长）" in screens.picture(app)[0]
        assert number in screens.text(app)


async def test_outside_of_a_demonstration_nobody_acts_as_another(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "ctrl+o")
        assert "只有演示时可以换人" in words


async def test_search_finds_matters_people_and_clauses(sample, screens) -> None:
    number = sample.filed()
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        for typed, seen in ((number, "办理经过和去向"), ("sunsan", "办公室科长"), ("五万元", "限额")):
            await screens.press(pilot, "f3")
            await screens.write(pilot, typed)
            assert seen in await screens.press(pilot, "enter")
            await screens.press(pilot, "escape")


async def test_a_command_is_found_by_name_and_done(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "ctrl+p")
        await screens.write(pilot, "台账")
        await screens.press(pilot, "enter")
        await screens.settle(pilot)
        assert "[5 台账]" in screens.picture(app)[1]


async def test_help_lists_every_command_of_the_screen(sample, screens) -> None:
    app = opened(sample, "P6")
    async with app.run_test(size=(80, 60)) as pilot:
        await screens.settle(pilot)
        commands = app.screen.commands
        words = await screens.press(pilot, "f1")
        for command in commands:
            assert f"{command.title}：" in words


def test_rows_are_the_same_from_either_end_and_never_read_twice_as_many(sample) -> None:
    paid(sample, 500)
    table = sample.office.store.table("ledger.sample.payments")

    def rows(order: list[str], descending: bool) -> TableSource:
        return TableSource(table, None, lambda row: Record(str(row.doc_id), ()), order=order, descending=descending)

    for order, descending in (([], False), ([], True), (["values.amount"], True), (["values.purpose"], False)):
        forward = rows(order, descending)
        expected = [record.key for start in range(0, 500, 64) for record in forward.page(start, 64)]
        assert len(set(expected)) == 500
        backward = rows(order, descending)
        seen = {start: backward.page(start, 64) for start in (448, 384, 320, 0, 256, 64, 192, 128)}
        assert [record.key for start in sorted(seen) for record in seen[start]] == expected


def test_the_first_frame_loads_nothing_that_it_does_not_show() -> None:
    script = "import sys; import tui.app; print(*[n for n in sys.argv[1:] if n in sys.modules])"
    unwanted = (
        "openpyxl",
        "pypinyin",
        "tui.screens.form",
        "tui.screens.ledger",
        "tui.screens.matter",
        "tui.widgets.picker",
        "importlib.metadata",
        "email",
    )
    found = subprocess.run([sys.executable, "-c", script, *unwanted], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_a_settled_matter_is_held_by_nobody(sample) -> None:
    from tui.screens.matters_tabs import holder

    number = sample.filed()
    assert sample.act(Verb.WITHDRAW, "P6", number).done
    matter = sample.office.desk.matter(number)
    assert matter.state is State.WITHDRAWN
    assert holder(Session(sample.office, "P6"), matter) == ""


async def test_what_was_only_registered_does_not_bury_what_was_asked_for(sample, screens) -> None:
    asked = sample.submit("P3", purpose="购打印纸", amount="500").matter.number
    values = {"person": "P7", "since": "2026-03-02", "until": "2026-03-04", "reason": "学习"}
    registered = sample.office.perform(Act(Verb.SUBMIT, "P3", "core.absence", values=values)).matter.number
    app = opened(sample, "P3")
    async with app.run_test(size=(80, 24)) as pilot:
        words = await screens.press(pilot, "2")
        assert asked in words and registered not in words
        words = await screens.press(pilot, "f", "2")
        assert asked in words and registered in words


async def test_while_another_person_sits_down_there_is_an_open_area_at_every_moment(sample, screens) -> None:
    sample.filed("500")
    app = opened(sample, "P6", demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.press(pilot, "5")
        workbench = app.screen
        changing = asyncio.create_task(workbench.begin_anew())
        while not changing.done():
            workbench.refresh_keys()
            await asyncio.sleep(0)
        await changing
        await screens.settle(pilot)
        assert "[1 待办" in screens.text(app)
        assert len(workbench.query_one("#areas").children) == 1

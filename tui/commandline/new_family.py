"""A new regulation family, written out with a rule, an example agency, its cases and a test that passes."""

import argparse
import re
from pathlib import Path

from tui.commandline.exits import Exit, UsageFault
from tui.commandline.output import say, say_json, tell
from tui.commandline.parser import Parser

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TITLE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{1,20}")

_FAMILY = '''"""The @title@ family, put together."""

from core.family import Family
from core.hookspec import hookimpl
from plugins.@name@.matters import REQUEST
from plugins.@name@.rules import within_limit


@hookimpl
def guizhang_family() -> Family:
    """What the family declares."""
    return Family(key="@name@", title="@title@", matters=(REQUEST,), rules=(within_limit,))
'''

_MATTERS = '''"""The forms of the @title@ family."""

from core.family import MatterType
from core.fields import Field, Kind

REQUEST = MatterType(
    key="@name@.request",
    title="@title@申请",
    prefix="@title@",
    fields=(
        Field("purpose", "事由"),
        Field("count", "数量", Kind.NUMBER),
    ),
    subject="purpose",
    help="按本单位制度审批",
)
'''

_RULES = '''"""The rule kinds of the @title@ family."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.rule_kinds import FieldKey, Proposal, rule
from core.finding import Problem


@dataclass(frozen=True)
class Limit:
    """A number that a blank may not exceed."""

    field: FieldKey
    most: int


@rule("@name@.limit", "数量限额", Limit, matters=("@name@.request",))
def within_limit(parameters: Limit, proposal: Proposal) -> Iterator[Problem]:
    """The number stays within the limit."""
    asked = proposal.matter.count(parameters.field)
    if asked > parameters.most:
        yield Problem(f"数量 {asked} > 限额 {parameters.most}", f"把数量改为 {parameters.most} 以内", parameters.field)
'''

_TEST = '''"""The @title@ family does what the cases of its example say."""

from pathlib import Path
from shutil import copytree

import plugins.@name@
from core.cases.files import read_cases
from core.cases.play import office_factory, run_case
from tui.commandline.place import config_folder

EXAMPLE = Path(plugins.@name@.__file__).parent / "example"


def test_every_case_of_the_example_comes_out_as_written(tmp_path: Path) -> None:
    config = copytree(EXAMPLE, tmp_path / "config")
    copytree(config_folder(None) / "national", config / "national")
    factory = office_factory(config, "example")
    read = read_cases(EXAMPLE / "agencies" / "example" / "cases" / "@name@.md")
    assert not read.faults
    assert read.cases
    for case in read.cases:
        assert run_case(case, factory).faults == ()
'''

_AGENCY = """[agency]
key = "example"
title = "示例单位"
zone = "Asia/Shanghai"
families = ["@name@"]

[[unit]]
key = "office"
title = "办公室"

[[post]]
key = "head"
title = "主任"
rank = 1
head = true

[[post]]
key = "clerk"
title = "科员"
rank = 2
"""

_PEOPLE = """person = [
  { key = "P1", name = "赵一" },
  { key = "P2", name = "钱二" },
]

tenure = [
  { person = "P1", post = "head", unit = "office" },
  { person = "P2", post = "clerk", unit = "office" },
]
"""

_RULEBOOK = """[regulation]
id = "@name@"
title = "@title@办法"
family = "@name@"

[[clause]]
no = "1"
kind = "approval"
text = "由科室负责人审批"
[[clause.chain]]
matter = "@name@.request"
steps = [{ by = "unit-head", title = "审批" }]

[[clause]]
no = "2"
kind = "limit"
text = "一次不超过十件"
[[clause.rule]]
use = "@name@.limit"
field = "count"
most = 10
"""

_CASES = """## 十件以内由主任审批，超过十件不予受理

| 日期 | 谁 | 做什么 | 填写 | 预期 | 依据 |
|---|---|---|---|---|---|
| 2026-03-02 | 钱二 | 申请 @title@申请 | 事由=日常使用；数量=11 | 拒绝 | @name@/2 |
| | 钱二 | 申请 @title@申请 | 事由=日常使用；数量=10 | 通过 | @name@/2 |
| | 赵一 | 同意 | | 已办结 | |
"""

_FILES = {
    "plugins/@name@/__init__.py": _FAMILY,
    "plugins/@name@/matters.py": _MATTERS,
    "plugins/@name@/rules.py": _RULES,
    "plugins/@name@/example/agencies/example/agency.toml": _AGENCY,
    "plugins/@name@/example/agencies/example/people.toml": _PEOPLE,
    "plugins/@name@/example/agencies/example/rulebook/@name@.toml": _RULEBOOK,
    "plugins/@name@/example/agencies/example/cases/@name@.md": _CASES,
    "tests/test_@name@.py": _TEST,
}


def arguments(parser: Parser, verb: str) -> None:
    parser.add_argument("name", metavar="名称", help="模块的名称，小写字母，如 vehicles")
    parser.add_argument("--title", metavar="标题", default="新业务", help="模块的中文标题，如 公务用车")
    parser.add_argument("--into", metavar="目录", help="写到哪个目录，其中有 plugins 和 tests；不写为程序所在的目录")


def run(arguments: argparse.Namespace) -> int:
    name, title = arguments.name, arguments.title
    if not _NAME.fullmatch(name):
        raise UsageFault(f"名称“{name}”只能用小写字母、数字和下划线，以字母开头")
    if not _TITLE.fullmatch(title):
        raise UsageFault(f"标题“{title}”只能用汉字、字母和数字，最多 20 个字")
    top = Path(arguments.into) if arguments.into is not None else Path(__file__).parents[2]
    # An installed program has its plugins among everybody's packages; nothing is written there unasked.
    if not (top / "plugins").is_dir() or (arguments.into is None and not (top / "pyproject.toml").is_file()):
        raise UsageFault(f"目录 {top} 里没有 plugins，请在程序的源代码目录里新建，或用 --into 写明")
    written = [top / each.replace("@name@", name) for each in _FILES]
    if taken := [each for each in (top / "plugins" / name, *written) if each.exists()]:
        raise UsageFault(f"{taken[0]} 已经存在，请换一个名称")
    for path, text in zip(written, _FILES.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("@name@", name).replace("@title@", title), encoding="utf-8")
    if arguments.json:
        say_json([str(each) for each in written])
    else:
        for each in written:
            say(str(each))
        tell(f"在 agency.toml 的 families 里加上“{name}”即启用；检验：python -m pytest tests/test_{name}.py")
    return Exit.DONE

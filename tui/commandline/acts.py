"""The verbs that act: each makes one `Act`, has the office judge it, and does it unless only asked."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.acts import TO_APPLICANT, Act, Position, Verb
from core.finding import remarks
from tui.commandline.exits import Exit, UsageFault, exit_of
from tui.commandline.filling import filled
from tui.commandline.output import remark_lines, say, say_json, tell
from tui.commandline.parser import Parser
from tui.commandline.place import actor, opened
from tui.commandline.unseen import said_beside

if TYPE_CHECKING:
    from core.office import Office
    from core.verdict import Result, Verdict

_WITH_FORM = frozenset(
    {Verb.SUBMIT, Verb.RESUBMIT, Verb.PERFORM, Verb.URGENT, Verb.FILE, Verb.RESOLVE, Verb.SETTLE_OBJECTION}
)
_TARGETS = {
    Verb.SUBMIT: ("事项", "事项的名称，如“费用支出”；见 guizhang offers"),
    Verb.DISCHARGE: ("例行事项", "例行事项的编号，见 guizhang duties"),
    Verb.OBJECT: ("公示", "公示的编号，见 guizhang notices"),
    Verb.SETTLE_OBJECTION: ("公示", "公示的编号，见 guizhang notices"),
    Verb.ACKNOWLEDGE: ("制度", "制度的编号或名称，见 guizhang rulebook show"),
    Verb.PHRASE: ("意见", "自己常用的一句意见"),
}
_PERSONS = {
    Verb.TRANSFER: "转给谁办",
    Verb.CONSULT: "请谁提出意见",
    Verb.ADD_SIGNER: "加谁签字",
    Verb.REMOVE_SIGNER: "减去谁的签字",
    Verb.COPY: "抄送给谁",
}
_POSITIONS = {"前": Position.BEFORE, "并": Position.BESIDE, "后": Position.AFTER}

_OWN_BLANKS = {"opinion": "--opinion", "reason": "--reason"}


def arguments(parser: Parser, verb: str) -> None:
    act = Verb(verb)
    name, help = _TARGETS.get(act, ("编号", "事项的编号，如 费支-2026-0001"))
    parser.add_argument("target", metavar=name, help=help)
    if act in _WITH_FORM:
        parser.add_argument("blanks", nargs="*", metavar="栏目=内容", help="逐栏填写，如 金额=1200")
        parser.add_argument("--form", metavar="文件", help="从 JSON 文件读各栏，“-”为标准输入")
        parser.add_argument("--rows", metavar="文件", action="append", help="从表格读一栏的各行，写作 栏目=文件")
    if act in _PERSONS:
        parser.add_argument("persons", nargs="+", metavar="人员", help=f"{_PERSONS[act]}：姓名或编号")
    if act is Verb.ADD_SIGNER:
        parser.add_argument(
            "--position", choices=_POSITIONS, metavar="次序", default="前", help="前、并或后：在自己之前、同时或之后签"
        )
    if act is Verb.PHRASE:
        parser.add_argument("--remove", action="store_true", help="不再列为常用意见")
    if act is Verb.SUBMIT:
        parser.add_argument("--duty", metavar="例行事项", default="", help="提交后一并办结的例行事项")
    if act is Verb.RETURN:
        parser.add_argument("--to", type=int, metavar="环节", help="退回第几个环节，不写则退回申请人")
    parser.add_argument("--opinion", metavar="意见", default="", help="意见、留言、异议或办理情况")
    parser.add_argument("--reason", metavar="理由", default="", help="有提醒时，仍要办理的理由")
    parser.add_argument("--preview", action="store_true", help="只看能不能办，不真的办")
    parser.add_argument("--seen", type=int, metavar="版本", default=0, help="看到的是第几版；已有变动的不办")
    parser.add_argument("--token", metavar="标记", default="", help="给这次办理一个标记；同一标记只办一次")


def run(arguments: argparse.Namespace) -> int:
    verb = Verb(arguments.verb)
    with opened(arguments) as office:
        act = _act(verb, office, arguments)
        if arguments.preview:
            verdict = office.preview(act)
            _show_verdict(office, verdict, arguments.json)
            return exit_of(verdict)
        office.tick()
        result = said_beside(office, act, arguments) or office.perform(act)
        show_result(office, result, arguments.json)
        return Exit.DONE if result.done else exit_of(result.verdict)


def _act(verb: Verb, office: "Office", arguments: argparse.Namespace) -> Act:
    target: str = arguments.target
    to = getattr(arguments, "to", None)
    if to is not None and to < 1:
        raise UsageFault("环节从 1 数起，见 guizhang show")
    values: Mapping[str, object] = {}
    if verb in _WITH_FORM:
        values = filled(arguments.blanks, arguments.form, arguments.rows or ())
    if verb is Verb.PHRASE:
        by = actor(office, arguments)
        return Act(verb, by, target=target) if arguments.remove else Act(verb, by, opinion=target)
    of_matter = verb not in _TARGETS
    return Act(
        verb,
        actor(office, arguments),
        kind=target if verb is Verb.SUBMIT else "",
        matter=target if of_matter else "",
        target=_regulation(office, target) if verb is Verb.ACKNOWLEDGE else "" if of_matter else target,
        values=values,
        opinion=arguments.opinion,
        reason=arguments.reason,
        to=TO_APPLICANT if to is None else to - 1,
        persons=tuple(getattr(arguments, "persons", ())),
        position=_POSITIONS[getattr(arguments, "position", "前")],
        duty=getattr(arguments, "duty", ""),
        version=arguments.seen,
        token=arguments.token,
    )


def _regulation(office: "Office", text: str) -> str:
    titles = {each.title: key for key, each in office.rulebook.regulations.items()}
    return titles.get(text.strip("《》"), text)


def _show_verdict(office: "Office", verdict: "Verdict", json: bool) -> None:
    if json:
        say_json(verdict.to_json())
        return
    say("可以办理" if verdict.allowed else "需要写明理由" if not verdict.refused else "不能办理")
    for remark in remarks(verdict.findings):
        for line in remark_lines(remark, _blank(office, verdict, remark.at)):
            say(line)
    for planned in verdict.course:
        due = f"，{planned.due} 前" if planned.due else ""
        who = "、".join(planned.names) or planned.missing
        step = f"{planned.index + 1}. {planned.step.title}（{planned.progress.title}）"
        say(f"{step}：{who}{due}，{planned.clause.label}")


def show_result(office: "Office", result: "Result", json: bool) -> None:
    """Say what came of an act: its findings, the matter after it, the receipt."""
    from core.verdict import receipt_line

    if json:
        say_json(result.to_json())
        return
    for remark in remarks(result.verdict.findings):
        for line in remark_lines(remark, _blank(office, result.verdict, remark.at)):
            tell(line)
    if not result.done:
        _say_what_next(result.verdict)
        return
    if result.matter is not None:
        say(f"{result.matter.number} {result.matter.state.title}{_waiting(office, result)}")
    if result.receipt is not None:
        say(receipt_line(result.receipt))


def _say_what_next(verdict: "Verdict") -> None:
    if verdict.needs_reason and not verdict.refused:
        tell("没有办理。仍要办理的，请用 --reason 写明理由后再办")
    else:
        tell("没有办理")


def _waiting(office: "Office", result: "Result") -> str:
    from core.chains.planning import plan
    from core.verdict import Progress

    matter = result.matter
    if matter is None or matter.step is None:
        return ""
    present = [each for each in plan(office.desk, matter) if each.progress is Progress.NOW]
    return "".join(f"，等待{'、'.join(each.names) or each.missing}：{each.step.title}" for each in present)


def _blank(office: "Office", verdict: "Verdict", at: str) -> str:
    """The title of the blank that a finding is about; its name in the form where it has no title."""
    kind = office.host.matter_types.get(verdict.matter.kind) if verdict.matter else None
    return _OWN_BLANKS.get(at) or (kind.place(at) if kind else at)

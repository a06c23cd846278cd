"""Judging an act: every rule and plugin is heard before the answer, and one that fails refuses."""

from collections.abc import Iterator
from dataclasses import replace

from core.acts import Act, Verb
from core.desk import Desk
from core.fields import LONGEST_TEXT
from core.finding import Finding, Level, Problem
from core.host import reason_of
from core.national_tables import NoFigures
from core.registers.checks import checks
from core.registers.roster import ROSTER
from core.registers.roster_reading import read_roster
from core.rule_kinds import Proposal
from core.rulebook.model import GENERAL, Rulebook, RuleUse
from core.text import hidden_character

_JUDGED_AS = {Verb.RESUBMIT: Verb.SUBMIT, Verb.OVERRIDE: Verb.APPROVE, Verb.URGENT: Verb.PERFORM}
"""Acts to which the rules of another apply."""


class Judge:
    """Hears the rules of a rulebook and the families' checks on a proposal."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def general(self, no: str, facts: str, remedy: str, at: str = "", level: Level = Level.REFUSE) -> Finding:
        """A finding by one of the built-in principles."""
        rulebook = self._desk.rulebook
        return Finding(f"core.{no}", rulebook.cite(f"{GENERAL}/{no}"), facts, remedy, at, level)

    def unreadable(self, act: Act) -> Iterator[Finding]:
        """What cannot be kept of the words written beside the form."""
        for title, at, text in (("意见", "opinion", act.opinion), ("理由", "reason", act.reason)):
            if bad := hidden_character(text):
                yield self.general("text", f"{title}含有不可见的{bad}", "请删除后重新输入", at)
            if len(text) > LONGEST_TEXT:
                facts = f"{title}共 {len(text)} 个字，最多 {LONGEST_TEXT} 个字"
                yield self.general("form", facts, f"请缩短到 {LONGEST_TEXT} 个字以内", at)

    def unknown_matter(self, number: str) -> Finding:
        """The finding that there is no matter of a number."""
        return self.general("unknown", f"没有编号为“{number}”的事项", "请核对编号")

    def hear(self, proposal: Proposal, incomplete: frozenset[str] = frozenset()) -> tuple[list[Finding], list[str]]:
        """Every finding on a proposal, and the keys of the clauses that were judged.

        `incomplete` are blanks that could not be read: what a rule says of those is left out, and a rule that fails
        for want of them is not blamed.
        """
        rulebook = self._desk.rulebook_of(proposal.matter.rulebook)
        findings: list[Finding] = []
        judged: list[str] = []
        facts = proposal.facts
        verb = _JUDGED_AS.get(proposal.act.verb, proposal.act.verb)
        day = proposal.matter.ruled_on
        for use, regulation, clause in rulebook.uses(proposal.matter.kind):
            if proposal.act.verb is Verb.URGENT and use.kind.deferred:
                continue
            if verb not in use.kind.verbs or not clause.in_force(day):
                continue
            if use.when is not None and not use.when.met(facts):
                continue
            key = f"{regulation.id}/{clause.no}"
            judged.append(key)
            findings += self._hear_use(use, key, rulebook, proposal, incomplete)
        for no, problem in checks(proposal):
            findings.append(self.general(no, problem.facts, problem.remedy, problem.at, problem.level))
        findings += self._hear_families(rulebook, proposal, incomplete)
        if proposal.matter.kind == ROSTER.key:
            self._hear_roster(proposal, findings, judged)
        return findings, judged

    def _hear_roster(self, proposal: Proposal, findings: list[Finding], judged: list[str]) -> None:
        """Each line of a roster is judged as the registration it equals, after the lines before it."""
        organisation = proposal.office.organisation
        roster = read_roster(proposal.matter, organisation, proposal.office.day)
        for line, matter, before in roster.parts(proposal.matter, organisation):
            part = replace(proposal, matter=matter, office=self._desk.supposing(before))
            found, keys = self.hear(part)
            findings += [replace(each, at=line.place(each.at)) for each in found]
            judged += keys

    def _hear_use(
        self, use: RuleUse, key: str, rulebook: Rulebook, proposal: Proposal, incomplete: frozenset[str]
    ) -> Iterator[Finding]:
        try:
            for problem in use.kind.judge(use.parameters, proposal):
                if problem.at.split(".")[0] in incomplete:
                    continue
                level = use.level if problem.level is Level.REFUSE else problem.level
                remedy = use.remedy or problem.remedy
                yield Finding(use.id, rulebook.cite(key), problem.facts, remedy, problem.at, level)
        except NoFigures as error:
            remedy = "请核对所填日期；日期无误的，请系统管理员补录当时的标准"
            yield Finding(use.id, rulebook.cite(key), str(error), remedy)
        except Exception as error:
            if not incomplete:
                yield self._broken(use.id, error)

    def _hear_families(self, rulebook: Rulebook, proposal: Proposal, incomplete: frozenset[str]) -> Iterator[Finding]:
        for family, clause, found in self._desk.host.check(proposal):
            if isinstance(found, Problem):
                if rulebook.find(clause) is None:
                    yield self._broken(f"{family}.check", LookupError(f"引用了不存在的条款“{clause}”"))
                    continue
                yield Finding(
                    f"{family}.check", rulebook.cite(clause), found.facts, found.remedy, found.at, found.level
                )
            elif not incomplete:
                yield self._broken(f"{family}.check", found)

    def _broken(self, rule: str, error: BaseException) -> Finding:
        facts = f"规则“{rule}”运行出错（{reason_of(error)}），按不通过处理"
        return self.general("broken-rule", facts, "请系统管理员修复或停用该规则后再办；已填写的内容不会丢失")

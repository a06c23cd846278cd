"""Rules about who files and who is named, and that nobody and nothing on a list is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.finding import Problem
from core.rule_kinds import FieldKey, MatterKey, PostKey, Proposal, Selector, rule
from core.rules.no_parameters import NoParameters
from core.rules.wording import people, posts, titled, written
from plugins.party import roll
from plugins.party.matters.members import FAILED, LOWER, attendance_lines


@dataclass(frozen=True, slots=True)
class OneOfThose:
    """The person in a blank is one of those the selectors name."""

    field: FieldKey
    by: tuple[Selector, ...]


@rule("party.person-from", "限定人选", OneOfThose)
def person_from(parameters: OneOfThose, proposal: Proposal) -> Iterator[Problem]:
    """Only certain people may be named."""
    matter, office = proposal.matter, proposal.office
    person = matter.text(parameters.field)
    allowed = [each for by in parameters.by for each in office.selected(by, matter.applicant)]
    if person and person not in allowed:
        who = people(proposal, allowed) or "规定的人（目前空缺，请先办理任职登记）"
        yield Problem(
            written(proposal, parameters.field), f"“{titled(proposal, parameters.field)}”改填{who}", parameters.field
        )


@dataclass(frozen=True, slots=True)
class RowCount:
    """The rows of a table: at least, at most."""

    field: FieldKey
    least: int = 0
    most: int = 1000


@rule("party.row-count", "行数", RowCount)
def row_count(parameters: RowCount, proposal: Proposal) -> Iterator[Problem]:
    """So many rows, no fewer and no more."""
    count, title = len(proposal.matter.rows(parameters.field)), titled(proposal, parameters.field)
    if count < parameters.least:
        yield Problem(
            f"{title} {count} 项 < {parameters.least} 项", f"再填写 {parameters.least - count} 项", parameters.field
        )
    elif count > parameters.most:
        yield Problem(f"{title} {count} 项 > {parameters.most} 项", f"减到 {parameters.most} 项以内", parameters.field)


@rule(
    "party.every-member",
    "全体党员",
    NoParameters,
    matters=("party.appraisal", "party.study-notes", "party.contact-report"),
)
def every_member(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Every member of the branch stands in the table, and nobody else."""
    matter = proposal.matter
    members = {each.person for each in roll.roll(proposal.office, matter.text("unit"))}
    named = {str(row.get("person")) for row in matter.rows("lines")}
    gone = {str(row.get("person")) for row in matter.rows("lines") if row.get("removed") is True}
    if missing := sorted(members - named):
        yield Problem(f"缺 {people(proposal, missing)}", "逐人填写", "lines")
    if others := sorted(named - members - gone):
        yield Problem(f"{people(proposal, others)}不是本支部党员", "从表中去掉", "lines")


_COVERED = ("party.admonition", "party.help-plan", "party.dues-criticism")


@rule("party.everyone-covered", "逐人落实", NoParameters, matters=_COVERED)
def everyone_covered(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Everyone graded low or behind with his dues is talked with; everyone who failed gets a time limit and help."""
    matter = proposal.matter
    source = proposal.office.matter(matter.text("appraisal") or matter.text("check"))
    rows = source.rows("lines") if source else ()
    if matter.kind != "party.dues-criticism":
        wanted = (LOWER, FAILED) if matter.kind == "party.admonition" else (FAILED,)
        rows = tuple(row for row in rows if row.get("grade") in wanted and row.get("removed") is not True)
    owed = {str(row["person"]) for row in rows}
    if missing := sorted(owed - {str(row.get("person")) for row in matter.rows("lines")}):
        yield Problem(f"缺 {people(proposal, missing)}", "逐人填写", "lines")


@dataclass(frozen=True, slots=True)
class About:
    """The kinds of matter that the number in `field` may be of."""

    kinds: tuple[MatterKey, ...]
    field: FieldKey


@rule("party.about", "所说的事项", About)
def about(parameters: About, proposal: Proposal) -> Iterator[Problem]:
    """What is reported on is on record."""
    number = proposal.matter.text(parameters.field)
    found = proposal.office.matter(number)
    if number and (found is None or found.kind not in parameters.kinds):
        known = (proposal.office.matter_type(kind) for kind in parameters.kinds)
        titles = "、".join(each.title for each in known if each)
        yield Problem(f"“{number}”不是{titles}的编号", f"填写{titles}的编号", parameters.field)


@rule("party.rectified", "逐项整改", NoParameters, matters=("party.rectification",))
def rectified(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Every problem that was raised is followed to its end."""
    matter = proposal.matter
    meeting = proposal.office.matter(matter.text("meeting"))
    raised = {str(row["problem"]) for row in meeting.rows("problems")} if meeting else set()
    if missing := sorted(raised - {str(row.get("problem")) for row in matter.rows("lines")}):
        yield Problem(f"没有写明结果：{'、'.join(missing)}", "逐项写明整改结果", "lines")


@rule("party.leaders-counted", "次数与台账一致", NoParameters, matters=("party.attendance-statement",))
def leaders_counted(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """How often leaders came is what the attendance book says."""
    due = attendance_lines(proposal.office, proposal.matter.text("period"))
    stated = {str(row.get("person")): (row.get("came"), row.get("missed")) for row in proposal.matter.rows("lines")}
    if stated != {str(row["person"]): (row["came"], row["missed"]) for row in due}:
        said = "；".join(
            f"{people(proposal, [str(row['person'])])}到会 {row['came']} 次、缺席 {row['missed']} 次" for row in due
        )
        yield Problem("所列与组织生活台账不一致", f"按台账填写：{said}", "lines")


@rule("party.nobody-missed", "人人谈到", NoParameters, matters=("party.talk-statement",))
def nobody_missed(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Everyone on the staff was talked with in the year."""
    if missed := proposal.matter.count("missed"):
        yield Problem(f"还有 {missed} 人没有谈话登记", "谈话并登记以后再报；查谈话登记可见是谁", "content")


@dataclass(frozen=True, slots=True)
class InBranch:
    """Posts one of which the applicant holds in the branch that the matter is about."""

    by: tuple[PostKey, ...]


@rule("party.filed-in-branch", "由本支部的人办理", InBranch)
def filed_in_branch(parameters: InBranch, proposal: Proposal) -> Iterator[Problem]:
    """Only certain posts of the branch itself enter what is the branch's."""
    matter, office = proposal.matter, proposal.office
    unit = matter.text("unit")
    allowed = [each for post in parameters.by for each in office.organisation.holders(post, office.day, unit)]
    if unit and matter.applicant not in allowed:
        who = people(proposal, allowed) or f"{posts(proposal, parameters.by)}（目前空缺，请先办理任职登记）"
        yield Problem(f"申请人：{people(proposal, [matter.applicant])}", f"请由{who}办理")


@rule("party.elected", "选举有效", NoParameters, matters=("party.election",))
def elected(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """An election holds where enough full members came; whoever is elected has more than the share of those there."""
    matter, office = proposal.matter, proposal.office
    day = matter.day("day")
    shares = office.national("party.elections", day)
    members = sum(each.standing == roll.FULL for each in roll.roll(office, matter.text("unit")))
    due, present = matter.count("due"), matter.count("present")
    if due != members:
        yield Problem(f"应到正式党员 {due} 人，名册上 {members} 人", f"改为 {members} 人；名册有误的先登记名册", "due")
    if present > due:
        yield Problem(f"实到 {present} 人 > 应到 {due} 人", "改正人数；预备党员没有选举权", "present")
    if present < due * shares.amount("到会不少于"):
        facts = f"实到 {present} 人，不足应到 {due} 人的 {shares.amount('到会不少于'):.0%}"
        yield Problem(facts, "选举无效，另行召开", "present")
    for number, row in enumerate(matter.rows("lines"), 1):
        votes = int(row.get("votes_for") or 0)
        if not present * shares.amount("赞成超过") < votes <= present:
            facts = f"{people(proposal, [str(row.get('person', ''))])}赞成 {votes} 票，实到 {present} 人"
            yield Problem(facts, "赞成票要超过实到人数的一半才当选；没有当选的去掉", f"lines.{number}.votes_for")


@rule("party.electable", "可以当选的人和职务", NoParameters, matters=("party.election",))
def electable(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """Full members of the branch are elected, to posts of its committee and to nothing else, each post once."""
    matter, office = proposal.matter, proposal.office
    committee = [PostKey(str(post)) for post in office.setting("party.committee")]
    seen: set[tuple[str, str]] = set()
    members = roll.members(office, roll.named(matter.rows("lines")))
    for number, row in enumerate(matter.rows("lines"), 1):
        person, post = str(row.get("person", "")), str(row.get("post", ""))
        found, who = members.get(person), people(proposal, [person])
        if person and (found is None or found.unit != matter.text("unit") or found.standing != roll.FULL):
            yield Problem(f"{who}不是本支部的正式党员", "只有本支部的正式党员可以当选", f"lines.{number}.person")
        if post and post not in committee:
            facts = f"{posts(proposal, [PostKey(post)])}不是支部委员会的职务"
            yield Problem(facts, f"改填{posts(proposal, committee)}", f"lines.{number}.post")
        if (person, post) in seen:
            yield Problem(f"{who}写了两行", "删去重复的一行", f"lines.{number}.person")
        seen.add((person, post))


@rule("party.roll-standing", "名册上的身份", NoParameters, matters=("party.roll",))
def roll_standing(parameters: NoParameters, proposal: Proposal) -> Iterator[Problem]:
    """The roll makes no probationary member full, and takes back nobody who was removed."""
    office = proposal.office
    for number, row in enumerate(proposal.matter.rows("lines"), 1):
        last = next(iter(office.entries(roll.MEMBERS, limit=1, person=str(row.get("person", "")))), None)
        before, asked = (str(last.values["standing"]) if last else ""), row.get("standing")
        who, at = people(proposal, [str(row.get("person", ""))]), f"lines.{number}.standing"
        if before == roll.REMOVED:
            yield Problem(f"{who}已经出党", "不能用名册登记恢复；重新入党的按发展党员的环节办理", at)
        elif before == roll.PROBATIONARY and asked == roll.FULL:
            yield Problem(f"{who}是预备党员", "转正办理发展党员环节登记，经支部大会通过、上级审批", at)


KINDS = (
    elected,
    electable,
    roll_standing,
    person_from,
    row_count,
    every_member,
    everyone_covered,
    about,
    rectified,
    leaders_counted,
    nobody_missed,
    filed_in_branch,
)

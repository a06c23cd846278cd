"""A file attached to a matter: who may, and whether name, kind, size and number are as the agency allows."""

from dataclasses import replace

from core.acts import Act
from core.attachments.attachment import Attachment, size_text
from core.attachments.limits import begins_like, ending_of, plain_name
from core.chains.actors import lawful
from core.chains.signatures import still_to_sign
from core.hearings.docket import mark_of, take_up
from core.hearings.hearer import Hearer
from core.hearings.hearing import Hearing
from core.matter import Matter
from core.rule_kinds import Proposal


class Enclosing(Hearer):
    """Hears `ATTACH`. The act's target is the name, its values the contents' digest, size and beginning; an act
    without a digest is judged by its name alone.
    """

    def hear(self, act: Act) -> Hearing:
        hearing, matter = take_up(self._desk, self._judge, act)
        if matter is None:
            return hearing
        hearing.proposal = Proposal(act, matter, self._desk, matter.step)
        hearing.judged.append("general/attachment")
        self._who(hearing, matter)
        self._name(hearing, matter)
        if "digest" in act.values:
            self._contents(hearing, matter)
        elif not hearing.findings:
            self._refuse(hearing, "attachment", "附件没有内容", "从标准输入送来文件的内容", "contents")
        return hearing

    def _who(self, hearing: Hearing, matter: Matter) -> None:
        """The applicant while nobody has signed or it is back with him; whoever may act at the present step."""
        desk, by = self._desk, hearing.act.by
        person = desk.organisation.described(by, desk.day)
        signed = any(matter.signed(index) for index in range(len(matter.steps)))
        if by == matter.applicant and (matter.step is None or not signed):
            return
        if matter.step is None:
            applicant = desk.organisation.described(matter.applicant, desk.day)
            facts = f"事项已退回申请人，{person}不是申请人"
            self._refuse(hearing, "turn", facts, f"请{applicant}添加")
            return
        found = lawful(matter.step, matter.at, matter, desk.organisation, desk.day)
        waiting = still_to_sign(matter.step, found, matter.signed(matter.at))
        if any(actor.person == by for actor in waiting):
            return
        names = "、".join(dict.fromkeys(desk.organisation.described(actor.person, desk.day) for actor in waiting))
        facts = f"{person}不是“{matter.step.title}”环节的办理人"
        if by == matter.applicant:
            facts = f"已经有人签字，申请人{person}不能再添加附件"
        remedy = f"请{names or '办理人'}添加，或退回申请人后再添加"
        self._refuse(hearing, "turn", facts, remedy)

    def _name(self, hearing: Hearing, matter: Matter) -> None:
        limits, name = self._desk.agency.attachments, hearing.act.target
        if not name or name != plain_name(name):
            self._refuse(hearing, "attachment", f"“{name}”不能作附件的名称", "写一个普通的文件名，如 发票.pdf")
        elif ending_of(name) not in limits.kinds:
            self._refuse(hearing, "attachment", f"“{name}”不是准许的种类", f"可以添加的种类：{'、'.join(limits.kinds)}")
        elif any(each.name == name for each in matter.attachments):
            self._refuse(hearing, "attachment", f"已有名为“{name}”的附件", "附件添加后不更换，请换一个名称添加")
        if len(matter.attachments) >= limits.most:
            facts = f"已有 {len(matter.attachments)} 件附件，最多 {limits.most} 件"
            self._refuse(hearing, "attachment", facts, "把几份材料合成一个文件，或另行提交")

    def _contents(self, hearing: Hearing, matter: Matter) -> None:
        limits, act = self._desk.agency.attachments, hearing.act
        size, digest = act.values.get("size"), str(act.values["digest"])
        kind = ending_of(act.target)
        if not isinstance(size, int) or size <= 0:
            self._refuse(hearing, "attachment", "附件是空的", "核对文件后重新送来", "contents")
            return
        if size > limits.largest:
            facts = f"附件有 {size_text(size)}，最多 {size_text(limits.largest)}"
            self._refuse(hearing, "attachment", facts, "压缩或拆分后再添加", "contents")
        if not begins_like(kind, bytes.fromhex(str(act.values.get("beginning", "")))):
            self._refuse(
                hearing, "attachment", f"内容不是 {kind} 文件", "核对文件，用真正的种类作名称的结尾", "contents"
            )
        held = next((each for each in matter.attachments if each.digest == digest), None)
        if held is not None:
            self._refuse(hearing, "attachment", f"内容与附件“{held.name}”相同", "无需重复添加", "contents")
        attachment = Attachment(act.target, digest, size, act.by, self._desk.now)
        mark = replace(
            mark_of(self._desk, act, matter.at if matter.step else -1),
            basis=f"附件“{act.target}”，{size_text(size)}，摘要 {digest[:16]}",
        )
        hearing.after = lambda current: (
            replace(current.with_mark(mark), attachments=(*current.attachments, attachment)),
            None,
        )

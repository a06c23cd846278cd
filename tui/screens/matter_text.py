"""A matter in words: its form, its course as it was and will be, its journal."""

from collections.abc import Iterator

from core.acts import Verb
from core.attachments.attachment import attachment_text
from core.chains.planning import plan
from core.fields import Field, Kind
from core.matter import Mark, Matter
from core.verdict import Planned, Progress
from tui.screens.course import step_paragraphs
from tui.session import Session
from tui.widgets.prose import Paragraph
from tui.wording import due_text, moment, stands_in, value_text


def matter_paragraphs(session: Session, matter: Matter) -> Iterator[Paragraph]:
    """The whole page."""
    kind = session.desk.matter_type(matter.kind)
    title = kind.title if kind else matter.kind
    yield Paragraph(f"{matter.number}　{title}　{matter.state.title}", strong=True)
    unit = session.office.agency.units.get(matter.unit)
    where = f"（{unit.title}）" if unit else ""
    yield Paragraph(f"申请人：{session.organisation.name(matter.applicant)}{where}　提交：{moment(matter.submitted)}")
    yield Paragraph("")
    yield from _form(session, matter)
    for each in matter.attachments:
        yield Paragraph(f"附件：{attachment_text(each)}")
    if matter.attachments or matter.state.open:
        yield Paragraph("按 F：怎样取出、添加附件" if matter.attachments else "附件：没有；按 F 看怎样添加")
    yield Paragraph("")
    yield Paragraph("办理经过和去向", strong=True)
    yield from _course(session, matter)
    yield Paragraph("")
    yield Paragraph("留痕", strong=True)
    for entry in session.office.journal.for_matter(matter.number):
        try:
            act = Verb(entry.act).title
        except ValueError:
            act = entry.act
        who = session.organisation.name(entry.actor)
        yield Paragraph(f"第 {entry.sequence} 号 {moment(entry.at)} {who} {act} {entry.digest[:16]}", 2)


def _form(session: Session, matter: Matter) -> Iterator[Paragraph]:
    """The blanks that hold something; those of a kind that is not in use by their keys."""
    kind = session.desk.matter_type(matter.kind)
    for blank in kind.facts if kind else ():
        yield from _blank(blank, value_text(session.desk, blank, matter.values.get(blank.key)))
    if kind is None:
        yield Paragraph("这类事项的业务模块没有启用，只能查阅。")
        for key, value in matter.values.items():
            yield Paragraph(f"{key}：{value}")
    for form, given in matter.extra.items():
        blanks = kind.step_forms.get(form, ()) if kind else ()
        for blank in blanks:
            yield from _blank(blank, value_text(session.desk, blank, given.get(blank.key)))
    for resolution in session.desk.resolutions(matter.number):
        body = session.office.agency.bodies.get(resolution.body)
        told = "通过" if resolution.adopted else "未通过"
        attended = f"应到 {resolution.members_due} 人，实到 {resolution.members_present} 人"
        name = body.title if body else resolution.body
        yield Paragraph(f"决议：{name}{resolution.number}（{resolution.held_on}，{attended}）{told}")


def _blank(blank: Field, text: str) -> Iterator[Paragraph]:
    """One blank; what has several lines is set in, so that none of them passes for a line of the page's own."""
    if text and blank.kind in (Kind.ROWS, Kind.LONG):
        yield Paragraph(f"{blank.title}：")
        yield Paragraph(text, 4)
    elif text:
        yield Paragraph(f"{blank.title}：{text}{' 元' if blank.kind is Kind.MONEY else ''}")


def _course(session: Session, matter: Matter) -> Iterator[Paragraph]:
    """What was done in the order it was done, then where the matter is and what is still to come."""
    for mark in matter.course:
        yield from _mark(session, matter, mark)
    readable = matter.state.open and session.desk.matter_type(matter.kind) is not None
    for planned in plan(session.desk, matter) if readable else ():
        if planned.progress is not Progress.DONE:
            yield from _ahead(session, planned)


def _mark(session: Session, matter: Matter, mark: Mark) -> Iterator[Paragraph]:
    step = f"{matter.steps[mark.step].title} " if 0 <= mark.step < len(matter.steps) else ""
    void = "（已失效，须重新签）" if mark.void else ""
    who = stands_in(session.organisation, mark.by, mark.on_behalf)
    yield Paragraph(f"[已办] {moment(mark.at)} {step}{who} {mark.verb.title}{void}")
    for title, text in (("意见", mark.opinion), ("依据", mark.basis), ("有提醒仍办理的理由", mark.reason)):
        if text:
            yield Paragraph(f"{title}：{text}", 4)


def _ahead(session: Session, planned: Planned) -> Iterator[Paragraph]:
    now = planned.progress is Progress.NOW
    left = f"　{due_text(planned.due, session.day)}" if now and planned.due else ""
    yield Paragraph(f"[{planned.progress.title}] {planned.step.title}{left}", strong=now)
    yield from step_paragraphs(session, planned, 4)

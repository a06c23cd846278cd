"""One person: posts with their dates, what he is in charge of, whether he is away, who stands in, what waits on him."""

from collections.abc import Iterator
from datetime import date

from tinydb import where

from core.people import Span
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.widgets.prose import Paragraph
from tui.wording import NO_DUE, due_text, duty_text

_LISTED = 50
"""How many of the matters that wait on one person are listed."""


class PersonScreen(ReadingScreen):
    """What the agency knows of one of its people."""

    def __init__(self, session: Session, key: str) -> None:
        self._key = key
        super().__init__(session)

    def paragraphs(self) -> list[Paragraph]:
        person = self.session.organisation.people.get(self._key)
        if person is None:
            return [Paragraph("没有这个人员。")]
        head = Paragraph(f"{person.name}　编号 {self._key}　{person.staff.value}", strong=True)
        return [head, *self._posts(), *self._away(), Paragraph(""), *self._waiting(), Paragraph(""), *self._owed()]

    def _posts(self) -> Iterator[Paragraph]:
        organisation, key = self.session.organisation, self._key
        for tenure in organisation.tenures:
            if tenure.person == key:
                yield Paragraph(f"职务：{organisation.posted(tenure)}，{self._days(tenure.span)}")
        for charge in organisation.oversights:
            if charge.person == key:
                over = [organisation.units[unit].title for unit in charge.units]
                over += [organisation.functions[each] for each in charge.functions]
                yield Paragraph(f"分管：{'、'.join(over)}，{self._days(charge.span)}")

    def _days(self, span: Span) -> str:
        """A span in words, with what it is not yet or no more."""
        told = "至今" if span.until == date.max else f"至 {span.until}"
        since = f"{span.since} " if span.since != date.min else ""
        if span.holds(self.session.day):
            return f"{since}{told}"
        return f"{since}{told}（{'尚未开始' if span.since > self.session.day else '已结束'}）"

    def _away(self) -> Iterator[Paragraph]:
        organisation, day, key = self.session.organisation, self.session.day, self._key
        for absence in organisation.absences:
            if absence.person == key and absence.span.until >= day:
                yield Paragraph(f"外出：{absence.reason}，{self._days(absence.span)}")
        for each in organisation.delegations:
            if key in (each.person, each.stand_in) and each.span.until >= day:
                names = f"{organisation.name(each.stand_in)}代{organisation.name(each.person)}"
                yield Paragraph(f"代理：{names}，{self._days(each.span)}，依据：{each.basis}")

    def _waiting(self) -> Iterator[Paragraph]:
        session = self.session
        inbox = session.office.store.table("inbox")
        page = inbox.page(where("person") == self._key, order=("due",), limit=_LISTED)
        yield Paragraph(f"等他办理的事项：{inbox.count(where('person') == self._key)} 件", strong=True)
        for row in page.rows:
            kind = session.desk.matter_type(row["kind"])
            behalf = f"（代{session.organisation.name(row['on_behalf'])}）" if row["on_behalf"] else ""
            due = date.fromisoformat(row["due"]) if row["due"] != NO_DUE else None
            left = f"　{due_text(due, session.day)}" if due else ""
            yield Paragraph(f"{row['matter']}　{kind.title if kind else row['kind']}　{row['step']}{behalf}{left}", 2)

    def _owed(self) -> Iterator[Paragraph]:
        owed = self.session.desk.duties(self._key)
        yield Paragraph(f"由他办理的例行事项：{len(owed)} 件", strong=True)
        for duty in owed[:_LISTED]:
            yield Paragraph(f"{duty.due}　{duty_text(duty, self.session.day)}　{duty.title}", 2)
